"""Cue verbs in a parse -> indirect and mixed quotations.

A parsed ``Page`` and the cue words enter, ``Found`` objects leave: one for each cue that has content and a subject
that may speak. The content is one stretch, the subtree of the complement.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from outsource_nlp.annotate.speech import grammar
from outsource_nlp.annotate.speech.cues import PREPOSITIONS, Cue, CueTable
from outsource_nlp.annotate.speech.flags import report_flags
from outsource_nlp.annotate.speech.lexicon import Lexicon
from outsource_nlp.annotate.speech.page import TERMINAL, Bounds, Found, Page

AUTHORS = frozenset("i we you one us me myself let".split())
_EMPTY = frozenset("this that these those there what which it".split())
_NOBODY = frozenset("nobody none no-one neither".split())
_PRONOUNS = frozenset("it him her them you me us this that one himself herself themselves".split())
_PEOPLE = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_THEY = frozenset("he she they who everyone someone somebody nobody many some most others".split())
CLAUSAL = frozenset({"clause", "clause before", "inserted", "as put"})
_CLAUSE_TAILS = frozenset({"for", "as", "over", "against", "to", "of", "on", "with", "in"})


def indirect(page: Page, cues: CueTable, lexicon: Lexicon) -> Iterator[Found]:
    """Quotations whose cue is a verb, in text order."""
    for at, word in enumerate(page.lower):
        if word in cues.verbs and page.tokens[at].pos_ in {"VERB", "AUX"}:
            verb = page.tokens[at]
            cue = cues.verb(word, _particle(page, verb))
            if cue is not None:
                yield from _from_verb(page, verb, cue, lexicon)


def _particle(page: Page, verb: Token) -> str:
    particle = next((c.lower_ for c in verb.children if c.dep_ in {"prt", "acomp", "dobj", "advmod"} and c.i > verb.i and c.i - verb.i <= 4
                     and c.dep_ in {"prt"}), "")
    return particle or (page.lower[verb.i + 1] if verb.i + 1 < len(page.lower) else "")


def _from_verb(page: Page, verb: Token, cue: Cue, lexicon: Lexicon) -> Iterator[Found]:
    content = content_of(page, verb, cue)
    if content is None:
        return
    (start, end), rule = content
    level = page.inner[verb.i]
    if level >= 0 and rule not in CLAUSAL:
        return
    if level >= 0:
        start, end = max(start, page.quoted[level].start), min(end, page.quoted[level].end)
        if end <= start:
            return
    start, end = page.snapped(start, end, level)
    if rule in {"predicate", "object", "preposition"} and end < len(page.lower) and (beside := page.child_at(end, level)):
        end = beside.close
    first, last = page.paragraphs[page.paragraph[verb.i]]
    start, end = page.trim(max(start, first), min(end, last))
    if end - start == 1 and page.lower[start] in _PRONOUNS:
        return
    if end - start < (1 if rule in {"object", "predicate"} else 2):
        return
    speaker = speaker_of(verb, rule)
    if speaker is None:
        if not _impersonal(verb, cue, rule):
            return
        head = -1
    else:
        if not may_speak(page, speaker, cue, rule, lexicon):
            return
        head = -1 if speaker.lower_ in {"it"} and grammar.child(verb, "auxpass") is not None else speaker.i
        if start <= head < end and not start <= verb.i < end:
            return
    span = _cue_bounds(verb, cue)
    yield Found(start, end, page.mode(start, end, verb.i), rule, span, cue.kind, head, flags=report_flags(page, verb, end))


def _cue_bounds(verb: Token, cue: Cue) -> Bounds:
    second = next((c.i for c in verb.subtree if cue.second and c.lower_ == cue.second and verb.i < c.i < verb.i + 5), verb.i)
    return verb.i, (second + 1 if second == verb.i + 1 else verb.i + 1)


def content_of(page: Page, verb: Token, cue: Cue) -> tuple[Bounds, str] | None:
    """The stretch that a verb cue reports and the frame that gave it, None if there is none."""
    takes = cue.takes
    if "put" in takes or (takes & {"quote", "clause"} and _under_as(verb)):
        main = verb.head if verb.dep_ == "advcl" and _under_as(verb) else None
        if main is not None:
            return _without(page, main, verb), "as put"
        if "clause" not in takes:
            return None
    if takes & {"clause", "quote"}:
        found = _clause(page, verb, takes)
        if found is not None:
            return found
    if ("infinitive" in takes or ("quote" in takes and grammar.is_passive(verb))) and (found := _infinitive(verb)) is not None:
        return found
    if "predicate" in takes and (found := _predicate(verb)) is not None:
        return found
    if "object" in takes and (found := _object(verb)) is not None:
        return found
    for word in PREPOSITIONS:
        if word in takes:
            prep = grammar.preposition(verb, word)
            if prep is not None and prep.i > verb.i:
                return grammar.bounds(prep), "preposition"
    return None


def _under_as(verb: Token) -> bool:
    if verb.dep_ != "advcl" or not any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children):
        return False
    return not any(c.dep_ in {"ccomp", "xcomp", "acomp"} or (c.dep_ == "dobj" and c.lower_ != "it") for c in verb.children
                   if c.lower_ != "clear") and _set_off(verb)


def _set_off(clause: Token) -> bool:
    """Whether a clause opens its sentence or stands behind a comma."""
    first = clause.left_edge
    return bool(first.is_sent_start) or clause.doc[first.i - 1].lower_ in _BREAKS


def _without(page: Page, main: Token, inner: Token) -> Bounds:
    """The longer side of a clause around an inserted one."""
    del page
    start, end = grammar.bounds(main)
    left, right = grammar.bounds(inner)
    if left <= start:
        return right, end
    if right >= end - 1:
        return start, left
    return start, end


def _clause(page: Page, verb: Token, takes: frozenset[str]) -> tuple[Bounds, str] | None:
    for c in verb.children:
        if c.dep_ == "ccomp" and c.lower_ not in {"so", "not"}:
            start, end = grammar.bounds(c)
            end = _before_while(c, end)
            if page.lower[start] in _REFLEXIVE:             # "found themselves poor" reports nothing
                continue
            if any(g.dep_ == "aux" and g.lower_ == "to" for g in c.children) and "infinitive" not in takes:
                continue
            if start > verb.i:
                return (start, end), "clause"
            around = _around(page, verb, verb)
            if around is not None:
                return around, "clause before"
    if page.lower[verb.i + 1:verb.i + 2] == ["that"] and (end := _to_the_stop(page, verb.i)) - verb.i > 4:
        return (verb.i + 1, end), "clause"
    if verb.dep_ in {"parataxis", "ccomp", "dep"} and "quote" in takes and verb.head != verb:
        around = _around(page, verb, verb.head)
        if around is not None:
            return around, "inserted"
    return None


def _before_while(clause: Token, end: int) -> int:
    """A clause ends before ", while another says"."""
    for c in clause.children:
        if c.dep_ == "advcl" and c.i > clause.i and c.left_edge.lower_ in {"while", "whereas"}:
            return int(c.left_edge.i)
    return end


def _to_the_stop(page: Page, at: int) -> int:
    """Where the sentence of a token ends by its words, for clauses that the parse has lost."""
    last = page.paragraphs[page.paragraph[at]][1]
    return next((i for i in range(at, last) if page.lower[i] in TERMINAL), last)


def _around(page: Page, verb: Token, host: Token) -> Bounds | None:
    """The clause of ``host`` around an inserted "he said", or before it; None if it is not set off by commas."""
    subject = grammar.child(verb, "nsubj") or grammar.child(verb, "nsubjpass")
    if subject is None or abs(subject.i - verb.i) > 12:
        return None
    left, right = min(verb.i, subject.left_edge.i), max(verb.i, subject.right_edge.i) + 1
    while right < len(page.lower) and page.tokens[right].head.i in range(left, right) and page.tokens[right].dep_ in _ADJUNCTS:
        right = page.tokens[right].right_edge.i + 1
    start, end = grammar.bounds(host)
    before = page.previous(left)
    if before < start or page.lower[before] not in _BREAKS:
        return None
    rest = [i for i in range(right, end) if page.lower[i][:1].isalnum()]
    if not rest:
        return start, left
    return (start, end) if page.lower[right] in _BREAKS else (start, left)


_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "ourselves", "myself"})
_BREAKS = frozenset(",-–—―\"”’'")
_ADJUNCTS = frozenset({"prep", "npadvmod", "advmod", "prt", "tmod", "dobj", "dative"})


def _infinitive(verb: Token) -> tuple[Bounds, str] | None:
    for c in verb.children:
        if c.dep_ in {"xcomp", "ccomp", "advcl"} and c.i > verb.i and any(
                g.dep_ == "aux" and g.lower_ == "to" for g in c.children):
            if c.dep_ == "advcl" and c.left_edge.i > verb.i + 4:
                continue
            start, end = grammar.bounds(c)
            hearer = grammar.child(verb, "dobj") or grammar.object_of(grammar.preposition(verb, "on", "for"))
            if hearer is not None and hearer.i > verb.i:
                start = min(start, hearer.left_edge.i)
            return (start, end), "infinitive"
    return None


def _predicate(verb: Token) -> tuple[Bounds, str] | None:
    thing = grammar.child(verb, "dobj", "nsubjpass")
    said = grammar.child(verb, "oprd") or next(
        (c for c in verb.children if c.dep_ == "ccomp" and c.pos_ in {"NOUN", "ADJ", "PROPN"}), None)
    if said is None:
        said = grammar.preposition(verb, "as", "to", "with") or next(
            (c for c in verb.children if c.dep_ == "advcl" and any(g.lower_ == "as" for g in c.children)), None)
        if said is None and thing is not None and thing.i > verb.i:
            said = grammar.preposition(thing, "as", *(["to"] if verb.lemma_ in {"liken", "compare", "equate"} else []))
        said = said if thing is not None or grammar.child(verb, "auxpass") is not None else None
    if said is None or said.i < verb.i:
        return None
    start, end = grammar.bounds(said)
    if thing is not None and thing.dep_ == "dobj":
        start, end = min(start, thing.left_edge.i), max(end, thing.right_edge.i + 1)
        if start < verb.i:
            start = verb.i + 1
    return (start, end), "predicate"


def _object(verb: Token) -> tuple[Bounds, str] | None:
    passive = grammar.child(verb, "auxpass") is not None
    thing = grammar.child(verb, "nsubjpass") if passive else grammar.child(verb, "dobj")
    if thing is None or (not passive and thing.i < verb.i) or thing.lower_ in {"himself", "herself", "themselves", "itself"}:
        gerund = grammar.child(verb, "xcomp")
        if gerund is not None and gerund.tag_ == "VBG":
            return grammar.bounds(gerund), "object"
        return None
    start, end = grammar.bounds(thing)
    for c in verb.children:
        if not passive and c.dep_ == "prep" and c.lower_ in _CLAUSE_TAILS and c.left_edge.i == end:
            end = c.right_edge.i + 1
    return (start, end), "object"


def speaker_of(verb: Token, rule: str) -> Token | None:
    """The token that names who speaks; in the passive with a hearer or an object it is the agent."""
    subject = grammar.subject(verb)
    if subject is not None and subject.i == verb.i:
        return None
    if subject is not None and subject.pos_ == "VERB" and subject.i < verb.i:      # "Writing in the paper, X argued"
        return next((t for t in verb.doc[subject.i + 1:verb.i] if t.ent_type_ == "PERSON" and t.i + 1 < len(t.doc)
                     and t.doc[t.i + 1].ent_type_ != "PERSON"), None)
    if rule == "clause before" and subject is None:
        return grammar.child(verb, "dobj", "attr")
    return subject


def _impersonal(verb: Token, cue: Cue, rule: str) -> bool:
    """Whether a cue without a speaker still reports: "it was claimed that"."""
    return bool(cue.takes & {"quote"}) and rule in {
        "clause", "predicate", "clause before", "infinitive"} and grammar.child(verb, "auxpass") is not None


def may_speak(page: Page, speaker: Token, cue: Cue, rule: str, lexicon: Lexicon) -> bool:
    """Whether a subject can hold a view: not the author, not an empty "this", no thing that merely needs or means."""
    word = speaker.lower_
    if word in AUTHORS or (word in _EMPTY and not (word == "it" and "quote" in cue.takes)):
        return False
    if rule not in CLAUSAL and (word in _NOBODY or any(c.lower_ == "no" for c in speaker.children)):
        return False
    if rule in CLAUSAL and ("quote" in cue.takes or cue.kind in {"endorsing", "factive"}):
        return True
    return (speaker.ent_type_ in _PEOPLE or word in _THEY or speaker.pos_ == "PROPN"
            or lexicon.kind(word) in {"person", "government", "organisation", "publication", "work"})
