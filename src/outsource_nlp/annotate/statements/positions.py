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
CLASSES = frozenset({"position", "decision"})
HOLDER_TYPES = {
    "person": "person", "government": "government", "council": "government", "company": "organisation",
    "provider": "organisation", "party": "organisation", "union": "organisation", "publication": "organisation",
    "organisation": "organisation",
}
COLLECTIVES = frozenset(
    ["government", "minister", "ministers", "council", "councils", "councillor", "councillors", "union", "unions", "company", "companies", "firm", "department", "committee", "board", "cabinet", "authority", "authorities", "party", "campaigner", "campaigners", "resident", "residents", "parent", "parents", "staff", "worker", "workers", "critic", "critics", "supporter", "supporters", "manager", "managers", "director", "directors", "leader", "leaders", "trust", "charity", "regulator", "mps", "peers", "tories", "labour", "opposition", "administration", "coalition"])
SPEAKERS_OWN = frozenset({"i", "we", "us", "me", "you", "it", "this", "that", "which", "who", "they", "he", "she"})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a view: the name to print, the entity if it is one, and its type."""

    name: str
    entity_id: str
    type: str


def load_position_verbs() -> dict[str, str]:
    """Verb lemmas with their class.

    Raises:
        DataError: wrong columns or an unknown class.
    """
    verbs = {}
    for line, row in data.rows(VERBS, ["lemma", "class"]):
        if row["class"] not in CLASSES:
            raise DataError.bad_row(VERBS, line, f"class {row['class']}")
        verbs[row["lemma"]] = row["class"]
    return verbs


class Actors:
    """Looks up who a token names, from the mentions of the Doc."""

    def __init__(self, doc: Doc) -> None:
        """Index the mentions by token; the longest wins."""
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
        if token.lower_ in COLLECTIVES:
            phrase = _noun_phrase(token)
            kind = "government" if token.lemma_.lower() in {"government", "minister", "council", "department"} else \
                "organisation"
            return Holder(phrase.text, "", kind)
        return None


def _noun_phrase(token: Token) -> Span:
    left = min((t.i for t in token.lefts if t.dep_ in {"det", "amod", "compound", "poss", "nummod"}), default=token.i)
    return token.doc[left:token.i + 1]


def taken_by(segment: Span, target: Span, actors: Actors, verbs: Mapping[str, str]) -> Holder | None:
    """Who takes a position on the target in this segment; None where the author speaks for themself."""
    token = target.root
    while token.i != token.head.i and segment.start <= token.head.i < segment.end:
        if token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in verbs:
            holder = _subject(token, actors)
            if holder is not None:
                return holder
        token = token.head
    if token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in verbs:
        return _subject(token, actors)
    return None


def _subject(verb: Token, actors: Actors) -> Holder | None:
    """The actor in a verb's subject, its agent, or the subject of the verb it hangs on."""
    seen = 0
    while seen < 4:
        for child in verb.children:
            if child.dep_ in {"nsubj", "csubj"} or (child.dep_ == "agent" and verb.dep_ != "relcl"):
                noun = next((c for c in child.children if c.dep_ == "pobj"), child)
                return None if noun.lower_ in SPEAKERS_OWN else actors.at(noun)
            if child.dep_ == "nsubjpass":
                return None
        if verb.dep_ == "relcl" and verb.head.pos_ in {"NOUN", "PROPN"}:
            return None
        if verb.dep_ not in {"conj", "xcomp", "advcl", "pcomp"}:
            return None
        verb = verb.head if verb.dep_ != "pcomp" else verb.head.head
        seen += 1
    return None
