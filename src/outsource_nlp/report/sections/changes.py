"""What differs from the run before: a connection enters, counts and the first rows leave."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from outsource_nlp.report.queries import ask, count

MOST = 30


@dataclass(frozen=True, slots=True)
class Change:
    """One row of ``changes`` of the latest run that has any; ``what`` names the article if it is still there."""

    change: str
    table: str
    id: str
    what: str
    before: str
    after: str
    cause: str


@dataclass(frozen=True, slots=True)
class Changes:
    """``first`` says that there is no earlier run to differ from."""

    first: bool
    counts: list[tuple[str, str, str, int]]
    rows: list[Change]
    n: int


LATEST = """latest AS (SELECT * FROM main.changes WHERE run_id =
    (SELECT run_id FROM main.changes ORDER BY length(run_id) DESC, run_id DESC LIMIT 1))"""


def read(connection: duckdb.DuckDBPyConnection) -> Changes:
    """The changes of the latest run that saw any."""
    runs = count(connection, "SELECT count(DISTINCT run_id) FROM main.changes")
    others = count(connection, "SELECT count(*) FROM main.changes WHERE change <> 'added'")
    counts = ask(connection, f"""WITH {LATEST} SELECT change, "table", cause, count(*) FROM latest
        GROUP BY ALL ORDER BY ALL""")
    rows = ask(connection, f"""WITH {LATEST} SELECT change, "table", id, coalesce(d.title, ''), before, after, cause
        FROM latest LEFT JOIN main.documents d ON d.article_id = latest.id ORDER BY "table", change, id LIMIT {MOST}""")
    return Changes(
        first=runs <= 1 and not others, counts=[(str(a), str(b), str(c), n) for a, b, c, n in counts],
        rows=[Change(*("" if cell is None else str(cell) for cell in row)) for row in rows],
        n=sum(n for *_, n in counts),
    )
