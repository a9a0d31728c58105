"""Association: do two words occur together more than chance would have it?

Enter: arrays ``f`` (joint), ``f1`` (node), ``f2`` (collocate) and ``n`` (all positions), of one shape or
broadcast to it. Leaves: an array of that shape, NaN where the definition gives no number. The counts must
be made for one kind of co-occurrence: for a window of w words each side, f1 is the number of positions in
the windows, not of the node.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from outsource_nlp.compare.statistics.keyness import Array, cells, deviance, g2_four_cell, log2, ratio
from outsource_nlp.compare.statistics.registry import statistic


def _counts(f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> tuple[Array, Array]:
    f, f1, f2, n = cells(f, f1, f2, n)
    return f, np.nan_to_num(ratio(f1 * f2, n))


@statistic(name="mi", family="association", unit="bits", undefined="they never meet")
def mi(f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> Array:
    """Pointwise mutual information: binary log of seen over expected.

    Not for rare pairs, which it favours. Reference: Church & Hanks 1990.
    """
    f, e = _counts(f, f1, f2, n)
    return log2(ratio(f, e))


@statistic(name="mi2", family="association", unit="bits", undefined="they never meet")
def mi2(f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> Array:
    """Mutual information with the joint count squared.

    Not comparable between corpora of different size. Reference: Daille 1994.
    """
    f, e = _counts(f, f1, f2, n)
    return log2(ratio(f**2, e))


@statistic(name="mi3", family="association", unit="bits", undefined="they never meet")
def mi3(f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> Array:
    """Mutual information with the joint count cubed, which favours frequent pairs.

    Not comparable between corpora of different size. Reference: Daille 1994.
    """
    f, e = _counts(f, f1, f2, n)
    return log2(ratio(f**3, e))


@statistic(name="npmi", family="association", unit="-1 to 1",
           undefined="a word does not occur, or they make up all")
def npmi(f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> Array:
    """Mutual information over its largest value: 1 always together, 0 by chance, -1 never together.

    Not where the joint count makes up all positions. Reference: Bouma 2009.
    """
    f, f1, f2, n = cells(f, f1, f2, n)
    value = ratio(mi(f, f1, f2, n), -log2(ratio(f, n)))
    return np.where((f == 0) & (f1 > 0) & (f2 > 0), -1.0, value)


@statistic(name="t_score", family="association", unit="t", undefined="they never meet")
def t_score(f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> Array:
    """Seen less expected, over the root of seen.

    Not a t test in truth: use it to rank. Reference: Church et al. 1991.
    """
    f, e = _counts(f, f1, f2, n)
    return ratio(f - e, np.sqrt(f))


@statistic(name="z_score", family="association", unit="z", undefined="a word does not occur")
def z_score(f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> Array:
    """Seen less expected, over the root of expected.

    Not for rare pairs, which it favours. Reference: Berry-Rogghe 1973.
    """
    f, e = _counts(f, f1, f2, n)
    return ratio(f - e, np.sqrt(e))


@statistic(name="dice", family="association", unit="0 to 1", undefined="neither word occurs")
def dice(f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> Array:
    """Twice the joint count over the sum of both words' counts.

    Not a test; it ignores the size of the corpus. Reference: Smadja 1993.
    """
    f, f1, f2, n = cells(f, f1, f2, n)
    return ratio(2 * f, f1 + f2)


@statistic(name="log_dice", family="association", unit="14 + binary log of Dice", undefined="they never meet")
def log_dice(f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> Array:
    """14 plus the binary log of Dice: at most 14, comparable between corpora.

    Not where chance is the question: it knows no expected count. Reference: Rychly 2008.
    """
    return 14 + log2(dice(f, f1, f2, n))


@statistic(name="simple_ll", family="association", unit="G2, signed")
def simple_ll(f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> Array:
    """Log-likelihood of the joint count alone, negative where they meet less than expected.

    Not for frequent words: use ``ll``. Reference: Evert 2009.
    """
    f, e = _counts(f, f1, f2, n)
    return np.sign(f - e) * np.maximum(2 * (deviance(f, e) - (f - e)), 0)


@statistic(name="ll", family="association", unit="G2, four-cell, signed")
def ll(f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> Array:
    """Log-likelihood of the whole 2 x 2 table, negative where they meet less than expected.

    Not a measure of strength: it grows with the corpus. Reference: Dunning 1993.
    """
    f, f1, f2, n = cells(f, f1, f2, n)
    return g2_four_cell(f, f2 - f, f1, n - f1)


@statistic(name="delta_p", family="association", unit="-1 to 1",
           undefined="the node is nowhere or everywhere")
def delta_p(f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> Array:
    """How much likelier the collocate is with the node than without it; swap f1 and f2 for the other
    direction.

    Not symmetric: say which direction is meant. Reference: Gries 2013.
    """
    f, f1, f2, n = cells(f, f1, f2, n)
    return ratio(f, f1) - ratio(f2 - f, n - f1)
