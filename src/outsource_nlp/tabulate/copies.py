"""Near-copies: the same article under another title, a syndicated piece, an updated version.

Articles are first brought together by MinHash over five-word sequences, then compared exactly. Of a group the
earliest published is the original (then the first path), so that the order of reading does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray
from scipy import sparse

NGRAM = 5
PERMUTATIONS = 64
SCHEME = "affine32"
"""Hash values of 32 bits; named, so that stored signatures keep their meaning."""
BANDS = 16
"""Signatures are cut into bands of four numbers; articles with a band in common are compared exactly. Of pairs with a
Jaccard similarity of 0.4 every third has one, with 0.6 nine in ten. Reference: Leskovec, Rajaraman & Ullman 2014."""
CONTAINED = 0.6
"""Share of the shorter article's five-word sequences that must stand in the other."""
WORD = re.compile(r"[^\W_]+")
AT_ONCE = 1_000
"""Articles whose texts are held at once, or more where so many are alike."""

Index = NDArray[np.intp]


def signature(words: Sequence[str]) -> bytes:
    """MinHash of an article's words: 64 unsigned 32-bit numbers, little endian."""
    sketch = MinHash(num_perm=PERMUTATIONS, scheme=SCHEME)
    sketch.update_batch([gram.encode() for gram in sorted(_ngrams(words))])
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


def find_copies(
    signatures: Mapping[str, bytes], rank: Mapping[str, tuple[str, str]],
    texts: Callable[[Sequence[str]], Mapping[str, str]],
) -> dict[str, str]:
    """Copy -> original, for all articles that nearly repeat another.

    Args:
        signatures: MinHash by article_id.
        rank: (date or "9999", path) by article_id; the least of a group is its original.
        texts: looks up the texts of articles, called for those that may be copies only.
    """
    nothing = signature(())
    keys = sorted((key for key, value in signatures.items() if value != nothing), key=lambda key: (rank[key], key))
    if len(keys) < 2:
        return {}
    bands = _bands([signatures[key] for key in keys])
    original: dict[str, str] = {}
    for alike in _together(_alike(bands)):
        found = texts([keys[i] for group in alike for i in group])
        for group in alike:
            original |= _copies([keys[i] for i in group], bands[group], found)
    return original


def _bands(signatures: Sequence[bytes]) -> Index:
    """Which of the different bands each signature has, shape (signatures, bands)."""
    cells = np.frombuffer(b"".join(signatures), dtype=f"V{4 * PERMUTATIONS // BANDS}").reshape(-1, BANDS)
    return np.stack([np.unique(band, return_inverse=True)[1] for band in cells.T], axis=1)


def _alike(bands: Index) -> Iterator[Index]:
    """Groups of two or more articles that hang together by bands, in ascending order."""
    first, second = [], []
    for band in bands.T:
        order = np.argsort(band, kind="stable")
        same = np.flatnonzero(band[order[1:]] == band[order[:-1]])
        first.append(order[same])
        second.append(order[same + 1])
    ends = np.concatenate(first), np.concatenate(second)
    links = sparse.coo_array((np.ones(len(ends[0])), ends), shape=(len(bands), len(bands)))
    labels = sparse.csgraph.connected_components(links, directed=False)[1]
    order = np.argsort(labels, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
        if len(group) > 1:
            yield group


def _together(groups: Iterator[Index]) -> Iterator[list[Index]]:
    """Some groups at a time."""
    some: list[Index] = []
    for group in groups:
        some.append(group)
        if sum(map(len, some)) >= AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _copies(keys: Sequence[str], bands: Index, texts: Mapping[str, str]) -> dict[str, str]:
    """Copy -> original among articles in the order of their rank; what is a copy is nobody's original."""
    grams = [_ngrams(WORD.findall(texts[key].lower())) for key in keys]
    original: dict[str, str] = {}
    for i, key in enumerate(keys):
        if key in original:
            continue
        for j in (i + 1 + np.flatnonzero((bands[i + 1:] == bands[i]).any(axis=1))).tolist():
            if keys[j] not in original and _containment(grams[i], grams[j]) >= CONTAINED:
                original[keys[j]] = key
    return original


def _ngrams(words: Sequence[str]) -> frozenset[str]:
    if len(words) <= NGRAM:
        return frozenset({" ".join(words)} if words else ())
    return frozenset(map(" ".join, zip(*(words[i:] for i in range(NGRAM)), strict=False)))


def _containment(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))
