"""Means of a measure over articles, and how far they can be trusted.

Enter: one value an article. Leave: a mean with its interval, the difference of two. The articles are the sample, so a
group of one article has a mean and no interval.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from outsource_nlp.compare.statistics.registry import statistic
from outsource_nlp.compare.statistics.shares import LEVEL, NOTHING, Estimate


@statistic(name="mean", family="means", unit="as the measure", undefined="no article has a value")
def mean(values: ArrayLike, *, level: float = LEVEL) -> Estimate:
    """Mean over articles with Student's t interval, which is wide for few articles.

    Not for measures with a few huge values, which rule it. Reference: Student 1908.
    """
    x = np.asarray(values, dtype=np.float64)
    if not x.size:
        return NOTHING
    middle = float(x.mean())
    if x.size == 1:
        return Estimate(middle, float("nan"), float("nan"), 1)
    half = float(special.stdtrit(x.size - 1, (1 + level) / 2) * x.std(ddof=1) / np.sqrt(x.size))
    return Estimate(middle, middle - half, middle + half, x.size)


@statistic(name="mean_difference", family="means", unit="as the measure",
           undefined="one side has fewer than two values, or neither side varies")
def mean_difference(first: ArrayLike, second: ArrayLike, *, level: float = LEVEL) -> tuple[Estimate, float]:
    """Difference of two means with Welch's interval, and the probability of one as large if there is none.

    Not for overlapping groups. Reference: Welch 1947.
    """
    x, y = (np.asarray(values, dtype=np.float64) for values in (first, second))
    n = x.size + y.size
    if min(x.size, y.size) < 2:
        gap = float(x.mean() - y.mean()) if min(x.size, y.size) else float("nan")
        return Estimate(gap, float("nan"), float("nan"), n), float("nan")
    gap = float(x.mean() - y.mean())
    errors = np.array([part.var(ddof=1) / part.size for part in (x, y)])
    if not errors.sum():
        return Estimate(gap, float("nan"), float("nan"), n), float("nan")
    freedom = errors.sum() ** 2 / (errors**2 / (np.array([x.size, y.size]) - 1)).sum()
    half = float(special.stdtrit(freedom, (1 + level) / 2) * np.sqrt(errors.sum()))
    p = float(2 * special.stdtr(freedom, -abs(gap) / np.sqrt(errors.sum())))
    return Estimate(gap, gap - half, gap + half, n), p
