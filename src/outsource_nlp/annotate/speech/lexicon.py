"""Words that tell what a speaker is: nouns for persons and bodies, and given names with their gender.

Two CSV files enter (``speaker_words.csv``: word, kind; ``given_names.csv``: name, gender), a ``Lexicon`` leaves.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass

from outsource_nlp.annotate.speech.cues import DATA, plural
from outsource_nlp.errors import DataError

KINDS = ("person", "government", "organisation", "publication", "work", "heading")
GENDERS = ("he", "she", "")
"""Empty for a name of either."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lower-cased words; ``kinds`` holds singular and plural forms, ``plurals`` maps those back, ``names`` genders."""

    kinds: dict[str, str]
    plurals: dict[str, str]
    names: dict[str, str]

    def kind(self, word: str) -> str:
        """What a noun stands for, one of ``KINDS``, or ""."""
        return self.kinds.get(word.lower(), "")

    def gender(self, name: str) -> str:
        """``he``, ``she`` or "" of a name, by its title or given name."""
        for word in name.lower().replace(".", "").split():
            if word in {"mr", "sir", "lord", "king", "prince"}:
                return "he"
            if word in {"mrs", "ms", "miss", "dame", "lady", "baroness", "queen", "princess"}:
                return "she"
            if word in self.names:
                return self.names[word]
        return ""


@functools.cache
def load_lexicon() -> Lexicon:
    """Read both files from the package's data.

    Raises:
        DataError: a file cannot be read, a column is missing, or a row has an unknown kind or gender.
    """
    kinds: dict[str, str] = {}
    plurals: dict[str, str] = {}
    for word, kind in _pairs("speaker_words.csv", ("word", "kind"), KINDS):
        kinds.setdefault(word, kind)
        kinds.setdefault(plural(word), kind)
        plurals[plural(word)] = word
        if word.endswith("man"):
            kinds.setdefault(f"{word[:-2]}en", kind)
            plurals[f"{word[:-2]}en"] = word
    genders = {name: gender for name, gender in _pairs("given_names.csv", ("name", "gender"), GENDERS) if gender}
    return Lexicon(kinds, plurals, genders)


def _pairs(name: str, columns: tuple[str, str], values: tuple[str, ...]) -> list[tuple[str, str]]:
    path = DATA / name
    try:
        reader = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise DataError.unreadable(name, str(error)) from error
    if tuple(reader.fieldnames or ()) != columns:
        raise DataError.bad_columns(name, reader.fieldnames or (), columns)
    out = []
    for row in reader:
        word, value = row[columns[0]], row[columns[1]]
        if value not in values:
            raise DataError.bad_row(name, reader.line_num, f"{columns[1]} is {value!r}, expected {', '.join(values)}")
        out.append((word, value))
    return out
