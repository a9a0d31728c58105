"""Rows of Python values in, rows of a DuckDB table out, a column at a time.

DuckDB reads numpy columns a hundred times faster than it executes single inserts, and needs neither pandas nor
pyarrow for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from outsource_nlp.records import Row
from outsource_nlp.schema import Column, Table
from outsource_nlp.store.database import SQL_TYPES, quoted

DECIMALS = 6
"""Kept of probabilities, shares and scores; noise of the arithmetic lies below."""

SIGNIFICANT_DIGITS = 9
"""Kept of numbers of any size, such as the values of ``comparisons``."""

INCOMING = "incoming_rows"


def insert(
    connection: duckdb.DuckDBPyConnection, where: str, columns: Sequence[Column], cells: Sequence[Sequence[Any]],
    *, numbers: Sequence[int] | None = None,
) -> None:
    """Append rows to a table.

    Args:
        connection: a connection that may write.
        where: the table as SQL writes it.
        columns: m columns in the table's order.
        cells: m sequences of n cells each.
        numbers: n values of the column ``number`` that opens an article table; None if there is none.

    Raises:
        ValueError: a cell that is not of its column's type.
    """
    arrays: dict[str, NDArray[Any]] = {}
    if numbers is not None:
        arrays["number"] = np.asarray(numbers, dtype=np.int64)
    for column, values in zip(columns, cells, strict=True):
        arrays[column.name] = _array(column, values)
    if not arrays or not len(next(iter(arrays.values()))):
        return
    chosen = ["number"] if numbers is not None else []
    chosen += [_stored(column) for column in columns]
    connection.register(INCOMING, arrays)
    try:
        connection.execute(f"INSERT INTO {where} SELECT {', '.join(chosen)} FROM {INCOMING}")
    finally:
        connection.unregister(INCOMING)


def transposed(table: Table, rows: Iterable[Row]) -> list[Sequence[Any]]:
    """Rows as one sequence of cells per column.

    Raises:
        ValueError: a row that is longer or shorter than the table is wide.
    """
    rows = list(rows)
    width = len(table.columns)
    for row in rows:
        if len(row) != width:
            raise ValueError(f"a row of {table.name} has {len(row)} cells, expected {width}: {row!r}")
    return list(zip(*rows, strict=True)) if rows else [() for _ in table.columns]


def from_frame(table: Table, frame: pd.DataFrame) -> list[Sequence[Any]]:
    """The cells of a DataFrame, column by column in the table's order; missing values become None.

    Raises:
        ValueError: columns other than the table's.
    """
    if set(frame.columns) != set(table.names):
        raise ValueError(f"columns for {table.name} are {sorted(frame.columns)}, expected {sorted(table.names)}")
    return [frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in table.names]


def check_key(table: Table, cells: Sequence[Sequence[Any]]) -> None:
    """Refuse two rows with one key.

    Raises:
        ValueError: which key came twice.
    """
    by_name: Mapping[str, Sequence[Any]] = dict(zip(table.names, cells, strict=True))
    seen: set[tuple[Any, ...]] = set()
    for key in zip(*(by_name[name] for name in table.key), strict=True):
        if key in seen:
            raise ValueError(f"two rows of {table.name} have the key {key!r}")
        seen.add(key)


def _array(column: Column, values: Sequence[Any]) -> NDArray[Any]:
    """One column; a missing string is the empty string, a missing number is NaN."""
    if column.type == "integer":
        return np.array(values, dtype=np.int64)
    if column.type == "number":
        numbers = np.array(values, dtype=np.float64)
        return _significant(numbers) if column.unit == "see unit" else numbers.round(DECIMALS) + 0.0
    expected = str if column.type == "string" else bytes
    array = np.empty(len(values), dtype=object)
    array[:] = ["" if value is None else value for value in values] if expected is str else values
    for value in array:
        if not isinstance(value, expected):
            raise ValueError(f"{column.name} takes {column.type} cells, got {value!r}")
    return array


def _significant(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    rounded = [float(f"{x:.{SIGNIFICANT_DIGITS}g}") if math.isfinite(x) else x for x in numbers.tolist()]
    return np.array(rounded, dtype=np.float64) + 0.0


def _stored(column: Column) -> str:
    """The incoming column as SQL; NaN is how numpy says that there is no number."""
    name = quoted(column.name)
    if column.type == "number":
        return f"CASE WHEN isnan({name}) THEN NULL ELSE {name} END"
    return f"{name}::{SQL_TYPES[column.type]}"
