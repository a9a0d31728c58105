"""A small set of tables in memory."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from compare_tables import tables

from outsource_nlp.schema import TABLES

SQL_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "bytes": "BLOB"}
Maker = Callable[..., duckdb.DuckDBPyConnection]


@pytest.fixture(scope="module")
def make() -> Iterator[Maker]:
    """Makes a connection from frames by table name."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def connect(frames: dict[str, pd.DataFrame]) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config={"threads": 1})
        opened.append(connection)
        for name, frame in frames.items():
            columns = ", ".join(f'"{c.name}" {SQL_TYPES[c.type]}' for c in TABLES[name].columns)
            connection.execute(f"CREATE TABLE {name} ({columns})")
            connection.register("incoming", frame)
            connection.execute(f"INSERT INTO {name} SELECT * FROM incoming")
            connection.unregister("incoming")
        return connection

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture(scope="module")
def shared(make: Maker) -> duckdb.DuckDBPyConnection:
    """The small set, in memory, for tests that only read it."""
    return make(tables())


@pytest.fixture
def connection(make: Maker) -> duckdb.DuckDBPyConnection:
    """The small set, in memory, to be changed by a test."""
    return make(tables())


@pytest.fixture
def frames() -> dict[str, pd.DataFrame]:
    """The frames of the small set, to be changed by a test."""
    return tables()
