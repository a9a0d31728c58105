"""Flags of a report: negated, conditional, hypothetical, question.

A cue token enters, flag names leave. They tell of the reporting, not of the content, but for ``question``, which is
also set where the content itself asks.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from outsource_nlp.annotate.speech import grammar
from outsource_nlp.annotate.speech.page import Page

NEGATORS = frozenset(
    "not n't n’t never nobody none nothing neither nor hardly barely scarcely rarely seldom without no".split()
)
_NEGATING_HEADS = frozenset(
    "refuse decline fail deny avoid stop neglect forget omit hesitate abstain refrain".split()
)
_CONDITIONS = frozenset("if unless whether".split())
_MODALS = frozenset("would could might may should 'd ’d".split())
_JUDGED = frozenset(
    "wrong unfair absurd tempting easy mistake mistaken false misleading possible impossible foolish"
    " ridiculous premature naive silly fair".split()
)


def report_flags(page: Page, cue: Token, end: int) -> tuple[str, ...]:
    """The flags of the report whose cue this is; ``end`` is where its content ends."""
    found = set(_grammatical(cue, end)) if page.parsed else set(_surface(page, cue.i))
    if 0 < end <= len(page.lower) and "?" in page.lower[max(0, end - 1) : end + 2]:
        found.add("question")
    return tuple(flag for flag in ("negated", "conditional", "hypothetical", "question") if flag in found)


def _grammatical(cue: Token, end: int) -> Iterator[str]:
    at = cue
    for _ in range(4):
        for child in at.children:
            word = child.lower_
            if child.dep_ == "neg" or (child.dep_ in {"advmod", "preconj"} and word in NEGATORS):
                yield "negated"
            if child.dep_ in {"nsubj", "nsubjpass"} and (word in NEGATORS or _no(child)):
                yield "negated"
            if child.dep_ == "mark" and word in _CONDITIONS and at.dep_ == "advcl":
                yield "conditional"
            if child.dep_ == "aux" and word in _MODALS and at.pos_ in {"VERB", "AUX"}:
                yield "hypothetical"
            if child.dep_ == "advcl" and not cue.i < child.i < end and any(
                c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in child.children
            ):
                yield "conditional"
            if child.lower_ in _JUDGED and child.dep_ in {"acomp", "attr", "oprd"} and at != cue:
                yield "hypothetical"
        if at != cue and at.lemma_ in _NEGATING_HEADS:
            yield "negated"
        if at.dep_ in {"pcomp"} and at.head.lower_ in {"without", "from"}:
            yield "negated"
        if at.dep_ in {"xcomp", "pcomp", "csubj", "prep"} or (
            at.dep_ in {"ccomp", "advcl", "acl"} and grammar.has_to(at)
        ):
            if at.head == at:
                return
            at = at.head
        else:
            return


def _no(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in noun.children)


def _surface(page: Page, cue: int) -> Iterator[str]:
    first = max(page.sentence[cue], cue - 6)
    before = page.lower[first:cue]
    if any(word in NEGATORS for word in before):
        yield "negated"
    if any(word in {"if", "unless"} for word in before):
        yield "conditional"
    if any(word in _MODALS for word in before):
        yield "hypothetical"
