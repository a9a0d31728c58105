"""Whether a bare place name stands for its council.

In go the places of one text, out comes each one's score with the features that made it. "Slough was stripped of its
powers" names the authority, "she grew up in Slough" does not; the difference lies in the words around the name, so
every feature is a look at neighbouring words (and, where there is one, the parse), its weight is in the data file,
and places in one list are judged together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.place_features import after, before
from outsource_nlp.annotate.names.words import Words

Subject = Callable[[int, int], tuple[str, bool]]
"""The verb of which words ``start`` to ``end`` are the subject by the parse, and whether it is passive."""


_NEAR = 4
"""Two names of one list stand fewer words apart than this."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place at words ``start`` to ``end`` that may stand for a council."""

    start: int
    end: int
    named_in_full: bool = False
    person: bool = False


@dataclass(frozen=True, slots=True)
class Judgment:
    """The features found and their weights; ``council`` is the verdict."""

    score: float
    features: tuple[str, ...]
    council: bool


def judge(words: Words, places: Sequence[Place], cues: Cues, subject: Subject,
          certain: Sequence[tuple[int, int]] = ()) -> list[Judgment]:
    """Judge the places of one text, in text order and without overlaps.

    ``certain`` are the words that name councils beyond doubt: a place in one list with them is a council.

    Returns:
        One judgment a place, in the same order.
    """
    topical, sporting = _sentences_with(words, cues, "topic"), _sentences_with(words, cues, "sport")
    rows: list[tuple[Place, set[str]]] = []
    for group in _lists(words, places):
        shared = before(words, group[0].start, group[0].end, cues) | after(
            words, group[-1].start, group[-1].end, cues) | _parsed(group, cues, subject)
        sentences = {words.sentence[p.start] for p in group}
        if sentences & topical:
            shared.add("topic_sentence")
        if _much(topical, words):
            shared.add("topical_text")
        if sentences & sporting:
            shared.add("sport")
        if any(words.fold[p.start - 2:p.start] in _OF_MANY for p in group):
            shared.add("authority_list")
        if _beside_nation(words, group):
            shared.add("nation_beside")
        near = [c for c in certain if abs(c[0] - group[-1].end) < _NEAR or abs(c[1] - group[0].start) < _NEAR]
        if any(_links(words, group[-1].end, start) or _links(words, end, group[0].start) for start, end in near):
            shared.add("authority_list")
        rows += [(place, shared | _own(words, place, group, cues)) for place in group]
    first = _agreeing(words, rows, [_verdict(words, place, features, cues) for place, features in rows])
    councils = {words.sentence[p.start] for (p, _), verdict in zip(rows, first, strict=True) if verdict.council}
    return [
        verdict if verdict.council or words.sentence[place.start] not in councils or "locative" in verdict.features
        else _verdict(words, place, features | {"beside_council"}, cues)
        for (place, features), verdict in zip(rows, first, strict=True)
    ]


def _agreeing(words: Words, rows: Sequence[tuple[Place, set[str]]], verdicts: Sequence[Judgment]) -> list[Judgment]:
    """Members of one list follow the first that is a council, unless something in the name itself speaks against it."""
    out = list(verdicts)
    for i in range(1, len(out)):
        for one, other in ((i - 1, i), (i, i - 1)):
            features = rows[other][1]
            linked = _links(words, rows[i - 1][0].end, rows[i][0].start)
            if linked and out[one].council and not out[other].council and not features & _AGAINST:
                told = out[other]
                out[other] = Judgment(told.score, (*told.features, "list_member"), True)
    return out


_AGAINST = frozenset({"longer_name", "title_before", "person_name", "gerund", "region_follows", "place_head"})


def _much(topical: set[int], words: Words) -> bool:
    """Whether the text as a whole is about councils and contracts, a short one apart."""
    return len(topical) >= 3 and len(topical) >= 0.25 * (words.sentence[-1] + 1)


_NATIONS = frozenset({"wales", "scotland", "england", "northern"})


def _beside_nation(words: Words, group: Sequence[Place]) -> bool:
    """"Bristol and Wales": a list that goes on with a nation is one of regions."""
    j = group[-1].end
    if words.at(j) in {",", "and"} and words.at(j + 1) in _NATIONS:
        return words.same_sentence(j - 1, j + 1)
    i = group[0].start
    return words.at(i - 1) in {",", "and"} and words.at(i - 2) in _NATIONS and words.same_sentence(i - 2, i)


def _parsed(group: Sequence[Place], cues: Cues, subject: Subject) -> set[str]:
    """Features of the verb that the parse gives to a place of the group."""
    for place in group:
        verb, passive = subject(place.start, place.end)
        if verb and (verb in cues.lists["council"]["passives"] if passive else verb in cues.actor_forms):
            return {"subject_in_parse"}
        if verb and not passive and verb not in cues.lists["council"]["place_verbs"]:
            return {"acts"}
    return set()


def _verdict(words: Words, place: Place, found: set[str], cues: Cues) -> Judgment:
    weights, features = cues.weights, set(found)
    if features & {"service_before", "partner", "office_of"}:
        features.discard("locative")
    if features & {"authority_list", "authority_noun", "compound_service", "own_service"}:
        features -= {"locative", "life_word"}
    if features & {"actor_verb", "subject_in_parse"}:
        features.discard("acts")
    if "topic_sentence" not in features:
        features.discard("in_front")
    bias = cues.bias.get(" ".join(words.fold[place.start:place.end]), 0.0)
    score = round(sum(weights[f] for f in features) + bias, 3)
    return Judgment(score, tuple(sorted(features)), score >= weights["threshold"])


def _lists(words: Words, places: Sequence[Place]) -> Iterable[list[Place]]:
    """Places joined by commas, "and", "or" or hyphens, as one group."""
    group: list[Place] = []
    for place in places:
        if group and not _links(words, group[-1].end, place.start):
            yield group
            group = []
        group.append(place)
    if group:
        yield group


_OF_MANY = frozenset({("boroughs", "of"), ("counties", "of"), ("councils", "of"), ("cities", "of")})


def _links(words: Words, i: int, j: int) -> bool:
    between = words.fold[i:j]
    if between and between[-2:] in _OF_MANY:
        j -= 2 + (between[-3:-2] == ("london",))
        between = words.fold[i:j]
        return bool(between) and _links(words, i, j) and words.same_sentence(i, j)
    return (0 <= j - i <= 3 and words.same_sentence(max(i - 1, 0), j)
            and all(w in {",", "and", "or", "/", "then", "the", "in", "now", "both", ";"} for w in between)
            and (j > i or words.joined[i]))


def _sentences_with(words: Words, cues: Cues, key: str) -> set[int]:
    phrases = cues.lists["council"][key]
    return {words.sentence[i] for i in range(len(words)) if phrases.at(words, i)}


_OBJECTS = frozenset(
    "the this that a an about his her between through it my your up and their our these those some bad in out "
    "again".split()
)


def _own(words: Words, place: Place, group: Sequence[Place], cues: Cues) -> set[str]:
    """Features of the name itself and its nearest neighbours."""
    found: set[str] = set()
    i, j = place.start, place.end
    if place.named_in_full:
        found.add("named_in_full")
    if place.person:
        found.add("person_name")
    if j - i > 1:
        found.add("long_name")
    if words.same_sentence(i - 1, i) and _titled(words, i, cues):
        found.add("title_before")
    if _longer(words, place, group, cues):
        found.add("longer_name")
    if j - i == 1 and words.text[i].endswith("ing") and words.opens_sentence(i) and words.at(j) in _OBJECTS \
            and words.fold[i] in cues.lists["council"]["common_words"]:
        found.add("gerund")
    if words.at(j) == "," and words.capital(j + 1) and words.at(j + 2) in {",", "."} and len(group) == 1 \
            and words.same_sentence(i, j + 1):
        found.add("region_follows")
    return found


def _titled(words: Words, i: int, cues: Cues) -> bool:
    """"Lord Bath", "the Duke of Norfolk"."""
    titles = cues.lists["council"]["person_titles_before_place"]
    constituency = words.at(i - 1) == "for" and words.at(i - 2) in {"mp", "mps", "member", "candidate", "msp"}
    return constituency or words.at(i - 1) in titles or (words.at(i - 1) == "of" and words.at(i - 2) in titles)


def _longer(words: Words, place: Place, group: Sequence[Place], cues: Cues) -> bool:
    """The name is part of a longer one: "Slough Town", "New Barnet", "Hull Trains"."""
    i, j = place.start, place.end
    following = words.same_sentence(i, j) and words.capital(j) and not words.fresh[j] and not any(
        p.start == j for p in group)
    if following and not (cues.lists["council"]["services"].at(words, j) or cues.lists["council"]["authority_nouns"].at(
            words, j) or words.text[j] in {"I", "Council"} or _acronym_or_supplier(words, j)):
        return True
    preceding = (words.same_sentence(i - 1, i) and words.capital(i - 1) and not words.fresh[i]
                 and not any(p.end == i for p in group) and not words.opens_sentence(i - 1))
    return preceding and words.at(i - 1) not in {"i", "and", "councillor", "cllr"} and words.text[i - 1].isalpha() \
        and not words.text[i - 1].isupper() and words.at(i - 1) not in cues.lists["council"]["authority_nouns"]


def _acronym_or_supplier(words: Words, j: int) -> bool:
    """"the Barnet Capita contract": a supplier and then a service word."""
    return words.same_sentence(j, j + 1) and words.at(j + 1) in {"contract", "deal", "partnership", "contracts"}
