"""Article tables in memory, as the store lays them out."""

from __future__ import annotations

import duckdb
import pandas as pd

from outsource_nlp.schema import TABLES

SQL_TYPES = {"string": "VARCHAR", "integer": "BIGINT"}


def stored(**frames: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    """The tables that the corpus tables are made from; columns and tables that are not given are empty."""
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA article")
    for name in ("mentions", "roles", "registrations", "doubts"):
        columns = TABLES[name].columns
        connection.execute(f"CREATE TABLE article.{name} ("
                           + ", ".join(f'"{c.name}" {SQL_TYPES[c.type]}' for c in columns) + ")")
        for row in frames.get(name, pd.DataFrame()).to_dict("records"):
            cells = [row.get(c.name, "" if c.type == "string" else 0) for c in columns]
            connection.execute(f"INSERT INTO article.{name} VALUES ({', '.join('?' * len(cells))})", cells)
    return connection
