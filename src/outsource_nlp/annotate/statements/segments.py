"""Cuts sentences into pieces that each have one voice.

A parsed Doc with quotations enters, ``Segment`` spans leave: the innermost quotation at each token decides the
voice, and what no quotation claims is the author's. Cues and speakers belong to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from outsource_nlp.annotate.layers import Quotation
from outsource_nlp.annotate.statements.moods import asked

AUTHOR = -1
FRAME = -2
"""Tokens of a reporting frame ("According to Jones,"): they carry no view of their own."""
CONNECTIVES = frozenset({"and", "but", "or", "*"})
LONGEST_HEADING = 14
"""Tokens of a heading at most."""
FEWEST = 4
"""Fewest words of a direct quotation without a cue that breaks the sentence it stands in."""
NO_SPEAKERS = frozenset({"time", "experience", "history", "logic", "sense", "hindsight", "instinct", "reason"})
"""What "tells" something to the one who writes it."""
OWN_WORKS = frozenset({"analysis", "briefing", "campaign", "data", "evidence", "figures", "findings", "manifesto",
                       "motion", "paper", "petition", "report", "research", "study", "submission", "survey"})
"""What speaks for its writers where it is "ours"."""
OWED = frozenset({"accept", "acknowledge", "admit", "answer", "concede", "consider", "decide", "explain", "grasp",
                  "know", "learn", "note", "realise", "realize", "recognise", "recognize", "regard", "remember", "say",
                  "see", "show", "tell", "understand", "view"})
"""What others "should accept" or "say" is the view of whoever asks them to."""
MOVED = frozenset({"move", "propose", "recommend", "resolve", "submit"})
"""What "is recommended" without saying by whom is what the text itself recommends."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one sentence in one voice; ``quotation`` is an index, or AUTHOR."""

    span: Span
    quotation: int
    sentence: Span


def voices(doc: Doc, quotations: Sequence[Quotation]) -> list[int]:
    """For each token the innermost quotation, AUTHOR or FRAME.

    A few quoted words inside a sentence ("a so-called ‘partnership’"), what somebody is said not to know or say inside
    another's speech, what somebody might say ("if ministers were proposing ...") and what a noun without a speaker
    introduces ("there is no evidence that", "the notion that ... seems fanciful") do not open a voice of their own.
    """
    owner = [AUTHOR] * len(doc)
    speaking = sorted((i for i, q in enumerate(quotations) if _speaks(q)), key=lambda i: -len(quotations[i].content))
    for i in speaking:
        if quotations[i].within < 0:
            _claim_frame(owner, quotations[i], AUTHOR)
    for i in speaking:
        content = quotations[i].content
        owner[content.start:content.end] = [i] * len(content)
    for i in speaking:
        if quotations[i].within >= 0:
            _claim_frame(owner, quotations[i], quotations[i].within)
    return owner


def _speaks(quotation: Quotation) -> bool:
    few = quotation.cue is None and sum(t.is_alpha for t in quotation.content) < FEWEST and \
        quotation.content.sent.end - quotation.content.end > 1
    denied = quotation.within >= 0 and "negated" in quotation.flags
    flags = set(quotation.flags)
    supposed = "conditional" in flags or ("hypothetical" in flags and not quotation.speaker_name)
    cue = quotation.cue.root if quotation.cue is not None else None
    nobodys = cue is not None and cue.pos_ == "NOUN" and not quotation.speaker_name
    owed = cue is not None and cue.lemma_ in OWED and asked(cue)
    moved = cue is not None and cue.lemma_ in MOVED and quotation.speaker is None and \
        all(c.dep_ != "agent" for c in cue.children)
    return not (denied or ((supposed or nobodys or owed or moved) and quotation.mode == "indirect") or
                (few and quotation.mode == "direct"))


def _answering(voice: int, quotations: Sequence[Quotation]) -> int:
    """The voice that answers for a report: its own, or the one around it for what time tells or "our petition" asks."""
    while voice >= 0 and quotations[voice].mode == "indirect":
        speaker = quotations[voice].speaker
        ours = speaker is not None and speaker[0].lower_ in {"our", "my"} and speaker.root.lower_ in OWN_WORKS
        if speaker is None or (speaker.root.lower_ not in NO_SPEAKERS and not ours):
            break
        voice = quotations[voice].within
    return voice


def _claim_frame(owner: list[int], quotation: Quotation, outer: int) -> None:
    """Take the cue and the speaker, with what describes them, out of the voice in which they stand."""
    for part in (quotation.cue, _described(quotation)):
        for i in range(part.start, part.end) if part is not None else ():
            if owner[i] == outer:
                owner[i] = FRAME


def _described(quotation: Quotation) -> Span | None:
    """The speaker with the phrases before the cue: "an inquiry | into private care homes | found"."""
    cue, speaker = quotation.cue, quotation.speaker
    if cue is None or speaker is None or not speaker.end < cue.start or quotation.within >= 0:
        return speaker
    between = speaker.doc[speaker.end:cue.start]
    phrases = all(speaker.root.is_ancestor(t) and t.pos_ not in {"VERB", "AUX"} for t in between)
    return speaker.doc[speaker.start:cue.start] if phrases else speaker


def segments(doc: Doc, quotations: Sequence[Quotation]) -> Iterator[Segment]:
    """The segments of every sentence in text order; a heading says nothing of its own.

    Reported speech that resumes after what stands inside it is one segment; direct speech broken by "she said" is two.
    """
    owner = voices(doc, quotations)
    for sentence in doc.sents:
        if _is_heading(sentence):
            continue
        pieces: list[tuple[int, int, int]] = []
        reported: dict[int, tuple[int, int]] = {}
        for start, end, voice in _runs(owner, sentence):
            if voice >= 0 and quotations[voice].mode != "direct":
                reported[voice] = (reported.get(voice, (start, end))[0], end)
            elif voice != FRAME:
                pieces.append((start, end, voice))
        pieces += [(start, end, voice) for voice, (start, end) in reported.items()]
        for start, end, voice in sorted(pieces):
            span = trim(doc, start, end)
            if span is not None:
                yield Segment(span, _answering(voice, quotations), sentence)


def _is_heading(sentence: Span) -> bool:
    """Few words between empty lines, without a full stop and without a verb that tells or asks anything."""
    doc, words = sentence.doc, [t for t in sentence if not t.is_space]
    if len(words) > LONGEST_HEADING or not words or not words[-1].is_alpha or not doc.has_annotation("TAG"):
        return False
    before = sentence.start == 0 or doc[sentence.start - 1].text.endswith("\n\n")
    after = words[-1].i + 1 < len(doc) and doc[words[-1].i + 1].text.startswith("\n\n")
    return before and after and not any(t.tag_ in {"VB", "VBD", "VBP", "VBZ", "MD"} for t in words)


def _runs(owner: list[int], sentence: Span) -> Iterator[tuple[int, int, int]]:
    start = sentence.start
    for i in range(sentence.start + 1, sentence.end + 1):
        if i == sentence.end or owner[i] != owner[start]:
            yield start, i, owner[start]
            start = i


def _opens(token: Token) -> bool:
    return token.is_punct or token.is_space or token.lower_ in CONNECTIVES


def _closes(token: Token) -> bool:
    return token.is_space or (token.is_punct and token.text not in ".?!") or token.lower_ in CONNECTIVES


def trim(doc: Doc, start: int, end: int) -> Span | None:
    """The span without punctuation, spaces and connectives at its edges; None if no word is left."""
    while start < end and _opens(doc[start]):
        start += 1
    while start < end and _closes(doc[end - 1]):
        end -= 1
    return doc[start:end] if any(doc[i].is_alpha for i in range(start, end)) else None
