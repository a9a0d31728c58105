"""The questions that can be put to the tables.

Enters: a DuckDB connection whose main schema has the tables of ``schema``. Leaves: frames with the columns
of the ``comparisons`` table, or wide ones. The connection is only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pandas as pd

from outsource_nlp.compare import composition, contrasted, overlaps, speakers, spread, style
from outsource_nlp.compare.counts import COUNTED, NGRAMS, counted
from outsource_nlp.compare.facets import FACETS
from outsource_nlp.compare.frames import arranged, empty, tidy
from outsource_nlp.compare.groups import BY as GROUPINGS
from outsource_nlp.compare.groups import arenas
from outsource_nlp.compare.question import Arena, Question
from outsource_nlp.errors import ComparisonError

BY = tuple(GROUPINGS)
"""How articles can be grouped."""

CONTRASTED = (*COUNTED, NGRAMS)
"""What is counted item by item."""

OF = (*CONTRASTED, *FACETS, "style", "overlap")
"""What can be compared."""

RARE = 2
"""Words, lemmas and n-grams in fewer articles are left out unless asked for: they tell of an article, not of a
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
    reference: str | None = None, copies: bool = False, min_articles: int | None = None, top: int | None = None,
    split: Sequence[str] = (), size: int = 2, word_list: str = "",
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
            for words, lemmas and n-grams, else 1.
        top: for each group only the items with the largest absolute G2; of counted items only.
        split: for ``stance`` and ``voices``, by what each group is parted, such as aspect and holder_type.
        size: words of an n-gram.
        word_list: a CSV file ``word,count`` to hold each group against, instead of all others; words that the group
            lacks are not tested. For words and lemmas.

    Returns:
        Columns of ``schema.TABLES["comparisons"]``, one row a figure. An undefined figure has an empty
        value. Values are rounded to six decimals.

    Raises:
        ComparisonError: a name is not known, or there are fewer than two groups.
    """
    question = _question(by, of, copies, min_articles, split=split, size=size, word_list=word_list)
    fields = arenas(connection, question, target=target, reference=reference)
    return tidy(question, _parts(connection, question, fields, top))


def keyness(
    connection: duckdb.DuckDBPyConnection, *, by: str, of: str, target: str | None = None,
    reference: str | None = None, copies: bool = False, min_articles: int | None = None, top: int | None = None,
    size: int = 2, word_list: str = "",
) -> pd.DataFrame:
    """The figures of ``compare`` in one row an item, strongest first, unrounded; for items that are counted.

    Returns:
        One row a group and item: group, reference, item, frequency, articles, p, p_adjusted, g2, log_ratio,
        log_ratio_low, log_ratio_high, dp_norm and the other statistics. NaN where a figure is undefined.

    Raises:
        ComparisonError: as in ``compare``.
    """
    if of not in CONTRASTED:
        raise ComparisonError.unknown("of", of, CONTRASTED)
    question = _question(by, of, copies, min_articles, size=size, word_list=word_list)
    fields = arenas(connection, question, target=target, reference=reference)
    frames = [frame for field in fields for frame, _ in contrasted.wide(connection, question, field, top=top)]
    return pd.concat(frames, ignore_index=True)


def dispersion(
    connection: duckdb.DuckDBPyConnection, *, by: str, of: str = "words", target: str | None = None,
    copies: bool = False, top: int = 100, size: int = 2,
) -> pd.DataFrame:
    """How evenly the ``top`` most frequent items of each group are spread over its articles; see ``spread.table``.

    Raises:
        ComparisonError: a name is not known.
    """
    if of not in CONTRASTED:
        raise ComparisonError.unknown("of", of, CONTRASTED)
    question = _question(by, of, copies, 1, size=size)
    return spread.table(connection, question, target=target, top=top)


def question_of(options: Mapping[str, Any]) -> Question:
    """The question that ``compare`` makes of its options; ``target``, ``reference`` and ``top`` are no part of it."""
    names = ("by", "of", "copies", "min_articles", "split", "size", "word_list")
    given = {"of": "words", "copies": False, "min_articles": None, **options}
    return _question(**{name: given[name] for name in names if name in given})


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
        frames.append(tidy(question, map(_stored, found) if of in CONTRASTED else found))
    filled = [frame for frame in frames if len(frame)]
    return arranged(pd.concat(filled, ignore_index=True)) if filled else empty()


def _stored(part: pd.DataFrame) -> pd.DataFrame:
    return part[part["statistic"].isin(STORED)]


def _question(
    by: str, of: str, copies: bool, min_articles: int | None, split: Sequence[str] = (), size: int = 2,
    word_list: str = "",
) -> Question:
    if of not in OF:
        raise ComparisonError.unknown("of", of, OF)
    if split and of not in FACETS:
        raise ComparisonError.unknown("a split of", of, FACETS)
    if word_list and of not in LISTED:
        raise ComparisonError.unknown("with a word list", of, LISTED)
    least = RARE if of in contrasted.RATED else 1
    return Question(by, of, copies, least if min_articles is None else min_articles, tuple(split), size, word_list)


def _parts(
    connection: duckdb.DuckDBPyConnection, question: Question, fields: list[Arena], top: int | None
) -> Iterator[pd.DataFrame]:
    for field in fields:
        for make in WHOLE.get(question.of, ()):
            if make is not speakers.rows or not question.split:
                yield make(connection, question, field)
        if question.of in CONTRASTED:
            unit = counted(question).unit
            for frame, sizes in contrasted.wide(connection, question, field, top=top):
                yield contrasted.tidy_rows(frame, sizes, unit)


LISTED = ("words", "lemmas")
WHOLE: dict[str, tuple[Callable[[duckdb.DuckDBPyConnection, Question, Arena], pd.DataFrame], ...]] = {
    "stance": (composition.rows,), "voices": (composition.rows, speakers.rows), "style": (style.rows,),
    "overlap": (overlaps.rows,),
}
"""What is not counted item by item: functions from an arena to tidy rows."""
