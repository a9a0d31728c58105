"""Dispersion: is a word spread over the parts of a corpus, or clumped in a few?

Enter: ``v``, occurrences in each part, shape (parts,) or (words, parts); ``s``, the sizes of the parts,
shape (parts,). Leaves: a number a word. Each docstring says which end means even, because the literature
goes both ways. Parts are articles here: measures that need parts of equal size (D, D2, DA) serve for
comparison with older work only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from outsource_nlp.compare.statistics.keyness import Array, deviance, ratio
from outsource_nlp.compare.statistics.registry import statistic


def _parts(v: ArrayLike, s: ArrayLike) -> tuple[Array, Array, Array, Array]:
    """Occurrences, their shares t, the parts' shares w, the rates r; parts on the last axis."""
    v, s = np.asarray(v, dtype=np.float64), np.asarray(s, dtype=np.float64)
    w = ratio(s, s.sum())
    return v, ratio(v, v.sum(axis=-1, keepdims=True)), np.broadcast_to(w, v.shape), ratio(v, s)


@statistic(name="range", family="dispersion", unit="parts")
def spread(v: ArrayLike, s: ArrayLike) -> Array:
    """In how many parts the word occurs.

    Not comparable between corpora with different numbers of parts: see ``relative_range``.
    """
    return np.asarray((np.asarray(v) > 0).sum(axis=-1) + 0.0 * np.sum(s))


@statistic(name="relative_range", family="dispersion", unit="share of parts")
def relative_range(v: ArrayLike, s: ArrayLike) -> Array:
    """In which share of the parts the word occurs.

    Not where parts differ much in size.
    """
    return np.asarray(spread(v, s) / np.asarray(v).shape[-1])


@statistic(name="juilland_d", family="dispersion", unit="0 clumped to 1 even",
           undefined="the word does not occur, or one part")
def juilland_d(v: ArrayLike, s: ArrayLike) -> Array:
    """Juilland's D: 1 less the coefficient of variation of the rates over the root of parts less one; 1 is
    even.

    Not for parts of very different size, nor for many parts, where it is near 1 for all. Reference:
    Juilland et al. 1970.
    """
    *_, r = _parts(v, s)
    return 1 - ratio(ratio(r.std(axis=-1), r.mean(axis=-1)), np.sqrt(r.shape[-1] - 1))


@statistic(name="carroll_d2", family="dispersion", unit="0 clumped to 1 even",
           undefined="the word does not occur, or one part")
def carroll_d2(v: ArrayLike, s: ArrayLike) -> Array:
    """Carroll's D2: entropy of the rates over its largest value; 1 is even.

    Not for parts of very different size. Reference: Carroll 1970.
    """
    *_, r = _parts(v, s)
    p = ratio(r, r.sum(axis=-1, keepdims=True))
    entropy = -np.where(np.isnan(p), np.nan, deviance(np.nan_to_num(p), np.ones_like(p))).sum(axis=-1)
    return ratio(entropy, np.log(r.shape[-1])) + 0.0


@statistic(name="rosengren_s", family="dispersion", unit="0 clumped to 1 even",
           undefined="the word does not occur")
def rosengren_s(v: ArrayLike, s: ArrayLike) -> Array:
    """Rosengren's S: squared sum of the roots of occurrences times part shares, over all occurrences; 1 is
    even.

    Not to be taken for a share of parts. Reference: Rosengren 1971.
    """
    v, _, w, _ = _parts(v, s)
    return ratio(np.sqrt(w * v).sum(axis=-1) ** 2, v.sum(axis=-1))


@statistic(name="lyne_d3", family="dispersion", unit="0 clumped to 1 even",
           undefined="the word does not occur, or one part")
def lyne_d3(v: ArrayLike, s: ArrayLike) -> Array:
    """Lyne's D3: 1 less a quarter of the chi-squared distance from even, per occurrence; 1 is even.

    Not for parts of very different size. Reference: Lyne 1985.
    """
    v, _, w, _ = _parts(v, s)
    total = v.sum(axis=-1, keepdims=True)
    distance = ratio((v - total * w) ** 2, total * w).sum(axis=-1)
    return 1 - ratio(distance, 4 * total[..., 0])


@statistic(name="burch_da", family="dispersion", unit="0 clumped to 1 even",
           undefined="the word does not occur, or one part")
def burch_da(v: ArrayLike, s: ArrayLike) -> Array:
    """Burch's DA: 1 less the mean difference between two parts' rates over twice their mean; 1 is even.

    Not for parts of very different size. Reference: Burch, Egbert & Biber 2017.
    """
    *_, r = _parts(v, s)
    k = r.shape[-1]
    ranks = 2 * np.arange(1, k + 1) - k - 1
    differences = (np.sort(r, axis=-1) * ranks).sum(axis=-1)
    return 1 - ratio(ratio(differences, k * (k - 1) / 2), 2 * r.mean(axis=-1))


@statistic(name="dp", family="dispersion", unit="0 even to 1 clumped", undefined="the word does not occur")
def dp(v: ArrayLike, s: ArrayLike) -> Array:
    """Gries's DP: half the sum of the differences between where the word is and where the text is; 0 is even.

    Not comparable between corpora with different parts: see ``dp_norm``. Reference: Gries 2008.
    """
    _, t, w, _ = _parts(v, s)
    return np.asarray(np.abs(t - w).sum(axis=-1) / 2)


@statistic(name="dp_norm", family="dispersion", unit="0 even to 1 clumped",
           undefined="the word does not occur, or one part")
def dp_norm(v: ArrayLike, s: ArrayLike) -> Array:
    """DP over its largest value, 1 less the smallest part's share; 0 is even, 1 clumped.

    Not for words that occur once or twice, which cannot be even. Reference: Lijffijt & Gries 2012.
    """
    _, _, w, _ = _parts(v, s)
    return ratio(dp(v, s), 1 - w.min(axis=-1))


@statistic(name="dp_egbert", family="dispersion", unit="0 clumped to 1 even",
           undefined="the word does not occur, or one part")
def dp_egbert(v: ArrayLike, s: ArrayLike) -> Array:
    """Egbert's D_P: DP over 1 less the smallest share of a part that has the word, turned round; 1 is even.

    Not the same as DP or DPnorm, with which tools confuse it. Reference: Egbert, Burch & Biber 2020.
    """
    v, _, w, _ = _parts(v, s)
    least = np.where(v > 0, w, 1.0).min(axis=-1)
    return 1 - ratio(dp(v, s), 1 - least)


@statistic(name="kld", family="dispersion", unit="bits", undefined="the word does not occur")
def kld(v: ArrayLike, s: ArrayLike) -> Array:
    """Kullback-Leibler divergence of where the word is from where the text is; 0 is even.

    Not bounded above: see ``dkl``. Reference: Gries 2020.
    """
    v, t, w, _ = _parts(v, s)
    bits = deviance(np.nan_to_num(t), np.asarray(w)).sum(axis=-1) / np.log(2)
    return np.where(v.sum(axis=-1) > 0, bits, np.nan)


@statistic(name="dkl", family="dispersion", unit="0 clumped to 1 even", undefined="the word does not occur")
def dkl(v: ArrayLike, s: ArrayLike) -> Array:
    """The divergence brought between 0 and 1 by its odds and turned round; 1 is even.

    Not comparable with versions normalised by a power of two. Reference: Gries 2024.
    """
    divergence = kld(v, s)
    return 1 - divergence / (1 + divergence)


def distances(positions: ArrayLike, size: int) -> Array:
    """Steps from each occurrence to the next, the last one around the end to the first; they sum to
    ``size``.
    """
    where: NDArray[np.int64] = np.sort(np.asarray(positions, dtype=np.int64))
    return np.diff(where, append=where[:1] + size).astype(np.float64)


def arf(positions: ArrayLike, size: int) -> float:
    """Average reduced frequency: occurrences that are spread as they should be; between 1 and their number.

    Not for articles in no order: positions count. Reference: Savicky & Hlavacova 2002.

    Args:
        positions: places of the word, counted from 0.
        size: words in the corpus.
    """
    d = distances(positions, size)
    even = size / d.size if d.size else 1.0
    return float(np.minimum(d, even).sum() / even)


def ald(positions: ArrayLike, size: int) -> float:
    """Average logarithmic distance, in decimal logs of words; NaN where the word does not occur.

    Not for articles in no order. Reference: Savicky & Hlavacova 2002.
    """
    d = distances(positions, size)
    return float((d * np.log10(d)).sum() / size) if d.size else float("nan")


def awt(positions: ArrayLike, size: int) -> float:
    """Average waiting time until the word comes, in words; NaN where it does not occur.

    Not for articles in no order. Reference: Savicky & Hlavacova 2002.
    """
    d = distances(positions, size)
    return float((1 + (d**2).sum() / size) / 2) if d.size else float("nan")


def ald_frequency(positions: ArrayLike, size: int) -> float:
    """The frequency that an evenly spread word of the same ALD would have; 0 where the word does not
    occur.
    """
    value = ald(positions, size)
    return 0.0 if np.isnan(value) else float(size * 10.0**-value)


def awt_frequency(positions: ArrayLike, size: int) -> float:
    """The frequency that an evenly spread word of the same AWT would have; 0 where the word does not
    occur.
    """
    value = awt(positions, size)
    return 0.0 if np.isnan(value) else float(size / (2 * value - 1))
