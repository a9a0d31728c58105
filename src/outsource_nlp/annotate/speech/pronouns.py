"""Pronouns that speak: he, she, they and it, resolved where the text makes it plain.

A ``Page``, its ``Cast``, the quotation and the speaker before it enter, a ``Speaker`` leaves, without a name where two
persons fit about as well. A wrong mouth is worse than none.
"""

from __future__ import annotations

from spacy.tokens import Token

from outsource_nlp.annotate.speech import grammar
from outsource_nlp.annotate.speech.cast import Cast, Member
from outsource_nlp.annotate.speech.lexicon import Lexicon
from outsource_nlp.annotate.speech.named import REACH, Speaker, named_by, speaker_for
from outsource_nlp.annotate.speech.page import Found, Page

LAST_SPEAKER, SUBJECT, GENDER, MARGIN = 0.6, 0.5, 0.2, 0.1
SINGULAR = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
OTHER = frozenset(
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


def he_or_she(
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
        return speaker_for(best[ranked[0]], span)
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


def they_or_it(
    page: Page, cast: Cast, one: Found, word: str, last: tuple[Found, Speaker] | None, lexicon: Lexicon
) -> Speaker:
    """They and it: the body or group that spoke last, or that the sentence before is about."""
    span = (one.head, one.head + 1)
    if last is not None and 0 <= one.head - last[0].end <= REACH // 2 and _agrees(word, last[1]):
        return Speaker(last[1].name, last[1].entity_id, last[1].type, span, last[1].singular)
    topic = _topic_before(page, one.head)
    if topic >= 0 and page.lower[topic] not in OTHER | SINGULAR:
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
