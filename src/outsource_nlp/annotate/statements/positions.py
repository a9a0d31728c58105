"""Positions and decisions told of a named actor: "the union opposes the contract", "ministers privatised it".

The text reports somebody's side without reporting words. A segment with a target enters; the actor who takes
the position leaves, if the grammar names one: the subject of the verb, adjective or "against" that governs the target.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from outsource_nlp import data
from outsource_nlp.annotate import layers
from outsource_nlp.annotate.statements.moods import asked, supposed, would_rather
from outsource_nlp.errors import DataError

VERBS = "position_verbs.csv"
COLLECTIVES = "collectives.csv"
CLASSES = frozenset({"position", "decision", "attitude"})
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
COPULAS = frozenset({"be", "become", "remain", "stay", "feel", "seem", "sound", "look", "get", "grow"})
SIDING = COPULAS | {"argue", "campaign", "come", "decide", "demand", "demonstrate", "fight", "gather", "lobby", "march",
                    "petition", "protest", "rally", "rebel", "rule", "sign", "speak", "stand", "strike", "turn", "vote",
                    "write"}
"""Verbs that with "against", "in favour of" or "in support of" say that somebody takes a side."""
SIDES = frozenset({"favour", "favor", "support", "opposition", "protest", "defence", "defense", "praise"})
PARTISANS = frozenset({"critic", "opponent", "supporter", "advocate", "champion", "defender", "proponent", "enemy"})
REACTIONS = frozenset({"anger", "anxiety", "appetite", "backlash", "concern", "criticism", "dismay", "disquiet",
                       "enthusiasm", "fear", "fury", "hostility", "opposition", "outrage", "resentment", "support",
                       "unease"})
AMONG = frozenset({"among", "amongst", "by", "from"})
CASES = frozenset({"case", "argument"})
OPINIONS = frozenset({"be", "look", "mean", "remain", "represent", "seem"})
DECISIONS = frozenset({"decision", "choice", "bid", "attempt", "drive", "push", "move", "effort", "rush"})
MANY = frozenset({"all", "both", "dozens", "few", "hundreds", "majority", "many", "most", "number", "scores", "several",
                  "some", "thousands"})


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb or adjective of taking sides; ``polarity`` is 1 for, -1 against what it governs, 0 if it depends."""

    kind: str
    polarity: int


@dataclass(frozen=True, slots=True)
class Position:
    """An actor and the verb by which they take a side."""

    holder: Holder
    verb: Verb


def load_position_verbs() -> dict[str, Verb]:
    """Verbs of position and decision by lemma, adjectives of attitude.

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
        noun = _counted(token)
        kind = self._collectives.get(noun.lower_)
        return Holder(token.doc[_noun_phrase(token).start:noun.i + 1].text, "", kind) if kind else None


def _counted(token: Token) -> Token:
    """"parents" of "hundreds of parents", else the token itself."""
    if token.lower_ not in MANY:
        return token
    nouns = (noun for of in token.children if of.lower_ == "of" for noun in of.children if noun.dep_ == "pobj")
    return next(nouns, token)


def _noun_phrase(token: Token) -> Span:
    left = min((t.i for t in token.lefts if t.dep_ in {"det", "amod", "compound", "poss", "nummod"}), default=token.i)
    return token.doc[left:token.i + 1]


def taken_by(
    segment: Span, target: Span, actors: Actors, verbs: Mapping[str, Verb], *, ours: bool
) -> Position | None:
    """Who takes a position on the target in this segment; None where the author speaks for themself.

    What stands under "if", beside a "should" or in a question is the author's thought, not the actor's position, and
    what the target itself does is none on it. ``ours`` says that the text speaks of "we".
    """
    token = target.root
    if segment.sent.text.rstrip().endswith("?"):
        return None
    if (seen := _seen_by(segment, target, actors)) is not None:
        return Position(seen, Verb("position", 0))
    if token.dep_ == "nsubj":
        return None
    while True:
        if token.pos_ == "NOUN" and (named := _by_noun(token, target, actors)) is not None:
            return named
        verb, holder = _side_word(token, verbs), None
        if verb is not None and not supposed(token) and not asked(token):
            holder = _feeling(token, actors) if verb.kind == "attitude" else _subject(token, actors, ours)
        if verb is not None and holder is not None and (holder is not NOBODY or verb.kind == "decision"):
            return Position(holder, verb)
        if token.i == token.head.i or not segment.start <= token.head.i < segment.end:
            return None
        token = token.head


def _seen_by(segment: Span, target: Span, actors: Actors) -> Holder | None:
    """The unions of "For the unions, outsourcing is a threat"."""
    opening = segment[0]
    if opening.lower_ not in {"for", "to"} or opening.dep_ != "prep" or opening.head.lemma_ not in OPINIONS:
        return None
    noun = next((c for c in opening.children if c.dep_ == "pobj"), None)
    if noun is None or noun.right_edge.i >= target.start or segment.doc[noun.right_edge.i + 1].text != ",":
        return None
    return actors.at(noun)


def _by_noun(noun: Token, target: Span, actors: Actors) -> Position | None:
    """Whose side a noun tells: critics of it, "the plan to outsource", "anger among parents", "the case for" it."""
    lemma = noun.lemma_.lower()
    if lemma in REACTIONS:
        among = (c for above in (noun, noun.head) for c in above.children if c.lower_ in AMONG)
        holders = (actors.at(c) for preposition in among for c in preposition.children if c.dep_ == "pobj")
        return next((Position(h, Verb("position", 0)) for h in holders if h is not None), None)
    if lemma in CASES and noun.dep_ == "dobj" and noun.head.lemma_ in {"make", "put"} and not asked(noun.head):
        arguing = _subject(noun.head, actors, ours=False)
        return Position(arguing, Verb("position", 0)) if arguing not in {None, NOBODY} else None
    if lemma in PARTISANS and noun.i < target.start and noun.dep_ == "nsubj" and noun.head.lemma_ != "be":
        return Position(Holder(noun.doc[_noun_phrase(noun).start:target.end].text, "", "person"), Verb("position", 0))
    owner = next((c for c in noun.children if c.dep_ == "poss"), None) if lemma in DECISIONS else None
    holder = actors.at(owner) if owner is not None else None
    return Position(holder, Verb("decision", 1)) if holder is not None else None


def _side_word(token: Token, verbs: Mapping[str, Verb]) -> Verb | None:
    """The side that a word takes towards what hangs on it: a listed word, or a verb with "against" or "rather"."""
    attitude = verbs.get(token.lower_)
    if attitude is not None and attitude.kind == "attitude" and token.tag_ in {"JJ", "VBN", "VBD"}:
        return attitude
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    if would_rather(token):
        return Verb("position", 0)
    verb = verbs.get(token.lemma_.lower())
    if verb is None and token.lemma_.lower() in SIDING and any(map(_side, token.children)):
        return Verb("position", 0)
    return verb if verb is not None and verb.kind != "attitude" else None


def _side(preposition: Token) -> bool:
    """Whether it is "against" or the first word of "in favour of"."""
    if preposition.lower_ == "in":
        nouns = (noun for noun in preposition.children if noun.lower_ in SIDES)
        return any(c.lower_ in {"of", "to"} for noun in nouns for c in noun.children)
    return preposition.lower_ == "against"


def _feeling(adjective: Token, actors: Actors) -> Holder | None:
    """Who "is keen", "remained hostile" or "was troubled"."""
    for verb in (adjective, adjective.head):
        if verb is adjective or verb.lemma_ in COPULAS:
            subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
            if subject is not None:
                return None if subject.lower_ in SPEAKERS_OWN else actors.at(subject)
    return None


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
