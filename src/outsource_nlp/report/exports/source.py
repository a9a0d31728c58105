"""What every export asks: the rows of a table in their order, and what the tables do not say of themselves.

A connection enters, rows leave in batches, so that a large corpus needs no more memory than a small one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from outsource_nlp.codebook import Codebook
from outsource_nlp.schema import TABLES, Table

BATCH = 5_000
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that an XML file, and so a workbook, cannot hold."""

EXPORTED = tuple(table for table in TABLES.values() if table.exported)


@dataclass(frozen=True, slots=True)
class About:
    """What the tables do not say of themselves.

    Attributes:
        version: of the program.
        package: the Frictionless descriptor of the tables.
        codebook: the one of the run; None where its file is gone.
    """

    version: str
    package: Mapping[str, Any]
    codebook: Codebook | None = None


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return f'"{name}"'


def rows(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[tuple[Any, ...]]:
    """The rows of a table in the order of ``schema``; "" is given as None."""
    order = [*table.order, *(name for name in table.key if name not in table.order)]
    shown = [f"nullif({quoted(c.name)}, '')" if c.type == "string" else quoted(c.name) for c in table.columns]
    found = connection.execute(f"SELECT {', '.join(shown)} FROM main.{quoted(table.name)} "
                               f"ORDER BY {', '.join(map(quoted, order))}")
    while batch := found.fetchmany(BATCH):
        yield from batch


def count(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """How many rows a table has."""
    return int(connection.execute(f"SELECT count(*) FROM main.{quoted(table.name)}").fetchall()[0][0])


def legal(text: str) -> str:
    """Text without the characters that XML forbids."""
    return NOT_XML.sub("\ufffd", text)
