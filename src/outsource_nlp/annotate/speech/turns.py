"""Transcripts, interviews, letters and block quotations: whole paragraphs in somebody's mouth.

A ``Page`` and the speaker words enter, ``Found`` objects leave. A label ("Mr Hill: ...", "JR: ...", "Q. ...") opens
a turn that runs over the paragraphs after it until the next label; it counts only where labels come back, so that a
heading with a colon is not taken for a speaker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from outsource_nlp.annotate.speech.lexicon import Lexicon
from outsource_nlp.annotate.speech.page import Bounds, Found, Page

_LABEL = re.compile(
    r"\s*[\"“”]?(?P<bold>\*\*|__)?(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof|Professor|Cllr|The|Baroness|Rt|Hon)\b\.?\s+)*"
    r"(?:[A-Z][\w’'.-]*)(?:\s+(?:[A-Z][\w’'.-]*|of|the|de|van|der|and|for)){0,5}(?:\s*\([^()\n]{1,60}\))?)\s*(?:\*\*|__)?\s*:(?:\*\*|__)?\s+(?=\S)"
)
_SHORT = re.compile(r"\s*[\"“”]?(?P<name>Q|A|[A-Z]{2,3})[.:]\s+(?=\S)")
_GREETING = re.compile(r"(?:Dear\b|Sir,|Madam,|To the [Ee]ditor)[^.!?]{0,60}$")
_CLOSE = re.compile(r"(?:Yours|Sincerely|Kind regards|Best wishes|Regards|With best wishes)\b[^.!?]{0,80}$")
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|our|Our|My|us)\b")
_VERB_END = re.compile(
    r"(?:\bsaid|\bsays|\bwrote|\bwrites|\badded|\bstatement|\bletter|\btold\b[^\n.]{0,40}|\breads?|\bstates?|\bstated)[^\n.:]{0,60}:\s*$"
)


@dataclass(frozen=True, slots=True)
class _Label:
    paragraph: int
    name: str
    content: int


def turns(page: Page, lexicon: Lexicon) -> list[Found]:
    """Turns of a transcript, in order; empty for running text."""
    labels = list(_labels(page, lexicon))
    times = Counter(label.name for label in labels)
    repeated = sum(n for n in times.values() if n > 1)
    enough = len(labels) >= 2 and (repeated >= 2 or (len(labels) >= 3 and 3 * len(labels) >= len(page.paragraphs)))
    if not enough:
        return []
    out: list[Found] = []
    for number, label in enumerate(labels):
        until = labels[number + 1].paragraph if number + 1 < len(labels) else len(page.paragraphs)
        last = page.paragraphs[until - 1][1]
        start, end = _trimmed(page, label.content, last)
        if end > start:
            out.append(Found(start, end, "direct", "turn", named=_spoken(label.name, page), passage=len(page.quoted)))
    return out


def _labels(page: Page, lexicon: Lexicon) -> Iterator[_Label]:
    for number, (start, end) in enumerate(page.paragraphs):
        base = page.starts[start]
        text = page.raw[base : page.starts[end - 1] + len(page.tokens[end - 1])]
        match = _LABEL.match(text) or _SHORT.match(text)
        if match is None:
            continue
        name = " ".join(match["name"].split())
        first, *_, last = name.lower().split() * 2
        if {lexicon.kind(first), lexicon.kind(last)} & {"heading", "work"}:
            continue
        content = next((i for i in range(start, end) if page.starts[i] >= base + match.end()), end)
        yield _Label(number, name, content)


def _spoken(name: str, page: Page) -> str:
    """A label without its brackets; initials stand for the full name that has them."""
    bare = re.sub(r"\s*\([^)]*\)$", "", name)
    if bare in {"Q", "A"}:
        return ""
    if bare.isupper() and 2 <= len(bare) <= 3 and " " not in bare:
        fitting = {
            e.text
            for e in page.doc.ents
            if "".join(w[0] for w in e.text.split()) == bare and len(e.text.split()) == len(bare)
        }
        if len(fitting) == 1:
            return fitting.pop()
    return bare.title() if bare.isupper() and len(bare) > 4 else bare


def _trimmed(page: Page, start: int, end: int) -> Bounds:
    while end > start and not page.lower[end - 1].strip("*_ \n\t"):
        end -= 1
    while start < end and page.is_space(start):
        start += 1
    return start, end


def blocks(page: Page) -> Iterator[Found]:
    """Block quotations ("> ...") and text reproduced after "X said in a statement:"."""
    number = 0
    while number < len(page.paragraphs):
        start, end = page.paragraphs[number]
        if page.lower[start] in {">", "&gt;"}:
            last = number
            while last + 1 < len(page.paragraphs) and page.lower[page.paragraphs[last + 1][0]] in {">", "&gt;"}:
                last += 1
            yield from _block(page, start + 1, page.paragraphs[last][1], number, "block quotation")
            number = last
        elif (
            number
            and page.cover[start] < 0
            and _introduced(page, number)
            and _FIRST_PERSON.search(page.text((start, end)))
        ):
            yield from _block(page, start, end, number, "reproduced")
        number += 1


def letters(page: Page) -> Iterator[Found]:
    """A letter from its greeting to its close, in the mouth of the name below."""
    opened = -1
    for number, (start, end) in enumerate(page.paragraphs):
        text = page.text((start, end)).strip()
        if _GREETING.match(text):
            opened = number + 1
        elif opened >= 0 and _CLOSE.match(text):
            name = [line.strip(" ,") for line in text.split("\n")[1:] if line.strip(" ,")]
            if not name and number + 1 < len(page.paragraphs):
                name = page.text(page.paragraphs[number + 1]).strip().split("\n")[:1]
            first, last = _trimmed(page, page.paragraphs[opened][0], start)
            if name and last > first and name[0][:1].isupper() and len(name[0].split()) <= 6:
                yield Found(first, last, "direct", "letter", named=name[0], passage=len(page.quoted))
            opened = -1


def _introduced(page: Page, number: int) -> bool:
    return _VERB_END.search(page.text(page.paragraphs[number - 1])[-200:]) is not None


def _block(page: Page, start: int, end: int, number: int, rule: str) -> Iterator[Found]:
    start, end = _trimmed(page, start, end)
    if end <= start:
        return
    head = -1
    if number and page.text(page.paragraphs[number - 1]).rstrip().endswith(":"):
        last = page.paragraphs[number - 1][1] - 1
        while page.is_space(last) or page.lower[last] == ":":
            last -= 1
        first = page.sentence[last]
        head = next(
            (t.i for t in page.tokens[first : last + 1] if t.dep_ in {"nsubj", "nsubjpass"} and t.i >= first), -1
        )
    yield Found(start, end, "direct", rule, head=head, passage=len(page.quoted))
