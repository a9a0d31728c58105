"""The codes that results are coded with, as a tree: sides, voices, holders, targets, arguments, services, quotations.

A connection and the codebook of the run enter, codes leave: every one in use, and every one of the codebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from outsource_nlp.codebook import Codebook, Entry
from outsource_nlp.schema import HOLDER_TYPES, LIST_SEPARATOR, MODES, STANCES, VOICES

COLOURS = {"for": "#F0A04B", "against": "#173F5F", "neutral": "#A9A49A", "unclear": "#D8D4CB"}
GONE = "The codebook file of the run was not found, so definitions are missing. "


@dataclass(frozen=True, slots=True)
class Code:
    """One code; ``key`` is ``group=name``, what a row is coded with. One with parts is a heading."""

    key: str
    name: str
    meaning: str = ""
    colour: str = ""
    parts: tuple[Code, ...] = ()


def codes(connection: duckdb.DuckDBPyConnection, codebook: Codebook | None) -> list[Code]:
    """The headings with their codes, those without any left out."""
    note = "" if codebook else GONE
    targets, aspects, services = (codebook.targets, codebook.aspects, codebook.services) if codebook else ((), (), ())
    used = {name: _used(connection, name) for name in ("target", "aspects", "services")}
    headings = (
        _group("side", "Towards outsourcing to outside providers: praise of public provision counts as against.",
               dict.fromkeys(STANCES, ""), COLOURS),
        _group("argument", note + "The argument used.", _defined(aspects, used["aspects"])),
        _group("service", note + "The service spoken of.", _defined(services, used["services"])),
        _group("target", note + "What the statement bears on.", _defined(targets, used["target"])),
        _group("voice", "Whose voice we hear.", dict.fromkeys(VOICES, "")),
        _group("holder", "Whose view it is, by type.", dict.fromkeys(HOLDER_TYPES, "")),
        _group("quotation", "Quotations and reported speech on any subject, by mode.", dict.fromkeys(MODES, "")),
    )
    return [heading for heading in headings if heading.parts]


def _group(name: str, meaning: str, parts: Mapping[str, str], colours: Mapping[str, str] | None = None) -> Code:
    return Code(name, name, meaning, "", tuple(
        Code(f"{name}={part}", part, told, (colours or {}).get(part, "")) for part, told in parts.items()))


def _defined(entries: Iterable[Entry], used: list[str]) -> dict[str, str]:
    """Names with their definitions, those of the codebook first; entries of one name are one code."""
    patterns: dict[str, list[str]] = {}
    examples: dict[str, str] = {}
    for entry in entries:
        patterns.setdefault(entry.name, []).extend(entry.patterns)
        examples.setdefault(entry.name, entry.example)
    told = {name: f"Words: {', '.join(words)}." + (f" Example: {examples[name]}" if examples[name] else "")
            for name, words in patterns.items()}
    return told | {name: "" for name in used if name not in told}


def _used(connection: duckdb.DuckDBPyConnection, column: str) -> list[str]:
    found = connection.execute(f"""SELECT DISTINCT unnest(string_split(coalesce({column}, ''), '{LIST_SEPARATOR}'))
        AS name FROM main.statements ORDER BY name""").fetchall()
    return [name for (name,) in found if name]
