"""Promises and demands: "we will take the railways into public ownership", "the unions want an end to outsourcing".

Who promises or demands something tells a side in so many words, and the verb, its negation and the target decide which
one. A clause with a target enters, with the cue of the report in which it stands; the side leaves, 0 where nothing is
promised or demanded, or the grammar is unclear.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile

from spacy.tokens import Span, Token

from outsource_nlp import data
from outsource_nlp.annotate.statements.moods import ASKING, chain
from outsource_nlp.annotate.statements.targets import TargetHit
from outsource_nlp.errors import DataError

AIMS = "aims.csv"
WE = frozenset({"we", "i"})
WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})
MUST = frozenset({"must", "should"})
VOWS = frozenset({"aim", "commit", "demand", "intend", "need", "pledge", "plan", "promise", "propose", "seek",
                  "undertake", "want", "wish"})
"""Verbs whose subject means to do what hangs on them: "we want to end outsourcing"."""
DEMANDS = ASKING | VOWS | {
    "advise", "advocate", "agree", "call", "campaign", "decide", "encourage", "fight", "implore", "invite", "lobby",
    "persuade", "petition", "plea", "plead", "press", "pressure", "proposal", "push", "recommendation", "tell",
    "threaten", "vote", "vow"}
"""Verbs and nouns of a report whose content is to be done: "ministers plan to", "a call for", "told the council to"."""
WANTS = frozenset({"advocate", "demand", "need", "propose", "recommend", "request", "seek", "want"})
"""Those whose object is itself what somebody wants: "they demand public ownership"."""
REFUSALS = frozenset({"decline", "refusal", "refuse"})
REPORTED = frozenset({"to", "be", "would", "'d", "’d", "not", "n't", "n’t"}) | WILL | MUST
"""What stands beside the verb of such a content; "has been" and "is" tell what is so."""
FATES = {"cease": -1, "continue": 1, "end": -1, "expand": 1, "grow": 1, "halt": -1, "proceed": 1, "stop": -1}
"""What may become of a thing by itself: "outsourcing must stop"."""
THEY = frozenset({"he", "it", "she", "they"}) | WE
"""Who a speaker is in the report of their own words: "the council said it would"."""
TAKING_SIDES = frozenset({"back", "defend", "favor", "favour", "oppose", "reject", "resist", "rule", "support",
                          "welcome"})
RESISTING = frozenset({"oppose", "reject", "resist", "rule"})
"""Who does "not oppose" or "not rule out" a thing does not support it yet."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "advmod", "poss", "acl"})
CLAUSES = frozenset({"acl", "advcl", "ccomp", "conj", "parataxis", "pcomp", "relcl", "xcomp"})
INTO = frozenset({"into", "to", "in", "under"})
PROVIDED = frozenset({"deliver", "manage", "operate", "own", "provide", "run", "staff"})
NO = frozenset({"no", "never", "neither", "nor"})
UNCLEAR = frozenset({"some", "certain", "only", "exception", "rather", "instead", "unless", "until", "whether", "if",
                     "than", "how", "why"})
"""Words that turn or bound what is promised in ways that grammar alone does not tell."""


def load_aims() -> dict[tuple[str, str], int]:
    """What is done to a thing, by word class (verb, noun, motion) and lemma: 1 for having more of it, -1 for less.

    Raises:
        DataError: wrong columns, an unknown class or polarity.
    """
    aims = {}
    for line, row in data.rows(AIMS, ["lemma", "class", "polarity"]):
        if row["class"] not in {"verb", "noun", "motion"} or row["polarity"] not in ("-1", "1"):
            raise DataError.bad_row(AIMS, line, f"class {row['class']}, polarity {row['polarity']}")
        aims[row["class"], row["lemma"]] = int(row["polarity"])
    return aims


def committed(
    clause: Span, hit: TargetHit, aims: Mapping[tuple[str, str], int], *, ours: bool, cue: Token | None = None
) -> int:
    """The side that a promise or demand takes: 1 for, -1 against, 0 if there is none.

    ``ours`` says that the text speaks of "we": then what "will be" done is its author's programme. ``cue`` is the word
    that reports the clause, if one does: its subject means what "to" or "should" be done.
    """
    target = clause.doc[hit.start:hit.end].root
    if not hit.side or clause.sent.text.rstrip().endswith("?"):
        return 0
    done = _done(target, aims)
    if done is None:
        return 0
    verb, polarity = done
    reported = cue is not None and _reported(verb, cue)
    if not (reported or (clause.start <= verb.i < clause.end and _meant(verb, ours))) or _unclear(clause, verb):
        return 0
    refused = reported and cue is not None and cue.lemma_.lower() in REFUSALS
    denied = _denied(clause, verb)
    if denied and verb.lemma_.lower() in RESISTING:
        return 0
    return hit.side * polarity * (-1 if denied != refused else 1)


def _done(target: Token, aims: Mapping[tuple[str, str], int]) -> tuple[Token, int] | None:
    """The verb that says what is to be done with the target, and whether there is to be more of it or less."""
    head = target.head
    if target.dep_ == "csubj":
        return _become(head)
    if target.dep_ in {"advmod", "prep"} and head.pos_ == "VERB":
        lemma = head.lemma_.lower()
        return (head, 1) if lemma in PROVIDED or ("motion", lemma) in aims else None
    if target.tag_ == "VBG" and target.dep_ == "xcomp":
        return _governed(head, 1, aims)
    if target.pos_ == "VERB" and target.dep_ not in MODIFIERS | SUBJECTS | {"dobj", "pcomp", "pobj"}:
        return target, aims.get(("verb", target.lemma_.lower()), 1)
    return _done_to_noun(target, aims)


def _done_to_noun(noun: Token, aims: Mapping[tuple[str, str], int]) -> tuple[Token, int] | None:
    """The same for a noun, through "an end to", "the spread of" and the like."""
    polarity = 1
    while noun.dep_ in MODIFIERS and noun.head.i != noun.i:
        noun = noun.head
    for _ in range(3):
        head = noun.head
        if noun.dep_ in {"dobj", "nsubjpass"} and head.pos_ == "VERB":
            return _governed(head, polarity, aims)
        if noun.dep_ in SUBJECTS:
            return _become(head, polarity)
        if noun.dep_ not in {"pcomp", "pobj"}:
            return None
        if head.dep_ == "agent" or head.lower_ == "by":
            return (head.head, polarity) if head.head.lemma_.lower() in PROVIDED else None
        if head.lower_ in {"against", "for"} and head.head.lemma_.lower() in DEMANDS:
            return head.head, -polarity if head.lower_ == "against" else polarity
        outer = head.head if head.head.lower_ == "out" else head
        if outer.head.pos_ == "VERB":
            return _moved(outer, polarity, aims)
        step = aims.get(("noun", head.head.lemma_.lower())) if head.lower_ in {"in", "of", "on", "to"} else None
        if step is None:
            return None
        noun, polarity = head.head, polarity * step
    return None


def _become(verb: Token, polarity: int = 1) -> tuple[Token, int] | None:
    """What becomes of the verb's subject."""
    fate = FATES.get(verb.lemma_.lower())
    return (verb, polarity * fate) if fate else None


def _governed(verb: Token, polarity: int, aims: Mapping[tuple[str, str], int]) -> tuple[Token, int] | None:
    """What the verb does to its object; who demands a thing wants more of it."""
    particle = next((f" {c.lower_}" for c in verb.children if c.dep_ == "prt"), "")
    lemma = verb.lemma_.lower()
    done = aims.get(("verb", lemma + particle), int(lemma in WANTS))
    return (verb, polarity * done) if done else None


def _moved(preposition: Token, polarity: int, aims: Mapping[tuple[str, str], int]) -> tuple[Token, int] | None:
    """"bring into", "keep in", "take out of": services go to those who are to run them, or away from them."""
    verb = preposition.head
    away = preposition.lower_ in {"from", "out"}
    if away and ("verb", verb.lemma_.lower()) in aims:
        return _governed(verb, polarity, aims)
    if ("motion", verb.lemma_.lower()) not in aims or not (away or preposition.lower_ in INTO):
        return None
    return verb, -polarity if away else polarity


def _reported(verb: Token, cue: Token) -> bool:
    """Whether the verb is what the cue says is to be done, or what speakers say that they "would" do."""
    if verb.i == cue.i:
        return cue.lemma_.lower() in DEMANDS | TAKING_SIDES
    below = list(takewhile(lambda v: v.i != cue.i, chain(verb)))
    top = below[-1]
    governor = top.head.head if top.head.lower_ == "for" or (top.dep_, top.head.dep_) == ("acl", "dobj") else top.head
    beside = {c.lower_ for v in below for c in v.children if c.dep_ in {"aux", "auxpass"}}
    if governor.i != cue.i or not beside <= REPORTED or any(v.dep_ in {"csubj", "relcl"} for v in below):
        return False
    if cue.lemma_.lower() in DEMANDS | REFUSALS:
        return bool(beside) or top.tag_ == ("VBN" if cue.lemma_ == "want" else "VB")
    subject = next((c.lower_ for c in top.children if c.dep_ == "nsubj"), "")
    return subject in THEY and bool(beside & (WILL | {"would", "'d", "’d"}))


def _meant(verb: Token, ours: bool) -> bool:
    """Whether somebody means it to be done: "we will", "we want to", "it must", an order; not what others do."""
    above = list(chain(verb))
    if any(v.dep_ in {"csubj", "relcl"} for v in above):
        return False
    top = above[-1]
    modals = {c.lower_ for v in above for c in v.children if c.dep_ == "aux"}
    subject = next((c for v in above for c in v.children if c.dep_ in SUBJECTS), None)
    if subject is None:
        return top.tag_ == "VB" and top.dep_ == "ROOT" and not modals - {"do"}
    if modals & MUST:
        return True
    if top.dep_ == "ccomp" and any(c.dep_ == "nsubj" and c.lower_ in WE for c in top.head.children):
        return _reported(verb, top.head)
    own = subject.lower_ in WE
    if modals & WILL:
        return own or (ours and subject.dep_ == "nsubjpass")
    return own and top.lemma_.lower() in (DEMANDS if len(above) > 1 else TAKING_SIDES | DEMANDS)


def _denied(clause: Span, verb: Token) -> bool:
    """Whether an odd number of words says no, in the verb's own clause."""
    around = {t.i: t for v in chain(verb) for t in _own(v) if t.i >= clause.start}
    return sum(t.dep_ == "neg" or t.lower_ in NO for t in around.values()) % 2 == 1


def _own(verb: Token) -> Iterator[Token]:
    """What hangs on a verb but for other clauses."""
    for child in verb.children:
        if child.dep_ not in CLAUSES:
            yield child
            yield from _own(child)


def _unclear(clause: Span, verb: Token) -> bool:
    return any(t.lower_ in UNCLEAR for t in clause) or any(
        c.tag_ in {"WDT", "WP", "WRB"} or (c.dep_ == "mark" and c.lower_ not in {"that", "for"})
        for v in chain(verb) for c in v.children)
