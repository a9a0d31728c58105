"""Small questions to the parse that every finder asks: subjects, spans of clauses, what stands over a verb.

Tokens enter, tokens and bounds leave. Everything here forgives a wrong parse: the answer is then None.
"""

from __future__ import annotations

from spacy.tokens import Token

from outsource_nlp.annotate.speech.page import Bounds

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_UP = frozenset(
    {"xcomp", "acomp", "conj", "advcl", "ccomp", "pcomp", "prep", "acl", "parataxis", "dep", "aux", "auxpass", "oprd"}
)
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "X"})


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these relations."""
    return next((c for c in token.children if c.dep_ in deps), None)


def has_to(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive, with its auxiliary or as a bare participle ("asked about the deal, he ...")."""
    if any(c.dep_ == "auxpass" for c in verb.children):
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "advcl"}
        and not any(c.dep_ in {"aux", "nsubj"} for c in verb.children)
    )


def subject(verb: Token) -> Token | None:
    """The subject of a verb: its own, or the one it shares with the verbs over it; "who" gives the noun it stands for.

    A participle after a noun ("a report saying") has that noun; one in a passive has the agent.
    """
    at, steps, passive = verb, 0, is_passive(verb)
    if passive and verb.dep_ not in {"xcomp"}:
        agent = child(verb, "agent")
        return child(agent, "pobj") if agent is not None else None
    while steps < 6:
        owns = [c for c in at.children if c.dep_ in {"nsubj", "csubj"} or (c.dep_ == "nsubjpass" and at != verb)]
        own = min(owns, key=lambda c: abs(c.i - at.i), default=None)
        if own is not None:
            return antecedent(own)
        if at.dep_ == "acl" and at.tag_ == "VBG" and at.left_edge.i and at.doc[at.left_edge.i - 1].lower_ == ",":
            over = next((a for a in at.ancestors if a.pos_ in {"VERB", "AUX"}), None)
            if over is not None and over.i < at.i:
                at, steps = over, steps + 1
                continue
        if at.dep_ == "pcomp" and at.head.lower_ == "as":  # "quoted him as saying"
            beside = at.doc[at.head.i - 1] if at.head.i else None
            return child(at.head.head, "dobj", "nsubjpass") or (
                beside if beside is not None and beside.pos_ in NOMINAL else None
            )
        if at.dep_ in {"acl", "relcl"} and at.head.pos_ in NOMINAL:
            return at.head
        if (
            at == verb
            and is_finite(at)
            and at.dep_ in {"dobj", "appos", "npadvmod", "nsubj"}
            and at.head.i == at.left_edge.i - 1
            and at.head.pos_ in {"NOUN", "PROPN", "PRON"}
        ):
            return at.head
        if at.dep_ == "acl" and at.head != at:
            at = at.head
        elif at.dep_ in _UP and at.head != at:
            if at.dep_ == "ccomp" and at.i < at.head.i and at != verb:
                return None
            at = at.head
            if at.pos_ in {"NOUN", "PROPN"} and at.dep_ in {"nsubj", "attr", "appos"}:
                return at
        else:
            return None
        steps += 1
    return None


def antecedent(word: Token) -> Token:
    """What a relative pronoun stands for, else the word itself."""
    if word.lower_ in {"who", "which", "that"} and word.tag_ in {"WP", "WDT", "IN"}:
        clause = word.head
        for _ in range(3):
            if clause.dep_ in {"relcl", "acl"}:
                return word if clause.head.pos_ in {"VERB", "AUX"} else clause.head
            clause = clause.head
    return word


def bounds(token: Token) -> Bounds:
    """The subtree of a token, from its left edge to its right edge."""
    return token.left_edge.i, token.right_edge.i + 1


def is_finite(verb: Token) -> bool:
    """Whether a verb stands in a finite form or under a finite auxiliary."""
    if verb.tag_ in {"VBD", "VBP", "VBZ", "MD"}:
        return True
    return any(c.dep_ in {"aux", "auxpass"} and c.tag_ in {"VBD", "VBP", "VBZ", "MD"} for c in verb.children)


def opened_by(clause: Token, word: str, before: int) -> bool:
    """Whether a clause is marked by that word, which stands before that token."""
    return any(c.dep_ == "mark" and c.lower_ == word and c.i < before for c in clause.children)


def preposition(head: Token, *words: str) -> Token | None:
    """The prepositional child with one of these words that has something after it."""
    return next(
        (
            c
            for c in head.children
            if c.dep_ in {"prep", "agent", "dative", "prt"} and c.lower_ in words and any(True for _ in c.children)
        ),
        None,
    )


def object_of(prep: Token | None) -> Token | None:
    """The noun after a preposition."""
    return child(prep, "pobj", "pcomp") if prep is not None else None
