"""Articles dealt out anew to the two sides of many groups at once: without replacement, and with it.

Enter: ``Articles``, what a corpus holds, and its groups. Leave: totals of each class, for the statistics of ``shares``.
Each article is drawn once for all groups and classes, so twelve groups cost little more than one. What a group gets
depends on the group and the corpus alone, neither on the other groups nor on the order of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

Array = NDArray[np.float64]
Indices = NDArray[np.int64]
BLOCK = 300_000
"""Numbers held at once, so that memory does not grow with the corpus."""
SLACK = 3.0
"""Standard deviations by which a shared draw stays below the number of articles."""


@dataclass(frozen=True, slots=True)
class Articles:
    """Articles by what they hold; those that hold nothing are in ``size`` alone.

    Attributes:
        profiles: what an article of each kind holds of each class, shape (kinds, classes), sorted, each once.
        counts: articles of each kind, shape (kinds,).
        size: all articles.
    """

    profiles: Array
    counts: Indices
    size: int

    @classmethod
    def of(cls, profiles: ArrayLike, articles: ArrayLike) -> Articles:
        """From profiles in any order, shape (kinds, classes), and the number of articles of each, shape (kinds,)."""
        rows, which = np.unique(np.asarray(profiles, dtype=np.float64), axis=0, return_inverse=True)
        counts = np.bincount(which.ravel(), weights=np.asarray(articles, dtype=np.float64), minlength=len(rows))
        held = rows.any(axis=1)
        return cls(rows[held], counts[held].astype(np.int64), round(float(counts.sum())))

    @property
    def rows(self) -> Array:
        """A row an article that holds something, shape (articles, classes); equal ones stand together."""
        return np.repeat(self.profiles, self.counts, axis=0)

    def inside(self, counts: Indices) -> NDArray[np.bool_]:
        """Which of ``rows`` are those of a group with so many articles of each kind; of equal ones the first."""
        within = np.arange(self.counts.sum()) - np.repeat(np.cumsum(self.counts) - self.counts, self.counts)
        return np.asarray(within < np.repeat(counts, self.counts))


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the articles: how many of each kind, shape (kinds,), and how many in all."""

    counts: Indices
    size: int


def dealt(everything: Articles, sizes: Sequence[int], *, permutations: int, seed: int) -> Array:
    """Totals of each class in groups of given sizes when all articles are dealt out anew at random.

    A group takes the first articles of a random order, or, if it is the larger side, all but those.

    Returns:
        Shape (groups, permutations, classes). Groups share the random orders.
    """
    rows, given = everything.rows, np.asarray(sizes, dtype=np.int64)
    smaller = np.minimum(given, everything.size - given)
    totals = np.zeros((len(given), permutations, rows.shape[1]))
    if len(rows) and len(given):
        for number, part in _parts(permutations, len(rows)):
            lengths = np.stack([
                np.random.default_rng([seed, number, 1]).hypergeometric(
                    len(rows), everything.size - len(rows), size, part.stop - part.start)
                for size in smaller
            ])
            totals[:, part] = _first(rows, lengths, [seed, number])
    whole = everything.counts @ everything.profiles
    return np.where((given > smaller)[:, None, None], whole - totals, totals)


def drawn_from_others(everything: Articles, groups: Sequence[Group], *, resamples: int, seed: int) -> Array:
    """Totals of each class when, for each group, the articles outside it are drawn anew with replacement.

    Nearly as many articles as there are get drawn from all of them, once for all groups. Those outside a group are a
    draw from its others, which is then filled up to their number; a draw with more than that is made anew.

    Returns:
        Shape (groups, resamples, classes).
    """
    rows = everything.rows
    totals = np.zeros((len(groups), resamples, rows.shape[1]))
    if not len(rows):
        return totals
    masks = (everything.inside(group.counts) for group in groups)
    sides = [(np.flatnonzero(mask), np.flatnonzero(~mask)) for mask in masks]
    base = max(0, int(everything.size - SLACK * everything.size**0.5))
    for number, part in _parts(resamples, len(rows)):
        weights = _weights(np.random.default_rng([seed, number]), everything, base, part.stop - part.start)
        sums, idle = weights @ rows, base - weights.sum(axis=1)
        for i, (group, (inside, outside)) in enumerate(zip(groups, sides, strict=True)):
            generator = np.random.default_rng([seed, number, 1])
            own = weights.take(inside, axis=1)
            idle_own = _part(generator, idle, group.size - len(inside), everything.size - len(rows))
            kept, seen = sums - own @ rows[inside], base - own.sum(axis=1) - idle_own
            others = everything.size - group.size
            anew = seen > others
            kept[anew], seen[anew] = 0, 0
            missing = _part(generator, others - seen, len(outside), others)
            which = outside[generator.integers(0, max(len(outside), 1), missing.sum())]
            totals[i, part] = kept + sums_of(rows, which, missing)
    return totals


def _parts(times: int, width: int) -> Iterator[tuple[int, slice]]:
    step = max(1, BLOCK // width)
    for number, start in enumerate(range(0, times, step)):
        yield number, slice(start, min(start + step, times))


def _part(generator: np.random.Generator, n: Array, some: int, of: int) -> Indices:
    """How many of ``n`` draws from ``of`` articles fall on ``some`` of them."""
    return generator.binomial(np.asarray(n, dtype=np.int64), some / of if of else 0.0)


def _weights(generator: np.random.Generator, everything: Articles, draws: int, times: int) -> Array:
    """How often each article that holds something is drawn, shape (times, articles)."""
    n = int(everything.counts.sum())
    held = _part(generator, np.full(times, draws), n, everything.size)
    which = generator.integers(0, n, held.sum()) + np.repeat(np.arange(times) * n, held)
    return np.bincount(which, minlength=times * n).reshape(times, n).astype(np.float64)


def sums_of(rows: Array, which: Indices, lengths: Indices) -> Array:
    """Sums of rows over runs of ``which``, shape (runs, classes)."""
    ends = np.concatenate([[0], np.cumsum(lengths)])
    return np.asarray(sparse.csr_array((np.ones(len(which)), which, ends), shape=(len(lengths), len(rows))) @ rows)


def _first(rows: Array, lengths: Indices, seed: list[int]) -> Array:
    """Sums of the first ``lengths`` rows, shape (groups, orders), of random orders, shape (groups, orders, classes)."""
    which, found = _orders(len(rows), lengths.shape[1], int(lengths.max()), seed)
    rank = np.argsort(lengths, axis=0, kind="stable")
    ends = np.vstack([np.take_along_axis(lengths, rank, axis=0), found])
    runs = np.diff(ends, axis=0, prepend=0)
    sums = sums_of(rows, which, runs.T.ravel()).reshape(len(found), len(runs), rows.shape[1])
    totals = np.empty((*lengths.shape, rows.shape[1]))
    np.put_along_axis(totals, rank[:, :, None], sums[:, :-1].cumsum(axis=1).transpose(1, 0, 2), axis=0)
    return totals


def _orders(n: int, times: int, most: int, seed: list[int]) -> tuple[Indices, Indices]:
    """The first of ``n`` things in random orders: one order after the other, and how many of each, ``most`` at least.

    Things are drawn with replacement and those drawn before passed over. An order begins in the same way however many
    of it are asked for.
    """
    length = 10 - int(1.1 * n * np.log1p(-most / (n + 1)))
    offsets = np.arange(times, dtype=np.int32)[:, None] * np.int32(n)
    while True:
        drawn = np.ascontiguousarray(np.random.default_rng(seed).integers(0, n, (length, times), dtype=np.int32).T)
        place = (drawn + offsets).ravel()
        turn = np.arange(place.size, dtype=np.int32)
        first = np.zeros(n * times, dtype=np.int32)
        first[place[::-1]] = turn[::-1]     # of several turns at one place the last one written stays
        fresh = first.take(place) == turn
        found = fresh.reshape(times, length).sum(axis=1)
        if found.min() >= most:
            return drawn.ravel()[fresh], found
        length *= 2
