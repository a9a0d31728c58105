"""Tables about the corpus as a whole, made from the mentions of all articles.

A connection whose schema ``article`` has the article tables enters, DataFrames leave; counting is SQL's. An entity's
name is voted: the name most mentions carry, then the longest, then the first in the alphabet, so the order in which
articles were read cannot show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import duckdb
import pandas as pd

from outsource_nlp.schema import LIST_SEPARATOR, TABLES

ALIASES = 20
"""How many surfaces ``entities.aliases``, and ids ``unresolved.candidates``, list at most."""
_BODIES = frozenset({"company", "provider"})
_LISTED = ("name", "name-in-context", "office", "place-as-council", "joined-councils")
_ENTITIES = f"""
    WITH votes AS (
        SELECT entity_id, type, name, count(*) AS n FROM (
            SELECT entity_id, type, name FROM article.mentions
            UNION ALL SELECT entity_id, 'person', name FROM article.roles) GROUP BY ALL),
    voted AS (
        SELECT entity_id, type, name FROM votes
        QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY n DESC, length(name) DESC, name, type) = 1),
    surfaces AS (
        SELECT entity_id, surface, row_number() OVER (PARTITION BY entity_id ORDER BY count(*) DESC, surface) AS place
        FROM article.mentions GROUP BY entity_id, surface),
    aliases AS (
        SELECT entity_id, string_agg(surface, '{LIST_SEPARATOR}' ORDER BY place) AS aliases
        FROM surfaces WHERE place <= {ALIASES} GROUP BY entity_id),
    counts AS (
        SELECT entity_id, count(*) AS n_mentions, count(DISTINCT article_id) AS n_articles
        FROM article.mentions GROUP BY entity_id),
    facts AS (
        SELECT entity_id, register, register_id FROM article.registrations
        QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY article_id, register, register_id) = 1)
    SELECT entity_id, type, name, coalesce(register, '') AS register, coalesce(register_id, '') AS register_id,
           coalesce(aliases, '') AS aliases, coalesce(n_mentions, 0) AS n_mentions,
           coalesce(n_articles, 0) AS n_articles
    FROM voted LEFT JOIN aliases USING (entity_id) LEFT JOIN counts USING (entity_id) LEFT JOIN facts USING (entity_id)
    ORDER BY {", ".join(TABLES["entities"].order)}"""


def entities(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One row an entity: those mentioned, and authors who are named in metadata alone."""
    return _framed("entities", connection.execute(_ENTITIES).df())


def unresolved(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One row a name that a curator should settle, the most frequent first."""
    known = [_Entity(*row) for row in connection.execute(
        "SELECT DISTINCT entity_id, type, name FROM article.mentions").fetchall()]
    cases: dict[tuple[str, str, str], _Case] = {}
    for doubt in chain(_bodies(connection, known), _surnames(connection, known), _homonyms(connection, known)):
        name = doubt.type, doubt.why, doubt.key
        if (case := cases.get(name)) is None:
            case = cases[name] = _Case(_listed(doubt.candidates), Counter(), set())
        case.surfaces[doubt.surface] += doubt.n
        case.articles.add(doubt.article_id)
    rows = []
    for (kind, why, key), case in cases.items():
        surface = min(case.surfaces, key=lambda surface: (-case.surfaces[surface], surface))
        n, articles = case.surfaces.total(), len(case.articles)
        rows.append(((-n, -articles, surface, kind, why, key),
                     (surface, kind, why, case.candidates, n, articles, min(case.articles))))
    table = [(rank, *cells) for rank, (_, cells) in enumerate(sorted(rows), 1)]
    return _framed("unresolved", pd.DataFrame(table, columns=list(TABLES["unresolved"].names)))


class _Entity(NamedTuple):
    """An entity under one of its names."""

    entity_id: str
    type: str
    name: str


class _Doubt(NamedTuple):
    """A name in doubt in one article; those alike in type, why and key are one case and have the same candidates."""

    article_id: str
    surface: str
    type: str
    why: str
    candidates: Sequence[str]
    n: int
    key: str


@dataclass(frozen=True, slots=True)
class _Case:
    """What the articles say of one name in doubt: candidates, surfaces with their number, articles."""

    candidates: str
    surfaces: Counter[str]
    articles: set[str]


def _bodies(connection: duckdb.DuckDBPyConnection, known: Sequence[_Entity]) -> Iterator[_Doubt]:
    """The names in doubt; for bodies outside every list also those whose names open alike: "Brightwell Care"."""
    alike: dict[str, set[str]] = {}
    for entity in known:
        if entity.type in _BODIES:
            alike.setdefault(_opening(entity.entity_id), set()).add(entity.entity_id)
    found = _asked(connection, "SELECT why, candidates, article_id, surface, type, n FROM article.doubts ORDER BY ALL")
    before, candidates = ("", ""), [""]
    for why, ids, article_id, surface, kind, n in found:
        if (why, ids) != before:
            more = sorted(alike.get(_opening(ids), ())) if why == "unlisted" else []
            before, candidates = (why, ids), [*dict.fromkeys([*ids.split(LIST_SEPARATOR), *more])]
        yield _Doubt(article_id, surface, kind, why, candidates, n, ids)


def _surnames(connection: duckdb.DuckDBPyConnection, known: Sequence[_Entity]) -> Iterator[_Doubt]:
    """Persons of whom an article gives the surname alone, where somebody else bears it too."""
    own: dict[str, set[str]] = {}
    bearers: dict[str, set[str]] = {}
    for entity_id, _, name in (entity for entity in known if entity.type == "person"):
        if "@" in entity_id:
            own.setdefault(name.lower(), set()).add(entity_id)
        else:
            bearers.setdefault(name.split()[-1].lower(), set()).add(entity_id)
    candidates = {name: [*sorted(ids), *sorted(bearers.get(name.split()[-1], ()))] for name, ids in own.items()}
    for article_id, name in _asked(connection, "SELECT article_id, name FROM article.mentions "
                                   "WHERE type = 'person' AND contains(entity_id, '@')"):
        if len(ids := candidates[name.lower()]) > 1:
            yield _Doubt(article_id, name, "person", "surname alone", ids, 1, name.lower())


def _homonyms(connection: duckdb.DuckDBPyConnection, known: Sequence[_Entity]) -> Iterator[_Doubt]:
    """One name under two types, unless a list holds both."""
    found: dict[str, set[str]] = {}
    for entity in known:
        found.setdefault(_slug(entity.entity_id), set()).add(entity.entity_id)
    listed = {row[0] for row in _asked(connection, "SELECT DISTINCT entity_id FROM article.mentions "
                                       "WHERE rule IN (SELECT unnest(?))", list(_LISTED))}
    doubtful = {slug: sorted(ids) for slug, ids in found.items() if len(ids) > 1 and not ids <= listed}
    named = sorted(entity_id for ids in doubtful.values() for entity_id in ids)
    for article_id, entity_id, surface in _asked(
            connection, "SELECT article_id, entity_id, surface FROM article.mentions "
            "WHERE entity_id IN (SELECT unnest(?))", named):
        slug = _slug(entity_id)
        kind = doubtful[slug][0].partition(":")[0]
        yield _Doubt(article_id, surface, kind, "one name, several entities", doubtful[slug], 1, slug)


def _asked(connection: duckdb.DuckDBPyConnection, query: str, *lists: list[str]) -> list[tuple[Any, ...]]:
    return connection.execute(query, list(lists)).fetchall()


def _framed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """A frame with the columns and types of a table."""
    spec = TABLES[name]
    types = {column.name: "int64" if column.type == "integer" else "str" for column in spec.columns}
    return table[list(spec.names)].astype(types)


def _slug(entity_id: str) -> str:
    return entity_id.partition(":")[2]


def _opening(entity_id: str) -> str:
    return _slug(entity_id).partition("-")[0]


def _listed(ids: Iterable[str]) -> str:
    return LIST_SEPARATOR.join([*ids][:ALIASES])
