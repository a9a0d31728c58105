"""Makes, opens and checks the DuckDB file of a results folder.

A new file is built under another name and moved into place, so a file that is there is whole. The tables follow
``schema``: article tables lie in ``article``, numbered by the put that wrote them (an article's rows lie together,
so replacing them touches little of the file), with views in ``main`` that show canonical names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import duckdb

from outsource_nlp.errors import BusyError, ResultsError
from outsource_nlp.schema import ARTICLE_TABLES, FORMAT_VERSION, TABLES, Table
from outsource_nlp.store import changes

FILE = "outsource.duckdb"
SQL_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "bytes": "BLOB"}
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
}
FRUGAL = {**OFFLINE, "memory_limit": "256MB", "threads": "2"}
"""A writer's settings: the memory of a run must not grow with the size of the store."""
DISK_ERRORS = (duckdb.IOException, duckdb.FatalException, duckdb.TransactionException, duckdb.OutOfMemoryException)
"""What DuckDB raises when it cannot read or write; a commit that finds no room is a TransactionException."""
INTERRUPTED = "Query interrupted"

META = (
    "CREATE TABLE meta.format (version VARCHAR NOT NULL)",
    "CREATE TABLE meta.fingerprints (article_id VARCHAR NOT NULL, path VARCHAR NOT NULL, content VARCHAR NOT NULL, "
    "parse_recipe VARCHAR NOT NULL, recipe VARCHAR NOT NULL, number BIGINT NOT NULL, parsed_number BIGINT NOT NULL)",
    "CREATE TABLE meta.parsed (number BIGINT NOT NULL, article_id VARCHAR NOT NULL, bytes BLOB NOT NULL)",
    "CREATE TABLE meta.layers (number BIGINT NOT NULL, article_id VARCHAR NOT NULL, bytes BLOB NOT NULL)",
    "CREATE TABLE meta.files (path VARCHAR NOT NULL, state VARCHAR NOT NULL, checked BIGINT NOT NULL, "
    "content VARCHAR NOT NULL)",
    "CREATE TABLE meta.copies (article_id VARCHAR NOT NULL, copy_of VARCHAR NOT NULL)",
    "CREATE TABLE meta.runs (run_id VARCHAR NOT NULL, started VARCHAR NOT NULL, finished VARCHAR, "
    "settings VARCHAR NOT NULL, summary VARCHAR)",
)


def quoted(name: str) -> str:
    """A name as an SQL identifier; many of ours are SQL words."""
    return f'"{name}"'


def home(table: Table) -> str:
    """Where the rows of a table lie."""
    return f"{'article' if table.name in ARTICLE_TABLES else 'main'}.{quoted(table.name)}"


def value(connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[object] = ()) -> Any:
    """The first cell that a query gives; None if it gives no row.

    All rows are fetched, since a result that is not read to its end blocks the connection.
    """
    rows = connection.execute(query, list(parameters)).fetchall()
    return rows[0][0] if rows else None


def create(folder: Path) -> None:
    """Make an empty store; the folder must be locked.

    Raises:
        ResultsError: the folder cannot be written.
    """
    draft = folder / f".{FILE}.new"
    try:
        for leftover in (draft, draft.with_name(draft.name + ".wal")):
            leftover.unlink(missing_ok=True)
        with closing(duckdb.connect(draft, config=FRUGAL)) as connection:
            connection.begin()
            for statement in _statements():
                connection.execute(statement)
            changes.create(connection)
            connection.execute("INSERT INTO meta.format VALUES (?)", [FORMAT_VERSION])
            connection.commit()
            connection.execute("CHECKPOINT")    # closing would do it too, but a disk that fails then is not told
        draft.replace(folder / FILE)
    except (OSError, duckdb.Error) as error:
        raise ResultsError.unwritable(folder, reason(error)) from error


def check_name(folder: Path) -> None:
    """DuckDB takes no path that is not Unicode.

    Raises:
        ResultsError: the folder's name holds bytes that are none.
    """
    try:
        str(folder).encode()
    except UnicodeEncodeError as error:
        raise ResultsError.unwritable(folder, "its name is not UTF-8") from error


def connect(folder: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open the store of a folder.

    Raises:
        BusyError: somebody else has the file open in a way that shuts us out.
        ResultsError: there is no store, or it is not one this program can use.
    """
    if not (folder / FILE).is_file():
        raise ResultsError.missing(folder)
    check_name(folder)
    try:
        connection = duckdb.connect(folder / FILE, read_only=read_only, config=OFFLINE if read_only else FRUGAL)
    except duckdb.ConnectionException as error:
        raise _busy(folder, read_only) from error
    except (OSError, duckdb.Error) as error:
        if "set lock on" in str(error) or "used by another process" in str(error):
            raise _busy(folder, read_only) from error
        raise ResultsError.broken(folder, reason(error)) from error
    try:
        _check_format(connection, folder)
    except ResultsError:
        connection.close()
        raise
    return connection


@contextmanager
def told(folder: Path, when_disk_fails: Callable[[Path, str], ResultsError]) -> Iterator[None]:
    """Tell a disk that fails in the block, or a file that is damaged, as an error of the results folder.

    Raises:
        ResultsError: so it is.
        KeyboardInterrupt: somebody pressed Ctrl+C, which DuckDB turns into an error of its own while it works.
    """
    try:
        yield
    except RuntimeError as error:
        if str(error) != INTERRUPTED:
            raise
        raise KeyboardInterrupt from error
    except DISK_ERRORS as error:
        raise when_disk_fails(folder, reason(error)) from error
    except duckdb.Error as error:
        if type(error) is not duckdb.Error:     # so is a checksum that is wrong; all others are mistakes of ours
            raise
        raise ResultsError.broken(folder, reason(error)) from error


def _check_format(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    try:
        seen = str(value(connection, "SELECT version FROM meta.format") or "unknown")
    except duckdb.CatalogException as error:
        raise ResultsError.foreign(folder) from error
    except duckdb.Error as error:
        raise ResultsError.broken(folder, reason(error)) from error
    if seen != FORMAT_VERSION:
        raise ResultsError.other_version(folder, seen, FORMAT_VERSION)


def _busy(folder: Path, read_only: bool) -> BusyError:
    return BusyError.being_written(folder) if read_only else BusyError.in_use(folder)


def reason(error: Exception) -> str:
    """The first line of an error, as one clause."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text.splitlines()[0].rstrip(".!") if text else type(error).__name__


def _statements() -> Iterator[str]:
    yield "CREATE SCHEMA article"
    yield "CREATE SCHEMA meta"
    yield from META
    for table in TABLES.values():
        of_article = table.name in ARTICLE_TABLES
        columns = [f"{quoted(column.name)} {SQL_TYPES[column.type]}"
                   + ("" if column.type == "number" and column.empty else " NOT NULL") for column in table.columns]
        if of_article:
            columns.insert(0, "number BIGINT NOT NULL")
        yield f"CREATE TABLE {home(table)} ({', '.join(columns)})"
        if of_article:
            yield _view(table)


def _view(table: Table) -> str:
    """The table as people read it: canonical names from ``entities``, ``copy_of`` from ``meta.copies``."""
    shown, joins = [], []
    for column in table.columns:
        local = f"t.{quoted(column.name)}"
        if column.named_by:
            joins.append(f"LEFT JOIN main.entities AS e ON e.entity_id = t.{quoted(column.named_by)}")
            shown.append(f"coalesce(e.name, {local}) AS {quoted(column.name)}")
        elif (table.name, column.name) == ("documents", "copy_of"):
            joins.append("LEFT JOIN meta.copies AS c ON c.article_id = t.article_id")
            shown.append(f"coalesce(c.copy_of, {local}) AS copy_of")
        else:
            shown.append(local)
    source = f"{home(table)} AS t {' '.join(joins)}"
    return f"CREATE VIEW main.{quoted(table.name)} AS SELECT {', '.join(shown)} FROM {source}"
