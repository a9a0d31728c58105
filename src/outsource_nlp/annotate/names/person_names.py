"""The parts of a person's name: title, given names, surname.

In go words of a page, out comes a name taken apart. It is shared by all that look for people, so that one notion of a
surname holds in running text, in footnotes and in metadata.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.identity import in_title_case
from outsource_nlp.annotate.names.page import Page
from outsource_nlp.annotate.names.words import Words

_NO_PEOPLE = frozenset({"DATE", "NORP", "LAW", "CARDINAL", "LANGUAGE"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """A naming of a person at words ``start`` to ``end``; ``given`` may be empty or initials."""

    start: int
    end: int
    title: str
    given: tuple[str, ...]
    surname: str
    rule: str

    @property
    def written(self) -> str:
        """Given names and surname, initials with a full stop."""
        return " ".join([*(f"{g}." if len(g) == 1 else g for g in self.given), self.surname])


def lone_surname(page: Page, k: int, blocked: Collection[int], cues: Cues) -> bool:
    """Whether word ``k`` can be a surname that stands alone."""
    words, titles = page.words, cues.lists["people"]["lone_titles"]
    return (k >= 0 and k not in blocked and surname_fits(page, k, cues, trusted=False) and len(words.text[k]) > 2
            and not words.text[k].isupper() and not page.lower[words.fold[k]] and page.label[k] not in _NO_PEOPLE
            and words.fold[k] not in titles)


def surname_start(words: Words, k: int, cues: Cues) -> int:
    """Where the surname begins whose last word is ``k``: "Le Tissier", "De Souza", "Diallo-Hughes"."""
    while k and words.joined[k] and words.capital(k - 1):
        k -= 1
    particle = words.capital(k - 1) and words.at(k - 1) in cues.lists["people"]["particles"] and not words.fresh[k]
    return k - particle


def surname_fits(page: Page, k: int, cues: Cues, *, trusted: bool) -> bool:
    """Whether word ``k`` can be part of a name; ``trusted`` after a given name or title."""
    word, people = page.words.fold[k], cues.lists["people"]
    if not page.words.capital(k) or not page.words.text[k][0].isalpha() or word == "'s":
        return False
    if word in people["not_in_names"]:
        return trusted and word in people["surnames_too"]
    return True


def _parts(words: Words, i: int, j: int, cues: Cues) -> list[str]:
    """Words with hyphenated ones and particles tied to what follows."""
    particles = cues.lists["people"]["particles"]
    out: list[str] = []
    tied = ""
    for k in range(i, j):
        if words.fold[k] in particles and k + 1 < j and (k > i or words.text[k].islower()):
            tied += words.text[k] + " "
        elif words.joined[k] and out:
            out[-1] += "-" + words.text[k]
        elif words.text[k][0].isalpha():
            out.append(tied + words.text[k])
            tied = ""
    return out


def read_name(words: Words, start: int, end: int, cues: Cues, rule: str) -> PersonName | None:
    """Take words apart into title, given names and surname; None if no surname is left."""
    people = cues.lists["people"]
    i, j = start, end
    while i < j and words.fold[i] in people["titles"]:
        i += 1
    while j - 1 > i and words.fold[j - 1] in people["postnominals"] and words.text[j - 1].isupper():
        j -= 1
    parts = _parts(words, i, j, cues)
    if not parts or len(parts[-1]) < 2:
        return None
    title = words.fold[i - 1] if i > start else ""
    glued = re.match(r"(Mrs?|Ms|Dr|Cllr|Prof)(?=[A-Z][a-z])", parts[0])
    if glued:
        title, parts[0] = glued.group().lower(), parts[0][glued.end():]
    given, surname = tuple(in_title_case(p) for p in parts[:-1]), in_title_case(parts[-1])
    return PersonName(start, j, title, given, surname, rule)
