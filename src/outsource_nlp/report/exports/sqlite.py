"""The tables as one SQLite file with full-text search, for Datasette, DB Browser and R.

Besides the exported tables it holds the articles' texts, so it is for those who may read the corpus; a release has
none. ``*_fts`` are FTS5 indexes that Datasette finds by itself; ``data_dictionary`` explains every column.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb

from outsource_nlp.report.exports.source import EXPORTED, About, quoted, rows
from outsource_nlp.schema import TABLES, Table

SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "bytes": "BLOB"}
SEARCHED = {"documents": ("title",), "statements": ("evidence", "holder", "aspects"),
            "quotations": ("text", "speaker", "cue"), "texts": ("text",)}
"""Columns with full-text search."""
TOKENIZER = "unicode61 remove_diacritics 2"
DICTIONARY = "data_dictionary"


def write(connection: duckdb.DuckDBPyConnection, paths: tuple[Path, ...], about: About) -> None:
    """Write the database; empty cells are NULL."""
    tables = (*EXPORTED, TABLES["texts"])
    with closing(sqlite3.connect(paths[0])) as made:
        made.execute("PRAGMA page_size = 4096")
        for table in tables:
            made.execute(_create(table))
            marks = ", ".join("?" * len(table.columns))
            made.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({marks})", rows(connection, table))
            for column in table.columns:
                if column.refers and (column.name,) != table.key:
                    made.execute(f"CREATE INDEX {quoted(f'{table.name}_{column.name}')} "
                                 f"ON {quoted(table.name)} ({quoted(column.name)})")
        for name, columns in SEARCHED.items():
            _search(made, name, columns)
        _dictionary(made, tables, about)
        made.commit()
        made.execute("VACUUM")


def _create(table: Table) -> str:
    lines = [f"{quoted(c.name)} {SQL_TYPES[c.type]}" for c in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    for column in table.columns:
        if column.refers:
            other, field = column.refers.split(".")
            lines.append(f"FOREIGN KEY ({quoted(column.name)}) REFERENCES {quoted(other)} ({quoted(field)})")
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _search(made: sqlite3.Connection, name: str, columns: tuple[str, ...]) -> None:
    """A search index that keeps no second copy of the text."""
    listed = ", ".join(map(quoted, columns))
    made.execute(f"CREATE VIRTUAL TABLE {quoted(name + '_fts')} USING FTS5 "
                 f"({listed}, tokenize='{TOKENIZER}', content={quoted(name)})")
    made.execute(f"INSERT INTO {quoted(name + '_fts')} ({quoted(name + '_fts')}) VALUES ('rebuild')")


def _dictionary(made: sqlite3.Connection, tables: tuple[Table, ...], about: About) -> None:
    made.execute(f"CREATE TABLE {DICTIONARY} (table_name TEXT, column_name TEXT, type TEXT, unit TEXT, meaning TEXT, "
                 "PRIMARY KEY (table_name, column_name))")
    made.executemany(f"INSERT INTO {DICTIONARY} VALUES (?, ?, ?, ?, ?)", [
        (t.name, c.name, c.type, c.unit or None, c.meaning) for t in tables for c in t.columns])
    made.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
    made.executemany("INSERT INTO about VALUES (?, ?)", [
        ("program", f"outsource-nlp {about.version}"), ("description", str(about.package["description"]))])
