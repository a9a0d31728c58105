"""Cue words: the words that give something to somebody's mouth, read from a data file.

A CSV with the columns ``cue, part, class, takes, past`` enters, a ``CueTable`` leaves, in which a word form leads to
its cues. Inflection is worked out here, so that the same list serves a parsed text and a bare one.

Columns of the file:
    cue: base form; a verb may carry a second word ("point out").
    part: verb, noun, holder (a noun for a person who holds something, "critic"), adjective, or adverb (one that
        gives the cue beside it its own class, "rightly").
    class: one of ``schema.CUE_CLASSES``, what the cue tells of the reporter's own view.
    takes: what carries the content, separated by blanks: ``quote`` (words in quotation marks), ``clause``,
        ``that`` (a clause with "that"), ``infinitive``, ``object``, ``predicate`` ("called it a fiasco"),
        ``is`` ("the claim is that"), ``put`` ("as she put it"), ``in`` ("in her view"), or a preposition.
    past: irregular past forms, the second word included, separated by blanks.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from outsource_nlp.errors import DataError
from outsource_nlp.schema import CUE_CLASSES

COLUMNS = ("cue", "part", "class", "takes", "past")
PARTS = ("verb", "noun", "holder", "adjective", "adverb")
PREPOSITIONS = ("about", "against", "at", "by", "for", "from", "in", "of", "on", "to", "with")
FRAMES = ("quote", "clause", "that", "infinitive", "object", "predicate", "is", "put", *PREPOSITIONS)
DATA = Path(__file__).resolve().parents[2] / "data"
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: its base form, second word ("" if none), part of speech, class and frames."""

    base: str
    second: str
    part: str
    kind: str
    takes: frozenset[str]


@dataclass(frozen=True, slots=True)
class CueTable:
    """Lower-cased first word form -> its cues, by part of speech; longer cues first."""

    verbs: dict[str, tuple[Cue, ...]] = field(default_factory=dict)
    nouns: dict[str, tuple[Cue, ...]] = field(default_factory=dict)
    adjectives: dict[str, tuple[Cue, ...]] = field(default_factory=dict)
    adverbs: dict[str, tuple[Cue, ...]] = field(default_factory=dict)

    def verb(self, word: str, following: str = "") -> Cue | None:
        """The verb cue of a lower-cased form; ``following`` decides for cues of two words."""
        return next((cue for cue in self.verbs.get(word, ()) if cue.second in ("", following)), None)

    def noun(self, word: str) -> Cue | None:
        """The noun or holder cue of a lower-cased form."""
        return next(iter(self.nouns.get(word, ())), None)

    def kind(self, cue: Cue, beside: Iterable[str]) -> str:
        """The class of a cue among lower-cased words that may tell more of the reporter's view: "rightly says"."""
        return next((self.adverbs[word][0].kind for word in beside if word in self.adverbs), cue.kind)

    def adjective(self, word: str) -> Cue | None:
        """The adjective cue of a lower-cased form."""
        return next(iter(self.adjectives.get(word, ())), None)


@functools.cache
def load_cues(name: str = "cue_verbs.csv") -> CueTable:
    """Read a cue file: a name in the package's data folder, or a path.

    Raises:
        DataError: the file cannot be read, a column is missing, or a row is malformed.
    """
    path = Path(name) if Path(name).is_absolute() or "/" in name else DATA / name
    tables: dict[str, dict[str, list[Cue]]] = {"verb": {}, "noun": {}, "adjective": {}, "adverb": {}}
    for cue, forms in _rows(path):
        table = tables["noun" if cue.part == "holder" else cue.part]
        for form in forms:
            table.setdefault(form, []).append(cue)
    ordered = [
        {form: tuple(sorted(cues, key=lambda c: not c.second)) for form, cues in tables[part].items()}
        for part in ("verb", "noun", "adjective", "adverb")
    ]
    return CueTable(*ordered)


def _rows(path: Path) -> Iterator[tuple[Cue, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError.unreadable(path.name, str(error)) from error
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise DataError.bad_columns(path.name, reader.fieldnames or (), COLUMNS)
    for row in reader:
        yield _cue(row, path.name, reader.line_num)


def _cue(row: dict[str, str], name: str, line: int) -> tuple[Cue, list[str]]:
    if None in row or None in row.values():
        raise DataError.bad_row(name, line, f"a row has {len(COLUMNS)} cells")
    base, _, second = row["cue"].partition(" ")
    frames = row["takes"].split()
    if not base or row["part"] not in PARTS:
        raise DataError.bad_row(name, line, f"part is {row['part']!r}, expected one of {', '.join(PARTS)}")
    if row["class"] not in CUE_CLASSES:
        raise DataError.bad_row(name, line, f"class is {row['class']!r}, expected one of {', '.join(CUE_CLASSES)}")
    unknown = [frame for frame in frames if frame not in FRAMES]
    if unknown or not frames:
        raise DataError.bad_row(name, line, f"takes is {row['takes']!r}, expected {', '.join(FRAMES)}")
    cue = Cue(base, second, row["part"], row["class"], frozenset(frames))
    pasts = [form.split("_")[0] for form in row["past"].split() if form != second]
    return cue, sorted(_forms(cue, pasts))


def _forms(cue: Cue, pasts: list[str]) -> set[str]:
    if cue.part in {"adjective", "adverb"}:
        return {cue.base}
    if cue.part != "verb":
        return {cue.base, plural(cue.base)}
    forms = {cue.base, plural(cue.base)}
    stem = cue.base[:-1] if cue.base.endswith("e") and not cue.base.endswith(("ee", "oe")) else cue.base
    forms.add(f"{'ly' if stem == 'li' else stem}ing")
    if cue.base.endswith("ee"):
        forms.add(f"{cue.base}ing")
    past = f"{cue.base[:-1]}ied" if _ends_in_y(cue.base) else f"{stem}ed" if stem != cue.base else f"{cue.base}ed"
    forms |= set(pasts) if pasts else {f"{cue.base}d" if cue.base.endswith("e") else past}
    if len(cue.base) > 2 and cue.base[-1] not in f"{_VOWELS}wxy" and cue.base[-2] in _VOWELS:
        forms |= {f"{cue.base}{cue.base[-1]}{ending}" for ending in ("ed", "ing")}
    return forms


def plural(word: str) -> str:
    """The form in -s of a noun or verb."""
    if _ends_in_y(word):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{word}s"


def _ends_in_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in _VOWELS
