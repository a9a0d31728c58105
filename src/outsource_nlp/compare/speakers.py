"""How concentrated the say is in each group: known speakers, and how the quotations divide between them.

Enters: a connection and an arena. Leaves: tidy rows with ``speakers`` as item. Speakers without a name are left out
and counted as ``unnamed``. Intervals come from leaving out articles (jackknife): a bootstrap repeats articles, which
looks more concentrated than the sample is. Reference: Tukey 1958.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, special

from outsource_nlp.compare.composition import COLUMNS, NAN, Row
from outsource_nlp.compare.groups import members
from outsource_nlp.compare.question import Arena, Question
from outsource_nlp.compare.statistics.registry import of_family
from outsource_nlp.compare.statistics.shares import LEVEL

ITEM = "speakers"
MOST_BLOCKS = 100
"""Articles are left out in so many blocks at most."""


def rows(connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena) -> pd.DataFrame:
    """Speakers, quotations without a known speaker, and each measure of concentration, a row a figure."""
    head, parameters = members(question, arena)
    groups = f"WITH {head}, said AS (SELECT grp, article_id, speaker FROM quotations JOIN members USING (article_id))"
    found = connection.execute(
        f"""{groups} SELECT grp, article_id, speaker, count(*) FROM said WHERE speaker <> ''
        GROUP BY ALL ORDER BY ALL""", parameters).fetchall()
    unnamed = dict(connection.execute(
        f"{groups} SELECT grp, count(*) FROM said WHERE speaker = '' GROUP BY grp", parameters).fetchall())
    by_group: dict[str, list[tuple[str, str, int]]] = {}
    for group, *cells in found:
        by_group.setdefault(group, []).append((cells[0], cells[1], cells[2]))
    made = [row for group in arena.groups for row in _group_rows(group, by_group.get(group, []), unnamed.get(group, 0))]
    return pd.DataFrame(made, columns=list(COLUMNS))


def _group_rows(group: str, said: list[tuple[str, str, int]], unnamed: int) -> Iterator[Row]:
    articles = {key: i for i, key in enumerate(dict.fromkeys(article for article, _, _ in said))}
    speakers = {key: i for i, key in enumerate(sorted({speaker for _, speaker, _ in said}))}
    n = sum(count for _, _, count in said)
    place = (group, "", "", ITEM)
    yield (*place, "n_speakers", float(len(speakers)), NAN, NAN, n, "speakers")
    yield (*place, "unnamed", float(unnamed), NAN, NAN, n + unnamed, "quotations without a known speaker")
    counts = sparse.csr_array(
        ([count for _, _, count in said], ([articles[a] for a, _, _ in said], [speakers[s] for _, s, _ in said])),
        shape=(max(len(articles), 1), max(len(speakers), 1)), dtype=np.float64)
    without = _without(counts) if len(articles) > 1 else None
    for name, entry in of_family("concentration").items():
        value = float(entry.function(np.asarray(counts.sum(axis=0))))
        ends = {"effective_speakers": (1.0, float(len(speakers)))}.get(name, (0.0, 1.0))
        low, high = _interval(entry.function, value, without, ends) if said else (NAN, NAN)
        yield (*place, name, value, low, high, n, entry.unit)


def _without(counts: sparse.csr_array) -> NDArray[np.float64]:
    """Quotations by speaker when each block of articles in turn is left out, shape (blocks, speakers)."""
    articles = counts.shape[0]
    blocks = min(articles, MOST_BLOCKS)
    block = np.arange(articles) * blocks // articles
    parts = sparse.csr_array((np.ones(articles), (block, np.arange(articles))), shape=(blocks, articles)) @ counts
    return np.asarray(counts.sum(axis=0) - parts.toarray())


def _interval(
    measure: Callable[[NDArray[np.float64]], NDArray[np.float64]], value: float,
    without: NDArray[np.float64] | None, ends: tuple[float, float],
) -> tuple[float, float]:
    """Value and t quantile times the jackknife's standard error, within what is possible."""
    if without is None:
        return min(ends[0], value), max(ends[1], value)
    left = measure(without)
    left = left[~np.isnan(left)]
    if left.size < 2:
        return min(ends[0], value), max(ends[1], value)
    error = np.sqrt((left.size - 1) / left.size * ((left - left.mean()) ** 2).sum())
    half = float(special.stdtrit(left.size - 1, (1 + LEVEL) / 2) * error)
    return min(value, max(ends[0], value - half)), max(value, min(ends[1], value + half))
