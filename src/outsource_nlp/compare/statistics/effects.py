"""Effect sizes of keyness: how much more frequent is a word, not how sure we are.

Enter: arrays ``a``, ``b``, ``c``, ``d`` as in ``keyness``. Leaves: an array of that shape, NaN where the
definition gives no number (never infinite). They stand apart from the tests because the two answer
different questions and a table needs both.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from outsource_nlp.compare.statistics.keyness import ZERO, Array, cells, log2, ratio
from outsource_nlp.compare.statistics.registry import statistic


def _without_zeros(a: Array, b: Array) -> tuple[Array, Array]:
    return np.where(a > 0, a, ZERO), np.where(b > 0, b, ZERO)


@statistic(name="log_ratio", family="keyness", unit="binary log of the rate ratio", symmetry="odd",
           undefined="a corpus is empty")
def log_ratio(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """How often the rate doubles from reference to target; a count of zero (that one only) is taken as 0.5.

    Not alone for rare words, where it is large by chance: see its interval. Reference: Hardie 2014.
    """
    a, b, c, d = cells(a, b, c, d)
    a, b = _without_zeros(a, b)
    return log2(ratio(a, c)) - log2(ratio(b, d))


def log_ratio_interval(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, *, alpha: float = 0.05
) -> tuple[Array, Array]:
    """Interval of the log ratio from the asymptotic normal law of the log of the relative risk.

    ``alpha`` is 1 less the confidence. Not for counts below 5, where ``log_ratio_exact_interval`` holds.

    Reference: Hardie 2014; Katz et al. 1978.
    """
    a, b, c, d = cells(a, b, c, d)
    a_, b_ = _without_zeros(a, b)
    variance = np.maximum(1 / a_ - ratio(1, c) + 1 / b_ - ratio(1, d), 0)
    half = -special.ndtri(alpha / 2) * np.sqrt(variance) / np.log(2)
    middle = log_ratio(a, b, c, d)
    return middle - half, middle + half


def log_ratio_exact_interval(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, *, alpha: float = 0.05
) -> tuple[Array, Array]:
    """Interval of the log ratio from the exact conditional Poisson test (Clopper-Pearson on ``a`` of ``a +
    b``).

    Returns:
        Lower and upper end, in binary logs; an end that lies at infinity is NaN.

    Reference: Evert 2022.
    """
    a, b, c, d = cells(a, b, c, d)
    lower = special.betaincinv(np.maximum(a, 1), b + 1, alpha / 2)
    upper = special.betaincinv(a + 1, np.maximum(b, 1), 1 - alpha / 2)
    scale = log2(ratio(d, c))
    low = np.where(a > 0, scale + log2(ratio(lower, 1 - lower)), np.nan)
    high = np.where(b > 0, scale + log2(ratio(upper, 1 - upper)), np.nan)
    return low, high


def _nearest_zero(low: Array, high: Array, middle: Array) -> Array:
    end = np.where(middle >= 0, np.fmax(low, 0), np.fmin(high, 0))
    return np.where(np.isnan(middle), np.nan, end + 0.0)


@statistic(name="log_ratio_conservative", family="keyness", unit="binary log of the rate ratio",
           symmetry="odd", undefined="a corpus is empty")
def log_ratio_conservative(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, *, alpha: float = 0.05, tests: int = 1
) -> Array:
    """The end of the log ratio's exact interval that lies nearest 0, and 0 where the interval holds 0.

    It ranks by what the effect is at least. ``alpha`` is divided by ``tests``, the number of words tested
    (Bonferroni). Not to be read as the effect itself. Reference: Evert 2022.
    """
    low, high = log_ratio_exact_interval(a, b, c, d, alpha=alpha / max(tests, 1))
    first, second = _rates(a, b, c, d)
    return _nearest_zero(low, high, first - second)


@statistic(name="log_ratio_conservative_normal", family="keyness", unit="binary log of the rate ratio",
           symmetry="odd", undefined="a corpus is empty")
def log_ratio_conservative_normal(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, *, alpha: float = 0.05, tests: int = 1
) -> Array:
    """The end of the log ratio's normal interval that lies nearest 0, and 0 where the interval holds 0.

    ``alpha`` is divided by ``tests``, the number of words tested (Bonferroni). Not for counts below 5: use
    ``log_ratio_conservative``. Reference: Hardie 2014, as CQPweb gives it.
    """
    low, high = log_ratio_interval(a, b, c, d, alpha=alpha / max(tests, 1))
    return _nearest_zero(low, high, log_ratio(a, b, c, d))


def _rates(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> tuple[Array, Array]:
    a, b, c, d = cells(a, b, c, d)
    return ratio(a, c), ratio(b, d)


@statistic(name="percent_diff", family="keyness", unit="percent", undefined="the reference has none of it")
def percent_diff(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """By how many percent the rate in the target exceeds that in the reference.

    Not for words that the reference lacks: the figure would be infinite, and none is given. Reference:
    Gabrielatos & Marchi 2011.
    """
    first, second = _rates(a, b, c, d)
    return 100 * ratio(first - second, second)


@statistic(name="rate_ratio", family="keyness", unit="ratio", undefined="the reference has none of it")
def rate_ratio(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Rate in the target over rate in the reference (relative risk).

    Not for words that the reference lacks: see ``log_ratio``.
    """
    return ratio(*_rates(a, b, c, d))


@statistic(name="odds_ratio", family="keyness", unit="ratio",
           undefined="the reference has none of it, or the target nothing else")
def odds_ratio(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Odds of the word in the target over its odds in the reference.

    Not for rare words, where it is the rate ratio under another name. Reference: Pojanapunya & Todd 2018.
    """
    a, b, c, d = cells(a, b, c, d)
    return ratio(a * (d - b), b * (c - a))


@statistic(name="difference_coefficient", family="keyness", unit="-1 to 1", symmetry="odd",
           undefined="neither corpus has it")
def difference_coefficient(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Difference of the two rates over their sum: -1 only in the reference, 1 only in the target.

    Not for ranking rare words: one occurrence may give 1. Reference: Hofland & Johansson 1982.
    """
    first, second = _rates(a, b, c, d)
    return ratio(first - second, first + second)


@statistic(name="simple_maths", family="keyness", unit="ratio", undefined="a corpus is empty")
def simple_maths(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, *, smoothing: float = 1.0) -> Array:
    """Ratio of the rates per million after a constant is added to both, as in Sketch Engine.

    ``smoothing`` is the constant, per million: 1 brings up rare words, 1000 frequent ones. Not a test: it
    says nothing of chance. Reference: Kilgarriff 2009.
    """
    first, second = _rates(a, b, c, d)
    return ratio(1e6 * first + smoothing, 1e6 * second + smoothing)


@statistic(name="log_odds_prior", family="keyness", unit="z", symmetry="odd", undefined="a corpus is empty")
def log_odds_prior(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, *, strength: float = 500.0
) -> Array:
    """Log-odds ratio of the word under an informative Dirichlet prior, in standard deviations.

    The prior is the word's rate in both corpora together. Not a p value. Reference: Monroe, Colaresi &
    Quinn 2008.

    ``strength`` is how many words the prior is worth.
    """
    a, b, c, d = cells(a, b, c, d)
    prior = strength * ratio(a + b, c + d)
    prior = np.where(prior > 0, prior, 0.01)
    gap = _log_odds(a + prior, c + strength) - _log_odds(b + prior, d + strength)
    value: Any = gap / np.sqrt(1 / (a + prior) + 1 / (b + prior))
    return np.where((c > 0) & (d > 0), value, np.nan)


def _log_odds(count: Array, size: Array) -> Array:
    return np.log(count) - np.log(np.maximum(size - count, ZERO))
