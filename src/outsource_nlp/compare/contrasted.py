"""Keyness of whatever can be counted: each item of a group against its reference.

Enters: a connection and an arena. Leaves: one wide row an item, or the same as tidy rows. Adding up is
SQL's, the statistics are numpy's; figures that are dear to compute are made for the rows that are kept
only.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from outsource_nlp.compare import counts
from outsource_nlp.compare.question import Arena, Question
from outsource_nlp.compare.statistics import effects, keyness, multiple
from outsource_nlp.compare.statistics.registry import STATISTICS

MILLION = 1e6
RATED = ("words", "lemmas", "ngrams")
"""What is given per million; all else is given as a share."""

TESTED = ("g2", "g2_four_cell", "chi2", "chi2_yates", "bic", "ell", "log_ratio", "log_ratio_conservative",
          "percent_diff", "rate_ratio", "odds_ratio", "difference_coefficient", "simple_maths",
          "log_odds_prior")
"""Registered statistics of the four counts that the frame carries."""


def wide(
    connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena, *, top: int | None = None
) -> list[tuple[pd.DataFrame, counts.Sizes]]:
    """All figures of an arena: for each group one row an item, strongest first, and the sizes of both sides.

    ``top`` keeps only the items with the largest absolute two-cell G2, ties by item. p values are adjusted
    over all items of the group before that.
    """
    with counts.tallied(connection, question, arena) as tally:
        frames = [_tested(tally, question, group, arena.reference, top) for group in arena.groups]
        kept = None if top is None else sorted({item for frame in frames for item in frame["item"]})
        spread = dict(list(tally.dispersion(kept).set_index("item").groupby("group")["dp_norm"]))
        sizes = [tally.sizes(group) for group in arena.groups]
    for group, frame in zip(arena.groups, frames, strict=True):
        frame["dp_norm"] = frame["item"].map(spread[group]) if group in spread else np.nan
    return list(zip(frames, sizes, strict=True))


def _tested(tally: counts.Tally, question: Question, group: str, reference: str, top: int | None) -> pd.DataFrame:
    """The rows of one group but for the dispersion."""
    sizes, frame = tally.sizes(group), tally.items(group)
    a, b = frame["a"].to_numpy(), frame["b"].to_numpy()
    both = sizes.size_target, sizes.size_reference
    frame["p"] = keyness.p(a, b, *both)
    frame["p_adjusted"] = multiple.benjamini_hochberg(frame["p"])
    strongest = np.argsort(-np.abs(keyness.g2(a, b, *both)), kind="stable")[:top]
    tests = len(frame)
    frame = frame.iloc[strongest].reset_index(drop=True)
    frame = _with_statistics(frame, sizes, tests, rated=question.of in RATED)
    frame.insert(0, "group", group)
    frame.insert(1, "reference", reference)
    return frame.rename(columns={"a": "frequency", "b": "frequency_reference"})


def _with_statistics(frame: pd.DataFrame, sizes: counts.Sizes, tests: int, *, rated: bool) -> pd.DataFrame:
    a, b = frame["a"].to_numpy(), frame["b"].to_numpy()
    c, d = sizes.size_target, sizes.size_reference
    rate, scale = ("per_million", MILLION) if rated else ("share", 1.0)
    columns = {rate: scale * keyness.ratio(a, c), f"{rate}_reference": scale * keyness.ratio(b, d)}
    for name in TESTED:
        options = {"tests": tests} if name == "log_ratio_conservative" else {}
        columns[name] = STATISTICS[name].function(a, b, c, d, **options)
    columns["log_ratio_low"], columns["log_ratio_high"] = effects.log_ratio_interval(a, b, c, d)
    if "articles_reference" in frame:
        in_articles = (
            frame["articles"], frame["articles_reference"], sizes.articles_target, sizes.articles_reference,
        )
        columns["g2_articles"] = keyness.g2_four_cell(*in_articles)
        columns["log_ratio_articles"] = effects.log_ratio(*in_articles)
    return pd.concat([frame, pd.DataFrame(columns, index=frame.index)], axis=1)


def tidy_rows(frame: pd.DataFrame, sizes: counts.Sizes, unit: str) -> pd.DataFrame:
    """The wide frame as one row a figure, with its n and unit."""
    meanings = {key: n_unit for key, n_unit in _n_and_unit(sizes, unit).items() if key in frame}
    names, items = list(meanings), len(frame)
    interval = np.tile(np.array(names) == "log_ratio", items)
    low, high = (np.repeat(frame[f"log_ratio_{end}"].to_numpy(), len(names)) for end in ("low", "high"))
    return pd.DataFrame({
        **{key: np.repeat(frame[key].to_numpy(dtype=object), len(names)) for key in ("group", "reference", "item")},
        "stratum": "",
        "statistic": names * items,
        "value": frame[names].to_numpy(dtype=np.float64).ravel(),
        "low": np.where(interval, low, np.nan),
        "high": np.where(interval, high, np.nan),
        "n": [n for n, _ in meanings.values()] * items,
        "unit": [unit for _, unit in meanings.values()] * items,
    })


def _n_and_unit(sizes: counts.Sizes, unit: str) -> dict[str, tuple[int, str]]:
    """What each figure rests on, and its unit."""
    target, reference = sizes.size_target, sizes.size_reference
    both, articles = target + reference, sizes.articles_target + sizes.articles_reference
    return {
        "frequency": (target, "occurrences"),
        "frequency_reference": (reference, "occurrences"),
        "per_million": (target, f"per million {unit}"),
        "per_million_reference": (reference, f"per million {unit}"),
        "share": (target, f"share of {unit}"),
        "share_reference": (reference, f"share of {unit}"),
        "articles": (sizes.articles_target, "articles"),
        "articles_reference": (sizes.articles_reference, "articles"),
        "dp_norm": (sizes.articles_target, STATISTICS["dp_norm"].unit),
        "p": (both, STATISTICS["p"].unit),
        "p_adjusted": (both, STATISTICS["p_adjusted"].unit),
        **{name: (both, STATISTICS[name].unit) for name in TESTED},
        "g2_articles": (articles, STATISTICS["g2_four_cell"].unit),
        "log_ratio_articles": (articles, STATISTICS["log_ratio"].unit),
    }
