"""Rows and parsed Docs in, a DuckDB file out; every method is one transaction.

A run that is killed between two calls leaves the store as the last call left it, and ``runs`` with a run that never
finished, which is how the next one knows that the tables made from all articles may be out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd

from outsource_nlp.errors import ResultsError
from outsource_nlp.records import ArticleRows, Failure, Row
from outsource_nlp.schema import CORPUS_TABLES, TABLES, Column, Table
from outsource_nlp.store import articles, changes, database, export, select
from outsource_nlp.store.insert import check_key, from_frame, insert, transposed
from outsource_nlp.store.lock import exclusive
from outsource_nlp.store.plan import Known
from outsource_nlp.store.seen import Seen
from outsource_nlp.store.select import Run

FILES = (Column("path", "string", ""), Column("state", "string", ""), Column("checked", "integer", ""),
         Column("content", "string", ""))
COPIES = (Column("article_id", "string", ""), Column("copy_of", "string", ""))


class Writer:
    """The one writer of a results folder; made by ``open_for_writing``."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        """Take over an open connection."""
        self.connection = connection
        self.folder = folder
        self._run_id = ""
        self._noted = False

    def known(self) -> dict[str, Known]:
        """What is stored, by article_id."""
        rows = self.connection.execute(
            "SELECT article_id, path, content, parse_recipe, recipe FROM meta.fingerprints ORDER BY article_id"
        ).fetchall()
        return {row[0]: Known(*row[1:]) for row in rows}

    def runs(self) -> list[Run]:
        """The run history, oldest first."""
        return select.runs(self.connection)

    def interrupted(self) -> bool:
        """Whether the last run was cut off, so that corpus tables and exports must be made again.

        The run that was begun on this writer does not count.
        """
        earlier = [run for run in self.runs() if run.run_id != self._run_id]
        return bool(earlier) and not earlier[-1].finished

    def begin(self, settings: str) -> str:
        """Enter a new run, with its settings as JSON, in the history; returns its id, ``run-0001`` and on."""
        with self._transaction():
            earlier = database.value(self.connection, "SELECT count(*) FROM meta.runs")
            self._run_id = f"run-{earlier + 1:04d}"
            self.connection.execute(
                "INSERT INTO meta.runs VALUES (?, ?, NULL, ?, NULL)", [self._run_id, _now(), settings]
            )
        return self._run_id

    def finish(self, run_id: str, summary: str) -> None:
        """Mark a run as complete, with its summary as JSON; the last call of a run."""
        with self._transaction():
            if self._noted:
                changes.keep(self.connection)
            self.connection.execute(
                "UPDATE meta.runs SET finished = ?, summary = ? WHERE run_id = ?", [_now(), summary, run_id]
            )

    def put(self, batch: Sequence[ArticleRows]) -> None:
        """Store a batch of articles; rows that they had before are replaced.

        Raises:
            ValueError: rows that do not fit ``schema``, an article twice in the batch, or no parsed Doc where
                none is stored.
        """
        with self._transaction():
            articles.put(self.connection, batch)

    def remove(self, article_ids: Iterable[str]) -> None:
        """Delete articles and all their rows; unknown ids are passed over."""
        gone = articles.stored(self.connection, list(article_ids))
        with self._transaction():
            articles.delete(self.connection, gone.values())

    def parsed(self, article_ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The stored Docs of articles, in the order in which they were stored, a few in memory at a time.

        The store may be written to meanwhile.
        """
        return articles.parsed(self.connection, list(article_ids))

    def parsed_of(self, contents: Mapping[str, str]) -> dict[str, bytes]:
        """The stored Docs of articles, by article_id, of those that still have the content that is given with them."""
        now = articles.stored(self.connection, list(contents))
        return dict(self.parsed([key for key, article in now.items() if article.content == contents[key]]))

    def layers(self, article_ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """What our components found in articles, as ``parsed`` gives their Docs."""
        return articles.layers(self.connection, list(article_ids))

    def files(self) -> dict[str, Seen]:
        """What the files of the corpus looked like when they were last read without a failure, by path."""
        rows = self.connection.execute("SELECT path, state, checked, content FROM meta.files").fetchall()
        return {row[0]: Seen(*row[1:]) for row in rows}

    def put_files(self, files: Mapping[str, Seen]) -> None:
        """Replace what ``files`` gives."""
        cells = [(path, seen.state, seen.checked, seen.content) for path, seen in files.items()]
        with self._transaction():
            self.connection.execute("DELETE FROM meta.files")
            insert(self.connection, "meta.files", FILES, list(zip(*cells, strict=True)) or [()] * len(FILES))

    def put_failures(self, failures: Iterable[Failure]) -> None:
        """Replace ``failures``, which tells of the last run only."""
        last = {(failure.path, failure.stage): failure.error for failure in failures}
        table = TABLES["failures"]
        self._refill(table, transposed(table, [(*key, error) for key, error in last.items()]))

    def note_changes(self) -> None:
        """Write the ``changes`` of this run, from the tables of the last run that ended and those of now."""
        with self._transaction():
            changes.note(self.connection, self._run_id)
        self._noted = True

    def replace(self, name: str, rows: Iterable[Row] | pd.DataFrame) -> None:
        """Fill a table that is made from all articles, ``entities`` or ``comparisons``, anew.

        Raises:
            ValueError: another table, columns or cells that do not fit, or a key that comes twice.
        """
        if name not in CORPUS_TABLES:
            raise ValueError(f"{name} is not one of {CORPUS_TABLES}")
        table = TABLES[name]
        self._refill(table, from_frame(table, rows) if isinstance(rows, pd.DataFrame) else transposed(table, rows))

    def set_copies(self, copies: Mapping[str, str]) -> None:
        """Say which articles nearly repeat which, article_id to article_id; replaces all that was said before."""
        with self._transaction():
            self.connection.execute("DELETE FROM meta.copies")
            insert(self.connection, "meta.copies", COPIES, (tuple(copies), tuple(copies.values())))

    def frame(self, name: str) -> pd.DataFrame:
        """A table of ``schema`` in its column and row order."""
        return select.frame(self.connection, name)

    def texts(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The cleaned texts of articles, by article_id; unknown ids are passed over."""
        return select.texts(self.connection, article_ids)

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        return select.counts(self.connection)

    def export(self) -> None:
        """Write CSV, Parquet and ``datapackage.json`` into the results folder.

        Raises:
            ResultsError: it cannot be written.
        """
        export.export(self.connection, self.folder)

    def exported(self) -> bool:
        """Whether the files that ``export`` writes are all in the results folder."""
        return export.complete(self.folder)

    def _refill(self, table: Table, cells: Sequence[Sequence[object]]) -> None:
        check_key(table, cells)
        with self._transaction():
            self.connection.execute(f"DELETE FROM {database.home(table)}")
            insert(self.connection, database.home(table), table.columns, cells)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing."""
        try:
            self.connection.execute("BEGIN TRANSACTION")  # unlike begin(), ends a result that nobody read to its end
            yield
            self.connection.commit()
        except BaseException:
            with suppress(duckdb.Error):    # nothing was begun, or DuckDB has already given the transaction up
                self.connection.rollback()
            raise


@contextmanager
def open_for_writing(folder: Path) -> Iterator[Writer]:
    """Lock a results folder, made if need be, and open its store; everything is closed at the end of the block.

    Raises:
        BusyError: another run is writing to it, or a program has the file open.
        ResultsError: it cannot be written, now or in the block (a full disk); it holds something else, or is of
            another format; its file is damaged.
    """
    database.check_name(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shown = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
    except OSError as error:
        raise ResultsError.unwritable(folder, database.reason(error)) from error
    if shown and not (folder / database.FILE).exists():
        raise ResultsError.foreign(folder)
    with exclusive(folder):
        export.clear_drafts(folder)
        if not (folder / database.FILE).exists():
            database.create(folder)
        with closing(database.connect(folder, read_only=False)) as connection, \
                database.told(folder, ResultsError.unwritable):
            yield Writer(connection, folder)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
