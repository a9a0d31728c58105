"""Reported speech by word patterns, for texts without a parse: "X said that ...", "according to X, ...".

A ``Page`` and the cue words enter, ``Found`` objects leave. Only the plainest forms are taken: a subject right
before the cue, and "that" or a bare clause right after a cue of saying.
"""

from __future__ import annotations

from collections.abc import Iterator

from outsource_nlp.annotate.speech.cues import CueTable
from outsource_nlp.annotate.speech.flags import report_flags
from outsource_nlp.annotate.speech.page import Found, Page
from outsource_nlp.annotate.speech.phrases import noun_phrase, phrase_start

_AUTHORS = frozenset({"i", "we", "you"})
_HELPERS = frozenset(
    "has have had also then later never not n't n’t did does do would could may might will can refused"
    " to is was be been rightly repeatedly recently once again always often wrongly".split()
)


def plain(page: Page, cues: CueTable) -> Iterator[Found]:
    """Indirect quotations of a text without a parse, in order."""
    for at, word in enumerate(page.lower):
        if word == "according" and page.lower[at + 1 : at + 2] == ["to"]:
            yield from _according(page, at)
        elif word in cues.verbs and page.cover[at] < 0:
            yield from _said_that(page, cues, at)


def _according(page: Page, at: int) -> Iterator[Found]:
    first, last = page.sentence_around(at)
    head = noun_phrase(page, at + 2, last)
    if head < 0:
        return
    comma = next((i for i in range(head + 1, last) if page.lower[i] == ","), -1)
    opening = at - first <= 1
    if opening and comma < 0:
        return
    start, end = page.trim(*((comma + 1, last) if opening else (first, at)))
    if end - start >= 2:
        yield Found(start, end, page.mode(start, end, at), "according to", (at, at + 2), "neutral", head)


def _said_that(page: Page, cues: CueTable, at: int) -> Iterator[Found]:
    following = page.lower[at + 1] if at + 1 < len(page.lower) else ""
    cue = cues.verb(page.lower[at], following)
    first, last = page.sentence_around(at)
    if cue is None or not cue.takes & {"quote", "clause"}:
        return
    after = at + (2 if cue.second else 1)
    that = next((i for i in range(after, min(after + 6, last)) if page.lower[i] == "that"), -1)
    if that < 0 or any(page.lower[i] in {",", "the"} for i in range(after, that) if i > after):
        return
    before = at - 1
    while before >= first and page.lower[before] in _HELPERS:
        before -= 1
    if before < first or not page.lower[before][:1].isalpha() or page.lower[before] in _AUTHORS:
        return
    start = phrase_start(page, before)
    head = noun_phrase(page, start, at)
    begin, end = page.trim(that, last)
    if head >= 0 and end - begin >= 3:
        second = after
        yield Found(
            begin,
            end,
            page.mode(begin, end, at),
            "clause",
            (at, second),
            cue.kind,
            head,
            flags=report_flags(page, page.tokens[at], end),
        )
