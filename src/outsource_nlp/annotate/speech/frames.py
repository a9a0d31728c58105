"""The frames of cue verbs: which stretch of a parse a verb reports.

A ``Page``, a verb and its cue enter, token bounds and the name of the frame leave: ``clause`` ("said that"),
``infinitive`` ("pledged to"), ``predicate`` ("called it a fiasco"), ``object`` ("rejected the plan"), ``preposition``
("warned of"), ``inserted`` ("the plan, she said, failed") and ``as put`` ("as she put it").
"""

from __future__ import annotations

from spacy.tokens import Token

from outsource_nlp.annotate.speech import grammar
from outsource_nlp.annotate.speech.cues import PREPOSITIONS, Cue
from outsource_nlp.annotate.speech.page import TERMINAL, Bounds, Page

LONGEST_CLAUSE = 120  # tokens of a clause that only its words mark off
CLAUSAL = frozenset({"clause", "clause before", "inserted", "as put"})
_CLAUSE_TAILS = frozenset({"for", "as", "over", "against", "to", "of", "on", "with", "in"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "ourselves", "myself"})
_BREAKS = frozenset(",-–—―\"”’'")
_ADJUNCTS = frozenset({"prep", "npadvmod", "advmod", "prt", "tmod", "dobj", "dative"})


def content_of(page: Page, verb: Token, cue: Cue) -> tuple[Bounds, str] | None:
    """The stretch that a verb cue reports and the frame that gave it, None if there is none."""
    takes = cue.takes
    if "put" in takes or (takes & {"quote", "clause"} and _under_as(verb)):
        main = verb.head if verb.dep_ == "advcl" and _under_as(verb) else None
        if main is not None:
            return _without(page, main, verb), "as put"
        if "clause" not in takes:
            return None
    if takes & {"clause", "quote", "that"}:
        found = _clause(page, verb, takes)
        if found is not None:
            return found
    if ("infinitive" in takes or ("quote" in takes and grammar.is_passive(verb))) and (
        found := _infinitive(verb)
    ) is not None:
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
    return not any(
        c.dep_ in {"ccomp", "xcomp", "acomp"} or (c.dep_ == "dobj" and c.lower_ != "it")
        for c in verb.children
        if c.lower_ != "clear"
    ) and _set_off(verb)


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
    if "quote" in takes and (said := _said_before(verb)) is not None:
        return said, "clause before"
    for c in verb.children:
        if c.dep_ == "ccomp" and c.lower_ not in {"so", "not"}:
            start, end = grammar.bounds(c)
            end = _before_while(c, end)
            if not takes & {"clause", "quote"} and page.lower[start] != "that":
                continue
            if page.lower[start] in _REFLEXIVE:  # "found themselves poor" reports nothing
                continue
            if grammar.has_to(c) and "infinitive" not in takes:
                continue
            if start > verb.i:
                return (start, _that_follow(c, end)), "clause"
            around = _around(page, verb, verb)
            if around is not None:
                return around, "clause before"
    if page.lower[verb.i + 1 : verb.i + 2] == ["that"] and (end := _to_the_stop(page, verb.i)) - verb.i > 4:
        return (verb.i + 1, end), "clause"
    if verb.dep_ in {"parataxis", "ccomp", "dep"} and "quote" in takes and verb.head != verb \
            and not _quoted_apart(page, verb):
        around = _around(page, verb, verb.head)
        if around is not None:
            return around, "inserted"
    return None


def _quoted_apart(page: Page, verb: Token) -> bool:
    """Whether a verb is the first of quoted words, and what it hangs on stands before them."""
    level = page.inner[verb.i]
    return level >= 0 and not page.quoted[level].start <= verb.head.i < page.quoted[level].end


def _said_before(verb: Token) -> Bounds | None:
    """The noun phrase of "A waste of money, said the union": no comma alone parts a subject from its verb."""
    before = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    after = next((c for c in verb.children if c.dep_ == "nsubj" and c.i > verb.i), None)
    if before is None or after is None or verb.doc[verb.i - 1].text != ",":
        return None
    start, end = grammar.bounds(before)
    opens = verb.doc[start].is_sent_start and all(t.text != "," for t in verb.doc[start:verb.i - 1])
    return (start, verb.i - 1) if opens and end in {verb.i - 1, verb.i} else None


def _that_follow(clause: Token, end: int) -> int:
    """Where the last of "that it failed, that it cost jobs and that nobody cared" ends."""
    for c in clause.head.children:
        if c.dep_ == "ccomp" and end <= c.left_edge.i <= end + 1 and grammar.opened_by(c, "that", end + 3):
            end = _before_while(c, int(c.right_edge.i) + 1)
    return end


def _before_while(clause: Token, end: int) -> int:
    """A clause ends before ", while another says"."""
    for c in clause.children:
        if c.dep_ == "advcl" and c.i > clause.i and c.left_edge.lower_ in {"while", "whereas"}:
            return int(c.left_edge.i)
    return end


def _to_the_stop(page: Page, at: int) -> int:
    """Where the sentence of a token ends by its words, for clauses that the parse has lost."""
    last = min(page.paragraphs[page.paragraph[at]][1], at + LONGEST_CLAUSE)
    return next((i for i in range(at, last) if page.lower[i] in TERMINAL), last)


def _around(page: Page, verb: Token, host: Token) -> Bounds | None:
    """The clause of ``host`` around an inserted "he said", or before it; None if it is not set off by commas."""
    subject = grammar.child(verb, "nsubj") or grammar.child(verb, "nsubjpass")
    if subject is None or abs(subject.i - verb.i) > 12:
        return None
    left, right = min(verb.i, subject.left_edge.i), max(verb.i, subject.right_edge.i) + 1
    while (
        right < len(page.lower)
        and page.tokens[right].head.i in range(left, right)
        and page.tokens[right].dep_ in _ADJUNCTS
    ):
        right = page.tokens[right].right_edge.i + 1
    start, end = grammar.bounds(host)
    before = page.previous(left)
    if before < start or page.lower[before] not in _BREAKS:
        return None
    rest = [i for i in range(right, end) if page.lower[i][:1].isalnum()]
    if not rest:
        return start, left
    return (start, end) if page.lower[right] in _BREAKS else (start, left)


def _infinitive(verb: Token) -> tuple[Bounds, str] | None:
    for c in verb.children:
        if c.dep_ in {"xcomp", "ccomp", "advcl"} and c.i > verb.i and grammar.has_to(c):
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
        (c for c in verb.children if c.dep_ == "ccomp" and c.pos_ in {"NOUN", "ADJ", "PROPN"}), None
    )
    if said is None:
        said = grammar.preposition(verb, "as", "to", "with") or next(
            (c for c in verb.children if c.dep_ == "advcl" and any(g.lower_ == "as" for g in c.children)), None
        )
        if said is None and thing is not None and thing.i > verb.i:
            said = grammar.preposition(
                thing, "as", *(["to"] if verb.lemma_ in {"liken", "compare", "equate"} else [])
            )
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
    if (
        thing is None
        or (not passive and thing.i < verb.i)
        or thing.lower_ in {"himself", "herself", "themselves", "itself"}
    ):
        gerund = grammar.child(verb, "xcomp")
        if gerund is not None and gerund.tag_ == "VBG":
            return grammar.bounds(gerund), "object"
        return None
    start, end = grammar.bounds(thing)
    for c in verb.children:
        if not passive and c.dep_ == "prep" and c.lower_ in _CLAUSE_TAILS and c.left_edge.i == end:
            end = c.right_edge.i + 1
    return (start, end), "object"
