"""A stance scorer made of word lists: the one of ``rules.cfg``, and the yardstick that a trained one must beat.

It reads judgements ("a fiasco") and actions ("oppose", "extend") from a lexicon, turns them round behind a
negator or where they bear on the other side ("in house"), and sums. It knows no grammar and no irony.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from outsource_nlp import data
from outsource_nlp.codebook import Codebook, Entry, Lexicon, load_codebook
from outsource_nlp.errors import DataError

LEXICON = "stance_lexicon.csv"
COLUMNS = ["pattern", "kind", "polarity", "weight"]
KINDS = {"judgement", "action", "negator", "contrast"}
NEGATION_REACH = 4
_WORD = re.compile(r"[a-z0-9£]+(?:['’][a-z]+)?")


class RuleScorer:
    """Scores by lexicon; stateless after loading, so it can be shared between threads."""

    threshold = 0.42

    def __init__(self, codebook: Codebook | None = None) -> None:
        """Load the lexicon; the codebook says which words name the target and which its opposite."""
        self._signs = Lexicon(_load_lexicon())
        self._targets = Lexicon(entry for entry in (codebook or load_codebook()).targets if not entry.weak)

    def predict(self, texts: Sequence[str], targets: Sequence[str]) -> NDArray[np.float64]:
        """See ``Scorer.predict``; shape (n, 3)."""
        scores = np.array([self._score(t, x) for t, x in zip(texts, targets, strict=True)], dtype=np.float64)
        logits = np.stack([-0.9 * scores, np.full_like(scores, 0.45), 0.9 * scores], axis=1) if len(scores) else \
            np.zeros((0, 3))
        weights = np.exp(logits - logits.max(axis=1, keepdims=True)) if len(scores) else logits
        return np.asarray(weights / weights.sum(axis=1, keepdims=True) if len(scores) else weights)

    def _score(self, text: str, target: str) -> float:
        """Above 0 in favour of the target, below 0 against, 0 undecided."""
        words = _words(text)
        sides = [(start, end, entry.side) for start, end, entry in self._targets.find(words)]
        hits = _longest(list(self._signs.find(words)))
        negators = [start for start, _, entry in hits if entry.name == "negator"]
        total = 0.0
        for start, end, entry in hits:
            if entry.name not in ("judgement", "action") or any(s <= start < e for s, e, _ in sides):
                continue
            sign = -1.0 if any(0 < start - at <= NEGATION_REACH for at in negators) else 1.0
            weight = 1.2 if entry.name == "action" else 1.0
            total += weight * sign * entry.side * _side_near(start, end, sides, words)
        flip = -1.0 if any(entry.side < 0 for _, _, entry in self._targets.find(_words(target))) else 1.0
        return flip * float(np.clip(total, -3, 3))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def _side_near(start: int, end: int, sides: list[tuple[int, int, int]], words: Sequence[str]) -> int:
    """The side that a judgement bears on: the nearest target word's, turned round beyond a ``than``."""
    if not sides:
        return 1
    first, last, side = min(sides, key=lambda s: (max(s[0] - end, start - s[1], 0), s[0]))
    between = words[end:first] if first >= end else words[last:start]
    return -side if "than" in between else side


def _longest(hits: list[tuple[int, int, Entry]]) -> list[tuple[int, int, Entry]]:
    """Of overlapping hits the longest, then the first."""
    taken: list[tuple[int, int, Entry]] = []
    for hit in sorted(hits, key=lambda h: (h[0] - h[1], h[0])):
        if all(hit[1] <= start or end <= hit[0] for start, end, _ in taken):
            taken.append(hit)
    return sorted(taken, key=lambda h: h[0])


def _load_lexicon() -> Iterator[Entry]:
    """The lexicon's rows, one entry a pattern.

    Raises:
        DataError: wrong columns, or a row with an unknown kind or polarity.
    """
    for line, row in data.rows(LEXICON, COLUMNS):
        if row["kind"] not in KINDS or row["polarity"] not in ("-1", "0", "1"):
            raise DataError.bad_row(LEXICON, line, f"kind {row['kind']}, polarity {row['polarity']}")
        yield Entry(row["kind"], (row["pattern"],), int(row["polarity"]))
