"""A connection in, tables as DataFrames and the run history out; the same for readers and the writer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pandas as pd

from outsource_nlp.errors import ResultsError
from outsource_nlp.schema import TABLES, Table
from outsource_nlp.store.database import home, quoted, value

ARTICLES = ("new", "edited", "stale", "same", "gone")
"""What a run's summary counts; stale is the same text by another recipe."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the history.

    Attributes:
        started, finished: ISO 8601 in UTC; ``finished`` is empty for a run that was cut off.
        settings, summary: JSON objects; ``summary`` is empty for a run that was cut off.
    """

    run_id: str
    started: str
    finished: str
    settings: str
    summary: str

    def told(self) -> dict[str, Any]:
        """The run in one flat row: when, how long, what it met, how it ended."""
        summary = json.loads(self.summary) if self.summary else {}
        articles = summary.get("articles", {})
        failures = len(summary.get("failures", ()))
        seconds = (datetime.fromisoformat(self.finished) - datetime.fromisoformat(self.started)).total_seconds() \
            if self.finished else None
        return {
            "run_id": self.run_id, "started": self.started, "seconds": seconds,
            **{name: articles.get(name) for name in ARTICLES}, "failed": failures if summary else None,
            "end": "complete" if self.finished else "cut off",
            "pipeline": json.loads(self.settings).get("spec", {}).get("pipeline", ""),
        }


def order(table: Table) -> str:
    """The ORDER BY of a table; the key settles ties."""
    names = [*table.order, *(name for name in table.key if name not in table.order)]
    return ", ".join(quoted(name) for name in names)


def frame(connection: duckdb.DuckDBPyConnection, name: str) -> pd.DataFrame:
    """A table of ``schema`` in its column and row order.

    Empty strings are ``""``; only number columns that may be empty hold NaN.
    """
    return _fetched(connection, TABLES[name], f"main.{quoted(name)}")


def text(connection: duckdb.DuckDBPyConnection, article_id: str) -> str:
    """The cleaned text of an article.

    Raises:
        ResultsError: no such article.
    """
    found = value(connection, "SELECT text FROM main.texts WHERE article_id = ?", [article_id])
    if found is None:
        raise ResultsError.no_row(article_id)
    return str(found)


def texts(connection: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> dict[str, str]:
    """The cleaned texts of articles, by article_id; unknown ids are passed over."""
    return dict(connection.execute("SELECT article_id, text FROM main.texts WHERE article_id IN (SELECT unnest(?))",
                                   [list(article_ids)]).fetchall())


def counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows each table has."""
    return {table.name: int(value(connection, f"SELECT count(*) FROM {home(table)}")) for table in TABLES.values()}


def _fetched(connection: duckdb.DuckDBPyConnection, table: Table, where: str) -> pd.DataFrame:
    columns = ", ".join(quoted(column) for column in table.names)
    found = connection.execute(f"SELECT {columns} FROM {where} ORDER BY {order(table)}").df()
    for column in table.columns:
        if column.type == "bytes":
            found[column.name] = pd.Series([bytes(cell) for cell in found[column.name]], dtype=object)
    return found


def runs(connection: duckdb.DuckDBPyConnection) -> list[Run]:
    """The history, oldest first."""
    rows = connection.execute(
        "SELECT run_id, started, coalesce(finished, ''), settings, coalesce(summary, '') FROM meta.runs "
        "ORDER BY length(run_id), run_id"
    ).fetchall()
    return [Run(*row) for row in rows]
