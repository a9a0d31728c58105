"""The cue beside a quoted passage: "said X" after it, "X told the paper:" before it, a name after a dash.

A ``Page``, the cue words and a passage enter, an ``Attribution`` leaves. The words beside the marks decide first,
because a parser trained on running text is least sure at quotation marks; the parse, if any, names the subject.
"""

from __future__ import annotations

from dataclasses import dataclass

from outsource_nlp.annotate.speech import grammar
from outsource_nlp.annotate.speech.cues import Cue, CueTable
from outsource_nlp.annotate.speech.page import MARK_CHARS, TERMINAL, Page, Quoted
from outsource_nlp.annotate.speech.phrases import PRONOUNS, noun_phrase

WINDOW = 45  # tokens beside the marks in which a cue is looked for
_DASHES = frozenset({"-", "–", "—", "―", "--"})
_ADVERBS = frozenset(
    "also then later once often recently however reportedly famously angrily simply has have had is was"
    " again now still never".split()
)
_ENDS = frozenset(",.?!…-–—―:;")
_NO_START = frozenset("and but that which because in as of or when after for to with by on while at from who".split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue beside a passage: its tokens, its entry, and the token that names the speaker (-1: none)."""

    start: int
    end: int
    cue: Cue | None
    head: int
    rule: str


def cue_after(page: Page, cues: CueTable, one: Quoted) -> Attribution | None:
    """The cue in '"...," said X', '"...," X said' and '"...," X told the paper'; or the name in '"..." - X'."""
    last = one.end - 1
    while last > one.start and page.lower[last] in MARK_CHARS:
        last -= 1
    at, length = one.close, len(page.tokens)
    glued = page.raw[one.passage.close : one.passage.close + 2].lstrip()[:1] in _DASHES  # no blank after the mark
    followed = glued or (at < length and page.lower[at] in {",", *_DASHES})
    if not followed and page.lower[last][-1:] not in _ENDS:
        return None
    dashed = glued
    while (
        at < length
        and page.paragraph[at] == page.paragraph[one.close - 1]
        and (page.lower[at] in {",", *_DASHES} or page.is_space(at))
    ):
        dashed |= page.lower[at] in _DASHES
        at += 1
    if at >= length or page.paragraph[at] != page.paragraph[one.close - 1]:
        return _signature_below(page, one)
    stop = _stop(page, at, one.parent)
    if page.lower[last] == "." and not dashed and not _lower_or_cue(page, at, cues):
        return None
    for verb in range(at, stop):
        cue = _quoting(page, cues, verb)
        if cue is None:
            continue
        head = _speaker_after(page, at, verb, stop, cue)
        if head is not None:
            return Attribution(verb, verb + (2 if cue.second else 1), cue, head, "cue after")
        if page.parsed and grammar.is_finite(page.tokens[verb]):
            return None
    if page.lower[at : at + 2] == ["according", "to"]:
        head = noun_phrase(page, at + 2, stop)
        return Attribution(at, at + 2, None, head, "according to") if head >= 0 else None
    return _signature(page, at, page.paragraphs[page.paragraph[at]][1]) if dashed else None


def _signature(page: Page, at: int, end: int) -> Attribution | None:
    """A name that ends the paragraph, or stands between this passage and the next."""
    end = next((i for i in range(at, end) if page.inner[i] >= 0), end)
    while end > at and page.is_space(end - 1):
        end -= 1
    if not 0 < end - at <= 14 or not page.tokens[at].text[:1].isupper():
        return None
    head = noun_phrase(page, at, end)
    return Attribution(at, at, None, head, "signature") if head >= 0 else None


def _signature_below(page: Page, one: Quoted) -> Attribution | None:
    """A paragraph below that is but a dash and a name."""
    number = page.paragraph[one.close - 1] + 1
    if number >= len(page.paragraphs):
        return None
    start, end = page.paragraphs[number]
    return _signature(page, start + 1, end) if page.lower[start] in _DASHES else None


def _lower_or_cue(page: Page, at: int, cues: CueTable) -> bool:
    word = page.lower[at]
    return (page.tokens[at].text[:1].islower() and word not in {"but", "and"}) or word in cues.verbs


def _stop(page: Page, at: int, level: int) -> int:
    """Where the clause that begins at a token ends: sentence mark, paragraph, quotation marks, or the window."""
    end = min(len(page.tokens), at + WINDOW, page.paragraphs[page.paragraph[at]][1])
    return next((i for i in range(at, end) if page.lower[i] in TERMINAL or page.inner[i] != level), end)


def _quoting(page: Page, cues: CueTable, at: int) -> Cue | None:
    """The verb cue at a token if it may introduce quoted words."""
    if page.lower[at] not in cues.verbs or not page.is_verb(at):
        return None
    cue = cues.verb(page.lower[at], page.lower[at + 1] if at + 1 < len(page.lower) else "")
    return cue if cue is not None and "quote" in cue.takes else None


def _speaker_after(page: Page, at: int, verb: int, stop: int, cue: Cue) -> int | None:
    """The token that names the speaker of a cue after a passage; None if the words do not fit."""
    between = [i for i in range(at, verb) if page.lower[i] not in _ADVERBS]
    head = subject_in(page, verb, at, stop)
    if not between:
        return head if head >= 0 else noun_phrase(page, verb + (2 if cue.second else 1), stop)
    if page.lower[between[0]] == "as" and len(between) > 1:
        between = between[1:]  # '"...," as one steward puts it'
    if page.lower[between[0]] in _NO_START:
        return None
    if head >= 0:
        return head
    if page.lower[between[0]] in PRONOUNS and len(between) > 1 and page.parsed:
        return None
    head = noun_phrase(page, between[0], verb)
    return head if head >= 0 else None


def subject_in(page: Page, verb: int, lo: int, hi: int) -> int:
    """The subject of a verb by the parse, if it stands in ``lo:hi``; else -1."""
    if not page.parsed:
        return -1
    token = page.tokens[verb]
    subject = grammar.subject(token)
    return int(subject.i) if subject is not None and lo <= subject.i < hi and subject.i != verb else -1


def cue_before(page: Page, cues: CueTable, one: Quoted) -> Attribution | None:
    """The cue in 'X said: "..."', 'X told the paper, "..."', 'X said "..."', 'According to X, "..."' and 'X: "..."'."""
    last = page.previous(one.open)
    if last < 0 or page.inner[last] != one.parent:
        return None
    mark = page.lower[last]
    if page.paragraph[last] != page.paragraph[one.open] and mark != ":":
        return None
    start = _clause_start(page, last, one.parent)
    punctuated = mark in {",", ":", *_DASHES}
    for verb in range(last - 1 if punctuated else last, start - 1, -1):
        cue = _quoting(page, cues, verb)
        if cue is None or (page.parsed and page.tokens[verb].dep_ in {"amod", "compound"}):
            continue
        if not _reaches(page, verb, last, mark):
            break
        if last - verb <= 12 or mark == ":":
            end = verb + (2 if cue.second else 1)
            rule = "colon" if mark == ":" else "cue before"
            return Attribution(verb, end, cue, _speaker_before(page, start, verb, one.parent), rule)
    if mark == "," and page.lower[start : start + 2] == ["according", "to"]:
        return Attribution(start, start + 2, None, noun_phrase(page, start + 2, last), "according to")
    return _label(page, start, last) if mark in {":", "―", "—"} else None


def _clause_start(page: Page, last: int, level: int) -> int:
    start, first = last, max(page.paragraphs[page.paragraph[last]][0], last - WINDOW)
    while start > first and page.lower[start - 1] not in TERMINAL and page.inner[start - 1] == level:
        start -= 1
    return start


def _reaches(page: Page, verb: int, last: int, mark: str) -> bool:
    """Whether nothing but the hearer, an adverb or a time stands between a cue and the marks."""
    if verb == last or mark == ":":
        return True
    between = range(verb + 1, last + (mark not in {",", *_DASHES}))
    words = [page.lower[i] for i in between]
    if words[-1:] == ["that"] and not page.parsed and len(words) <= 4:
        return True
    if mark != ",":
        return len(words) <= 1 and words[:1] in (["simply"], ["only"], ["it"])
    if "that" in words or "to" in words[:1]:
        return False
    return not page.parsed or not any(
        page.tokens[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} and page.tokens[i].head.i >= verb for i in between
    )


def _speaker_before(page: Page, start: int, verb: int, level: int) -> int:
    if page.parsed:
        subject = grammar.subject(page.tokens[verb])
        if subject is not None and subject.i != verb and page.inner[subject.i] == level:
            return int(subject.i)
    return noun_phrase(page, start, verb)


def _label(page: Page, start: int, last: int) -> Attribution | None:
    """A name before a colon or dash; or a sentence before a colon whose subject may speak."""
    words = [i for i in range(start, last) if not page.is_space(i)]
    if page.parsed and page.lower[last] == ":" and len(words) > 3:
        subject = next((i for i in words if page.tokens[i].dep_ in {"nsubj", "nsubjpass"}), -1)
        if subject >= 0:
            return Attribution(last, last, None, subject, "colon")
    if 0 < len(words) <= 6 and all(
        page.tokens[i].text[:1].isupper() or not page.lower[i][:1].isalpha() for i in words
    ):
        return Attribution(last, last, None, words[-1], "label")
    return None
