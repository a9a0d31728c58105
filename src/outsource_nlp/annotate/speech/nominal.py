"""Cues that are no verbs -> indirect quotations: "according to X", "in X's view", "X's claim that", "a critic of".

A parsed ``Page`` and the cue words enter, ``Found`` objects leave. A possessive that lost its apostrophe is a
possessive still ("Jones argument is that").
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from outsource_nlp.annotate.speech import grammar
from outsource_nlp.annotate.speech.cues import PREPOSITIONS, Cue, CueTable
from outsource_nlp.annotate.speech.flags import report_flags
from outsource_nlp.annotate.speech.indirect import AUTHORS, may_speak
from outsource_nlp.annotate.speech.lexicon import Lexicon
from outsource_nlp.annotate.speech.page import Bounds, Found, Page

_POSSESSED_AUTHOR = frozenset("my our your its".split())
_FROM = ("by", "from", "among", "of")


def nominal(page: Page, cues: CueTable, lexicon: Lexicon) -> Iterator[Found]:
    """Quotations whose cue is a preposition, a noun or an adjective, in text order."""
    for at, word in enumerate(page.lower):
        if word == "according" and page.lower[at + 1 : at + 2] == ["to"]:
            yield from _according(page, page.tokens[at])
        elif word in cues.nouns and page.tokens[at].pos_ == "NOUN":
            cue = cues.noun(word)
            if cue is not None:
                yield from _from_noun(page, page.tokens[at], cue, lexicon)
        elif word in cues.adjectives and page.tokens[at].dep_ in {"acomp", "prep", "ROOT", "conj", "ccomp", "attr"}:
            cue = cues.adjective(word)
            if cue is not None:
                yield from _from_adjective(page, page.tokens[at], cue, lexicon)


def _found(page: Page, bounds: Bounds, rule: str, cue: Token, kind: str, head: Token | None) -> Iterator[Found]:
    start, end = page.snapped(*bounds, page.inner[cue.i])
    first, last = page.paragraphs[page.paragraph[cue.i]]
    start, end = page.trim(max(start, first), min(end, last))
    if page.inner[cue.i] >= 0 and rule in {"noun", "adjective", "holder"}:
        return
    if end - start >= 2 and not (head is not None and head.lower_ in AUTHORS | _POSSESSED_AUTHOR):
        yield Found(
            start,
            end,
            page.mode(start, end, cue.i),
            rule,
            (cue.i, cue.i + 1),
            kind,
            -1 if head is None else head.i,
            flags=report_flags(page, cue, end),
        )


def _according(page: Page, cue: Token) -> Iterator[Found]:
    to = page.tokens[cue.i + 1]
    holder = grammar.object_of(to) or grammar.object_of(cue)
    if holder is None or (holder.i == to.i + 1 and holder.lower_ in _CUSTOM):
        return
    start, end = cue.i, max(holder.right_edge.i + 1, to.i + 1)
    comma = next((i for i in range(to.i + 1, min(end + 1, len(page.lower))) if page.lower[i] == ","), -1)
    first, last = page.sentence_around(cue.i)
    opening = all(
        not page.lower[i][:1].isalnum() or page.lower[i] in {"but", "and", "yet", "so"} for i in range(first, start)
    )
    if opening:
        after = comma + 1 if comma >= 0 and holder.i < comma else end
        content = _past_appositions(page, holder, after), last
    else:
        clause = next((h for h in cue.ancestors if h.pos_ in {"VERB", "AUX"}), None)
        begin = clause.left_edge.i if clause is not None and clause.left_edge.i < start else first
        rest = end < last and page.lower[end] == "," and any(page.lower[i][:1].isalnum() for i in range(end, last))
        content = (begin, last if rest else start)
    for one in _found(page, content, "according to", cue, "neutral", _owner_of_document(holder)):
        yield Found(
            one.start, one.end, one.mode, one.rule, (cue.i, cue.i + 2), one.cue_class, one.head, flags=one.flags
        )


_CUSTOM = frozenset("plan plans schedule law custom tradition size age need needs rules type taste budget".split())


def _past_appositions(page: Page, holder: Token, at: int) -> int:
    """After "according to X, a doctor," the content begins behind the apposition."""
    appos = grammar.child(holder, "appos", "relcl")
    if (
        appos is not None
        and appos.left_edge.i <= at + 1
        and page.lower[min(appos.right_edge.i + 1, len(page.lower) - 1)] == ","
    ):
        return int(appos.right_edge.i) + 2
    return at


def _owner_of_document(holder: Token) -> Token:
    """Of "an article in The Paper" and "a report by X" the paper or person speaks, not the sheet."""
    for word in ("in", "by", "from"):
        owner = grammar.object_of(grammar.preposition(holder, word))
        if owner is not None and owner.pos_ == "PROPN" and (owner.ent_type_ not in {"GPE", "DATE"}):
            return owner
    return holder


def _from_noun(page: Page, noun: Token, cue: Cue, lexicon: Lexicon) -> Iterator[Found]:
    if cue.part == "holder":
        yield from _holder(page, noun, cue, lexicon)
        return
    owner = _owner(page, noun)
    if "in" in cue.takes and noun.dep_ == "pobj" and noun.head.lower_ in {"in", "to"}:
        opens = noun.head.i - page.sentence_around(noun.i)[0] <= 1
        viewer = owner or (_viewer(noun, cue, lexicon) if opens else None)
        if viewer is not None:
            yield from _in_view(page, noun, cue, viewer)
            return
    if "is" in cue.takes and noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        clause = grammar.child(noun.head, "ccomp")
        if (
            clause is not None
            and clause.i > noun.head.i
            and (owner is not None or grammar.child(clause, "mark") is not None)
        ):
            yield from _found(page, grammar.bounds(clause), "noun is", noun, cue.kind, owner)
            return
    clause = _that(noun) if cue.takes & {"clause"} else None
    if clause is None and "infinitive" in cue.takes and owner is not None:
        clause = next(
            (c for c in noun.children if c.dep_ in {"acl", "relcl"} and c.i > noun.i and grammar.has_to(c)), None
        )
    if clause is not None:
        owner = owner or _supporter(noun)
        if owner is None or may_speak(owner, cue, "noun", lexicon) or owner.pos_ == "PROPN":
            yield from _found(page, grammar.bounds(clause), "noun clause", noun, cue.kind, owner)
        return
    owner = owner or _supporter(noun)
    if owner is None or not may_speak(owner, cue, "noun", lexicon):
        return
    for word in PREPOSITIONS:
        prep = grammar.preposition(noun, word) if word in cue.takes and word != "in" else None
        if prep is not None and prep.i > noun.i and not _same(grammar.object_of(prep), owner):
            yield from _found(page, grammar.bounds(prep), "noun", noun, cue.kind, owner)
            return


def _same(one: Token | None, other: Token) -> bool:
    return one is not None and one.i == other.i


def _that(noun: Token) -> Token | None:
    """A clause with "that" under a noun: "the claim that ..."."""
    return next(
        (
            c
            for c in noun.children
            if c.dep_ in {"acl", "ccomp", "relcl"}
            and c.i > noun.i
            and any(g.lower_ == "that" and g.dep_ == "mark" for g in c.children)
        ),
        None,
    )


def _owner(page: Page, noun: Token) -> Token | None:
    """Whose claim it is: "X's claim", "the claim of/by X", "Jones argument"."""
    own = grammar.child(noun, "poss") or next(
        (c for c in noun.children if c.i < noun.i and grammar.child(c, "case") is not None), None
    )
    if own is not None:
        return own
    for word in _FROM:
        owner = grammar.object_of(grammar.preposition(noun, word))
        if owner is not None and (owner.ent_type_ in {"PERSON", "ORG", "NORP"} or owner.pos_ == "PROPN"):
            return owner
        if owner is not None and word != "of" and owner.pos_ in {"NOUN", "PRON"}:
            return owner
    before = next(
        (c for c in noun.children if c.dep_ in {"compound", "nmod"} and c.i == noun.i - 1 and c.pos_ == "PROPN"), None
    )
    if before is not None and before.ent_type_ in {"PERSON", "ORG"}:
        return before
    if before is not None and page.tokens[before.i].text.endswith("s") and noun.dep_ in {"nsubj", "nsubjpass"}:
        return before
    return None


def _supporter(noun: Token) -> Token | None:
    """The subject of "made the claim that", "has a view that", "is a sign of support for"."""
    if noun.dep_ in {"dobj", "attr"} and noun.head.lemma_ in _LIGHT:
        return grammar.subject(noun.head)
    if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "with"} and noun.head.head.pos_ in {"VERB", "AUX"}:
        return grammar.subject(noun.head.head)
    return None


_LIGHT = frozenset(
    "make issue express voice raise hold take repeat have give put offer share deliver launch renew reiterate"
    " air sound mount send publish maintain lead file show signal pledge declare announce get".split()
)


def _viewer(noun: Token, cue: Cue, lexicon: Lexicon) -> Token | None:
    """The auditors of "in the view of the auditors"; "in view of the costs" has none."""
    viewer = grammar.object_of(grammar.preposition(noun, "of")) if grammar.child(noun, "det") is not None else None
    return viewer if viewer is not None and may_speak(viewer, cue, "noun", lexicon) else None


def _in_view(page: Page, noun: Token, cue: Cue, owner: Token) -> Iterator[Found]:
    prep = noun.head
    first, last = page.sentence_around(noun.i)
    clause = next((h for h in prep.ancestors if h.pos_ in {"VERB", "AUX"}), None)
    left, right = prep.left_edge.i, noun.right_edge.i + 1
    right = next((i for i in range(noun.i + 1, right) if page.lower[i] == ","), right)
    if clause is not None:
        first, last = max(first, min(clause.left_edge.i, left)), min(last, clause.right_edge.i + 1)
    last = max(last, noun.right_edge.i + 1)
    content = (right, last) if left - first <= 1 else (first, left) if right >= last - 1 else (first, last)
    yield from _found(page, content, "in view", noun, cue.kind, owner)


def _holder(page: Page, noun: Token, cue: Cue, lexicon: Lexicon) -> Iterator[Found]:
    """Holders: "X is a critic of Y", "X, a critic of Y,"."""
    who = None
    if noun.dep_ == "attr" and noun.head.lemma_ in {"be", "become", "remain"}:
        who = grammar.subject(noun.head)
    elif noun.dep_ == "appos":
        who = noun.head
    elif noun.dep_ == "pobj" and noun.head.lower_ == "as" and noun.head.head.pos_ == "VERB":
        who = grammar.child(noun.head.head, "nsubjpass", "nsubj")
    if who is None or not may_speak(grammar.antecedent(who), cue, "holder", lexicon):
        return
    for word in PREPOSITIONS:
        prep = grammar.preposition(noun, word) if word in cue.takes else None
        if prep is not None:
            yield from _found(page, grammar.bounds(prep), "holder", noun, cue.kind, grammar.antecedent(who))
            return


def _from_adjective(page: Page, word: Token, cue: Cue, lexicon: Lexicon) -> Iterator[Found]:
    verb = word.head if word.dep_ != "ROOT" else word
    be = grammar.child(verb, "auxpass")
    who = grammar.child(verb, "nsubj", "nsubjpass") or (grammar.child(be, "nsubj") if be is not None else None)
    who = who or grammar.subject(verb)
    who = grammar.antecedent(who) if who is not None else None
    if word.dep_ == "conj":
        verb = word.head.head
        who = grammar.subject(verb)
    if who is None or who.i == word.i or not may_speak(who, cue, "adjective", lexicon):
        return
    for c in word.children:
        wanted = {"ccomp": "clause", "xcomp": "infinitive"}.get(c.dep_)
        if wanted in cue.takes and c.i > word.i:
            yield from _found(page, grammar.bounds(c), "adjective", word, cue.kind, who)
            return
    for name in PREPOSITIONS:
        prep = grammar.preposition(word, name) if name in cue.takes else None
        if prep is not None and prep.i > word.i:
            yield from _found(page, grammar.bounds(prep), "adjective", word, cue.kind, who)
            return
