"""Speakers that are named or described at the spot: a name, "the leader, Jane Roe", "the council".

A ``Page``, its ``Cast`` and the token that heads the phrase enter, a ``Speaker`` leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

from outsource_nlp.annotate.speech import grammar
from outsource_nlp.annotate.speech.cast import Cast, Member, bare_name
from outsource_nlp.annotate.speech.lexicon import Lexicon
from outsource_nlp.annotate.speech.page import Bounds, Page
from outsource_nlp.annotate.speech.phrases import phrase_start

REACH = 160  # tokens in which the one that a word stands for is looked for
_GROUPS = frozenset(
    "family people staff public everyone nobody someone anyone men women children parents some many".split()
)
_BODIES = {
    "council": {"council"},
    "authority": {"council", "government"},
    "company": {"company", "provider"},
    "firm": {"company", "provider"},
    "contractor": {"company", "provider"},
    "provider": {"company", "provider"},
    "operator": {"company", "provider"},
    "outsourcer": {"company"},
    "union": {"union"},
    "party": {"party"},
    "newspaper": {"publication"},
    "magazine": {"publication"},
    "paper": {"publication"},
    "website": {"publication"},
    "department": {"government"},
    "ministry": {"government"},
    "regulator": {"government"},
    "charity": {"provider", "organisation"},
    "trust": {"provider", "organisation"},
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: name ("" if unknown), entity id, holder type and the words that name them here."""

    name: str = ""
    entity_id: str = ""
    type: str = "unknown"
    span: Bounds | None = None
    singular: bool = True


def named_by(page: Page, cast: Cast, head: int, lexicon: Lexicon) -> Speaker:
    """The speaker whom a noun or name names."""
    span = phrase(page, head)
    several = _several(page, head)
    if several is not None:
        return Speaker(_clean(page.text(several)), "", "person", several, singular=False)
    member = cast.over(head) or _apposed(page, cast, head)
    if member is not None:
        return speaker_for(member, span)
    if page.parsed and not lexicon.kind(page.lower[head]):
        owner = grammar.child(page.tokens[head], "poss")  # "the council's reply was": the council speaks
        if owner is not None and owner.pos_ != "PRON":
            return named_by(page, cast, owner.i, lexicon)
    member = _described(page, cast, head, lexicon)
    if member is not None:
        return speaker_for(member, span)
    kind = {"person": "person", "government": "government", "": "unknown"}.get(
        lexicon.kind(page.lower[head]), "organisation"
    )
    if kind == "unknown" and lexicon.gender(page.text(span).split()[0]) and page.tokens[head].text[:1].isupper():
        return Speaker(bare_name(page.text(span)), "", "person", span)
    word = page.lower[head]
    return Speaker(_clean(page.text(span)), "", kind, span, word not in lexicon.plurals and word not in _GROUPS)


def phrase(page: Page, head: int) -> Bounds:
    """The words that name a speaker: left edge to head, with an "of" phrase after a common noun."""
    if not page.parsed:
        return phrase_start(page, head), head + 1
    token = page.tokens[head]
    start, end = token.left_edge.i, head + 1
    if token.pos_ == "PROPN":
        while (
            end < len(page.lower)
            and page.tokens[end].head.i == head
            and page.tokens[end].dep_ in {"flat", "compound"}
        ):
            end += 1
    prep = grammar.preposition(token, "of", "at", "for", "from")
    if prep is not None and prep.i == end and prep.right_edge.i - head <= 8:
        end = prep.right_edge.i + 1
    inner = next((t for t in range(head - 1, start - 1, -1) if page.cover[t] != page.cover[head]), None)
    start = start if inner is None else inner + 1
    return page.trim(start, end) if page.trim(start, end)[0] < page.trim(start, end)[1] else (head, head + 1)


def _several(page: Page, head: int) -> Bounds | None:
    """The names of a coordination, "Marsh, Petrov and Wells", if they are persons."""
    if not page.parsed or page.tokens[head].pos_ != "PROPN":
        return None
    last = page.tokens[head]
    persons = last.ent_type_ == "PERSON"
    while (other := grammar.child(last, "conj")) is not None and other.text[:1].isupper():
        last = other
        persons |= last.ent_type_ == "PERSON"
    if last.i == head or not persons:
        return None
    return page.trim(page.tokens[head].left_edge.i, last.i + 1)


def _clean(text: str) -> str:
    return " ".join(text.split())


def speaker_for(member: Member, span: Bounds | None) -> Speaker:
    """The speaker that a mention names."""
    return Speaker(member.name, member.entity_id, member.holder_type, span, member.type != "group")


def _apposed(page: Page, cast: Cast, head: int) -> Member | None:
    """A name in apposition: "the leader, John Smith", "Smith's director, Jane Roe", "the firm, Bright Ltd"."""
    if not page.parsed:
        return None
    token = page.tokens[head]
    near = [c for c in token.children if c.dep_ == "appos"]
    if token.dep_ == "appos":
        near.append(token.head)
    for other in near:
        member = cast.over(other.i)
        body = other.i > head and token.pos_ == "NOUN"
        if member is not None and (member.type == "person" or body):
            return member
    return None


def _described(page: Page, cast: Cast, head: int, lexicon: Lexicon) -> Member | None:
    """The entity of a definite description, if just one before it fits."""
    word = page.lower[head]
    start = phrase_start(page, head) if not page.parsed else page.tokens[head].left_edge.i
    if page.lower[start] not in {"the", "this", "that", "his", "her", "their"} and not any(
        page.lower[t] in {"'s", "’s", "'"} for t in range(start, head)
    ):
        return None
    if lexicon.kind(word) == "person" and word not in lexicon.plurals:
        fitting = [cast.members[n] for n in cast.roles.get(word, ()) if cast.members[n].start < head]
        names = {m.name for m in fitting}
        return fitting[-1] if len(names) == 1 else None
    if word in _BODIES and page.lower[start] in {"the", "this"} and head - start == 1:
        fitting = [m for m in cast.before(head, 2 * REACH) if m.type in _BODIES[word]]
        return fitting[0] if len({m.name for m in fitting}) == 1 else None
    return None
