"""A passage of an article with parts of it marked, cut to a length that a page can carry.

Offsets and a text enter; pieces leave, each plain or marked as one kind of thing. Where marks overlap the first one
given wins, and every character is shown once; inner marks, such as the words of the target, lie within the pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LONGEST = 420
"""Characters a passage may have."""
MOST_EVIDENCE = 360


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters and what it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``kind`` is empty where it is not marked, ``parts`` where nothing within it is marked."""

    text: str
    kind: str
    parts: tuple[Piece, ...] = ()


def window(core: Span, sentences: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """What to show of a text: the sentences that hold the core, then the one before and the one after if they fit.

    A core longer than a passage is cut at its end.
    """
    if core.end - core.start > MOST_EVIDENCE:
        return core.start, core.start + MOST_EVIDENCE
    inside = [i for i, (start, end) in enumerate(sentences) if start < core.end and core.start < end]
    if not inside:
        return core.start, core.end
    first, last = min(sentences[inside[0]][0], core.start), max(sentences[inside[-1]][1], core.end)
    if last - first > LONGEST:
        first = max(first, core.end - LONGEST)
        return first, min(last, first + LONGEST)
    if inside[0] > 0 and last - sentences[inside[0] - 1][0] <= LONGEST:
        first = sentences[inside[0] - 1][0]
    if inside[-1] + 1 < len(sentences) and sentences[inside[-1] + 1][1] - first <= LONGEST:
        last = sentences[inside[-1] + 1][1]
    return first, last


def pieces(
    text: str, shown: tuple[int, int], spans: Iterable[Span], inner: Sequence[Span] = ()
) -> list[Piece]:
    """The shown part of a text in pieces; white space is folded, a mark of omission stands where it is cut.

    An inner mark that reaches over the end of a piece is cut there.
    """
    first, last = max(0, shown[0]), min(len(text), shown[1])
    found = []
    for span in _tiled(first, last, spans):
        within = list(_tiled(span.start, span.end, inner))
        parts = tuple(Piece(_folded(text[s.start:s.end]), s.kind) for s in within) if len(within) > 1 or (
            within and within[0].kind) else ()
        found.append(Piece(_folded(text[span.start:span.end]), span.kind, parts))
    before = [Piece("… ", "")] if first > 0 and text[first - 1].isalnum() else []
    after = [Piece(" …", "")] if last < len(text) and text[last].isalnum() else []
    return [piece for piece in (*before, *found, *after) if piece.text]


def _tiled(first: int, last: int, spans: Iterable[Span]) -> Iterator[Span]:
    """A range as spans that lie end to end; those without a mark have no kind."""
    taken: list[Span] = []
    for span in spans:
        clipped = Span(max(first, span.start), min(last, span.end), span.kind)
        if clipped.start < clipped.end and not any(s.start < clipped.end and clipped.start < s.end for s in taken):
            taken.append(clipped)
    at = first
    for span in sorted(taken, key=lambda s: s.start):
        if at < span.start:
            yield Span(at, span.start, "")
        yield span
        at = span.end
    if at < last:
        yield Span(at, last, "")


def _folded(text: str) -> str:
    """White space as single spaces, those at the ends kept: words of neighbouring pieces must not touch."""
    body = " ".join(text.split())
    if not body:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + body + (" " if text[-1].isspace() else "")
