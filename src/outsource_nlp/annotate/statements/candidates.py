"""A candidate: a passage that may be a statement, with its voice and holder.

A segment and the quotations of its Doc enter, ``Candidate`` leaves. Who holds a view is decided here and nowhere
else: the speaker of the quotation, the actor whose position or decision is told, or the author.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.layers import Quotation
from outsource_nlp.annotate.statements.positions import Actors, Holder, Verb, taken_by
from outsource_nlp.annotate.statements.segments import AUTHOR, Segment
from outsource_nlp.annotate.statements.targets import TargetHit

POSITION = "position verb"
LETTER = "letter"
"""The quotations' rule for a letter as a whole: its signatory writes, nobody quotes them."""
CUE_REACH = 4
"""How many words may stand between a cue and the phrase that it governs."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be a statement.

    Attributes:
        needs_side: keep it only if a side is found; it has no outright target word of its own.
        agrees_with: index of the candidate whose stance it takes over, -1 if none.
        dissents: it takes over the opposite.
        committed: the side that a promise or demand in it takes, 1 or -1; 0 if it holds none.
        decided: the side that a told decision speaks for, 1 or -1; 0 if none is told. If the words judge it the other
            way, that judgement is the author's.
        unsaid: it is told that the holder did not say this, so no side of theirs is shown.
        cue: the words that introduce it; they carry part of the side ("a critic of", "warned").
    """

    evidence: Span
    sentence: Span
    voice: str
    holder: Holder
    target: str
    quotation: int
    rule: str
    needs_side: bool = False
    agrees_with: int = -1
    dissents: bool = False
    committed: int = 0
    decided: int = 0
    unsaid: bool = False
    cue: str = ""


def heard(
    segment: Segment, span: Span, target: str, rule: str, quotations: Sequence[Quotation], writer: Holder
) -> Candidate:
    """A candidate in the voice of its segment: the speaker's, or that of the writer, also in the third person."""
    if segment.quotation == AUTHOR:
        return Candidate(span, segment.sentence, "author", writer, target, AUTHOR, rule)
    quotation = quotations[segment.quotation]
    own = quotation.mode == "indirect" or quotation.rule == LETTER
    if own and quotation.speaker_name == writer.name:
        return Candidate(_with_cue(span, quotation), segment.sentence, "author", writer, target,
                         segment.quotation, rule)
    holder = Holder(quotation.speaker_name, quotation.speaker_id, quotation.speaker_type)
    unsaid = "negated" in quotation.flags and quotation.cue_class != "negating"
    if _is_direct(quotation, span):
        return Candidate(span, segment.sentence, "direct", holder, target, segment.quotation, rule, unsaid=unsaid)
    cue = quotation.cue.text if quotation.cue is not None else ""
    return Candidate(_with_cue(span, quotation), segment.sentence, "indirect", holder, target, segment.quotation, rule,
                     unsaid=unsaid, cue=cue)


def told(
    candidate: Candidate, hit: TargetHit, actors: Actors, verbs: Mapping[str, Verb], *, ours: bool
) -> Candidate:
    """The same candidate given to the actor whose position the author's words tell, if they tell one."""
    doc = candidate.evidence.doc
    if candidate.voice != "author" or not doc.has_annotation("DEP"):
        return candidate
    taken = taken_by(candidate.evidence, doc[hit.start:hit.end], actors, verbs, ours=ours)
    if taken is None:
        return candidate
    decided = taken.verb.polarity * hit.side if taken.verb.kind == "decision" else 0
    return replace(candidate, voice="indirect", holder=taken.holder, rule=POSITION, decided=decided)


def author(doc: Doc) -> Holder:
    """The author as a holder: the names of the metadata, of a byline or signature, or "author"."""
    entities = layers.entities(doc)
    signed = [entities[r.entity_id].name for r in layers.roles(doc) if r.role == "author" and r.entity_id in entities]
    names = layers.article(doc).authors or tuple(signed)
    known = {entity.name: entity.entity_id for entity in entities.values()}
    return Holder("; ".join(names) or "author", known.get(names[0], "") if len(names) == 1 else "", "author")


def _is_direct(quotation: Quotation, span: Span) -> bool:
    """Own words: a direct quotation, or the quoted part of a mixed one."""
    if quotation.mode != "mixed":
        return quotation.mode == "direct"
    before, after = span.start - 1, span.end
    return before >= 0 and after < len(span.doc) and span.doc[before].is_quote and span.doc[after].is_quote


def _with_cue(span: Span, quotation: Quotation) -> Span:
    """A reported noun phrase with the verb or noun that says what is held of it: "opposes | the outsourcing of ..."."""
    cue, doc = quotation.cue, span.doc
    if cue is None or span.start != quotation.content.start or not 0 <= span.start - cue.end <= CUE_REACH:
        return span
    phrase = doc.has_annotation("DEP") and span.root.pos_ in {"NOUN", "PROPN", "ADP"}
    return doc[cue.start:span.end] if phrase else span
