"""The questions that can be put to the tables.

Enters: a DuckDB connection whose main schema has the tables of ``schema``. Leaves: frames with the columns
of the ``comparisons`` table, or wide ones. The connection is only read.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pandas as pd

from outsource_nlp.compare import contrasted, stances
from outsource_nlp.compare.counts import COUNTED
from outsource_nlp.compare.frames import arranged, empty, tidy
from outsource_nlp.compare.groups import BY as GROUPINGS
from outsource_nlp.compare.groups import arenas
from outsource_nlp.compare.question import Arena, Question
from outsource_nlp.errors import ComparisonError

BY = tuple(GROUPINGS)
"""How articles can be grouped."""

OF = (*COUNTED, "stance")
"""What can be compared."""

RARE = 2
"""Words and lemmas in fewer articles are left out unless asked for: they tell of an article, not of a
group."""

TOP = {"words": 50}
TOP_OTHERS = 20
LARGEST = 20
DEFAULTS = (
    ("publisher", "words"), ("publisher", "stance"), ("publisher", "aspects"), ("publisher", "speakers"),
    ("publisher", "cues"), ("kind", "words"), ("kind", "stance"), ("kind", "aspects"),
)
"""Grouping and counted things of a first run's comparisons."""


STORED = (
    "frequency", "frequency_reference", "per_million", "per_million_reference", "share", "share_reference",
    "articles", "articles_reference", "dp_norm", "g2", "g2_four_cell", "p", "p_adjusted", "bic", "log_ratio",
    "log_ratio_conservative",
)
"""Figures of counted items that a first run writes; ``compare`` gives the others."""


def compare(
    connection: duckdb.DuckDBPyConnection, *, by: str, of: str, target: str | None = None,
    reference: str | None = None, copies: bool = False, min_articles: int | None = None,
    top: int | None = None,
) -> pd.DataFrame:
    """How groups of articles differ, each against all others, or the target against a reference.

    Args:
        connection: holds the tables; it is only read.
        by: one of ``BY``. Articles without that value take no part.
        of: one of ``OF``.
        target: only this group.
        reference: the group to hold against, instead of all others; articles of both are left out.
        copies: count articles that nearly repeat another one as well.
        min_articles: leave out items found in fewer articles (of group and reference together); if None, 2
            for words and lemmas, else 1.
        top: for each group only the items with the largest absolute G2; ``stance`` has no such limit.

    Returns:
        Columns of ``schema.TABLES["comparisons"]``, one row a figure. An undefined figure has an empty
        value. Values are rounded to six decimals.

    Raises:
        ComparisonError: a name is not known, or there are fewer than two groups.
    """
    if of not in OF:
        raise ComparisonError.unknown("of", of, OF)
    question = _question(by, of, copies, min_articles)
    fields = arenas(connection, question, target=target, reference=reference)
    return tidy(question, _parts(connection, question, fields, top))


def keyness(
    connection: duckdb.DuckDBPyConnection, *, by: str, of: str, target: str | None = None,
    reference: str | None = None, copies: bool = False, min_articles: int | None = None,
    top: int | None = None,
) -> pd.DataFrame:
    """The figures of ``compare`` in one row an item, strongest first, unrounded; not for ``stance``.

    Returns:
        One row a group and item: group, reference, item, frequency, articles, p, p_adjusted, g2, log_ratio,
        log_ratio_low, log_ratio_high, dp_norm and the other statistics. NaN where a figure is undefined.

    Raises:
        ComparisonError: as in ``compare``.
    """
    if of not in COUNTED:
        raise ComparisonError.unknown("of", of, COUNTED)
    question = _question(by, of, copies, min_articles)
    fields = arenas(connection, question, target=target, reference=reference)
    frames = [frame for field in fields for frame, _ in contrasted.wide(connection, question, field, top=top)]
    return pd.concat(frames, ignore_index=True)


def default_comparisons(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """What a first run writes: words, stance, aspects, speakers and cues by publisher, some by kind.

    The table must stay readable: only the 20 largest groups of a grouping, the 50 strongest words and 20 strongest
    other items of a group, and the figures in ``STORED`` are kept. ``compare`` gives all, with the same ids.

    Returns:
        Columns of ``schema.TABLES["comparisons"]``; no rows where no grouping has two groups.
    """
    frames = []
    for by, of in DEFAULTS:
        question = _question(by, of, False, None)
        try:
            fields = arenas(connection, question, largest=LARGEST)
        except ComparisonError:
            continue
        found = _parts(connection, question, fields, TOP.get(of, TOP_OTHERS))
        frames.append(tidy(question, found if of == "stance" else map(_stored, found)))
    filled = [frame for frame in frames if len(frame)]
    return arranged(pd.concat(filled, ignore_index=True)) if filled else empty()


def _stored(part: pd.DataFrame) -> pd.DataFrame:
    return part[part["statistic"].isin(STORED)]


def _question(by: str, of: str, copies: bool, min_articles: int | None) -> Question:
    least = RARE if of in contrasted.RATED else 1
    return Question(by, of, copies, least if min_articles is None else min_articles)


def _parts(
    connection: duckdb.DuckDBPyConnection, question: Question, fields: list[Arena], top: int | None
) -> Iterator[pd.DataFrame]:
    for field in fields:
        if question.of == "stance":
            yield stances.rows(connection, question, field)
        else:
            for frame, sizes in contrasted.wide(connection, question, field, top=top):
                yield contrasted.tidy_rows(frame, sizes, question.of)
