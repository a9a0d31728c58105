"""The topic codebook: what is argued about, about which services, with which arguments.

A TOML file enters, a validated ``Codebook`` leaves; its ``Lexicon`` finds patterns in a list of words. Nothing
here knows spaCy, so that a codebook can be checked, shared and replaced without a model.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from outsource_nlp import data
from outsource_nlp.errors import DataError
from outsource_nlp.records import fingerprint

DEFAULT = "codebook.toml"
GAP = "..."
GAP_WORDS = 3
REMEMBERED = 50_000
"""Words of which a lexicon remembers the patterns that begin with them."""
_KEYS = {
    "codebook": {"name", "version", "target"},
    "targets": {"name", "side", "weak", "patterns"},
    "services": {"name", "patterns"},
    "aspects": {"name", "patterns", "example"},
    "references": {"patterns"},
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One target, service or aspect. ``side`` is 1 where favour of it counts as *for*, -1 as *against*."""

    name: str
    patterns: tuple[str, ...]
    side: int = 0
    weak: bool = False
    example: str = ""


_Pattern = tuple[tuple[str, ...], Entry]


class Lexicon:
    """Finds the patterns of many entries in one pass over words.

    A pattern is a sequence of words; ``word*`` matches by its beginning, ``...`` skips up to three words.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index every pattern by its first word, or by the first two letters of a starred one."""
        self._exact: dict[str, list[_Pattern]] = {}
        self._starred: dict[str, list[_Pattern]] = {}
        self._beginning = lru_cache(REMEMBERED)(self._begins)
        for entry in entries:
            for pattern in entry.patterns:
                words = tuple(pattern.replace("-", " ").split())
                index = self._starred if words[0].endswith("*") else self._exact
                index.setdefault(words[0][:2] if words[0].endswith("*") else words[0], []).append((words, entry))

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, Entry]]:
        """Matches in lower-cased words, without hyphens among them.

        Yields:
            start, end (half open, counting words) and the entry; matches may overlap.
        """
        for start, word in enumerate(words):
            for pattern, entry in self._beginning(word):
                end = _match(pattern, words, start)
                if end:
                    yield start, end, entry

    def _begins(self, word: str) -> tuple[_Pattern, ...]:
        """The patterns whose first word it is."""
        starred = (p for p in self._starred.get(word[:2], ()) if word.startswith(p[0][0][:-1]))
        return (*self._exact.get(word, ()), *starred)


def _match(pattern: tuple[str, ...], words: Sequence[str], at: int) -> int:
    """Where the pattern ends if it begins at ``at``; 0 if it does not."""
    for i, want in enumerate(pattern):
        if want == GAP:
            ends = (_match(pattern[i + 1:], words, at + skip) for skip in range(GAP_WORDS + 1))
            return next((end for end in ends if end), 0)
        if at >= len(words) or not (words[at].startswith(want[:-1]) if want.endswith("*") else words[at] == want):
            return 0
        at += 1
    return at


@dataclass(frozen=True)
class Codebook:
    """A validated codebook.

    Attributes:
        target: the noun phrase that stance scorers are asked about.
        references: nouns that point back to a target after "this", "such", "their": "this policy".
        identity: fingerprint of the file, part of every run's recipe.
    """

    name: str
    version: str
    target: str
    targets: tuple[Entry, ...]
    services: tuple[Entry, ...]
    aspects: tuple[Entry, ...]
    references: Entry
    identity: str


def load_codebook(path: Path | str | None = None) -> Codebook:
    """The codebook in a TOML file, or the one that ships with the program.

    Raises:
        DataError: the file is missing, is not TOML, or has unknown keys, an empty pattern or no target.
    """
    shown = str(path or DEFAULT)
    try:
        raw = data.read_bytes(path or DEFAULT)
        parsed = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError.unreadable(shown, str(error)) from error
    _check_keys(shown, "the file", parsed, _KEYS)
    head = parsed.get("codebook", {})
    _check_keys(shown, "codebook", head, _KEYS["codebook"])
    parts = {part: tuple(_entries(shown, part, parsed.get(part, []))) for part in ("targets", "services", "aspects")}
    if not parts["targets"]:
        raise DataError.bad_key(shown, "targets (missing)", _KEYS)
    return Codebook(
        name=str(head.get("name", "")), version=str(head.get("version", "")),
        target=str(head.get("target", parts["targets"][0].name)), identity=fingerprint(codebook=raw),
        references=_references(shown, parsed.get("references", {})), **parts,
    )


def _references(shown: str, row: dict[str, Any]) -> Entry:
    _check_keys(shown, "references", row, _KEYS["references"])
    return Entry("reference", _patterns(shown, "references", row) if row else ())


def _patterns(shown: str, where: str, row: dict[str, Any]) -> tuple[str, ...]:
    patterns = tuple(str(p).lower() for p in row.get("patterns", ()))
    bad = [p for p in patterns if not p.strip() or p.strip() in ("*", GAP)]
    if bad or not patterns:
        raise DataError.bad_key(shown, f"{where}: {row.get('name', 'no name')}: patterns {bad}", ["name", "patterns"])
    return patterns


def _entries(shown: str, part: str, rows: list[dict[str, Any]]) -> Iterator[Entry]:
    for row in rows:
        _check_keys(shown, part, row, _KEYS[part])
        patterns = _patterns(shown, part, row)
        if "name" not in row:
            raise DataError.bad_key(shown, f"{part}: no name: patterns {list(patterns)}", ["name", "patterns"])
        side = row.get("side", 0)
        if part == "targets" and side not in (1, -1):
            raise DataError.bad_key(shown, f"{part}: {row['name']}: side {side}", ["side = 1", "side = -1"])
        yield Entry(str(row["name"]), patterns, side, bool(row.get("weak", False)), str(row.get("example", "")))


def _check_keys(shown: str, where: str, seen: Mapping[str, Any], known: Iterable[str]) -> None:
    unknown = sorted(set(seen) - set(known))
    if unknown:
        raise DataError.bad_key(shown, f"{where}.{unknown[0]}", known)
