"""All that was found -> one list without repeats, in text order, with the chain of who reports whom.

``Found`` objects of every finder enter, the kept ones leave with, for each, the index of the one around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from outsource_nlp.annotate.speech.page import Found, Page

BLOCKS = frozenset({"turn", "block quotation", "reproduced", "letter"})
NARROW = frozenset({"object", "preposition", "predicate", "infinitive"})
WEAK = frozenset({"floating", "marks alone", "previous sentence"})
FRAMES = frozenset({"clause", "clause before", "infinitive", "predicate", "object", "preposition", "inserted", "noun clause",
                    "noun", "noun is", "adjective", "holder", "as put", "according to", "in view"})


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
        if one.rule == "infinitive" and one.cue_class == "negating" and any(
                o.cue is not None and one.start < o.cue[0] <= one.start + 2 and o.start < one.end for o in ordered if o is not one):
            continue                                        # "refused to say whether" is one report
        if any(one.start == k.start and one.end == k.end for k in kept):
            continue
        kept.append(one)
    return kept, chain(kept)


def _swallows(one: Found, other: Found) -> bool:
    """Whether a passage is but a part of what a frame reports."""
    if other.passage >= 0 or other.rule not in FRAMES:
        return False
    inside = other.start <= one.start and one.end <= other.end
    return inside and (one.rule in WEAK or (one.rule == "embedded" and one.cue == other.cue))


def _repeats(one: Found, other: Found) -> bool:
    """Whether a frame says what a passage has already, or less well."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    if other.rule in BLOCKS:
        return shared > 0 and not (other.start <= one.start and one.end <= other.end and one.end - one.start < other.end - other.start)
    if one.rule in NARROW and one.cue is not None and one.cue == other.cue and other.rule != "embedded":
        return True
    if shared <= 0 or other.rule in WEAK:
        return False
    if one.cue is not None and other.cue is not None and one.cue[0] == other.cue[0]:
        return not _swallows(other, one)
    if one.mode == "indirect":
        return False
    return (one.start < other.start < one.end < other.end) or (
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
