"""What every section asks first: SQL for the rows that count, and the words for what is not known.

A connection and SQL enter, lists of rows leave. Adding up is left to DuckDB, so that the report of a large
corpus needs no more memory than that of a small one. Near-copies are left out of every figure, as they are in
the ``comparisons`` table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

KEPT = "kept AS (SELECT *, substr(published, 1, 4) AS year FROM main.documents WHERE coalesce(copy_of, '') = '')"
"""CTE: the documents that count."""

SAID = (f"{KEPT}, said AS (SELECT s.*, k.path, k.title, k.publisher, k.kind, k.authors, k.published, k.year, k.url "
        "FROM main.statements s JOIN kept k USING (article_id))")
"""CTEs: the statements that count, with their article's metadata."""

ASPECTS = (f"{SAID}, argued AS (SELECT *, trim(unnest(string_split(aspects, ';'))) AS aspect FROM said "
           "WHERE aspects <> '')")
"""CTEs: a row a statement and aspect."""

NOT_GIVEN = "not given"
GROUPINGS = {
    "publisher": f"SELECT article_id, coalesce(nullif(publisher, ''), '{NOT_GIVEN}') AS grp FROM kept",
    "kind": f"SELECT article_id, coalesce(nullif(kind, ''), '{NOT_GIVEN}') AS grp FROM kept",
    "author": "SELECT DISTINCT article_id, coalesce(nullif(trim(unnest(string_split(coalesce(authors, ''), ';'))), ''),"
              f" '{NOT_GIVEN}') AS grp FROM kept",
    "year": f"SELECT article_id, coalesce(nullif(year, ''), '{NOT_GIVEN}') AS grp FROM kept",
}
"""How articles can be grouped on the page, as SQL of (article_id, grp); an article of two authors is in two groups."""

BY = ("publisher", "kind")
"""The groupings of a page unless others are asked for."""

NAMES = {"publisher": ("Publisher", "publishers"), "kind": ("Kind of source", "kinds of source"),
         "author": ("Author", "authors"), "year": ("Year", "years")}
"""A grouping in words: at the head of a table, and of many."""

MOST_GROUPS = 20
"""Groups shown in a chart; the tables have all."""

COMPARED = "compared"
"""A view of the page's comparisons: those that the run stored, or others."""

Rows = list[tuple[Any, ...]]


def ask(connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[object] = ()) -> Rows:
    """All rows of a query."""
    return connection.execute(query, list(parameters)).fetchall()


def records(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[object] = ()
) -> list[dict[str, Any]]:
    """All rows of a query by column name."""
    found = connection.execute(query, list(parameters))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """The first cell of a query that counts."""
    return int(ask(connection, query)[0][0])
