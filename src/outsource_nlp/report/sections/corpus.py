"""The corpus at a glance: how much was read, from whom, from when, and what was not.

A connection enters; totals, counts by publisher and kind, a timeline and the lists of what failed leave.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

from outsource_nlp.report.queries import KEPT, MOST_GROUPS, NOT_GIVEN, ask, count
from outsource_nlp.schema import DOCUMENT_STANCES

MOST_COLUMNS = 96
"""Columns a timeline may have; more months than that are shown as years."""
MOST_LISTED = 25
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Articles of one publisher or kind; ``n`` articles without near-copies."""

    name: str
    n: int
    copies: int
    words: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Period:
    """A column of the timeline: a month or a year, and its articles by stance."""

    name: str
    n: int
    stances: dict[str, int]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was read; near-copies are counted apart everywhere."""

    articles: int
    copies: int
    words: int
    sentences: int
    publishers: list[Group]
    kinds: list[Group]
    n_publishers: int
    n_kinds: int
    first: str
    last: str
    undated: int
    unit: str
    timeline: list[Period]
    copied: list[tuple[str, str]]
    failures: list[tuple[str, str, str]]
    n_failures: int


def read(connection: duckdb.DuckDBPyConnection) -> Corpus:
    """Everything about the corpus as such."""
    articles, copies, words, sentences, undated, first, last = ask(connection, """
        SELECT count(*), count(*) FILTER (WHERE coalesce(copy_of, '') <> ''), coalesce(sum(n_words), 0),
               coalesce(sum(n_sentences), 0), count(*) FILTER (WHERE coalesce(published, '') = ''),
               coalesce(min(nullif(published, '')), ''), coalesce(max(nullif(published, '')), '')
        FROM main.documents""")[0]
    unit, timeline = _timeline(connection)
    copied = ask(connection, f"""SELECT d.path, o.path FROM main.documents d JOIN main.documents o
        ON d.copy_of = o.article_id WHERE d.copy_of <> '' ORDER BY ALL LIMIT {MOST_LISTED}""")
    failures = ask(connection, f"SELECT path, stage, error FROM main.failures ORDER BY ALL LIMIT {MOST_LISTED}")
    return Corpus(
        articles=articles, copies=copies, words=int(words), sentences=int(sentences),
        publishers=_groups(connection, "publisher"), kinds=_groups(connection, "kind"),
        n_publishers=_distinct(connection, "publisher"), n_kinds=_distinct(connection, "kind"),
        first=first, last=last, undated=undated, unit=unit, timeline=timeline,
        copied=[(str(a), str(b)) for a, b in copied], failures=[(str(a), str(b), str(c)) for a, b, c in failures],
        n_failures=count(connection, "SELECT count(*) FROM main.failures"),
    )


def _distinct(connection: duckdb.DuckDBPyConnection, column: str) -> int:
    return count(connection, f"SELECT count(DISTINCT nullif({column}, '')) FROM main.documents")


def _groups(connection: duckdb.DuckDBPyConnection, column: str) -> list[Group]:
    found = ask(connection, f"""
        SELECT if(coalesce({column}, '') = '', '{NOT_GIVEN}', {column}) AS grp,
               count(*) FILTER (WHERE coalesce(copy_of, '') = '') AS n,
               count(*) FILTER (WHERE coalesce(copy_of, '') <> ''), coalesce(sum(n_words), 0),
               coalesce(min(nullif(published, '')), ''), coalesce(max(nullif(published, '')), '')
        FROM main.documents GROUP BY grp ORDER BY n DESC, grp LIMIT {MOST_GROUPS}""")
    return [Group(str(name), n, copies, int(words), first, last) for name, n, copies, words, first, last in found]


def _timeline(connection: duckdb.DuckDBPyConnection) -> tuple[str, list[Period]]:
    """Months where all dates have one and they fit, else years; empty periods between are there."""
    counts: dict[str, dict[str, int]] = {}
    for published, stance, n in ask(connection, f"""WITH {KEPT} SELECT substr(published, 1, 7), stance, count(*)
            FROM kept WHERE regexp_matches(published, '^[0-9]{{4}}') GROUP BY ALL ORDER BY ALL"""):
        counts.setdefault(published, {})[stance] = n
    monthly = all(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", name) for name in counts)
    if counts and monthly and _month(max(counts)) - _month(min(counts)) < MOST_COLUMNS:
        names = [f"{m // MONTHS:04}-{m % MONTHS + 1:02}" for m in range(_month(min(counts)), _month(max(counts)) + 1)]
        return "month", [_period(name, counts.get(name, {})) for name in names]
    years: dict[str, dict[str, int]] = {}
    for name, stances in counts.items():
        year = years.setdefault(name[:4], {})
        for stance, n in stances.items():
            year[stance] = year.get(stance, 0) + n
    span = range(int(min(years)), int(max(years)) + 1) if years else range(0)
    shown = [f"{year:04}" for year in span] if len(span) <= MOST_COLUMNS else sorted(years)[-MOST_COLUMNS:]
    return "year", [_period(name, years.get(name, {})) for name in shown]


def _month(name: str) -> int:
    return int(name[:4]) * MONTHS + int(name[5:7]) - 1


def _period(name: str, stances: dict[str, int]) -> Period:
    return Period(name, sum(stances.values()), {stance: stances.get(stance, 0) for stance in DOCUMENT_STANCES})
