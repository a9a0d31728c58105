"""Whether a bare place name stands for its council.

In go the places of one text, out comes each one's score with the features that made it. "Slough was stripped of its
powers" names the authority, "she grew up in Slough" does not; the difference lies in the words around the name, so
every feature is a look at neighbouring words (and, where there is one, the parse), its weight is in the data file,
and places in one list are judged together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.place_features import after, before
from outsource_nlp.annotate.names.words import Words

Subject = Callable[[int, int], tuple[str, bool]]
"""The verb of which words ``start`` to ``end`` are the subject by the parse, and whether it is passive."""


_NEAR = 4
"""Two names of one list stand fewer words apart than this."""
SEVERAL, MANY = 2, 6
"""A text in which so many places are councils is about councils."""


_BETWEEN = frozenset({",", "and", "or", "nor", "/", "then", "the", "in", "now", "both", "later", ";"})
_LINE, _LONGEST_HEADING = 6, 25


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
    words = _toned_down(words, places)
    named = {k for p in places for k in range(p.start, p.end)}
    topical, sporting = _sentences_with(words, cues, "topic", set()), _sentences_with(words, cues, "sport", named)
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
        if _beside_nation(words, group, cues):
            shared.add("nation_beside")
        near = [c for c in certain if abs(c[0] - group[-1].end) < _NEAR or abs(c[1] - group[0].start) < _NEAR]
        if any(_links(words, group[-1].end, start) or _links(words, end, group[0].start) for start, end in near):
            shared.add("authority_list")
        rows += [(place, shared | _own(words, place, group, cues)) for place in group]
    first = _agreeing(words, rows, [_verdict(words, place, features, cues) for place, features in rows])
    return _agreeing(words, rows, _among_councils(words, rows, first, cues))


def _among_councils(words: Words, rows: Sequence[tuple[Place, set[str]]], first: Sequence[Judgment],
                    cues: Cues) -> list[Judgment]:
    """A second look at what was no council: beside one in its sentence, in a text of many, or one elsewhere."""
    sure = [place for (place, _), verdict in zip(rows, first, strict=True) if verdict.council]
    beside = {words.sentence[place.start] for place in sure}
    names = {words.fold[place.start:place.end] for place in sure}
    out = []
    for (place, features), verdict in zip(rows, first, strict=True):
        more = {"beside_council"} if words.sentence[place.start] in beside else set()
        if len(names) >= SEVERAL:
            more.add("council_text")
            if words.opens_sentence(place.start) and "owner" not in features:
                more.add("opens_sentence")
        if len(names) >= MANY:
            more.add("many_councils")
        if words.fold[place.start:place.end] in names:
            more.add("council_elsewhere")
        settled = verdict.council or not more or "locative" in verdict.features
        out.append(verdict if settled else _verdict(words, place, features | more, cues))
    return out


def _toned_down(words: Words, places: Sequence[Place]) -> Words:
    """Headings in capitals or title case with all but their places in lower case, as a sentence would have them."""
    text = list(words.text)
    for first, last in {_sentence_around(words, p.start) for p in places}:
        inner = [k for k in range(first, last) if words.text[k][0].isalpha()]
        loud = len(inner) > 2 and all(words.text[k].isupper() for k in inner)
        titled = len(inner) > 3 and words.fresh[first] and words.text[last - 1] != "." and all(
            words.capital(k) for k in inner if len(words.text[k]) > 3 and words.text[k] != "'s")
        if loud or titled:
            text[first:last] = [word.lower() for word in words.text[first:last]]
    for place in places:
        text[place.start:place.end] = words.text[place.start:place.end]
    if tuple(text) == words.text:
        return words
    return replace(words, text=tuple(text), capitals=tuple(word[0].isupper() for word in text))


def _sentence_around(words: Words, i: int) -> tuple[int, int]:
    first = last = i
    while words.same_sentence(first - 1, i) and i - first < _LONGEST_HEADING:
        first -= 1
    while words.same_sentence(last, i) and last - i < _LONGEST_HEADING:
        last += 1
    return first, last


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


def _beside_nation(words: Words, group: Sequence[Place], cues: Cues) -> bool:
    """"Bristol and Wales": a list that goes on with a nation is one of regions."""
    nations = cues.lists["council"]["nations"]
    j = group[-1].end
    if words.at(j) in {",", "and"} and words.at(j + 1) in nations:
        return words.same_sentence(j - 1, j + 1)
    i = group[0].start
    return words.at(i - 1) in {",", "and"} and words.at(i - 2) in nations and words.same_sentence(i - 2, i)


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
    if features & {"service_before", "partner", "office_of", "acted_upon", "which_acts", "service_in_front"} or (
            "where_service" in features and "life_word" not in features):
        features.discard("locative")
    if features & {"authority_list", "authority_noun", "compound_service", "own_service"}:
        features -= {"locative", "life_word"}
    if features & {"actor_verb", "subject_in_parse"}:
        features.discard("acts")
    if "topic_sentence" not in features:
        features.discard("in_front")
    if features & {"compound_service", "authority_noun", "authority_list"}:
        features.discard("article_before")
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
            and all(w in _BETWEEN for w in between)
            and (j > i or words.joined[i]))


def _sentences_with(words: Words, cues: Cues, key: str, names: set[int]) -> set[int]:
    """Sentences with a phrase of the list that is no name of a place ("Derby" is no match)."""
    phrases = cues.lists["council"][key]
    return {words.sentence[i] for i in range(len(words)) if phrases.at(words, i) and i not in names}


def _own(words: Words, place: Place, group: Sequence[Place], cues: Cues) -> set[str]:
    """Features of the name itself and its nearest neighbours."""
    found: set[str] = set()
    lists, i, j = cues.lists["council"], place.start, place.end
    if place.named_in_full:
        found.add("named_in_full")
    if place.person:
        found.add("person_name")
    if j - i > 1:
        found.add("long_name")
    elif words.at(i - 1) == "the" and words.same_sentence(i - 1, i) and words.text[j:j + 1] != ("-",) \
            and words.fold[i] not in lists["with_article"]:
        found.add("article_before")
    if _on_its_own(words, i):
        found.add("line_alone")
    if words.same_sentence(i - 1, i) and _titled(words, i, cues):
        found.add("title_before")
    if _longer(words, place, group, cues):
        found.add("longer_name")
    if j - i == 1 and words.text[i].endswith("ing") and words.opens_sentence(i) and words.at(j) in lists["objects"] \
            and words.fold[i] in lists["common_words"]:
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


def _on_its_own(words: Words, i: int) -> bool:
    """A sentence of names and commas alone: the end of a letter, a dateline."""
    first, last = _sentence_around(words, i)
    return last - first <= _LINE and words.fresh[first] and all(
        words.capital(k) or words.text[k] in {",", "."} for k in range(first, last))


def _longer(words: Words, place: Place, group: Sequence[Place], cues: Cues) -> bool:
    """The name is part of a longer one: "Slough Town", "New Barnet", "Hull Trains"."""
    lists, i, j = cues.lists["council"], place.start, place.end
    if words.at(j) in {"on", "upon"} and words.at(j + 1) in lists["waters"] and words.capital(j + 1):
        return True
    following = words.same_sentence(i, j) and words.capital(j) and not words.fresh[j] and not any(
        p.start == j for p in group)
    if following and not (lists["services"].at(words, j) or lists["authority_nouns"].at(
            words, j) or words.text[j] in {"I", "Council"} or _acronym_or_supplier(words, j)):
        return True
    preceding = (words.same_sentence(i - 1, i) and words.capital(i - 1) and not words.fresh[i]
                 and not any(p.end == i for p in group) and not words.opens_sentence(i - 1))
    return preceding and words.at(i - 1) not in {"i", "and", "councillor", "cllr"} and words.text[i - 1].isalpha() \
        and not words.text[i - 1].isupper() and words.at(i - 1) not in lists["authority_nouns"] \
        and words.at(i - 1) not in lists["parties"]


def _acronym_or_supplier(words: Words, j: int) -> bool:
    """"the Barnet Capita contract": a supplier and then a service word."""
    return words.same_sentence(j, j + 1) and words.at(j + 1) in {"contract", "deal", "partnership", "contracts"}
