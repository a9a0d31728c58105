"""Finds the passages in which somebody says something that bears on the target.

A Doc and its targets enter, candidates leave in text order. Four rules find them, tried in this order, and each
candidate keeps the rule's name; whether a candidate takes a side is for a stance scorer to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Doc, Span, Token

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.statements.candidates import POSITION, Candidate, author, heard, told
from outsource_nlp.annotate.statements.commitments import committed, load_aims
from outsource_nlp.annotate.statements.positions import Actors, load_collectives, load_position_verbs
from outsource_nlp.annotate.statements.segments import AUTHOR, Segment, segments, trim
from outsource_nlp.annotate.statements.targets import TargetHit
from outsource_nlp.codebook import Entry, Lexicon

ENDORSEMENT = "endorsement"
IN_CLAUSE = "target in clause"
IN_FRAME = "target in frame"
ANAPHORA = "anaphora"
REACH = 3
"""How many sentences back a "this policy" may find its target."""
ABOUT = 2.0
"""Aboutness from which a text is about the debate."""
MIN_WORDS = 4
OURS = frozenset({"we", "our", "us"})
MIN_OURS = 3
"""How often a text must say "we" to speak as one."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})

POINTERS = frozenset({"this", "that", "these", "those", "such", "the", "their", "its", "his", "her"})
PRONOUNS = frozenset({"it", "this", "that"})
_AGREES = re.compile(
    r"\b(?:is|are|was|were)\s+(?:\w+ly\s+|quite\s+)?(right|correct|spot on|wrong|mistaken)\b(?!\s+(?:to|for|of|in))"
    r"|\b(?:have to |must |can only |wholly |entirely )?(agree|disagree) with\b|\b(hear,? hear)\b", re.IGNORECASE)
_DISSENT = {"wrong", "mistaken", "disagree"}


class Finder:
    """Finds candidates; holds nothing but word lists."""

    def __init__(self, references: Entry) -> None:
        """Load the verbs of position and the nouns for actors without a name.

        Args:
            references: the codebook's nouns that point back to a target.
        """
        self.verbs, self.collectives, self.aims = load_position_verbs(), load_collectives(), load_aims()
        self._references = Lexicon([references])

    def find(self, doc: Doc, targets: Sequence[TargetHit]) -> list[Candidate]:
        """The candidates of a Doc in text order; none where no target is named outright and few in passing."""
        if all(hit.weak for hit in targets) and aboutness(targets) < ABOUT:
            return []
        reading = _Reading(doc, targets, self)
        for segment in segments(doc, reading.quotations):
            reading.found += reading.endorsed(segment) or reading.in_clause(segment) or reading.carried(segment)
        return reading.found

    def points_back(self, span: Span) -> bool:
        """Whether a span opens with "it" or "this", or has a "this policy" with at most one word between."""
        words = [t.lower_ for t in span if not t.is_space]
        return words[0] in PRONOUNS or any(
            POINTERS.intersection(words[max(0, start - 2):start]) for start, _, _ in self._references.find(words))


class _Reading:
    """One pass over a Doc; the rules look back at what was found before."""

    def __init__(self, doc: Doc, targets: Sequence[TargetHit], words: Finder) -> None:
        self.quotations = layers.quotations(doc)
        self.found: list[Candidate] = []
        self._targets, self._words = targets, words
        self._outright = [hit for hit in targets if not hit.weak]
        self._about = aboutness(targets) >= ABOUT
        self._actors = Actors(doc, words.collectives)
        self._writer = author(doc)
        ours = np.array([doc.vocab.strings[word] for word in OURS], dtype=np.uint64)
        self._ours = int(np.isin(doc.to_array("LOWER"), ours).sum()) >= MIN_OURS
        self._number = {sentence.start: i for i, sentence in enumerate(doc.sents)}
        self._sentence_of = [i for i, sentence in enumerate(doc.sents) for _ in range(len(sentence))]

    def endorsed(self, segment: Segment) -> list[Candidate]:
        """"He is right": the author takes over the stance of a view reported before."""
        match = _AGREES.search(segment.span.text) if self.found and segment.quotation == AUTHOR else None
        if match is None:
            return []
        reported = [i for i, c in enumerate(self.found) if c.voice != "author" and c.agrees_with < 0]
        named = [i for i in reported if _names(segment.span, self.found[i].holder.name)]
        near = [i for i in reported if self._at(segment.sentence) - self._at(self.found[i].sentence) <= REACH]
        chosen = (named or near)[-1:]
        word = next((group for group in match.groups() if group), "").lower()
        return [replace(heard(segment, segment.span, self.found[i].target, ENDORSEMENT, self.quotations, self._writer),
                        agrees_with=i, dissents=word in _DISSENT) for i in chosen]

    def in_clause(self, segment: Segment) -> list[Candidate]:
        """The clauses that hold a target; a weak one counts where the text is about the debate."""
        held = _within(segment.span, self._targets)
        if not held:
            return []
        found = []
        for clause in clauses(segment.span):
            inside = _within(clause, held)
            hit = next((hit for hit in inside if not hit.weak), None)
            if hit is None and inside and self._about and _words(clause) >= MIN_WORDS:
                hit = inside[0]
            if hit is not None:
                candidate = heard(segment, clause, hit.name, IN_CLAUSE, self.quotations, self._writer)
                candidate = told(candidate, hit, self._actors, self._words.verbs, ours=self._ours)
                side = self._committed(candidate, clause, inside)
                found.append(replace(candidate, needs_side=hit.weak, committed=side))
        return found

    def _committed(self, candidate: Candidate, clause: Span, inside: Sequence[TargetHit]) -> int:
        """The side of a promise or demand in the holder's own words; 0 if its targets say different ones."""
        if candidate.rule == POSITION or not clause.doc.has_annotation("DEP"):
            return 0
        cue = self._reporting(candidate.quotation)
        sides = {committed(clause, hit, self._words.aims, ours=self._ours, cue=cue)
                 for hit in inside if not hit.weak} - {0}
        return sides.pop() if len(sides) == 1 else 0

    def _reporting(self, index: int) -> Token | None:
        """The cue of a report that says plainly what its speaker holds."""
        if index == AUTHOR:
            return None
        quotation = self.quotations[index]
        plain = quotation.mode == "indirect" and not quotation.flags and quotation.cue is not None
        return quotation.cue.root if plain and quotation.cue is not None else None

    def carried(self, segment: Segment) -> list[Candidate]:
        """A segment without a target word, in a sentence with one or soon after one, that points back to it."""
        at = self._at(segment.sentence)
        named = self._targets if self._about else self._outright
        last = bisect_right(named, at, key=lambda hit: self._sentence_of[hit.start]) - 1
        if last < 0 or at - self._sentence_of[named[last].start] > REACH or _words(segment.span) < MIN_WORDS:
            return []
        here = self._sentence_of[named[last].start] == at
        rule = IN_FRAME if here and segment.quotation != AUTHOR else \
            ANAPHORA if self._words.points_back(segment.span) else ""
        if not rule:
            return []
        found = heard(segment, segment.span, named[last].name, rule, self.quotations, self._writer)
        return [replace(found, needs_side=True)]

    def _at(self, sentence: Span) -> int:
        return self._number[sentence.start]


def aboutness(targets: Sequence[TargetHit]) -> float:
    """How much a text speaks of the targets: outright mentions, and weak ones at half; names do not count."""
    return sum(0.5 if hit.weak else 1.0 for hit in targets if not hit.named)


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


def _within(span: Span, targets: Sequence[TargetHit]) -> list[TargetHit]:
    """The targets, which come in text order, that lie in a span."""
    first = bisect_left(targets, span.start, key=lambda hit: hit.start)
    last = bisect_left(targets, span.end, first, key=lambda hit: hit.start)
    return [hit for hit in targets[first:last] if hit.end <= span.end]


def _clause_start(verb: Token) -> int:
    return int(verb.left_edge.i)


def _words(span: Span) -> int:
    return sum(t.is_alpha for t in span)


def _names(span: Span, name: str) -> bool:
    last = name.split()[-1].lower() if name else ""
    return bool(last) and any(t.lower_ == last for t in span)
