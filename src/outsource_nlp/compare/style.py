"""How the articles of a group are written: length, sentences, reading ease, richness of words.

Enters: a connection and an arena. Leaves: tidy rows; ``item`` is a measure of an article, the figures are its mean in
the group and the difference of means, tested by Welch's t and adjusted over the measures.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from outsource_nlp.compare.composition import COLUMNS, NAN, Row
from outsource_nlp.compare.groups import members
from outsource_nlp.compare.question import Arena, Question
from outsource_nlp.compare.statistics.means import mean, mean_difference
from outsource_nlp.compare.statistics.multiple import benjamini_hochberg

MEASURES = {
    "words": ("n_words", "words an article"),
    "sentence length": ("n_words / nullif(n_sentences, 0)", "words a sentence"),
    "reading ease": ("reading_ease", "Flesch points"),
    "lexical diversity": ("lexical_diversity", "words (MTLD)"),
}
"""SQL over ``documents`` and unit by measure; reading ease and diversity are textacy's."""


def rows(connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena) -> pd.DataFrame:
    """Means and differences of every measure, a row a figure."""
    head, parameters = members(question, arena)
    columns = ", ".join(f"CAST({sql} AS DOUBLE)" for sql, _ in MEASURES.values())
    found = connection.execute(
        f"""WITH {head} SELECT article_id, grp, {columns} FROM members JOIN documents USING (article_id)
        ORDER BY article_id, grp""", parameters).fetchall()
    made = [row for group in arena.groups for row in _group_rows(found, group, arena.reference)]
    return pd.DataFrame(made, columns=list(COLUMNS))


def _group_rows(found: list[tuple[object, ...]], group: str, reference: str) -> Iterator[Row]:
    inside = {row[0] for row in found if row[1] == group}
    values = {row[0]: row[2:] for row in found}
    tests: list[tuple[str, float, int]] = []
    for i, (measure, (_, unit)) in enumerate(MEASURES.items()):
        own, others = (_present([cells[i] for key, cells in values.items() if (key in inside) == side])
                       for side in (True, False))
        middle = mean(own)
        gap, p = mean_difference(own, others)
        yield (group, "", "", measure, "mean", middle.value, middle.low, middle.high, middle.n, unit)
        yield (group, reference, "", measure, "difference", gap.value, gap.low, gap.high, gap.n, unit)
        yield (group, reference, "", measure, "p", p, NAN, NAN, gap.n, "probability")
        tests.append((measure, p, gap.n))
    for (measure, _, n), p in zip(tests, benjamini_hochberg([p for _, p, _ in tests]), strict=True):
        yield (group, reference, "", measure, "p_adjusted", float(p), NAN, NAN, n, "probability")


def _present(values: list[object]) -> NDArray[np.float64]:
    array = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    return array[~np.isnan(array)]
