"""Short profiles of the councils and companies that are named most.

A connection enters; profiles leave. A statement belongs to a profile if the sentences of its evidence name the
entity; that is nearness, not opinion of the entity, and the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from outsource_nlp.report.passages import Piece, Span, pieces, window
from outsource_nlp.report.queries import KEPT, SAID, ask, records

MOST = 6
EXAMPLES = 2
SORTS = {"councils": ("council",), "companies and other providers": ("company", "provider")}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that names the entity."""

    pieces: list[Piece]
    publisher: str
    published: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One entity: how often it is named, what is said near it."""

    entity_id: str
    name: str
    register: str
    register_id: str
    mentions: int
    articles: int
    against: int
    for_: int
    other: int
    aspects: str
    examples: list[Example]


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Profile]]:
    """Profiles by sort."""
    return {name: _profiles(connection, types) for name, types in SORTS.items()}


def _profiles(connection: duckdb.DuckDBPyConnection, types: tuple[str, ...]) -> list[Profile]:
    found = records(connection, f"""WITH {KEPT}, named AS (
        SELECT entity_id, count(*) AS mentions, count(DISTINCT article_id) AS articles
        FROM main.mentions JOIN kept USING (article_id) WHERE type IN (SELECT unnest(?)) GROUP BY entity_id)
        SELECT entity_id, e.name, coalesce(e.register, '') AS register, coalesce(e.register_id, '') AS register_id,
               mentions, articles FROM named JOIN main.entities e USING (entity_id)
        ORDER BY articles DESC, mentions DESC, e.name, entity_id LIMIT {MOST}""", [list(types)])
    ids = [row["entity_id"] for row in found]
    sides, aspects, examples = _sides(connection, ids), _aspects(connection, ids), _examples(connection, ids)
    profiles = []
    for row in found:
        key = row["entity_id"]
        against, for_, other = sides.get(key, (0, 0, 0))
        profiles.append(Profile(
            **row, against=against, for_=for_, other=other, aspects=", ".join(aspects.get(key, [])[:4]),
            examples=examples.get(key, [])))
    return profiles


NEAR = f"""{SAID}, span AS (SELECT s.statement_id, min(t."start") AS first, max(t."end") AS last
    FROM said s JOIN main.sentences t ON t.article_id = s.article_id AND t."start" < s."end" AND t."end" > s."start"
    GROUP BY s.statement_id),
    near AS (SELECT DISTINCT m.entity_id, s.statement_id, s.stance, s.aspects
    FROM main.mentions m JOIN said s USING (article_id) JOIN span USING (statement_id)
    WHERE m.entity_id IN (SELECT unnest(?)) AND m."start" < span.last AND m."end" > span.first)"""


def _sides(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, tuple[int, int, int]]:
    return {entity: (against, for_, other) for entity, against, for_, other in ask(connection, f"""WITH {NEAR}
        SELECT entity_id, count(*) FILTER (WHERE stance = 'against'), count(*) FILTER (WHERE stance = 'for'),
               count(*) FILTER (WHERE stance NOT IN ('for', 'against')) FROM near GROUP BY entity_id""", [ids])}


def _aspects(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, list[str]]:
    used: dict[str, list[str]] = {}
    for entity, aspect, n in ask(connection, f"""WITH {NEAR}, used AS (
            SELECT entity_id, trim(unnest(string_split(aspects, ';'))) AS aspect FROM near WHERE aspects <> '')
            SELECT entity_id, aspect, count(*) AS n FROM used GROUP BY ALL ORDER BY n DESC, aspect""", [ids]):
        used.setdefault(entity, []).append(f"{aspect} {n}")
    return used


def _examples(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, list[Example]]:
    """The first sentence that names it in each of two articles."""
    examples: dict[str, list[Example]] = {}
    for entity, start, end, first, last, text, *where in ask(connection, f"""WITH {KEPT}, firsts AS (
            SELECT m.entity_id, m.article_id, m."start", m."end", t."start" AS first, t."end" AS last, k.path,
                   k.publisher, k.published, k.title, k.url
            FROM main.mentions m JOIN kept k USING (article_id)
            JOIN main.sentences t ON t.article_id = m.article_id AND t."start" <= m."start" AND m."start" < t."end"
            WHERE m.entity_id IN (SELECT unnest(?))
            QUALIFY row_number() OVER (PARTITION BY m.entity_id, m.article_id ORDER BY m."start", m.mention_id) = 1),
            few AS (SELECT * FROM firsts
            QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY path, "start") <= {EXAMPLES})
            SELECT entity_id, f."start", f."end", first, last, substr(x.text, first + 1, last - first), publisher,
                   published, title, url
            FROM few f JOIN main.texts x USING (article_id) ORDER BY entity_id, path, f."start" """, [ids]):
        shown = Span(start - first, end - first, "entity")
        cut = window(shown, [(0, last - first)])
        told = ("" if cell is None else str(cell) for cell in where)
        examples.setdefault(entity, []).append(Example(pieces(text, cut, [shown]), *told))
    return examples
