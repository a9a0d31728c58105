"""Where a passage speaks of the target, as far as the codebook's words tell.

A codebook and text enter, spans leave. The tables name the target of a statement and not its words, so they are looked
up again, without the help of a parser: a passage that says "this policy" has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from outsource_nlp.codebook import Codebook, Lexicon
from outsource_nlp.report.passages import Span

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|£")


class TargetWords:
    """Finds the words of one target or another."""

    def __init__(self, codebook: Codebook | None) -> None:
        """Index the targets by name; no codebook finds nothing."""
        entries = codebook.targets if codebook else ()
        names = {entry.name for entry in entries}
        self._all = {name: Lexicon(e for e in entries if e.name == name) for name in names}
        self._outright = {name: Lexicon(e for e in entries if e.name == name and not e.weak) for name in names}

    def find(self, text: str, shown: tuple[int, int], core: Span, target: str) -> list[Span]:
        """The words of ``target`` in the core of a passage, or else outright ones around it."""
        if target not in self._all:
            return []
        inside = list(_found(self._all[target], text, max(shown[0], core.start), min(shown[1], core.end)))
        return inside or list(_found(self._outright[target], text, *shown))


def _found(lexicon: Lexicon, text: str, first: int, last: int) -> Iterator[Span]:
    """The words of a lexicon in a part of a text, the longest of overlapping ones."""
    words = list(_WORD.finditer(text, first, last))
    lowered = [word[0].lower().replace("’", "'") for word in words]
    end_of_last = 0
    for start, end, _ in sorted(lexicon.find(lowered), key=lambda hit: (hit[0], -hit[1])):
        if start >= end_of_last:
            end_of_last = end
            yield Span(words[start].start(), words[end - 1].end(), "target")
