"""The tables of a store in, CSV and Parquet files and ``datapackage.json`` out.

Files are written into a folder of their own and then moved into place one by one, so that whoever reads a table
reads a whole one. Every SELECT is sorted and runs on one thread: equal rows give equal bytes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import duckdb

from outsource_nlp.errors import ResultsError
from outsource_nlp.schema import TABLES, Table
from outsource_nlp.store.database import quoted, reason, value
from outsource_nlp.store.datapackage import FOLDER, datapackage
from outsource_nlp.store.select import order

DRAFTS = ".export-"
GATHERED = "temp.gathered"


def export(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write ``tables/*.csv``, ``tables/*.parquet`` and ``datapackage.json`` into a folder.

    Raises:
        ResultsError: the folder cannot be written.
    """
    try:
        tables = folder / FOLDER
        tables.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=DRAFTS, dir=folder) as name:
            drafts = Path(name)
            _write_tables(connection, drafts)
            package = drafts / "datapackage.json"
            package.write_bytes((json.dumps(datapackage(), indent=2, ensure_ascii=False) + "\n").encode())
            for draft in sorted(drafts.iterdir()):
                draft.replace((folder if draft == package else tables) / draft.name)
    except (OSError, duckdb.IOException) as error:
        raise ResultsError.unwritable(folder, reason(error)) from error


def complete(folder: Path) -> bool:
    """Whether every file that ``export`` writes is there; somebody may have deleted one."""
    names = [f"{table.name}{ending}" for table in TABLES.values() if table.exported for ending in (".csv", ".parquet")]
    return (folder / "datapackage.json").is_file() and all((folder / FOLDER / name).is_file() for name in names)


def write_text(path: Path, text: str) -> None:
    """Write a file of the results folder as UTF-8; a reader finds the old one or the new one, never half of it.

    Raises:
        ResultsError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=DRAFTS, dir=path.parent) as name:
            draft = Path(name) / path.name
            draft.write_bytes(text.encode())
            draft.replace(path)
    except OSError as error:
        raise ResultsError.unwritable(path.parent, reason(error)) from error


def clear_drafts(folder: Path) -> None:
    """Remove what an export that was killed left behind."""
    for leftover in folder.glob(f"{DRAFTS}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _write_tables(connection: duckdb.DuckDBPyConnection, drafts: Path) -> None:
    with connection.cursor() as cursor:
        threads = value(cursor, "SELECT current_setting('threads')")
        cursor.execute("SET threads = 1")
        try:
            for table in TABLES.values():
                if table.exported:
                    _gather(cursor, table)
                    _copy(cursor, table, drafts / f"{table.name}.csv", "FORMAT csv, HEADER")
                    _copy(cursor, table, drafts / f"{table.name}.parquet", "FORMAT parquet, COMPRESSION zstd")
            cursor.execute(f"DROP TABLE IF EXISTS {GATHERED}")
        finally:
            cursor.execute(f"SET threads = {threads}")


def _gather(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Bring the rows together, sorted: the bytes of Parquet would otherwise tell how a view found its empty cells."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {GATHERED} AS "
                       f"SELECT * FROM main.{quoted(table.name)} ORDER BY {order(table)}")


def _copy(connection: duckdb.DuckDBPyConnection, table: Table, path: Path, options: str) -> None:
    """One file; in CSV an empty string is an empty cell, without quotation marks."""
    csv = path.suffix == ".csv"
    shown = [
        f"nullif({quoted(column.name)}, '') AS {quoted(column.name)}" if csv and column.type == "string"
        else quoted(column.name)
        for column in table.columns
    ]
    target = str(path).replace("'", "''")
    connection.execute(f"COPY (SELECT {', '.join(shown)} FROM {GATHERED}) TO '{target}' ({options})")
