"""Short profiles of the councils and companies that are named most.

A connection enters; profiles leave. A statement belongs to a profile if the sentences of its evidence name the
entity; that is nearness, not opinion of the entity, and the page says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import duckdb

from outsource_nlp.report.passages import Piece, Span, pieces, window
from outsource_nlp.report.queries import KEPT, SAID, ask, records

MOST = 6
EXAMPLES = 2
MOST_ASPECTS = 4
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
    near, examples = _near(connection, ids), _examples(connection, ids)
    profiles = []
    for row in found:
        key = row["entity_id"]
        sides, aspects = near.get(key, (Counter(), Counter()))
        most = sorted(aspects, key=lambda aspect: (-aspects[aspect], aspect))[:MOST_ASPECTS]
        profiles.append(Profile(
            **row, against=sides["against"], for_=sides["for"],
            other=sides.total() - sides["against"] - sides["for"],
            aspects=", ".join(f"{aspect} {aspects[aspect]}" for aspect in most), examples=examples.get(key, [])))
    return profiles


def _near(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """By entity, how many of the statements in whose sentences it is named take each side, and use each argument."""
    near: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for entity, stance, aspects, n in ask(connection, f"""WITH {SAID},
            named AS (SELECT * FROM main.mentions WHERE entity_id IN (SELECT unnest(?))),
            span AS (SELECT s.statement_id, min(t."start") AS first, max(t."end") AS last
            FROM said s JOIN main.sentences t ON t.article_id = s.article_id AND t."start" < s."end"
            AND t."end" > s."start" WHERE s.article_id IN (SELECT article_id FROM named) GROUP BY s.statement_id),
            near AS (SELECT DISTINCT m.entity_id, s.statement_id, s.stance, coalesce(s.aspects, '') AS aspects
            FROM named m JOIN said s USING (article_id) JOIN span USING (statement_id)
            WHERE m."start" < span.last AND m."end" > span.first)
            SELECT entity_id, stance, aspects, count(*) FROM near GROUP BY ALL""", [ids]):
        sides, used = near.setdefault(entity, (Counter(), Counter()))
        sides[stance] += n
        for aspect in filter(None, map(str.strip, aspects.split(";"))):
            used[aspect] += n
    return near


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
