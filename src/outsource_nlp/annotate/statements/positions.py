"""Positions and decisions told of a named actor: "the union opposes the contract", "ministers privatised it".

The text reports somebody's side without reporting words. A segment with a target enters; the actor who takes
the position leaves, if the grammar names one: the subject of the verb that governs the target.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from outsource_nlp import data
from outsource_nlp.annotate import layers
from outsource_nlp.errors import DataError

VERBS = "position_verbs.csv"
COLLECTIVES = "collectives.csv"
CLASSES = frozenset({"position", "decision"})
HOLDER_TYPES = {
    "person": "person", "government": "government", "council": "government", "company": "organisation",
    "provider": "organisation", "party": "organisation", "union": "organisation", "publication": "organisation",
    "organisation": "organisation",
}
SPEAKERS_OWN = frozenset({"i", "we", "us", "me", "you", "it", "this", "that", "which", "who", "they", "he", "she"})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a view: the name to print, the entity if it is one, and its type."""

    name: str
    entity_id: str
    type: str


NOBODY = Holder("", "", "unknown")
"""Whoever decided what a passive tells without saying who."""
CLIMB = 4
"""How many verbs up a subject is looked for."""
SUPPOSED = frozenset({"would", "might", "were", "could", "can", "ca", "may"})
ASKED = frozenset({"should", "must", "ought", "need"})
"""What "should" be done is the view of whoever says so, not of those who should do it."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb by which somebody takes a side; ``polarity`` is 1 for, -1 against what it governs, 0 if it depends."""

    kind: str
    polarity: int


@dataclass(frozen=True, slots=True)
class Position:
    """An actor and the verb by which they take a side."""

    holder: Holder
    verb: Verb


def load_position_verbs() -> dict[str, Verb]:
    """Verbs of position and decision by lemma.

    Raises:
        DataError: wrong columns, an unknown class or polarity.
    """
    verbs = {}
    for line, row in data.rows(VERBS, ["lemma", "class", "polarity"]):
        if row["class"] not in CLASSES or row["polarity"] not in ("-1", "0", "1"):
            raise DataError.bad_row(VERBS, line, f"class {row['class']}, polarity {row['polarity']}")
        verbs[row["lemma"]] = Verb(row["class"], int(row["polarity"]))
    return verbs


def load_collectives() -> dict[str, str]:
    """Nouns for actors without a name ("ministers"), with their holder type.

    Raises:
        DataError: wrong columns or an unknown type.
    """
    nouns = {}
    for line, row in data.rows(COLLECTIVES, ["noun", "holder_type"]):
        if row["holder_type"] not in HOLDER_TYPES.values():
            raise DataError.bad_row(COLLECTIVES, line, f"holder_type {row['holder_type']}")
        nouns[row["noun"]] = row["holder_type"]
    return nouns


class Actors:
    """Looks up who a token names, from the mentions of the Doc."""

    def __init__(self, doc: Doc, collectives: Mapping[str, str]) -> None:
        """Index the mentions by token; the longest wins."""
        self._collectives = collectives
        self._entities = layers.entities(doc)
        self._by_token: dict[int, layers.Mention] = {}
        for mention in sorted(layers.mentions(doc), key=lambda m: len(m.span)):
            for i in range(mention.span.start, mention.span.end):
                self._by_token[i] = mention

    def at(self, token: Token) -> Holder | None:
        """The actor that a noun names: an entity that can hold a view, or a collective such as "ministers"."""
        mention = self._by_token.get(token.i)
        if mention is not None:
            type_ = HOLDER_TYPES.get(mention.type, "")
            entity = self._entities.get(mention.entity_id)
            name = entity.name if entity else mention.span.text
            return Holder(name, mention.entity_id, type_) if type_ else None
        kind = self._collectives.get(token.lower_)
        return Holder(_noun_phrase(token).text, "", kind) if kind else None


def _noun_phrase(token: Token) -> Span:
    left = min((t.i for t in token.lefts if t.dep_ in {"det", "amod", "compound", "poss", "nummod"}), default=token.i)
    return token.doc[left:token.i + 1]


def taken_by(
    segment: Span, target: Span, actors: Actors, verbs: Mapping[str, Verb], *, ours: bool
) -> Position | None:
    """Who takes a position on the target in this segment; None where the author speaks for themself.

    What stands under "if", beside a "should" or in a question is the author's thought, not the actor's position.
    ``ours`` says that the text speaks of "we".
    """
    if segment.sent.text.rstrip().endswith("?"):
        return None
    token, inside = target.root, True
    while inside:
        verb = verbs.get(token.lemma_.lower()) if token.pos_ in {"VERB", "AUX"} else None
        if verb is not None and not _supposed(token):
            holder = _subject(token, actors, ours)
            if holder is not None and (holder is not NOBODY or verb.kind == "decision"):
                return Position(holder, verb)
        inside = token.i != token.head.i and segment.start <= token.head.i < segment.end
        token = token.head
    return None


def _supposed(verb: Token) -> bool:
    """Whether the verb stands under "if" or "unless", or beside a "would", a "should" or a "must"."""
    while True:
        if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in verb.children):
            return True
        if any(c.dep_ == "aux" and c.lower_ in SUPPOSED | ASKED for c in verb.children):
            return True
        if verb.dep_ not in {"xcomp", "conj", "pcomp", "csubj"} or verb.head.i == verb.i:
            return False
        verb = verb.head


def _subject(verb: Token, actors: Actors, ours: bool) -> Holder | None:
    """The actor in a verb's agent or subject, or in the subject of the verb it hangs on.

    A passive without an agent is NOBODY's ("the parks were outsourced"), but what "will be" done in a text that speaks
    of "we" is its author's programme.
    """
    for _ in range(CLIMB):
        parts = {child.dep_: child for child in verb.children}
        if "agent" in parts and verb.dep_ != "relcl":
            return next((actors.at(c) for c in parts["agent"].children if c.dep_ == "pobj"), None)
        if "nsubj" in parts or "csubj" in parts:
            noun = parts.get("nsubj", parts.get("csubj", verb))
            return None if noun.lower_ in SPEAKERS_OWN else actors.at(noun)
        if "nsubjpass" in parts:
            coming = any(c.lower_ in {"will", "shall", "to", "must", "should"} for c in verb.children)
            return None if coming and ours else NOBODY
        if verb.dep_ not in {"conj", "xcomp", "advcl", "pcomp"}:
            return None
        verb = verb.head if verb.dep_ != "pcomp" else verb.head.head
    return None
