"""All that was found -> one list without repeats, in text order, with the chain of who reports whom.

``Found`` objects of every finder enter, the kept ones leave with, for each, the index of the one around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from outsource_nlp.annotate.speech.page import Found, Page

WEAK = frozenset({"floating", "marks alone", "previous sentence"})
_FRAMES = frozenset({"clause", "clause before", "infinitive", "predicate", "object", "preposition", "inserted"})


def combine(page: Page, found: Iterable[Found]) -> tuple[list[Found], list[int]]:
    """The quotations kept, and for each the index of the nearest one that contains it, or -1."""
    ordered = sorted(set(found), key=lambda f: (f.start, -f.end, f.rule, f.cue or (-1, -1)))
    kept: list[Found] = []
    direct = [f for f in ordered if f.mode == "direct" and f.passage >= 0]
    for one in ordered:
        if one.passage >= 0 and any(_swallows(one, other) for other in ordered):
            continue
        if one.passage < 0 and any(_repeats(one, other) for other in direct):
            continue
        if any(one.start == k.start and one.end == k.end for k in kept):
            continue
        kept.append(one)
    return kept, chain(kept)


def _swallows(one: Found, other: Found) -> bool:
    """Whether a passage is but a part of a reported clause, or is the same words with a better speaker."""
    if other.passage >= 0 or other is one:
        return False
    if other.rule not in _FRAMES and other.rule not in {"noun clause", "noun", "adjective", "holder", "as put", "according to"}:
        return False
    same_cue = one.cue is not None and other.cue == one.cue
    inside = other.start <= one.start and one.end <= other.end
    wider = other.end - other.start > one.end - one.start
    if one.rule in WEAK:
        return inside
    return inside and wider and same_cue and other.mode == "mixed"


def _repeats(one: Found, other: Found) -> bool:
    """Whether a clause says what a direct quotation has already."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared <= 0:
        return False
    if one.cue is not None and one.cue == other.cue:
        return not (one.start <= other.start and other.end <= one.end and one.end - one.start > other.end - other.start
                    and one.mode == "mixed") or other.rule not in WEAK
    if other.rule in WEAK:
        return False
    return one.mode != "indirect" and one.start < other.start and one.end < other.end or (
        one.mode == "direct" and one.start <= other.start and other.end <= one.end)


def chain(kept: Sequence[Found]) -> list[int]:
    """For each the index of the smallest other that contains it, -1 if none does."""
    out: list[int] = []
    for number, one in enumerate(kept):
        around = [
            (other.end - other.start, at) for at, other in enumerate(kept)
            if at != number and other.start <= one.start and one.end <= other.end
            and (other.start, other.end) != (one.start, one.end)
        ]
        out.append(min(around)[1] if around else -1)
    return out
