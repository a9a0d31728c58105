"""From figures to the tidy frame of the ``comparisons`` table.

Enters: rows of figures. Leaves: a frame with the columns of ``schema.TABLES["comparisons"]``, ids set,
rounded to six decimals, in the order of the schema. One place, so that a figure has the same id wherever it
is made.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from outsource_nlp.compare.question import Question
from outsource_nlp.schema import TABLES

TABLE = TABLES["comparisons"]
DECIMALS = 6
KEY = ("group", "reference", "stratum", "item", "statistic")


def empty() -> pd.DataFrame:
    """No comparison: the right columns, no row."""
    types = {"string": "str", "integer": "int64", "number": "float64"}
    return pd.DataFrame({column.name: pd.Series(dtype=types[column.type]) for column in TABLE.columns})


def tidy(question: Question, parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """One frame from frames with the columns group, reference, stratum, item, statistic, value, low, high, n, unit.

    An undefined figure stays a row with an empty value; nothing is infinite.
    """
    filled = [part for part in parts if len(part)]
    if not filled:
        return empty()
    frame = pd.concat(filled, ignore_index=True)
    frame["by"], frame["of"] = question.by, question.of
    frame["comparison_id"] = [
        question.comparison_id(*key)
        for key in zip(*(frame[name] for name in KEY), strict=True)
    ]
    for name in ("value", "low", "high"):
        rounded = frame[name].astype("float64").replace([np.inf, -np.inf], np.nan).round(DECIMALS)
        frame[name] = rounded + 0.0
    frame["n"] = frame["n"].astype("int64")
    return arranged(frame)


def arranged(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns and the rows in the order of the schema."""
    order = [*TABLE.order, "reference"]
    return frame.sort_values(order, kind="stable", ignore_index=True)[list(TABLE.names)]
