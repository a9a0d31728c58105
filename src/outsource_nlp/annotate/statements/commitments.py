"""Promises and demands: "we will take the railways into public ownership", "no prison should be run for profit".

Who promises or demands something tells a side in so many words, and the verb, its negation and the target decide which
one. A clause with a target enters; the side leaves, 0 where nothing is promised or demanded, or the grammar is unclear.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Span, Token

from outsource_nlp import data
from outsource_nlp.annotate.statements.moods import chain
from outsource_nlp.annotate.statements.targets import TargetHit
from outsource_nlp.errors import DataError

AIMS = "aims.csv"
WE = frozenset({"we", "i"})
WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})
MUST = frozenset({"must", "should"})
VOWS = frozenset({"aim", "commit", "demand", "intend", "need", "pledge", "plan", "promise", "propose", "seek",
                  "undertake", "want", "wish"})
"""Verbs whose subject means to do what hangs on them: "we want to end outsourcing"."""
TAKING_SIDES = frozenset({"back", "defend", "favor", "favour", "oppose", "reject", "resist", "support", "welcome"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "advmod", "poss", "acl"})
CLAUSES = frozenset({"acl", "advcl", "ccomp", "conj", "parataxis", "pcomp", "relcl", "xcomp"})
INTO = frozenset({"into", "to", "in", "under"})
PROVIDED = frozenset({"deliver", "manage", "operate", "own", "provide", "run", "staff"})
NO = frozenset({"no", "never", "neither", "nor"})
UNCLEAR = frozenset({"some", "certain", "only", "exception", "rather", "instead", "unless", "until", "whether", "if",
                     "than"})
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


def committed(clause: Span, hit: TargetHit, aims: Mapping[tuple[str, str], int], *, ours: bool) -> int:
    """The side that a promise or demand takes: 1 for, -1 against, 0 if there is none.

    ``ours`` says that the text speaks of "we": then what "will be" done is its author's programme.
    """
    target = clause.doc[hit.start:hit.end].root
    if not hit.side or clause.sent.text.rstrip().endswith("?"):
        return 0
    done = _done(target, aims)
    if done is None:
        return 0
    verb, polarity = done
    if not clause.start <= verb.i < clause.end or not _meant(verb, ours) or _unclear(clause, verb):
        return 0
    return hit.side * polarity * (-1 if _denied(clause, verb) else 1)


def _done(target: Token, aims: Mapping[tuple[str, str], int]) -> tuple[Token, int] | None:
    """The verb that says what is to be done with the target, and whether there is to be more of it or less."""
    if target.pos_ == "VERB" and target.dep_ not in MODIFIERS:
        return target, aims.get(("verb", target.lemma_.lower()), 1)
    noun, polarity = target, 1
    while noun.dep_ in MODIFIERS and noun.head.i != noun.i:
        noun = noun.head
    for _ in range(3):
        head = noun.head
        if noun.dep_ in {"dobj", "nsubjpass"} and head.pos_ == "VERB":
            done = aims.get(("verb", head.lemma_.lower()))
            return (head, polarity * done) if done else None
        if noun.dep_ != "pobj":
            return None
        if head.dep_ == "agent" or head.lower_ == "by":
            return (head.head, polarity) if head.head.lemma_.lower() in PROVIDED else None
        outer = head.head if head.head.lower_ == "out" else head
        if outer.head.pos_ == "VERB":
            return _moved(outer, polarity, aims)
        step = aims.get(("noun", head.head.lemma_.lower())) if head.lower_ in {"of", "to", "in"} else None
        if step is None:
            return None
        noun, polarity = head.head, polarity * step
    return None


def _moved(preposition: Token, polarity: int, aims: Mapping[tuple[str, str], int]) -> tuple[Token, int] | None:
    """"bring into", "keep in", "take out of": services go to those who are to run them, or away from them."""
    verb = preposition.head
    away = preposition.lower_ in {"from", "out"}
    if ("motion", verb.lemma_.lower()) not in aims or not (away or preposition.lower_ in INTO):
        return None
    return verb, -polarity if away else polarity


def _meant(verb: Token, ours: bool) -> bool:
    """Whether somebody means it to be done: "we will", "we want to", "it must", an order; not what others do."""
    if verb.dep_ == "relcl":
        return False
    above = list(chain(verb))
    top = above[-1]
    modals = {c.lower_ for v in above for c in v.children if c.dep_ == "aux"}
    subject = next((c for v in above for c in v.children if c.dep_ in SUBJECTS), None)
    if subject is None:
        return top.tag_ == "VB" and top.dep_ == "ROOT" and not modals - {"do"}
    if modals & MUST:
        return True
    own = subject.lower_ in WE
    if modals & WILL:
        return own or (ours and subject.dep_ == "nsubjpass")
    return own and (top.lemma_.lower() in VOWS if len(above) > 1 else verb.lemma_.lower() in TAKING_SIDES)


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
        c.dep_ == "mark" and c.lower_ not in {"that"} for v in chain(verb) for c in v.children)
