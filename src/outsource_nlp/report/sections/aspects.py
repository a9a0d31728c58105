"""Which arguments stand on which side, and who uses them.

A connection enters; counts by aspect, and a table of actors by aspects, leave. Only statements that take a side
are split; the others are shown beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from outsource_nlp.report.intervals import wilson
from outsource_nlp.report.queries import ASPECTS, SAID, ask, count

MOST_ACTORS = 12
MOST_ASPECTS = 10


@dataclass(frozen=True, slots=True)
class Aspect:
    """Statements that use one argument; ``low`` and ``high`` bound the share against among those with a side."""

    name: str
    n: int
    against: int
    for_: int
    other: int
    articles: int
    share: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Actor:
    """A named holder and its statements by aspect: (against, for, other) in the order of the columns."""

    name: str
    type: str
    n: int
    articles: int
    cells: list[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Aspects:
    """``without`` counts statements with no argument of the codebook, ``unnamed`` those with no named holder."""

    aspects: list[Aspect]
    most: int
    without: int
    statements: int
    actors: list[Actor]
    columns: list[str]
    n_actors: int
    unnamed: int


SIDES = ("count(*) FILTER (WHERE stance = 'against'), count(*) FILTER (WHERE stance = 'for'), "
         "count(*) FILTER (WHERE stance NOT IN ('for', 'against'))")


def read(connection: duckdb.DuckDBPyConnection) -> Aspects:
    """Counts by aspect, and by actor and aspect."""
    aspects = [_aspect(*row) for row in ask(connection, f"""WITH {ASPECTS}
        SELECT aspect, count(*) AS n, {SIDES}, count(DISTINCT article_id) FROM argued
        WHERE aspect <> '' GROUP BY aspect ORDER BY n DESC, aspect""")]
    columns = [aspect.name for aspect in aspects[:MOST_ASPECTS]]
    return Aspects(
        aspects=aspects, most=max((max(a.against, a.for_) for a in aspects), default=0),
        without=count(connection, f"WITH {SAID} SELECT count(*) FROM said WHERE coalesce(aspects, '') = ''"),
        statements=count(connection, f"WITH {SAID} SELECT count(*) FROM said"),
        actors=_actors(connection, columns), columns=columns,
        n_actors=count(connection, f"WITH {SAID} SELECT count(DISTINCT holder_id) FROM said WHERE holder_id <> ''"),
        unnamed=count(connection, f"WITH {SAID} SELECT count(*) FROM said WHERE coalesce(holder_id, '') = ''"),
    )


def _aspect(name: str, n: int, against: int, for_: int, other: int, articles: int) -> Aspect:
    """Wilson's interval with articles as observations, since the statements of one article hang together."""
    if not against + for_:
        return Aspect(name, n, against, for_, other, articles, None, 0.0, 1.0)
    share = against / (against + for_)
    return Aspect(name, n, against, for_, other, articles, share, *wilson(share, min(articles, against + for_)))


def _actors(connection: duckdb.DuckDBPyConnection, columns: list[str]) -> list[Actor]:
    heard = ask(connection, f"""WITH {SAID} SELECT holder_id, any_value(holder ORDER BY holder),
        coalesce(any_value(e.type), ''), count(*) AS n, count(DISTINCT article_id)
        FROM said LEFT JOIN main.entities e ON e.entity_id = said.holder_id WHERE holder_id <> ''
        GROUP BY holder_id ORDER BY n DESC, holder_id LIMIT {MOST_ACTORS}""")
    cells = {(holder, aspect): (against, for_, other) for holder, aspect, against, for_, other in ask(
        connection, f"""WITH {ASPECTS} SELECT holder_id, aspect, {SIDES} FROM argued
        WHERE holder_id IN (SELECT unnest(?)) GROUP BY ALL""", [[row[0] for row in heard]])}
    return [Actor(name, kind, n, articles, [cells.get((holder, aspect), (0, 0, 0)) for aspect in columns])
            for holder, name, kind, n, articles in heard]
