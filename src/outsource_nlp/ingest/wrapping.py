"""Hard-wrapped lines in, paragraphs out.

A text counts as hard-wrapped when most of its lines stop in the middle of a sentence although the next word
would hardly have fitted. Only then are lines joined, so that a text with one paragraph a line, a list or an
address stays as it is. Everything is decided from the lines themselves: no layout is known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

_LONGEST_WRAPPED = 130
_NARROWEST = 40
_LOOSE = 0.7
_SHARE_OF_WRAPPED_PAIRS = 0.4
_SHARE_OF_SHORT_LINES = 2 / 3

_PARAGRAPHS = re.compile(r"\n{2,}")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]»*]*\d{0,2}$")
_BULLET = re.compile(r"(?:[-•*·‣▪●○◦]|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)]|\([ivx]+\))\s")
_LABEL = re.compile(r"(?:[A-Z][\w.’'-]*\s){0,4}[A-Z][\w.’'-]*:(?:\s|$)")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SUSPENDED = frozenset({"and", "or", "to", "nor"})
_COMPOUND_STARTS = frozenset({
    "all", "anti", "back", "co", "cross", "ex", "front", "full", "half", "high", "in", "large", "long",
    "low", "multi", "non", "not", "off", "on", "part", "private", "public", "re", "self", "semi", "short",
    "small", "so", "third", "under", "well",
})


def unwrap(text: str) -> str:
    """The text with hard-wrapped lines joined; the same text where it is not hard-wrapped."""
    blocks = [block.split("\n") for block in _PARAGRAPHS.split(text)]
    width = wrap_width(blocks)
    if not width:
        return text
    words = Counter(_WORD.findall(text.lower()))
    return "\n\n".join("\n".join(_joined(lines, width, words)) for lines in blocks)


def wrap_width(blocks: Iterable[list[str]]) -> int:
    """The width in characters that the lines were wrapped to; 0 where they were not.

    Args:
        blocks: the lines of each block between blank lines.
    """
    pairs = [
        (line, after)
        for lines in blocks
        for line, after in pairwise(lines)
        if line and after and not _BULLET.match(after)
    ]
    lengths = sorted(len(line) for line, _ in pairs if len(line) <= _LONGEST_WRAPPED)
    every = sum(len(line) for line, _ in pairs)
    if not lengths or sum(lengths) < _SHARE_OF_SHORT_LINES * every:
        return 0
    width = lengths[min(int(0.9 * len(lengths)), len(lengths) - 1)]
    wrapped = sum(1 for line, after in pairs if _breaks_a_sentence(line, after, width))
    enough = wrapped >= 2 or (wrapped == 1 == len(pairs))
    return width if width >= _NARROWEST and enough and wrapped >= _SHARE_OF_WRAPPED_PAIRS * len(pairs) else 0


def _breaks_a_sentence(line: str, after: str, width: int) -> bool:
    if len(line) > _LONGEST_WRAPPED or _SENTENCE_END.search(line):
        return False
    goes_on = after[0].islower() or (line.isupper() and after.isupper())
    return goes_on and _reach(line, after) > _LOOSE * width


def _reach(line: str, after: str) -> int:
    """How long the line would be with the first word of the next one."""
    return len(line) + 1 + len(after.split(" ", 1)[0])


def _joined(lines: list[str], width: int, words: Counter[str]) -> Iterator[str]:
    paragraph = [lines[0]]
    for line, after in pairwise(lines):
        if _continues(line, after, width):
            paragraph.append(after)
        else:
            yield _sewn(paragraph, words)
            paragraph = [after]
    yield _sewn(paragraph, words)


def _continues(line: str, after: str, width: int) -> bool:
    if not line or not after or len(line) > _LONGEST_WRAPPED or _BULLET.match(after):
        return False
    if not _SENTENCE_END.search(line):
        return after[0].islower() or _reach(line, after) > _LOOSE * width
    if after[0].islower():
        return True
    heading = len(after) < _LOOSE * width and not _SENTENCE_END.search(after)
    return _reach(line, after) > width and not heading and not _LABEL.match(after)


def _sewn(lines: list[str], words: Counter[str]) -> str:
    pieces = [lines[0]]
    for line, after in pairwise(lines):
        broken, first = _BROKEN_WORD.search(line), _FIRST_WORD.match(after)
        if broken is None or first is None or not first.group()[0].islower() or first.group() in _SUSPENDED:
            pieces.append(" " + after)
        elif _is_compound(broken.group(1).lower(), first.group().lower(), words):
            pieces.append(after)
        else:
            pieces[-1] = pieces[-1][:-1]
            pieces.append(after)
    return "".join(pieces)


def _is_compound(left: str, right: str, words: Counter[str]) -> bool:
    """Whether the hyphen at a line end belongs to the word; the rest of the text is the first to ask."""
    if words[left + right]:
        return False
    if words[f"{left}-{right}"] or left in _COMPOUND_STARTS:
        return True
    return words[left] > 1 and words[right] > 1
