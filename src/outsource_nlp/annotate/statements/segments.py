"""Cuts sentences into pieces that each have one voice.

A parsed Doc with quotations enters, ``Segment`` spans leave: the innermost quotation at each token decides the
voice, and what no quotation claims is the author's. Cues and speakers belong to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from outsource_nlp.annotate.layers import Quotation

AUTHOR = -1
FRAME = -2
"""Tokens of a reporting frame ("According to Jones,"): they carry no view of their own."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one sentence in one voice; ``quotation`` is an index, or AUTHOR."""

    span: Span
    quotation: int
    sentence: Span


def voices(doc: Doc, quotations: Sequence[Quotation]) -> list[int]:
    """For each token the innermost quotation, AUTHOR or FRAME."""
    owner = [AUTHOR] * len(doc)
    for quotation in quotations:
        for part in (quotation.cue, quotation.speaker):
            if part is not None:
                owner[part.start:part.end] = [FRAME] * len(part)
    order = sorted(range(len(quotations)), key=lambda i: -len(quotations[i].content))
    for i in order:
        content = quotations[i].content
        owner[content.start:content.end] = [i] * len(content)
    for i in order:
        _frames_inside(owner, quotations[i], i, quotations)
    return owner


def _frames_inside(owner: list[int], quotation: Quotation, index: int, quotations: Sequence[Quotation]) -> None:
    """A nested quotation's cue and speaker lie in the outer one's content: they are frame there too."""
    if quotation.within < 0 or quotation.within >= len(quotations):
        return
    for part in (quotation.cue, quotation.speaker):
        if part is not None:
            for i in range(part.start, part.end):
                if owner[i] == quotation.within:
                    owner[i] = FRAME


def segments(doc: Doc, quotations: Sequence[Quotation]) -> Iterator[Segment]:
    """The segments of every sentence in text order; a voice that resumes after a frame is one segment."""
    owner = voices(doc, quotations)
    for sentence in doc.sents:
        runs: dict[int, tuple[int, int]] = {}
        author: list[tuple[int, int]] = []
        for start, end, voice in _runs(owner, sentence):
            if voice == AUTHOR:
                author.append((start, end))
            elif voice >= 0:
                first, last = runs.get(voice, (start, end))
                runs[voice] = (min(first, start), max(last, end))
        pieces = [(start, end, AUTHOR) for start, end in author] + [(s, e, q) for q, (s, e) in runs.items()]
        for start, end, voice in sorted(pieces):
            span = trim(doc, start, end)
            if span is not None:
                yield Segment(span, voice, sentence)


def _runs(owner: list[int], sentence: Span) -> Iterator[tuple[int, int, int]]:
    start = sentence.start
    for i in range(sentence.start + 1, sentence.end + 1):
        if i == sentence.end or owner[i] != owner[start]:
            yield start, i, owner[start]
            start = i


def trim(doc: Doc, start: int, end: int) -> Span | None:
    """The span without punctuation, spaces and connectives at its edges; None if no word is left."""
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].lower_ in ("and", "but", "*")):
        start += 1
    while start < end and (doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text not in ".?!")):
        end -= 1
    return doc[start:end] if any(t.is_alpha for t in doc[start:end]) else None
