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

RESAMPLES = 1_000
SEED = 20_181_214
TAIL = 0.025
Z = 1.959963984540054
FEW = 10
"""Below so many articles the bootstrap is not left alone."""
NO_WIDTH = 1e-12
DIGITS = 6

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


def shares(profiles: Profiles, names: Sequence[str]) -> dict[str, Share]:
    """The share of each class among all classes, with a 95 % interval from resampled articles.

    Args:
        profiles: keys have one number for each of ``names``.
        names: the classes.

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
    generator = np.random.default_rng(SEED)
    drawn = generator.multinomial(int(weights.sum()), weights / weights.sum(), RESAMPLES) @ rows
    drawn = drawn[drawn.sum(axis=1) > 0]
    lows, highs = np.quantile((drawn.T / drawn.sum(axis=1)).T, [TAIL, 1 - TAIL], axis=0)
    articles = float(weights[rows.sum(axis=1) > 0].sum())
    return {
        name: _share(name, float(total), n, float(low), float(high), articles)
        for name, total, low, high in zip(names, totals, lows, highs, strict=True)
    }


def _share(name: str, total: float, n: float, low: float, high: float, articles: float) -> Share:
    value = total / n
    if articles < FEW or high - low < NO_WIDTH:
        first, last = wilson(value, articles)
        low, high = min(low, first), max(high, last)
    ends = round(min(low, value), DIGITS) + 0.0, round(max(high, value), DIGITS) + 0.0
    return Share(name, round(total), round(n), round(value, DIGITS), *ends)


def wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % score interval of a share of ``n`` independent observations. Reference: Wilson 1927."""
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * float(np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)))
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))
