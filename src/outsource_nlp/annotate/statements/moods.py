"""The mood of a verb: whether it tells what is so, supposes it, or asks for it.

A verb of the parse enters, yes or no leaves. Positions and reports are told only by verbs that tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

MIGHT = frozenset({"would", "'d", "’d", "might", "were", "could", "can", "ca", "may"})
ASKS = frozenset({"should", "must", "ought", "need"})
CONDITIONS = frozenset({"if", "unless", "whether", "for"})
"""Words that open a clause of what may be; "a way for ministers to privatise it" is one."""
LETTING = frozenset({"let", "make", "help", "have", "see", "watch"})
ASKING = frozenset({"ask", "demand", "insist", "move", "propose", "recommend", "request", "resolve", "suggest", "urge"})
"""Verbs whose "that" tells what is to be: "we recommend that the council invite bids"."""
WISHES = frozenset({"prefer", "like", "love", "hate"})


def supposed(verb: Token) -> bool:
    """Whether the verb stands under "if", "let" or beside a "would"; "would prefer" tells what is wanted."""
    if verb.lemma_.lower() in WISHES or would_rather(verb):
        return False
    if verb.dep_ == "ccomp" and verb.head.lemma_ in LETTING:
        return True
    return any((c.dep_ == "mark" and c.lower_ in CONDITIONS) or (c.dep_ == "aux" and c.lower_ in MIGHT)
               for above in chain(verb) for c in above.children)


def would_rather(verb: Token) -> bool:
    """Whether the verb has "would rather" or "would sooner" beside it."""
    words = {c.lower_ for c in verb.children if c.dep_ in {"aux", "advmod"}}
    return bool(words & {"rather", "sooner"}) and bool(words & MIGHT)


def asked(verb: Token) -> bool:
    """Whether somebody asks for it: what "should" or "must" be done is the view of whoever says so."""
    if verb.dep_ == "ccomp" and verb.head.lemma_.lower() in ASKING:
        return True
    return any(above.lemma_.lower() in ASKS or any(c.dep_ == "aux" and c.lower_ in ASKS for c in above.children)
               for above in chain(verb))


def chain(verb: Token) -> Iterator[Token]:
    """The verb and those that it hangs on: "ought" above "to bring", the first of "end and replace"."""
    yield verb
    while verb.dep_ in {"xcomp", "conj", "pcomp", "csubj"} and verb.head.i != verb.i and not (
            verb.dep_ == "conj" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)):
        verb = verb.head.head if verb.dep_ == "pcomp" else verb.head
        yield verb
