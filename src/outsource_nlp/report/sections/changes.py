"""What differs from the run before: a connection enters; articles, actors, sides and key words that changed leave."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from outsource_nlp.report.queries import ask, count

MOST = 20
"""Rows of a group that are shown; the table has all."""

GROUPS = (
    ("Articles", "documents", ("added", "edited", "removed", "renamed")),
    ("Positions of articles", "documents", ("appeared", "flipped", "withdrawn")),
    ("Actors", "entities", ("added", "removed", "renamed")),
    ("Sides of those who speak", "statements", ("appeared", "flipped", "withdrawn")),
    ("Key words", "comparisons", ("rose", "fell")),
)
WORDS = {"added": "new"}
"""How a change is called where people read; others keep their name."""

LATEST = """latest AS (SELECT * FROM main.changes WHERE run_id =
    (SELECT run_id FROM main.changes ORDER BY length(run_id) DESC, run_id DESC LIMIT 1)),
    gone AS (SELECT "table", id, before AS name FROM latest WHERE change = 'removed')"""

NAMED = f"""WITH {LATEST}
    SELECT change, l.id, coalesce(nullif(d.title, ''), d.path, e.name, gone.name,
        CASE l."table" WHEN 'statements' THEN regexp_replace(l.id, '^[a-z]+:', '')
                       WHEN 'comparisons' THEN regexp_replace(coalesce(nullif(after, ''), before), ': rank .*$', '')
                       ELSE coalesce(nullif(after, ''), before) END) AS what,
        before, after, cause
    FROM latest l
    LEFT JOIN main.documents d ON l."table" = 'documents' AND d.article_id = l.id
    LEFT JOIN main.entities e ON l."table" IN ('entities', 'statements') AND e.entity_id = l.id
    LEFT JOIN gone ON gone.id = l.id AND gone."table" IN ('documents', 'entities')
    WHERE l."table" = ? AND list_contains(?, change)
    ORDER BY list_position(?, change), what, l.id LIMIT {MOST}"""


@dataclass(frozen=True, slots=True)
class Change:
    """One row of ``changes``; ``what`` is the name of what changed."""

    change: str
    id: str
    what: str
    before: str
    after: str
    cause: str


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one kind: how many of each, the first of them, and how many there are in all."""

    title: str
    counts: list[tuple[str, int]]
    rows: list[Change]
    n: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The latest run that saw a change; ``first`` says that it has no earlier run to differ from."""

    run_id: str
    first: bool
    groups: list[Group]

    @property
    def n(self) -> int:
        """Rows in all."""
        return sum(group.n for group in self.groups)


def read(connection: duckdb.DuckDBPyConnection) -> Changes:
    """The changes of the latest run that saw any."""
    runs = count(connection, "SELECT count(DISTINCT run_id) FROM main.changes")
    others = count(connection, "SELECT count(*) FROM main.changes WHERE change <> 'added'")
    latest = ask(connection, f"WITH {LATEST} SELECT any_value(run_id) FROM latest")[0][0]
    groups = [_group(connection, *group) for group in GROUPS]
    return Changes(run_id=latest or "", first=runs <= 1 and not others, groups=[group for group in groups if group.n])


def _group(connection: duckdb.DuckDBPyConnection, title: str, table: str, kinds: tuple[str, ...]) -> Group:
    counted: dict[str, int] = dict(ask(connection, f"""WITH {LATEST}
        SELECT change, count(*) FROM latest WHERE "table" = ? GROUP BY change""", [table]))
    rows = ask(connection, NAMED, [table, list(kinds), list(kinds)])
    return Group(
        title=title, counts=[(WORDS.get(kind, kind), counted[kind]) for kind in kinds if kind in counted],
        rows=[Change(WORDS.get(str(change), str(change)), *map(str, row)) for change, *row in rows],
        n=sum(counted.get(kind, 0) for kind in kinds),
    )
