"""Shares with the interval that chance allows, for groupings that the ``comparisons`` table does not hold.

Enter: how many articles hold how many of each stance. Leave: shares with 95 % intervals. Articles are drawn
anew, not statements, because the statements of one article hang together. The method, the seed and the care
for few articles are those of ``compare``, and a test holds the two together: the wall between the rooms
forbids the import.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Array = NDArray[np.float64]
RESAMPLES = 1_000
SEED = 20_181_214
TAIL = 0.025
Z = 1.959963984540054
COMMON = 8
FEW = 10
"""Below so many articles the bootstrap is not left alone."""
NO_WIDTH = 1e-12
DIGITS = 6

Ends = dict[str, tuple[float, float]]
"""Both ends of the interval of each class."""

Profiles = Mapping[tuple[int, ...], int]
"""How many of each stance an article holds: the number of articles that hold just that."""


@dataclass(frozen=True, slots=True)
class Share:
    """A count and what part of ``n`` it is; value, low and high are shares from 0 to 1."""

    name: str
    count: int
    n: int
    value: float
    low: float
    high: float


def shares(profiles: Profiles, names: Sequence[str], known: Ends | None = None) -> dict[str, Share]:
    """The share of each class among all classes, with a 95 % interval from resampled articles.

    Args:
        profiles: keys have one number for each of ``names``.
        names: the classes.
        known: their intervals, where they are known; articles are not drawn again then.

    Returns:
        One share a name; none at all where nothing was counted. Reference: Efron & Tibshirani 1993.
    """
    ordered = sorted(profiles.items())
    rows = np.array([key for key, _ in ordered], dtype=np.float64).reshape(len(ordered), len(names))
    weights = np.array([n for _, n in ordered], dtype=np.float64)
    totals = weights @ rows
    n = float(totals.sum()) if len(ordered) else 0.0
    if n <= 0:
        return {}
    if known is None:
        known = _intervals(rows, weights, dict(zip(names, (totals / n).tolist(), strict=True)))
    return {name: Share(name, round(total), round(n), round(total / n, DIGITS), *known[name])
            for name, total in zip(names, totals.tolist(), strict=True)}


def _intervals(rows: Array, weights: Array, values: Mapping[str, float]) -> Ends:
    """Intervals of shares from articles drawn anew, moved out to Wilson's where the articles are few or all alike."""
    drawn = _resampled(rows, weights)
    drawn = drawn[drawn.sum(axis=1) > 0]
    lows, highs = np.quantile((drawn.T / drawn.sum(axis=1)).T, [TAIL, 1 - TAIL], axis=0).tolist()
    articles = float(weights[rows.sum(axis=1) > 0].sum())
    ends = {}
    for (name, value), low, high in zip(values.items(), lows, highs, strict=True):
        if articles < FEW or high - low < NO_WIDTH:
            first, last = wilson(value, articles)
            low, high = min(low, first), max(high, last)
        ends[name] = round(min(low, value), DIGITS) + 0.0, round(max(high, value), DIGITS) + 0.0
    return ends


def _resampled(rows: Array, weights: Array) -> Array:
    """Totals of each class when articles are drawn anew; of equal articles many as one lot, few singly."""
    generator, common = np.random.default_rng(SEED), weights >= COMMON
    rare = np.repeat(rows[~common], weights[~common].astype(np.int64), axis=0)
    n = weights.sum()
    draws = generator.multinomial(int(n), [*weights[common] / n, len(rare) / n], RESAMPLES)
    singly = generator.integers(0, max(len(rare), 1), draws[:, -1].sum())
    ends = np.concatenate([[0], np.cumsum(draws[:, -1])])
    picked = sparse.csr_array((np.ones(len(singly)), singly, ends), shape=(RESAMPLES, len(rare)))
    return np.asarray(draws[:, :-1] @ rows[common] + picked @ rare)


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % score interval of a share of ``n`` independent observations. Reference: Wilson 1927."""
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * float(np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)))
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))
