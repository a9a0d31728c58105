"""Speakers: from the token that names one to the entity behind it.

A ``Page``, its ``Cast`` and the quotations found enter, in text order; a ``Speaker`` for each leaves. What the text
does not make plain stays unknown: a wrong mouth is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from outsource_nlp.annotate.speech import grammar
from outsource_nlp.annotate.speech.cast import Cast, Member, bare_name
from outsource_nlp.annotate.speech.lexicon import Lexicon
from outsource_nlp.annotate.speech.page import Bounds, Found, Page
from outsource_nlp.annotate.speech.phrases import phrase_start

REACH = 160  # tokens in which a pronoun's person is looked for
LAST_SPEAKER, SUBJECT, GENDER, MARGIN = 0.6, 0.5, 0.2, 0.1
_SINGULAR = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_OTHER = frozenset(
    {
        "they",
        "it",
        "them",
        "their",
        "its",
        "we",
        "i",
        "you",
        "one",
        "this",
        "that",
        "these",
        "those",
        "who",
        "which",
        "what",
    }
)
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


UNKNOWN = Speaker()


def resolve(page: Page, cast: Cast, found: Sequence[Found], lexicon: Lexicon) -> list[Speaker]:
    """One speaker a quotation, in the same order."""
    out: list[Speaker] = []
    for number, one in enumerate(found):
        earlier = ((found[k], out[k]) for k in range(number - 1, max(-1, number - 30), -1))
        last = next(((f, s) for f, s in earlier if s.name and f.end <= one.end and f.start < one.start), None)
        out.append(_speaker(page, cast, one, last, lexicon))
    return out


def _speaker(page: Page, cast: Cast, one: Found, last: tuple[Found, Speaker] | None, lexicon: Lexicon) -> Speaker:
    if one.named:
        member = cast.named(one.named)
        return _of(member, None) if member is not None else Speaker(bare_name(one.named), type="person")
    if one.head < 0:
        return Speaker(last[1].name, last[1].entity_id, last[1].type) if one.follows and last is not None else UNKNOWN
    word = page.lower[one.head]
    if word in _SINGULAR:
        return _pronoun(page, cast, one, word, last, lexicon)
    if word in _OTHER:
        return _they_or_it(page, cast, one, word, last, lexicon)
    return named_by(page, cast, _before_cue(page, cast, one), lexicon)


def _before_cue(page: Page, cast: Cast, one: Found) -> int:
    """Of "12.15 pm. Jane Roe says" and "Leeds council leader Jane Roe said" the name beside the cue is the head."""
    if one.cue is None or not one.head < one.cue[0] <= one.head + 8:
        return one.head
    beside = cast.over(one.cue[0] - 1)
    here = cast.over(one.head)
    if (
        beside is not None
        and beside.type == "person"
        and (here is None or here.type != "person")
        and all(page.tokens[t].text[:1].isupper() for t in range(one.head + 1, beside.start))
        and beside.start > one.head
    ):
        return beside.end - 1
    return one.head


def named_by(page: Page, cast: Cast, head: int, lexicon: Lexicon) -> Speaker:
    """The speaker whom a noun or name names."""
    span = phrase(page, head)
    several = _several(page, head)
    if several is not None:
        return Speaker(_clean(page.text(several)), "", "person", several, singular=False)
    member = cast.over(head) or _apposed(page, cast, head)
    if member is not None:
        return _of(member, span)
    if page.parsed and not lexicon.kind(page.lower[head]):
        owner = grammar.child(page.tokens[head], "poss")  # "the council's reply was": the council speaks
        if owner is not None and owner.pos_ != "PRON":
            return named_by(page, cast, owner.i, lexicon)
    member = _described(page, cast, head, lexicon)
    if member is not None:
        return _of(member, span)
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


def _of(member: Member | None, span: Bounds | None) -> Speaker:
    if member is None:
        return UNKNOWN
    return Speaker(member.name, member.entity_id, member.holder_type, span, member.type != "group")


def _apposed(page: Page, cast: Cast, head: int) -> Member | None:
    """A name in apposition: "the leader, John Smith", "Smith's director, Jane Roe"."""
    if not page.parsed:
        return None
    token = page.tokens[head]
    near = [c for c in token.children if c.dep_ == "appos"]
    if token.dep_ == "appos":
        near.append(token.head)
    for other in near:
        member = cast.over(other.i)
        if member is not None and member.type == "person":
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


def _pronoun(
    page: Page, cast: Cast, one: Found, word: str, last: tuple[Found, Speaker] | None, lexicon: Lexicon
) -> Speaker:
    """The person behind he or she: the last speaker, else the nearest subject, else the nearest name."""
    wanted = "he" if word in {"he", "him", "his", "himself"} else "she"
    span = (one.head, one.head + 1)
    quoted = page.cover[one.head]

    def fits(member: Member) -> bool:
        return (
            member.type == "person"
            and lexicon.gender(page.text((member.start, member.end)) + " " + member.name) in {wanted, ""}
            and page.cover[member.start] in {-1, quoted}
        )

    scores: dict[str, float] = {}
    best: dict[str, Member] = {}
    for member in cast.before(one.head, REACH):
        if fits(member):
            score = _salience(page, member, one.head, wanted, lexicon)
            if score > scores.get(member.name, 0.0):
                scores[member.name], best[member.name] = score, member
    name = last[1].name if last is not None and last[1].type == "person" and last[1].singular else ""
    if last is not None and name and lexicon.gender(name) in {wanted, ""}:
        gone = one.head - max(last[0].end, (last[0].cue or (0, 0))[1])
        if gone <= REACH:
            scores[name] = max(scores.get(name, 0.0), 1.0 - gone / REACH) + LAST_SPEAKER
    ranked = sorted(scores, key=lambda n: (-scores[n], n))
    if not ranked or (len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < MARGIN):
        return Speaker(span=span)
    if ranked[0] in best:
        return _of(best[ranked[0]], span)
    return Speaker(ranked[0], last[1].entity_id if last is not None else "", "person", span)


def _salience(page: Page, member: Member, head: int, wanted: str, lexicon: Lexicon) -> float:
    """How much a mention is in the reader's mind at a pronoun: near, a subject, of the right gender."""
    score = 1.0 - (head - member.end) / REACH
    if _subject(page, member):
        score += SUBJECT
    if lexicon.gender(page.text((member.start, member.end)) + " " + member.name) == wanted:
        score += GENDER
    return score


def _subject(page: Page, member: Member) -> bool:
    if not page.parsed:
        return page.sentence[member.start] == member.start
    root: Token = page.tokens[member.end - 1]
    return root.dep_ in {"nsubj", "nsubjpass"} or any(
        page.tokens[t].dep_ in {"nsubj", "nsubjpass"} for t in range(member.start, member.end)
    )


def _they_or_it(
    page: Page, cast: Cast, one: Found, word: str, last: tuple[Found, Speaker] | None, lexicon: Lexicon
) -> Speaker:
    """They and it: the body or group that spoke last, or that the sentence before is about."""
    span = (one.head, one.head + 1)
    if last is not None and 0 <= one.head - last[0].end <= REACH // 2 and _agrees(word, last[1]):
        return Speaker(last[1].name, last[1].entity_id, last[1].type, span, last[1].singular)
    topic = _topic_before(page, one.head)
    if topic >= 0 and page.lower[topic] not in _OTHER | _SINGULAR:
        who = named_by(page, cast, topic, lexicon)
        if _agrees(word, who):
            return Speaker(who.name, who.entity_id, who.type, span, who.singular)
    return Speaker(span=span)


def _agrees(word: str, who: Speaker) -> bool:
    if not who.name:
        return False
    return (
        who.type in {"organisation", "government"}
        if word == "it"
        else word == "they" and (not who.singular or who.type in {"organisation", "government"})
    )


def _topic_before(page: Page, at: int) -> int:
    """The subject of the sentence before the one a token stands in, -1 if none."""
    last = page.previous(page.sentence[at])
    if last < 0 or not page.parsed or page.paragraph[at] - page.paragraph[last] > 1:
        return -1
    subject = grammar.child(page.tokens[last].sent.root, "nsubj", "nsubjpass")
    return int(subject.i) if subject is not None and page.cover[subject.i] < 0 else -1
