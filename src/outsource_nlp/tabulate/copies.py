"""Near-copies: the same article under another title, a syndicated piece, an updated version.

Articles are first brought together by MinHash over five-word sequences, then compared exactly. Of a group the
earliest published is the original (then the first path), so that the order of reading does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from datasketch import MinHash, MinHashLSH

NGRAM = 5
PERMUTATIONS = 64
SCHEME = "affine32"
"""Hash values of 32 bits; named, so that stored signatures keep their meaning."""
CANDIDATE = 0.4
"""Estimated Jaccard similarity from which two articles are compared exactly."""
CONTAINED = 0.6
"""Share of the shorter article's five-word sequences that must stand in the other."""


def signature(words: Sequence[str]) -> bytes:
    """MinHash of an article's words: 64 unsigned 32-bit numbers, little endian."""
    sketch = MinHash(num_perm=PERMUTATIONS, scheme=SCHEME)
    sketch.update_batch([gram.encode() for gram in sorted(_ngrams(words))])
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


def find_copies(
    signatures: Mapping[str, bytes], rank: Mapping[str, tuple[str, str]], text: Callable[[str], str]
) -> dict[str, str]:
    """Copy -> original, for all articles that nearly repeat another.

    Args:
        signatures: MinHash by article_id.
        rank: (date or "9999", path) by article_id; the least of a group is its original.
        text: looks up an article's text, called for candidates only.
    """
    sketches = {key: _sketch(value) for key, value in signatures.items()}
    index = MinHashLSH(threshold=CANDIDATE, num_perm=PERMUTATIONS)
    for key in sorted(sketches):
        index.insert(key, sketches[key], check_duplication=False)
    grams: dict[str, frozenset[str]] = {}
    original: dict[str, str] = {}
    for key in sorted(sketches, key=lambda k: (rank[k], k)):
        if key in original:
            continue
        for other in sorted(index.query(sketches[key])):
            if other == key or other in original or rank[other] < rank[key]:
                continue
            for name in (key, other):
                if name not in grams:
                    grams[name] = _ngrams(_words(text(name)))
            if _containment(grams[key], grams[other]) >= CONTAINED:
                original[other] = key
    return original


def _sketch(value: bytes) -> MinHash:
    return MinHash(num_perm=PERMUTATIONS, scheme=SCHEME, hashvalues=np.frombuffer(value, dtype="<u4").astype(np.uint64))


def _ngrams(words: Sequence[str]) -> frozenset[str]:
    if len(words) <= NGRAM:
        return frozenset({" ".join(words)} if words else ())
    return frozenset(" ".join(words[i:i + NGRAM]) for i in range(len(words) - NGRAM + 1))


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.lower()).split()


def _containment(a: Iterable[str], b: Iterable[str]) -> float:
    a, b = frozenset(a), frozenset(b)
    return len(a & b) / max(1, min(len(a), len(b)))
