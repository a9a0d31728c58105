"""Near-copies: the same article under another title, a syndicated piece, an updated version.

Articles are first brought together by MinHash over five-word sequences, then compared exactly. Of a group the
earliest published is the original (then the first path), so that the order of reading does not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
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
"""Articles whose texts are held at once."""

MULTIPLIERS = np.random.default_rng(20181214).integers(1 << 63, 1 << 64, NGRAM, dtype=np.uint64) | np.uint64(1)
"""Make a sequence of word numbers one number of 64 bits, by multiplication and addition modulo 2**64."""
NO_WORD = 1 << 63
SLOTS = np.uint64(1 << 20)
"""Into so many slots hash values fall where it is first told how many two articles can have in common at most."""

Index = NDArray[np.intp]
Hashes = NDArray[np.uint64]


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
        grams = _grams([keys[i] for group in alike for i in group], texts)
        for group in alike:
            original |= _copies([keys[i] for i in group], bands[group], grams)
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


def _grams(keys: Sequence[str], texts: Callable[[Sequence[str]], Mapping[str, str]]) -> dict[str, Hashes]:
    """The hashed five-word sequences of articles; few of their texts are held at a time."""
    vocabulary: defaultdict[str, int] = defaultdict()
    vocabulary.default_factory = vocabulary.__len__
    return {key: _hashed(WORD.findall(text.lower()), vocabulary)
            for at in range(0, len(keys), AT_ONCE) for key, text in texts(keys[at:at + AT_ONCE]).items()}


def _copies(keys: Sequence[str], bands: Index, hashed: Mapping[str, Hashes]) -> dict[str, str]:
    """Copy -> original among articles in the order of their rank; what is a copy is nobody's original."""
    grams = [hashed[key] for key in keys]
    marked = np.zeros(SLOTS, dtype=bool)
    original: dict[str, str] = {}
    for i, later in enumerate(_later(bands)):
        others = [j for j in later if keys[j] not in original and len(grams[j])]
        if keys[i] in original or not others or not len(grams[i]):
            continue
        marked[grams[i] % SLOTS] = True
        lengths = np.array([len(grams[j]) for j in others])
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        at_most = np.add.reduceat(marked[np.concatenate([grams[j] for j in others]) % SLOTS], starts, dtype=np.intp)
        for k in np.flatnonzero(at_most / np.minimum(lengths, len(grams[i])) >= CONTAINED):
            if _containment(grams[i], grams[others[k]]) >= CONTAINED:
                original[keys[others[k]]] = keys[i]
        marked[grams[i] % SLOTS] = False
    return original


def _later(bands: Index) -> Iterator[list[int]]:
    """For each article those after it that have a band in common with it, in ascending order."""
    orders = [np.argsort(band, kind="stable") for band in bands.T]
    places = [np.argsort(order) for order in orders]
    ends = [np.searchsorted(band[order], band, side="right") for band, order in zip(bands.T, orders, strict=True)]
    for i in range(len(bands)):
        slices = [order[place[i] + 1:end[i]] for order, place, end in zip(orders, places, ends, strict=True)]
        yield np.unique(np.concatenate(slices)).tolist()


def _hashed(words: Sequence[str], vocabulary: defaultdict[str, int]) -> Hashes:
    """The different five-word sequences as ascending hash values; ``vocabulary`` numbers the words and grows.

    A text shorter than that is one sequence.
    """
    ids = np.fromiter(map(vocabulary.__getitem__, words), dtype=np.uint64, count=len(words))
    if 0 < len(ids) < NGRAM:
        ids = np.pad(ids, (0, NGRAM - len(ids)), constant_values=NO_WORD)
    if not len(ids):
        return ids
    hashes: Hashes = np.unique(np.lib.stride_tricks.sliding_window_view(ids, NGRAM) @ MULTIPLIERS)
    return hashes


def _ngrams(words: Sequence[str]) -> frozenset[str]:
    if len(words) <= NGRAM:
        return frozenset({" ".join(words)} if words else ())
    return frozenset(map(" ".join, zip(*(words[i:] for i in range(NGRAM)), strict=False)))


def _containment(a: Hashes, b: Hashes) -> float:
    return len(np.intersect1d(a, b, assume_unique=True)) / min(len(a), len(b))
