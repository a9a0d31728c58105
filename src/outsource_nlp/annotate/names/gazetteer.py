"""Names that are known: CSV files in, candidates in a text out.

All gazetteers share one header (``COLUMNS``). ``aliases`` may be matched wherever they stand as written;
``weak_aliases`` are also ordinary words, places or people, and are only candidates. The look-up is a trie over
folded words with a check of capitals afterwards, so that one pass finds names written in any tolerable way.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from outsource_nlp.annotate.names.words import Words, split_words
from outsource_nlp.errors import DataError
from outsource_nlp.schema import ENTITY_TYPES

COLUMNS = ("entity_id", "name", "aliases", "weak_aliases", "register", "register_id", "kind", "nation", "region",
           "start", "end", "replaced_by", "source")
PACKAGED = ("councils", "companies", "providers", "government", "offices", "parties", "unions", "organisations",
            "publications", "works")
OFFICE, MERGE, IGNORE = "office", "merge", "ignore"
"""Values of ``kind`` with a meaning of their own: see ``read_gazetteer``."""

_ANY_CASE = frozenset(
    "council councils county borough city district metropolitan london royal unitary authority department "
    "ministry party union trust group plc ltd limited llp cic and of for the upon with committee select "
    "service services newspaper magazine government newspapers society association".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: an entity with its names."""

    entity_id: str
    name: str
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    register: str
    register_id: str
    kind: str
    nation: str
    region: str
    start: str
    end: str
    replaced_by: str
    source: str

    @property
    def type(self) -> str:
        """The entity type, the part of the id before the colon."""
        return self.entity_id.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name at words ``start`` to ``end``; ``weak`` if it needs its context to count."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    weak: bool
    rule: str


@dataclass(slots=True)
class _Name:
    words: tuple[str, ...]
    any_case: bool
    rule: str
    strong: list[Entry]
    weak: list[Entry]


class Gazetteer:
    """Entries under all their names; ``ignored`` are names that the user refused."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.by_id: dict[str, Entry] = {}
        self.merged: dict[str, str] = {}
        self.ignored: frozenset[str] = frozenset()
        self._trie: dict[str, Any] = {}
        rows = list(entries)
        self.merged = {e.entity_id: e.replaced_by for e in rows if e.kind == MERGE}
        self.ignored = frozenset(e.entity_id for e in rows if e.kind == IGNORE)
        self._targets = frozenset(self.merged.values())
        for entry in rows:
            if entry.kind not in (OFFICE, MERGE, IGNORE) and entry.entity_id not in self.merged:
                self.by_id.setdefault(entry.entity_id, entry)
        for entry in rows:
            if entry.entity_id not in self.ignored:
                self._add(entry)

    def canonical(self, entity_id: str) -> str:
        """The id that a curator merged this one into, else itself."""
        seen = {entity_id}
        while (target := self.merged.get(entity_id)) and target not in seen:
            seen.add(target)
            entity_id = target
        return entity_id

    def settles(self, entity_id: str) -> bool:
        """Whether a list holds the entity, or a merge or refusal speaks of it."""
        return entity_id in self.by_id or entity_id in self._targets or entity_id in self.ignored

    def find(self, words: Words) -> Iterator[Hit]:
        """Candidates in text order, the longest at each place first; they may overlap."""
        trie, folds, count = self._trie, words.fold, len(words)
        for i, word in enumerate(folds):
            node = trie.get(word)
            if node is None:
                continue
            j, found = i + 1, []
            while node is not None:
                readings = ((name, _reading(name, words, i, j)) for name in node.get("", ()))
                found += [(j, name, weak) for name, weak in readings if weak is not None]
                node = node.get(folds[j]) if j < count and not words.paragraph[j] else None
                j += 1
            for end, name, weak in reversed(found):
                entries = name.weak if weak else name.strong
                yield Hit(i, end, tuple(entries), weak, name.rule)

    def _add(self, entry: Entry) -> None:
        office = entry.kind == OFFICE
        known = self.by_id.get(self.canonical(entry.entity_id), entry)
        names = entry.aliases if office else (entry.name, *entry.aliases)
        if entry.type == "company" and (short := _without_group(entry.name)):
            names = (*names, short)
        for name in dict.fromkeys(names):
            if office or name not in entry.weak_aliases:
                self._insert(name, known, weak=False, any_case=office, rule="office" if office else "name")
        for name in entry.weak_aliases:
            self._insert(name, known, weak=True, any_case=False, rule="name-in-context")

    def _insert(self, name: str, entry: Entry, *, weak: bool, any_case: bool, rule: str) -> None:
        words = split_words(name)
        if not len(words):
            return
        node = self._trie
        for word in words.fold:
            node = node.setdefault(word, {})
        names: list[_Name] = node.setdefault("", [])
        for known in names:
            if known.words == words.text and known.any_case == any_case:
                break
        else:
            known = _Name(words.text, any_case, rule, [], [])
            names.append(known)
        kept = known.weak if weak else known.strong
        if entry not in kept:
            kept.append(entry)
            known.rule = rule


def _without_group(name: str) -> str:
    """"Outcomes First Group" -> "Outcomes First"; empty where only one word would be left."""
    body, _, last = name.rpartition(" ")
    return body if last in {"Group", "plc", "Limited", "Ltd"} and " " in body else ""


def _reading(name: _Name, words: Words, i: int, j: int) -> bool | None:
    """None if the capitals do not fit; else whether the name is weak here."""
    if not name.any_case and not _capitals_fit(name.words, words.text[i:j]):
        return None
    return not name.strong


def _capitals_fit(name: tuple[str, ...], seen: tuple[str, ...]) -> bool:
    if name == seen or "THE" in name:
        return name == seen
    if all(s.isupper() or not s[0].isalpha() or s in ("'s", "’s") for s in seen):
        return True
    return all(
        a == s or a[0] in "'’‘`´ʼ&" or (a.islower() and a.lower() == s.lower())
        or (a.lower() in _ANY_CASE and (a.lower() == s.lower() or s == "&") and len(name) > 1
            and a != "The")
        or (not a.isascii() and s[0].isupper() and a[0].isupper())
        for a, s in zip(name, seen, strict=True)
    )


def packaged_file(name: str) -> Path:
    """The path of a data file of the package, by its file name."""
    return Path(str(files("outsource_nlp") / "data" / name))


def gazetteer_path(name: str) -> Path:
    """A packaged gazetteer by its short name, else the path of a CSV file."""
    return packaged_file(f"{name}.csv") if name in PACKAGED else Path(name)


@lru_cache(maxsize=8)
def load_gazetteer(names: tuple[str, ...]) -> Gazetteer:
    """Read gazetteers, later ones adding to earlier ones; kept for the life of the process.

    Raises:
        DataError: a file cannot be read, or a row is malformed.
    """
    return Gazetteer(entry for name in names for entry in read_gazetteer(gazetteer_path(name)))


def read_gazetteer(path: Path) -> Iterator[Entry]:
    """The rows of one CSV file.

    ``kind`` has three values with a meaning of their own: ``office`` gives an entity the titles of those who hold
    its office, written in any case; ``merge`` makes ``entity_id`` one with ``replaced_by``, whatever found it;
    ``ignore`` keeps an entity out of all tables.

    Raises:
        DataError: wrong header, unknown type, empty name.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise DataError.bad_columns(path.name, reader.fieldnames or (), COLUMNS)
            for row in reader:
                yield _entry(path.name, reader.line_num, row)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError.unreadable(path.name, str(error)) from error


def _entry(file: str, line: int, row: dict[str, str | None]) -> Entry:
    cells = {key: (row.get(key) or "").strip() for key in COLUMNS}
    kind, _, slug = cells["entity_id"].partition(":")
    if kind not in ENTITY_TYPES or not slug:
        raise DataError.bad_row(file, line, f"entity_id is {cells['entity_id']!r}, expected type:name")
    if not cells["name"] and cells["kind"] not in (MERGE, IGNORE):
        raise DataError.bad_row(file, line, "the name is empty")
    if cells["kind"] == MERGE and not cells["replaced_by"]:
        raise DataError.bad_row(file, line, "a merge needs replaced_by")
    parts = {key: tuple(filter(None, (part.strip() for part in cells.pop(key).split("|"))))
             for key in ("aliases", "weak_aliases")}
    return Entry(**cells, **parts)  # type: ignore[arg-type]
