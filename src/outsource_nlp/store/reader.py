"""A results folder in, its tables, texts and sentences out, for reading only.

The file is opened for each question and closed again: a notebook that holds results must not keep the nightly run
from writing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import duckdb
import pandas as pd

from outsource_nlp.errors import ResultsError
from outsource_nlp.store import database, select
from outsource_nlp.store.select import Run


class Reader:
    """Reads a store; use it as a context manager, or call ``close`` after you asked for ``connection``."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder; nothing is opened."""
        self.folder = folder
        self._connection: duckdb.DuckDBPyConnection | None = None

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """A read-only DuckDB connection, for SQL; it stays open, and shuts out writers, until ``close``."""
        if self._connection is None:
            self._connection = database.connect(self.folder, read_only=True)
        return self._connection

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Reader:
        """The reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def frame(self, name: str) -> pd.DataFrame:
        """A table of ``schema`` in its column and row order."""
        with self.session() as connection:
            return select.frame(connection, name)

    def runs(self) -> list[Run]:
        """The run history, oldest first."""
        with self.session() as connection:
            return select.runs(connection)

    def text(self, article_id: str) -> str:
        """The cleaned text of an article, in which all offsets count.

        Raises:
            ResultsError: no such article.
        """
        with self.session() as connection:
            return select.text(connection, article_id)

    def sentences(self, article_id: str) -> list[tuple[int, int]]:
        """The half-open character ranges of an article's sentences, in text order; none if it is unknown."""
        with self.session() as connection:
            return connection.execute(
                'SELECT "start", "end" FROM main.sentences WHERE article_id = ? ORDER BY "start"', [article_id]
            ).fetchall()

    @contextmanager
    def session(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Keep the file open while the block runs, for many questions in a row; gives the connection.

        Raises:
            ResultsError: the file is damaged.
        """
        if self._connection is not None:
            yield self._connection
            return
        try:
            with database.told(self.folder, ResultsError.broken):
                yield self.connection
        finally:
            self.close()


def open_for_reading(folder: Path) -> Reader:
    """Open results for reading.

    Raises:
        ResultsError: no results in the folder, or of another format.
        BusyError: a run is writing to them; ``tables/`` can be read meanwhile.
    """
    database.connect(folder, read_only=True).close()
    return Reader(folder)
