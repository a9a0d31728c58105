"""Shares of a group and how far they can be trusted.

Enter: ``profiles``, what one article holds of each class, shape (kinds of article, classes), and
``articles``, how many articles hold exactly that, shape (kinds,). Leave: shares with their intervals.
Articles are resampled, not statements, because the statements of one article hang together. Equal articles
are counted once with their number: drawing from them is the same lottery, and does not depend on the order of
rows. Draws for many groups at once are those of ``dealing``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from outsource_nlp.compare.statistics.dealing import Articles, dealt, sums_of
from outsource_nlp.compare.statistics.registry import statistic

Array = NDArray[np.float64]
RESAMPLES = 1_000
PERMUTATIONS = 1_999
SEED = 20_181_214
LEVEL = 0.95
NO_WIDTH = 1e-12
COMMON = 8
"""Articles that are equal are drawn as one lot from so many on; drawing rarer ones singly costs less."""
FEW = 10
"""Below so many articles the percentile bootstrap is not left alone."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval; ``n`` observations under it. NaN throughout where ``n`` is 0."""

    value: float
    low: float
    high: float
    n: int


NOTHING = Estimate(float("nan"), float("nan"), float("nan"), 0)


def resample(
    profiles: ArrayLike, articles: ArrayLike, *, resamples: int = RESAMPLES, seed: int = SEED
) -> Array:
    """Totals of each class when articles are drawn anew with replacement.

    Returns:
        Shape (resamples, classes). The same input gives the same numbers.
    """
    given, numbers = np.asarray(profiles, dtype=np.float64), np.asarray(articles, dtype=np.float64)
    if not numbers.any():
        return np.zeros((resamples, given.shape[1]))
    rows, which = np.unique(given[numbers > 0], axis=0, return_inverse=True)
    weights = np.bincount(which.ravel(), weights=numbers[numbers > 0]).astype(np.int64)
    generator, common, n = np.random.default_rng(seed), weights >= COMMON, weights.sum()
    rare = np.repeat(rows[~common], weights[~common], axis=0)
    draws = generator.multinomial(n, [*weights[common] / n, len(rare) / n], resamples)
    which = generator.integers(0, max(len(rare), 1), draws[:, -1].sum())
    return np.asarray(draws[:, :-1] @ rows[common] + sums_of(rare, which, draws[:, -1]), dtype=np.float64)


def wilson(share: float, n: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's score interval of a share of ``n`` independent observations.

    Not for statements of few articles as if they were independent: give the number of articles. Reference:
    Wilson 1927.
    """
    z = float(-special.ndtri((1 - level) / 2))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


@statistic(name="share", family="shares", unit="share", undefined="nothing to share out")
def shares(
    profiles: ArrayLike, articles: ArrayLike, *, parts: ArrayLike, whole: ArrayLike, level: float = LEVEL,
    resamples: int = RESAMPLES, seed: int = SEED, resampled: Array | None = None,
) -> list[Estimate]:
    """Weighted sums of some classes over the sum of some classes, with intervals from resampled articles.

    ``parts`` has shape (figures, classes), the weight of each class in the numerator: 0 and 1 for a share,
    -1, 0 and 1 for a balance of two sides. ``whole`` has shape (classes,), 1 for what counts in the
    denominator. ``resampled`` gives what ``resample`` would make, shape (resamples, classes), where it is made for many
    groups at once.

    The interval is the percentile bootstrap. It knows nothing of chance where all resamples agree, and is too
    narrow below ten articles; there each end is moved out to that of Wilson's interval with articles as
    observations, so that few articles give a wide interval, never one of no width. Reference: Efron & Tibshirani
    1993. Not for statements drawn singly from many articles, for which it is too wide.

    Returns:
        One estimate a figure; ``n`` is the denominator.
    """
    rows, weights = np.asarray(profiles, dtype=np.float64), np.asarray(articles, dtype=np.float64)
    above, below = np.asarray(parts, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    totals = weights @ rows
    n = float(totals @ below)
    if n <= 0:
        return [NOTHING] * len(above)
    values = above @ totals / n
    drawn = resample(rows, weights, resamples=resamples, seed=seed) if resampled is None else resampled
    drawn = drawn[drawn @ below > 0]
    ends = np.quantile((drawn @ above.T).T / (drawn @ below), [(1 - level) / 2, (1 + level) / 2], axis=1)
    observed = float(weights[rows @ below > 0].sum())
    return [
        _estimate(float(value), float(low), float(high), float(min(part.min(), 0)), observed, round(n), level)
        for value, low, high, part in zip(values, *ends, above, strict=True)
    ]


def _estimate(
    value: float, low: float, high: float, least: float, articles: float, n: int, level: float
) -> Estimate:
    """The estimate, its ends moved out to Wilson's (between ``least`` and 1) where the bootstrap is no guide."""
    if articles < FEW or high - low < NO_WIDTH:
        scale = 1 - least
        first, last = (least + scale * end for end in wilson((value - least) / scale, articles, level=level))
        low, high = min(low, first), max(high, last)
    return Estimate(value, min(low, value), max(high, value), n)


@statistic(name="difference", family="shares", unit="difference of shares", undefined="one side has nothing")
def difference(first: Estimate, second: Estimate) -> Estimate:
    """One share less another of other articles, with the interval that follows from both intervals (MOVER).

    Where it holds 0 the groups may be alike. Not for overlapping groups. Reference: Newcombe 1998; Zou &
    Donner 2008.
    """
    if not first.n or not second.n:
        return Estimate(float("nan"), float("nan"), float("nan"), first.n + second.n)
    gap = first.value - second.value
    below = np.hypot(first.value - first.low, second.high - second.value)
    above = np.hypot(first.high - first.value, second.value - second.low)
    return Estimate(gap, float(gap - below), float(gap + above), first.n + second.n)


@statistic(name="permutation_p", family="shares", unit="probability", undefined="one side has nothing")
def permutation_p(
    first: tuple[ArrayLike, ArrayLike], second: tuple[ArrayLike, ArrayLike], *, parts: ArrayLike, whole: ArrayLike,
    permutations: int = PERMUTATIONS, seed: int = SEED, permuted: Array | None = None,
) -> Array:
    """How often shares differ at least as much when the articles of both sides are dealt out anew at random.

    Each side is (profiles, articles); ``parts`` and ``whole`` are those of ``shares``. Articles move as a whole, with
    all their statements, so statements that hang together do not feign certainty. Two-sided, at least 1 over
    ``permutations`` + 1. ``permuted`` gives the totals of the first side, shape (permutations, classes), where they are
    dealt out for many groups at once. Not for overlapping groups, nor where the sides were chosen by looking at the
    shares. Reference: Phipson & Smyth 2010.

    Returns:
        One p a figure.
    """
    above, below = np.asarray(parts, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    sides = [(np.asarray(rows, dtype=np.float64), np.asarray(n, dtype=np.float64)) for rows, n in (first, second)]
    held = [n @ rows for rows, n in sides]
    if any(total @ below <= 0 for total in held):
        return np.full(len(above), np.nan)
    if permuted is None:
        everything = Articles.of(*(np.concatenate(both) for both in zip(*sides, strict=True)))
        permuted = dealt(everything, [round(float(sides[0][1].sum()))], permutations=permutations, seed=seed)[0]
    totals = np.vstack([held[0], permuted])
    others = held[0] + held[1] - totals
    filled = (totals @ below > 0) & (others @ below > 0)
    gaps = np.abs((totals @ above.T)[filled].T / (totals @ below)[filled]
                  - (others @ above.T)[filled].T / (others @ below)[filled])
    return np.asarray((gaps >= gaps[:, :1] - NO_WIDTH).mean(axis=1), dtype=np.float64)
