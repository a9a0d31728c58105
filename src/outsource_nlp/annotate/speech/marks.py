"""Quotation marks of a text -> the passages between them.

Text enters, ``Passage`` objects in characters leave, outer ones before inner ones. Marks are paired paragraph by
paragraph, so that a mark that is never closed costs the one passage it opens and nothing else. A passage goes on
over a paragraph break only where the next paragraph opens with a mark again, which is how print does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_PARAGRAPHS = 40
LOOK_AHEAD = 60  # single marks among which a partner is looked for
_MARK = re.compile(r"``|''|‘‘|’’|[\"“”„«»‘’']")
_DOUBLE = {"``", "''", "‘‘", "’’", '"', "“", "”", "„", "«", "»"}
_OPENING = {"``", "‘‘", "“", "„", "«"}
_CLOSING = {"’’", "”", "»"}
_ELISION = re.compile(r"(?:tis|twas|twere|em|til|till|cause|cos|bout|round|n|ere|s|tho|\d\ds?)\b", re.I)
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_STOP = re.compile(r"[.!?]\s")
_QUOTED_LINE = re.compile(r"(?<=[.!?…”\"'’\w])[^\S\n]*\n\s*(?=[“\"‘])")
_LINE = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands between two marks.

    Attributes:
        start, end: characters of the content, the marks left out.
        open, close: characters where the marks begin and end (``open < start``, ``end < close``).
        parent: index of the passage around it, -1 if none.
        double: whether the marks are double.
        reopened: characters where a paragraph opens the same passage again.
    """

    start: int
    end: int
    open: int
    close: int
    parent: int = -1
    double: bool = True
    reopened: tuple[int, ...] = ()


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    double: bool
    opens: bool
    closes: bool
    weak: bool = False


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Half-open character bounds of the paragraphs: blank lines part them, or single line ends where a text has
    no blank line and its lines are not wrapped.
    """
    pattern = _BLANK
    if not _BLANK.search(text.strip()):
        ends = [text[m.start() - 1] for m in _LINE.finditer(text) if m.start()]
        finished = sum(char in ".!?:”\"’'…)" for char in ends)
        pattern = _LINE if 2 * finished >= len(ends) else _BLANK
    bounds, at = [], 0
    gaps = sorted({(m.start(), m.end()): m for p in (pattern, _QUOTED_LINE) for m in p.finditer(text)}.items())
    for _, gap in gaps:
        if gap.start() < at:
            continue
        bounds.append((at, gap.start()))
        at = gap.end()
    bounds.append((at, len(text)))
    return [(a, b) for a, b in bounds if text[a:b].strip()]


def passages(text: str) -> list[Passage]:
    """The quoted passages of a text in order; a broken mark yields nothing."""
    found: list[Passage] = []
    pending: list[_Mark] = []  # opening marks of one passage that runs over paragraphs
    for start, end in paragraphs(text):
        marks = list(_marks(text, start, end))
        first = marks[0] if marks and not text[start : marks[0].start].strip() else None
        if pending and (first is None or not first.opens or len(pending) > MAX_PARAGRAPHS):
            pending = []
        pairs, left = _pair_doubles([m for m in marks if m.double])
        if not left or (left[-1].start != marks[-1].start and any(m.start > left[-1].start for m, _ in pairs)):
            left = []
        found += (_passage(a, b, double=True) for a, b in pairs if not (pending and a is first))
        if pending and first is not None:
            closing = next((b for a, b in pairs if a is first), None)
            if closing is not None:
                found.append(
                    _passage(
                        pending[0], closing, double=True, reopened=(*(m.start for m in pending[1:]), first.start)
                    )
                )
                pending = []
            else:
                pending = [*pending, first] if first in left else []
        elif left and _may_go_on(text, left[-1], start):
            pending = [left[-1]]
        walls = sorted((a.start, b.end) for a, b in pairs)
        found += (
            _passage(a, b, double=False) for a, b in _pair_singles(text, [m for m in marks if not m.double], walls)
        )
    return _nested(found)


def _may_go_on(text: str, mark: _Mark, start: int) -> bool:
    """Whether an open passage may run over the paragraph: it begins a sentence, not a word in the run of one."""
    return text[mark.end : mark.end + 1].isupper() or text[start : mark.start].rstrip()[-1:] in {
        "",
        ".",
        "!",
        "?",
        ":",
        ",",
    }


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, start, end):
        sign = match.group()
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        opens = (before.isspace() or before in "([{—–-―/“‘\"'«:") and not after.isspace()
        closes = not before.isspace() and not (after.isalnum() and before.isalnum())
        if sign in _DOUBLE:
            if (
                sign == '"'
                and before.isdigit()
                and not opens
                and after not in ".,;:!?)"
                and text[start : match.start()].count('"') % 2 == 0
            ):
                continue  # inches
            if sign in _OPENING | _CLOSING:
                astray = sign in _CLOSING and not text[start : match.start()].strip() and after.isalnum()
                opens, closes = sign in _OPENING or astray, sign in _CLOSING and not astray
            elif opens and closes:
                opens, closes = (after.isalnum(), not after.isalnum())
            elif not opens and not closes:
                opens = closes = True
            yield _Mark(match.start(), match.end(), True, opens, closes)
            continue
        if before.isalnum() and after.isalnum():
            continue  # an apostrophe inside a word
        if opens and sign != "‘" and _ELISION.match(text, match.end(), end):
            continue
        opens = opens and sign != "’"
        closes = closes and sign != "‘"
        weak = (
            before.lower() in "sz" and after.isspace() and text[match.end() : match.end() + 2].strip()[:1].islower()
        )
        if opens or closes:
            yield _Mark(match.start(), match.end(), False, opens and not (closes and before in '“"'), closes, weak)


def _pair_doubles(marks: list[_Mark]) -> tuple[list[tuple[_Mark, _Mark]], list[_Mark]]:
    """Pairs, and the opening marks that found no partner."""
    pairs: list[tuple[_Mark, _Mark]] = []
    stack: list[_Mark] = []
    for mark in marks:
        if mark.closes and stack:
            pairs.append((stack.pop(), mark))
        elif mark.opens:
            stack.append(mark)
    return pairs, stack


def _pair_singles(text: str, marks: list[_Mark], walls: list[tuple[int, int]]) -> list[tuple[_Mark, _Mark]]:
    """Single marks pair inside the same double passage; a plural possessive closes only for want of better."""
    pairs: list[tuple[_Mark, _Mark]] = []
    rooms = _rooms([mark.start for mark in marks], walls)
    at = 0
    while at < len(marks):
        opening = marks[at]
        at += 1
        if not opening.opens:
            continue
        room = rooms[at - 1]
        best = None
        for k in range(at, min(len(marks), at + LOOK_AHEAD)):
            mark = marks[k]
            if rooms[k] != room:
                continue
            if mark.opens and not mark.closes and best is not None:
                break
            if not mark.closes or mark.start - opening.end < 1:
                continue
            if not mark.weak:
                best = k
                break
            if best is None and not _STOP.search(text, opening.end, mark.start):
                best = k
        if best is not None:
            pairs.append((opening, marks[best]))
            at = best + 1
    return pairs


def _rooms(places: list[int], walls: list[tuple[int, int]]) -> list[int]:
    """For each place, both lists being sorted, the start of the innermost wall around it, or -1."""
    out: list[int] = []
    stack: list[tuple[int, int]] = []
    following = iter(walls)
    wall = next(following, None)
    for place in places:
        while wall is not None and wall[0] <= place:
            stack.append(wall)
            wall = next(following, None)
        while stack and stack[-1][1] <= place:
            stack.pop()
        out.append(stack[-1][0] if stack else -1)
    return out


def _passage(a: _Mark, b: _Mark, *, double: bool, reopened: tuple[int, ...] = ()) -> Passage:
    return Passage(a.end, b.start, a.start, b.end, double=double, reopened=reopened)


def _nested(found: list[Passage]) -> list[Passage]:
    """In order, each with the index of the passage around it; crossing passages lose the later one."""
    kept: list[Passage] = []
    stack: list[int] = []
    for one in sorted((p for p in found if p.end > p.start), key=lambda p: (p.open, -p.close)):
        while stack and kept[stack[-1]].close <= one.open:
            stack.pop()
        if stack and one.close > kept[stack[-1]].end:
            continue
        kept.append(
            Passage(one.start, one.end, one.open, one.close, stack[-1] if stack else -1, one.double, one.reopened)
        )
        stack.append(len(kept) - 1)
    return kept
