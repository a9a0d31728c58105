"""The dispersion table: how evenly each item is spread over the articles of a group, by every measure there is.

Enters: a connection. Leaves: one wide row an item of a group, the most frequent first.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from outsource_nlp.compare import counts
from outsource_nlp.compare.groups import names
from outsource_nlp.compare.question import Arena, Question
from outsource_nlp.compare.statistics.registry import of_family
from outsource_nlp.errors import ComparisonError
from outsource_nlp.records import short_id

MEASURES = tuple(of_family("dispersion"))
COLUMNS = ("dispersion_id", "group", "item", "frequency", "articles_all", *MEASURES)


def table(connection: duckdb.DuckDBPyConnection, question: Question, *, target: str | None, top: int) -> pd.DataFrame:
    """The ``top`` most frequent items of each group, or of the target alone; parts are articles.

    Returns:
        dispersion_id, group, item, frequency, articles_all (articles with text, the parts), then a column a measure;
        NaN where it is undefined, as for a group of one article.

    Raises:
        ComparisonError: the grouping or the target is not known.
    """
    found = names(connection, question)
    if not found:
        raise ComparisonError.too_few_groups(question.by, [])
    if target is not None and target not in found:
        raise ComparisonError.unknown(question.by, target, found)
    frames = []
    with counts.tallied(connection, question, Arena(tuple(found))) as tally:
        for group in sorted(found) if target is None else [target]:
            items, rows, sizes = tally.parts(group, top)
            if items:
                frames.append(_measured(question, group, items, np.array(rows), np.array(sizes)))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(COLUMNS))


def _measured(
    question: Question, group: str, items: list[str], v: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    s: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> pd.DataFrame:
    ids = [short_id("d", question=question.comparison_id(group, "", "", item, "dispersion")) for item in items]
    return pd.DataFrame({
        "dispersion_id": ids, "group": group, "item": items, "frequency": v.sum(axis=1), "articles_all": len(s),
        **{name: entry.function(v, s) for name, entry in of_family("dispersion").items()},
    })
