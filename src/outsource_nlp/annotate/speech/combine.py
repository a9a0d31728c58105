"""All that was found -> one list without repeats, in text order, with the chain of who reports whom.

``Found`` objects of every finder enter, the kept ones leave with, for each, the index of the one around it. Only
neighbours are compared, so that a book costs no more a page than an article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from outsource_nlp.annotate.speech.page import Found

BLOCKS = frozenset({"turn", "block quotation", "reproduced", "letter"})
NARROW = frozenset({"object", "preposition", "predicate", "infinitive"})
WEAK = frozenset({"floating", "marks alone", "previous sentence"})
_CELL = 100  # tokens


def combine(found: Iterable[Found]) -> tuple[list[Found], list[int]]:
    """The quotations kept, and for each the index of the nearest one that contains it, or -1."""
    ordered = sorted(set(found), key=lambda f: (f.start, -f.end, f.passage < 0, f.rule, f.cue or (-1, -1)))
    near = _Neighbours(ordered)
    kept: list[Found] = []
    seen: set[tuple[int, int]] = set()
    for one in ordered:
        if (one.start, one.end) in seen or _is_idle(one, near) or _is_covered(one, near):
            continue
        seen.add((one.start, one.end))
        kept.append(one)
    return kept, chain(kept)


class _Neighbours:
    """Which of the found lie over the same stretch as another, or have the same cue."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._cells: dict[int, list[Found]] = defaultdict(list)
        self._cues: dict[int, list[Found]] = defaultdict(list)
        for one in found:
            for cell in range(one.start // _CELL, one.end // _CELL + 1):
                self._cells[cell].append(one)
            if one.cue is not None:
                self._cues[one.cue[0]].append(one)

    def of(self, one: Found) -> Iterator[Found]:
        seen: set[int] = {id(one)}
        cells = (self._cells[cell] for cell in range(one.start // _CELL, one.end // _CELL + 1))
        for group in (*cells, self._cues[one.cue[0]] if one.cue is not None else []):
            for other in group:
                if id(other) not in seen:
                    seen.add(id(other))
                    yield other


def _is_covered(one: Found, near: _Neighbours) -> bool:
    if one.rule in BLOCKS:
        return False
    if one.passage >= 0:
        return any(_swallows(one, other) for other in near.of(one))
    return any(_repeats(one, other) for other in near.of(one) if other.passage >= 0)


def _is_idle(one: Found, near: _Neighbours) -> bool:
    """Whether a refusal only leads up to another cue: "refused to say whether" is one report."""
    return (
        one.rule == "infinitive"
        and one.cue_class == "negating"
        and any(other.cue is not None and one.start < other.cue[0] <= one.start + 2 for other in near.of(one))
    )


def _swallows(one: Found, other: Found) -> bool:
    """Whether a passage is but a part of what a frame reports."""
    if other.passage >= 0:
        return False
    inside = other.start <= one.start and one.end <= other.end
    return inside and (one.rule in WEAK or (one.rule == "embedded" and one.cue == other.cue))


def _repeats(one: Found, other: Found) -> bool:
    """Whether a frame says what a passage has already, or less well."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    within = other.start <= one.start and one.end <= other.end
    if other.rule in BLOCKS:
        return shared > 0 and not (within and one.end - one.start < other.end - other.start)
    if one.rule in NARROW and one.cue is not None and one.cue == other.cue and other.rule != "embedded":
        return True
    if shared <= 0 or other.rule in WEAK:
        return False
    if one.cue is not None and other.cue is not None and one.cue[0] == other.cue[0]:
        return not _swallows(other, one)
    if one.mode == "indirect":
        return False
    return (one.start < other.start < one.end < other.end) or (
        one.mode == "direct" and one.start <= other.start and other.end <= one.end
    )


def chain(kept: Sequence[Found]) -> list[int]:
    """For each, sorted by start and then the longer first, the index of the smallest that contains it, or -1."""
    out: list[int] = []
    open_ones: list[int] = []
    for number, one in enumerate(kept):
        open_ones = [k for k in open_ones if kept[k].end > one.start]
        around = [k for k in open_ones if kept[k].end >= one.end]
        out.append(min(around, key=lambda k: (kept[k].end - kept[k].start, -k), default=-1))
        open_ones.append(number)
    return out
