"""Keyness: is a word more frequent in a target corpus than in a reference corpus?

Enter: arrays ``a`` (occurrences in the target), ``b`` (in the reference) and the sizes ``c`` and ``d`` of
the two, all of one shape or broadcast to it. Leaves: an array of that shape. Test statistics carry a sign,
positive where ``a/c > b/d``, so that both ends of a list can be read; drop it with ``abs`` where a table
gives none. All treat occurrences as independent, which words in articles are not: read them beside the
number of articles, the dispersion and the effect size, and use ``articles`` as counts (text dispersion
keyness) for a sterner test.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from outsource_nlp.compare.statistics.registry import statistic

Array = NDArray[np.float64]
ZERO = 0.5
"""What stands in for a zero count in the log ratio (Hardie 2014)."""


def cells(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> tuple[Array, Array, Array, Array]:
    """The four counts as floats of one shape."""
    a_, b_, c_, d_ = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in (a, b, c, d)))
    return a_, b_, c_, d_


def ratio(above: Any, below: Any) -> Array:
    """``above / below``, NaN where ``below`` is zero."""
    first, second = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in (above, below)))
    quotient: Array = np.divide(first, second, out=np.full(first.shape, np.nan), where=second != 0)
    return quotient


def log2(value: Array) -> Array:
    """Binary log, NaN where there is none."""
    logs: Array = np.log2(value, out=np.full_like(value, np.nan), where=value > 0)
    return logs


def expected(a: Array, b: Array, c: Array, d: Array) -> tuple[Array, Array]:
    """Occurrences expected in target and reference if both used the word alike."""
    share = np.nan_to_num(ratio(a + b, c + d))
    return c * share, d * share


def deviance(seen: Array, wanted: Array) -> Array:
    """``seen * ln(seen / wanted)``, 0 where nothing was seen."""
    there = (seen > 0) & (wanted > 0)
    quotient = np.divide(seen, wanted, out=np.ones_like(seen), where=there)
    return seen * np.log(quotient)


def direction(a: Array, b: Array, c: Array, d: Array) -> Array:
    """1 where the target uses the word more, -1 where less, 0 where alike."""
    return np.sign(a * d - b * c)


@statistic(name="g2", family="keyness", unit="G2, two-cell, signed", symmetry="odd")
def g2(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Log-likelihood G2 from the two cells that hold the word, as the UCREL wizard gives it.

    Not a measure of size: it grows with the corpora. Critical: 3.84 (.05), 6.63 (.01), 10.83 (.001), 15.13
    (.0001). For frequent words the four-cell variant is the exact test. Reference: Rayson & Garside 2000.
    """
    a, b, c, d = cells(a, b, c, d)
    e1, e2 = expected(a, b, c, d)
    return direction(a, b, c, d) * np.maximum(2 * (deviance(a, e1) + deviance(b, e2)), 0)


@statistic(name="g2_four_cell", family="keyness", unit="G2, four-cell, signed", symmetry="odd")
def g2_four_cell(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Log-likelihood G2 from all four cells: the likelihood-ratio test of the 2 x 2 table.

    Not a measure of size. Reference: Dunning 1993.
    """
    a, b, c, d = cells(a, b, c, d)
    e1, e2 = expected(a, b, c, d)
    total = deviance(a, e1) + deviance(b, e2) + deviance(c - a, c - e1) + deviance(d - b, d - e2)
    return direction(a, b, c, d) * np.maximum(2 * total, 0)


@statistic(name="g2_williams", family="keyness", unit="G2, four-cell, Williams, signed", symmetry="odd")
def g2_williams(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Four-cell G2 with the Williams correction, which quanteda applies unasked.

    Not for large corpora, where it changes nothing. 0 where a margin of the table is empty. Reference:
    Williams 1976.
    """
    a, b, c, d = cells(a, b, c, d)
    n = c + d
    rows = np.nan_to_num(ratio(1, a + b) + ratio(1, n - a - b))
    columns = np.nan_to_num(ratio(1, c) + ratio(1, d))
    q = 1 + np.nan_to_num(ratio((n * rows - 1) * (n * columns - 1), 6 * n))
    return g2_four_cell(a, b, c, d) / np.maximum(q, 1)


def _chi2(a: Array, b: Array, c: Array, d: Array, correction: Array) -> Array:
    n = c + d
    gap = np.maximum(np.abs(a * (d - b) - b * (c - a)) - correction, 0)
    value = ratio(n * gap**2, c * d * (a + b) * (n - a - b))
    return direction(a, b, c, d) * np.nan_to_num(value)


@statistic(name="chi2", family="keyness", unit="chi2, signed", symmetry="odd")
def chi2(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Pearson's chi-squared of the 2 x 2 table, 0 where a margin is empty.

    Not where an expected count is below 5. Reference: Pearson 1900.
    """
    a, b, c, d = cells(a, b, c, d)
    return _chi2(a, b, c, d, np.zeros_like(a))


@statistic(name="chi2_yates", family="keyness", unit="chi2, Yates, signed", symmetry="odd")
def chi2_yates(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Chi-squared with Yates's correction for continuity, which makes it cautious.

    Not where an expected count is below 5. Reference: Yates 1934.
    """
    a, b, c, d = cells(a, b, c, d)
    return _chi2(a, b, c, d, (c + d) / 2)


@statistic(name="p", family="keyness", unit="probability", symmetry="even")
def p(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Probability of a four-cell G2 at least this large if both use the word alike (chi-squared, 1 degree
    of freedom).

    Not as it stands when many words are tested: see ``p_adjusted``. Reference: Dunning 1993.
    """
    return p_of(g2_four_cell(a, b, c, d))


@statistic(name="fisher", family="keyness", unit="probability")
def fisher(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Probability of at least so many occurrences in the target if both use the word alike (Fisher, one-sided).

    For the other side, let target and reference change places. Not for large corpora, where it is slow and G2 does.
    Reference: Fisher 1922.
    """
    from scipy import stats  # heavy, and needed here only

    a, b, c, d = cells(a, b, c, d)
    return np.asarray(stats.hypergeom.sf(a - 1, c + d, a + b, c), dtype=np.float64)


def p_of(value: ArrayLike) -> Array:
    """Upper tail of chi-squared with 1 degree of freedom at the size of a signed statistic."""
    result: Array = special.erfc(np.sqrt(np.abs(np.asarray(value, dtype=np.float64)) / 2))
    return result


@statistic(name="bic", family="keyness", unit="2 ln Bayes factor", symmetry="even",
           undefined="both corpora are empty")
def bic(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Evidence for a difference: G2 less ln N, an approximate Bayes factor on the scale 2 ln BF.

    0-2 bare mention, 2-6 positive, 6-10 strong, above 10 very strong; below 0 the evidence is for no
    difference. Not to be raised to a power before these marks are applied. Reference: Wilson 2013.
    """
    a, b, c, d = cells(a, b, c, d)
    n = c + d
    return np.abs(g2(a, b, c, d)) - np.log(n, out=np.full_like(n, np.nan), where=n > 0)


@statistic(name="ell", family="keyness", unit="effect size", symmetry="even",
           undefined="the smaller expected count is 1 or less")
def ell(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Array:
    """Effect size for log-likelihood: G2 over N times the log of the smaller expected count.

    Not for rare words: below an expected count of 1 its sign flips, and no value is given. Reference:
    Johnston, Berry & Mielke 2006.
    """
    a, b, c, d = cells(a, b, c, d)
    least = np.minimum(*expected(a, b, c, d))
    defined = least > 1
    below = (c + d) * np.log(least, out=np.zeros_like(least), where=defined)
    return ratio(np.abs(g2(a, b, c, d)), below)
