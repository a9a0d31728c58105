"""Cue verbs in a parse -> indirect and mixed quotations.

A parsed ``Page`` and the cue words enter, ``Found`` objects leave: one for each cue that has content and a subject
that may speak. The content is one stretch, the subtree of the complement.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from outsource_nlp.annotate.speech import grammar
from outsource_nlp.annotate.speech.cues import Cue, CueTable
from outsource_nlp.annotate.speech.flags import report_flags
from outsource_nlp.annotate.speech.frames import CLAUSAL, content_of
from outsource_nlp.annotate.speech.lexicon import Lexicon
from outsource_nlp.annotate.speech.page import TERMINAL, Bounds, Found, Page

NARROW = frozenset({"predicate", "object", "preposition"})
AUTHORS = frozenset("i we you one us me myself let".split())
_EMPTY = frozenset("this that these those there what which it".split())
_NOBODY = frozenset("nobody none no-one neither".split())
_PRONOUNS = frozenset("it him her them you me us this that one himself herself themselves".split())
_PEOPLE = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_THEY = frozenset("he she they who everyone someone somebody nobody many some most others".split())


def indirect(page: Page, cues: CueTable, lexicon: Lexicon) -> Iterator[Found]:
    """Quotations whose cue is a verb, in text order."""
    for at, word in enumerate(page.lower):
        if word in cues.verbs and _acts_as_verb(page.tokens[at]):
            verb = page.tokens[at]
            cue = cues.verb(word, _particle(page, verb))
            if cue is not None:
                yield from _from_verb(page, verb, cue, cues, lexicon)


def _acts_as_verb(token: Token) -> bool:
    """A verb, or what the tagger takes for a noun while the parser gives it a subject."""
    return token.pos_ in {"VERB", "AUX"} or (token.dep_ == "ROOT" and grammar.child(token, "nsubj") is not None)


def _particle(page: Page, verb: Token) -> str:
    """The word that may make a cue of two words: a particle nearby, else the next word."""
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt" and 0 < c.i - verb.i <= 4), "")
    return particle or (page.lower[verb.i + 1] if verb.i + 1 < len(page.lower) else "")


def _from_verb(page: Page, verb: Token, cue: Cue, cues: CueTable, lexicon: Lexicon) -> Iterator[Found]:
    content = content_of(page, verb, cue)
    if content is None:
        return
    bounds, rule = content
    if page.inner[verb.i] >= 0 and rule not in CLAUSAL:
        return
    start, end = _within_reach(page, verb, bounds, rule)
    if rule in {"clause before", "inserted"} and start < end <= verb.i and end - start <= 4:
        end = _quoted_rest(page, verb, end)
    if end - start < (1 if rule in {"object", "predicate"} else 2):
        return
    if end - start == 1 and page.lower[start] in _PRONOUNS:
        return
    kind = cues.kind(cue, (c.lower_ for c in verb.children if c.dep_ == "advmod"))
    speaker = speaker_of(verb, rule)
    agreed = _agreed_with(verb, speaker, rule)
    if agreed is not None:
        speaker, kind, rule = agreed, "endorsing", "agreed with"
    if not (_impersonal(verb, cue, rule) if speaker is None else may_speak(speaker, cue, rule, lexicon)):
        return
    idle = speaker is None or (speaker.lower_ == "it" and grammar.is_passive(verb))
    head = -1 if idle or speaker is None else speaker.i
    if start <= head < end and not start <= verb.i < end:
        return
    flags = report_flags(page, verb, end)
    yield Found(start, end, page.mode(start, end, verb.i), rule, _cue_bounds(verb, cue), kind, head, flags=flags)


def _within_reach(page: Page, verb: Token, bounds: Bounds, rule: str) -> Bounds:
    """A content inside the passage and paragraph of its cue, whole passages taken in; empty if nothing is left."""
    start, end = bounds
    level = page.inner[verb.i]
    if level >= 0:
        start, end = max(start, page.quoted[level].start), min(end, page.quoted[level].end)
        if end <= start:
            return start, start
    start, end = page.snapped(start, end, level)
    beside = page.child_at(end, level) if rule in NARROW and end < len(page.lower) else None
    if beside is not None:
        end = beside.close
    first, last = page.paragraphs[page.paragraph[verb.i]]
    start, end = page.trim(max(start, first), min(end, last))
    while end > start and page.lower[end - 1] in TERMINAL:
        end -= 1
    return start, end


def _quoted_rest(page: Page, verb: Token, end: int) -> int:
    """Of "It was, said X, 'a triumph'" the words in marks are the rest."""
    stop = min(page.sentence_around(verb.i)[1] + 1, len(page.lower))
    opening = next((i for i in range(verb.i, stop) if page.inner[i] != page.inner[verb.i]), -1)
    beside = page.child_at(opening, page.inner[verb.i]) if opening >= 0 else None
    return end if beside is None else beside.close


def _agreed_with(verb: Token, speaker: Token | None, rule: str) -> Token | None:
    """In "I agree with X that ..." it is X whose words are told."""
    if verb.lemma_ != "agree" or rule != "clause" or speaker is None or speaker.lower_ not in AUTHORS:
        return None
    return grammar.object_of(grammar.preposition(verb, "with"))


def _cue_bounds(verb: Token, cue: Cue) -> Bounds:
    second = next(
        (c.i for c in verb.subtree if cue.second and c.lower_ == cue.second and verb.i < c.i < verb.i + 5), verb.i
    )
    return verb.i, (second + 1 if second == verb.i + 1 else verb.i + 1)


def speaker_of(verb: Token, rule: str) -> Token | None:
    """The token that names who speaks; in the passive with a hearer or an object it is the agent."""
    subject = grammar.subject(verb)
    if subject is not None and subject.i == verb.i:
        return None
    if subject is not None and subject.pos_ == "VERB" and subject.i < verb.i:  # "Writing in the paper, X argued"
        return next(
            (
                t
                for t in verb.doc[subject.i + 1 : verb.i]
                if t.ent_type_ == "PERSON" and t.i + 1 < len(t.doc) and t.doc[t.i + 1].ent_type_ != "PERSON"
            ),
            None,
        )
    if subject is None and rule == "clause" and grammar.is_finite(verb) and not grammar.is_passive(verb):
        return _name_before(verb)
    if rule == "clause before" and subject is None:
        return grammar.child(verb, "dobj", "attr")
    return subject


def _name_before(verb: Token) -> Token | None:
    """The name right before a finite verb that the parser left without a subject; of several the first."""
    before = next((t for t in reversed(list(verb.doc[max(0, verb.i - 3) : verb.i])) if t.text[:1].isalnum()), None)
    if before is None or not before.text[:1].isupper() or before.pos_ not in {"PROPN", "NOUN"}:
        return None
    while before.dep_ == "conj" and before.head.i < before.i:
        before = before.head
    return before


def _impersonal(verb: Token, cue: Cue, rule: str) -> bool:
    """Whether a cue without a speaker still reports: "it was claimed that"."""
    return (
        bool(cue.takes & {"quote"})
        and rule in {"clause", "predicate", "clause before", "infinitive"}
        and grammar.child(verb, "auxpass") is not None
    )


def may_speak(speaker: Token, cue: Cue, rule: str, lexicon: Lexicon) -> bool:
    """Whether a subject can hold a view: not the author, not an empty "this", no thing that merely needs or means."""
    word = speaker.lower_
    if word == "one":     # one of the councillors, but not one of us
        group = grammar.object_of(grammar.preposition(speaker, "of"))
        return group is not None and group.lower_ not in AUTHORS
    if word in AUTHORS or (word in _EMPTY and not (word == "it" and "quote" in cue.takes)):
        return word == "those" and grammar.child(speaker, "relcl", "acl", "prep", "amod") is not None
    if rule not in CLAUSAL and (word in _NOBODY or any(c.lower_ == "no" for c in speaker.children)):
        return False
    if rule in CLAUSAL and "quote" in cue.takes:
        return True
    return (
        speaker.ent_type_ in _PEOPLE
        or word in _THEY
        or speaker.pos_ == "PROPN"
        or lexicon.kind(word) in {"person", "government", "organisation", "publication", "work"}
    )
