"""Candidates: the passages in which somebody says something that bears on the target, and who that is.

Targets, segments and quotations enter, ``Candidate`` records leave in text order. Four rules find them, and each
candidate keeps the rule's name; whether a candidate takes a side is for a stance scorer to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.layers import Quotation
from outsource_nlp.annotate.statements.positions import Actors, Holder, load_collectives, load_position_verbs, taken_by
from outsource_nlp.annotate.statements.segments import AUTHOR, Segment, segments, trim
from outsource_nlp.annotate.statements.targets import TargetHit

IN_CLAUSE = "target in clause"
IN_FRAME = "target in frame"
ANAPHORA = "anaphora"
ENDORSEMENT = "endorsement"
POSITION = "position verb"
JUDGED = "decision judged"
REACH = 3
"""How many sentences back a "this policy" may find its target."""
ABOUT = 2.0
"""Aboutness from which a text is about the debate."""
MIN_WORDS = 4
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})

_ANAPHOR = re.compile(
    r"\b(?:this|that|these|those|such|the|their|its|his|her)\s+(?:\w+\s+)?"
    r"(?:move|policy|policies|plan|plans|proposal|proposals|decision|approach|model|scheme|system|experiment|"
    r"arrangement|arrangements|strategy|strategies|contract|contracts|deal|deals|agreement|transfer|programme|"
    r"reform|reforms|change|changes|idea|option|outsourcers?|contractors?|company|companies|firm|firms|provider|"
    r"providers|trust|market|service|services)\b|^(?:it|this|that)\b", re.IGNORECASE)
_AGREES = re.compile(
    r"\b(?:is|are|was|were)\s+(?:\w+ly\s+|quite\s+)?(right|correct|spot on|wrong|mistaken)\b(?!\s+(?:to|for|of|in))"
    r"|\b(?:have to |must |can only |wholly |entirely )?(agree|disagree) with\b|\b(hear,? hear)\b", re.IGNORECASE)
_DISSENT = {"wrong", "mistaken", "disagree"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be a statement.

    Attributes:
        needs_side: keep it only if a side is found; it has no target word of its own.
        agrees_with: index of the candidate whose stance it takes over, -1 if none.
        dissents: it takes over the opposite.
        decided: the side that a told decision speaks for, 1 or -1; 0 if none is told. If the words judge it the other
            way, that judgement is the author's.
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
    decided: int = 0
    cue: str = ""


class Finder:
    """Finds candidates; holds nothing but word lists."""

    def __init__(self) -> None:
        """Load the verbs and nouns."""
        self._verbs, self._collectives = load_position_verbs(), load_collectives()

    def find(self, doc: Doc, targets: Sequence[TargetHit]) -> list[Candidate]:
        """The candidates of a Doc in text order."""
        quotations = layers.quotations(doc)
        actors = Actors(doc, self._collectives)
        strong = [hit for hit in targets if not hit.weak]
        found: list[Candidate] = []
        if not strong:
            return found
        about = aboutness(targets) >= ABOUT
        sentence_of = _sentence_numbers(doc)
        number = {sentence.start: i for i, sentence in enumerate(doc.sents)}
        heard_at = sorted({sentence_of[hit.start] for hit in strong})
        for segment in segments(doc, quotations):
            at = number[segment.sentence.start]
            endorsed = _endorsement(segment, found, number, at)
            if endorsed is not None:
                index, dissents = endorsed
                target = found[index].target
                found.append(self._candidate(segment, segment.span, target, quotations, actors, ENDORSEMENT,
                                             agrees_with=index, dissents=dissents))
                continue
            pieces = list(self._with_target(segment, targets, about))
            if pieces:
                found += [self._candidate(segment, span, hit.name, quotations, actors, IN_CLAUSE, hit=hit,
                                          needs_side=hit.weak) for span, hit in pieces]
                continue
            recent = [s for s in heard_at if at - REACH <= s <= at]
            if recent and _words(segment.span) >= MIN_WORDS and segment.span.end - segment.span.start >= MIN_WORDS:
                rule = _carried(segment, at in recent)
                if rule:
                    nearest = max((h for h in strong if sentence_of[h.start] <= at), key=lambda h: h.start)
                    found.append(self._candidate(segment, segment.span, nearest.name, quotations, actors, rule,
                                                 needs_side=True))
        return found

    @staticmethod
    def _with_target(segment: Segment, targets: Sequence[TargetHit], about: bool) -> Iterator[tuple[Span, TargetHit]]:
        """The clauses of a segment that hold a target; a weak one counts where the text is about the debate."""
        for clause in clauses(segment.span):
            inside = [h for h in targets if clause.start <= h.start and h.end <= clause.end]
            strong = [h for h in inside if not h.weak]
            if strong or (inside and about and _words(clause) >= MIN_WORDS):
                yield clause, (strong or inside)[0]

    def _candidate(
        self, segment: Segment, span: Span, target: str, quotations: Sequence[Quotation], actors: Actors, rule: str, *,
        hit: TargetHit | None = None, needs_side: bool = False, agrees_with: int = -1, dissents: bool = False,
    ) -> Candidate:
        doc, cue, decided = span.doc, "", 0
        if segment.quotation == AUTHOR:
            holder, voice = author(doc), "author"
        else:
            quotation = quotations[segment.quotation]
            holder = Holder(quotation.speaker_name, quotation.speaker_id, quotation.speaker_type)
            voice = "direct" if _is_direct(quotation, span) else "indirect"
            cue = quotation.cue.text if quotation.cue is not None and voice == "indirect" else ""
            span = _with_cue(span, quotation) if voice == "indirect" else span
        if hit is not None and voice == "author" and doc.has_annotation("DEP"):
            taken = taken_by(span, doc[hit.start:hit.end], actors, self._verbs)
            if taken is not None:
                holder, voice, rule = taken.holder, "indirect", POSITION
                decided = taken.verb.polarity * hit.side if taken.verb.kind == "decision" else 0
        return Candidate(span, segment.sentence, voice, holder, target, segment.quotation, rule, needs_side,
                         agrees_with, dissents, decided, cue)


def aboutness(targets: Sequence[TargetHit]) -> float:
    """How much a text speaks of the targets: outright mentions, and weak ones at half."""
    return sum(0.5 if hit.weak else 1.0 for hit in targets)


def author(doc: Doc) -> Holder:
    """The author as a holder: the names of the metadata, or "author"."""
    names = layers.article(doc).authors
    known = {entity.name: entity.entity_id for entity in layers.entities(doc).values()}
    return Holder("; ".join(names) or "author", known.get(names[0], "") if len(names) == 1 else "", "author")


def clauses(span: Span) -> Iterator[Span]:
    """A segment cut at semicolons and before co-ordinated clauses that have a subject of their own."""
    doc, start = span.doc, span.start
    cuts = {t.i + 1 for t in span if t.text == ";"}
    if doc.has_annotation("DEP"):
        cuts |= {_clause_start(t) for t in span if t.dep_ == "conj" and t.pos_ in {"VERB", "AUX"}
                 and t.head.pos_ in {"VERB", "AUX"} and any(c.dep_ in SUBJECTS for c in t.children)}
    for cut in [*sorted(c for c in cuts if span.start < c < span.end), span.end]:
        piece = trim(doc, start, cut)
        if piece is not None:
            yield piece
        start = cut


def _clause_start(verb: Token) -> int:
    return int(verb.left_edge.i)


def _sentence_numbers(doc: Doc) -> list[int]:
    return [number for number, sentence in enumerate(doc.sents) for _ in sentence]


def _words(span: Span) -> int:
    return sum(t.is_alpha for t in span)


def _is_direct(quotation: Quotation, span: Span) -> bool:
    """Own words: a direct quotation, or the quoted part of a mixed one."""
    if quotation.mode != "mixed":
        return quotation.mode == "direct"
    before, after = span.start - 1, span.end
    return before >= 0 and after < len(span.doc) and span.doc[before].is_quote and span.doc[after].is_quote


def _with_cue(span: Span, quotation: Quotation) -> Span:
    """A reported noun phrase with the verb or noun that says what is held of it: "opposes | the outsourcing of ..."."""
    cue, doc = quotation.cue, span.doc
    if cue is None or span.start != quotation.content.start or not 0 <= span.start - cue.end <= MIN_WORDS:
        return span
    phrase = doc.has_annotation("DEP") and span.root.pos_ in {"NOUN", "PROPN", "ADP"}
    return doc[cue.start:span.end] if phrase else span


def _carried(segment: Segment, heard_here: bool) -> str:
    """The rule by which a segment without a target word may still be about it; "" if none."""
    if segment.quotation != AUTHOR and heard_here:
        return IN_FRAME
    return ANAPHORA if _ANAPHOR.search(segment.span.text) else ""


def _endorsement(
    segment: Segment, found: Sequence[Candidate], number: dict[int, int], at: int
) -> tuple[int, bool] | None:
    """The earlier candidate that an author agrees or disagrees with here, and whether they disagree."""
    if segment.quotation != AUTHOR:
        return None
    match = _AGREES.search(segment.span.text)
    if match is None:
        return None
    reported = [i for i, c in enumerate(found) if c.voice != "author" and c.agrees_with < 0]
    named = [i for i in reported if _names(segment.span, found[i].holder)]
    near = [i for i in reported if at - number[found[i].sentence.start] <= REACH]
    chosen = named or near
    word = next((g for g in match.groups() if g), "").lower()
    return (chosen[-1], word in _DISSENT) if chosen else None


def _names(span: Span, holder: Holder) -> bool:
    last = holder.name.split()[-1].lower() if holder.name else ""
    return bool(last) and any(t.lower_ == last for t in span)
