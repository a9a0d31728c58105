"""Whether a bare place name stands for its council.

In go the places of one text, out comes each one's score with the features that made it. "Slough was stripped of its
powers" names the authority, "she grew up in Slough" does not; the difference lies in the words around the name, so
every feature is a look at neighbouring words (and, where there is one, the parse), its weight is in the data file,
and places in one list are judged together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from outsource_nlp.annotate.cues import Cues
from outsource_nlp.annotate.words import Words

Subject = Callable[[int, int], tuple[str, bool]]
"""The verb of which words ``start`` to ``end`` are the subject by the parse, and whether it is passive."""


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

    Args:
        subject: what the parse says of a place.
        certain: words that name councils beyond doubt; a place in one list with them is a council.

    Returns:
        One judgment a place, in the same order.
    """
    topical, sporting = _sentences_with(words, cues, "topic"), _sentences_with(words, cues, "sport")
    rows: list[tuple[Place, set[str]]] = []
    for group in _lists(words, places):
        shared = _left(words, group[0], cues) | _right(words, group[-1], cues) | _parsed(group, cues, subject)
        sentences = {words.sentence[p.start] for p in group}
        if sentences & topical:
            shared.add("topic_sentence")
        if _much(topical, words):
            shared.add("topical_text")
        if sentences & sporting:
            shared.add("sport")
        if any(_links(words, group[-1].end, start) or _links(words, end, group[0].start) for start, end in certain):
            shared.add("authority_list")
        rows += [(place, shared | _own(words, place, group, cues)) for place in group]
    first = [_verdict(words, place, features, cues) for place, features in rows]
    councils = {words.sentence[p.start] for (p, _), verdict in zip(rows, first, strict=True) if verdict.council}
    return [
        verdict if verdict.council or words.sentence[place.start] not in councils or "locative" in verdict.features
        else _verdict(words, place, features | {"beside_council"}, cues)
        for (place, features), verdict in zip(rows, first, strict=True)
    ]


def _much(topical: set[int], words: Words) -> bool:
    """Whether the text as a whole is about councils and contracts, a short one apart."""
    return len(topical) >= 3 and len(topical) >= 0.25 * (words.sentence[-1] + 1)


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


def _links(words: Words, i: int, j: int) -> bool:
    between = words.fold[i:j]
    return (0 <= j - i <= 3 and words.same_sentence(max(i - 1, 0), j)
            and all(w in {",", "and", "or", "/", "then", "the", "in", "now", "both", ";"} for w in between)
            and (j > i or words.joined[i]))


def _sentences_with(words: Words, cues: Cues, key: str) -> set[int]:
    phrases = cues.lists["council"][key]
    return {words.sentence[i] for i in range(len(words)) if phrases.at(words, i)}


def _left(words: Words, place: Place, cues: Cues) -> set[str]:
    """Features of what stands before a place or list."""
    lists, i, found = cues.lists["council"], place.start, set()
    k = i - 1
    while k >= 0 and words.fold[k] in {"“", '"', "‘", "'", "(", "the", "both", "nearby", "neighbouring"}:
        k -= 1
    if not words.same_sentence(k, i):
        return found
    found |= _list_cue(words, k + 1, cues)
    before = words.fold[k]
    if before in {"in", "at", "for", "across", "within"} and _head_before(words, k, cues):
        found.add("service_before")
    elif before in {"of", "for", "at", "from"} and _head_before(words, k, cues):
        found.add("office_of")
    if before in {"by", "with", "for", "to", "from", "against", "between", "on"} and _partner_before(words, k, cues):
        found.add("partner")
    if before in {"as", "like", "unlike", "than", "copying", "following"}:
        found.add("like_for_like")
    if lists["acts_upon"].before(words, k + 1) and before not in {"by", "follow", "followed"}:
        found.add("acted_upon")
    if before == "in" and words.opens_sentence(k) and words.at(place.end) == ",":
        found.add("in_front")
    if lists["locatives"].before(words, k + 1):
        found.add("locative")
        if any(lists["life_words"].at(words, j) for j in range(max(0, k - 5), k) if words.same_sentence(j, i)):
            found.add("life_word")
    if before == "of" and lists["place_heads"].before(words, k):
        found.add("place_head")
    if before == "," and words.at(k - 1) in lists["authority_nouns"] and words.at(k - 1).endswith("s"):
        found.add("authority_list")
    if before in lists["authority_nouns"] and before not in {"county", "local government"}:
        found.add("authority_list")
    return found


def _head_before(words: Words, k: int, cues: Cues) -> bool:
    """A service or office before the preposition at ``k``, at most three words away."""
    heads = cues.lists["council"]["heads_before"]
    return any(heads.before(words, j) for j in range(k, max(0, k - 3), -1) if words.same_sentence(j - 1, k))


def _partner_before(words: Words, k: int, cues: Cues) -> bool:
    partner = cues.lists["council"]["partner_verbs"]
    return any(partner.before(words, j) for j in range(k, max(0, k - 4), -1) if words.same_sentence(j - 1, k))


def _list_cue(words: Words, k: int, cues: Cues) -> set[str]:
    """"authorities such as", "such places as", "councils, including", "boroughs like", before word ``k``."""
    lists = cues.lists["council"]
    length = lists["list_cues"].before(words, k)
    near = range(max(0, k - length - 4), k)
    if length or words.at(k - 1) == "as":
        for j in near:
            if words.same_sentence(j, k) and lists["authority_nouns"].at(words, j):
                return {"authority_list"}
        if words.at(k - 1) not in {"are", "were"}:
            for j in near:
                if words.same_sentence(j, k) and lists["list_nouns"].at(words, j):
                    return {"open_list"}
    return set()


def _right(words: Words, place: Place, cues: Cues) -> set[str]:
    """Features of what stands after a place or list."""
    lists, j = cues.lists["council"], place.end
    if not words.same_sentence(place.start, j):
        return set()
    owner = words.at(j) == "'s" or (words.fold[j - 1].endswith("s") and words.at(j) in {"'", "’"})
    if owner:
        return _owned(words, j + 1, cues)
    if words.joined[j] and words.at(j) in {"based", "born", "style", "educated", "raised"}:
        return {"place_head"}
    if words.at(j) == "to" and words.opens_sentence(place.start) and words.at(j + 1) in cues.actor_forms:
        return {"headline"}
    found = _verb_after(words, j, cues)
    if not found and lists["authority_nouns"].at(words, j):
        found.add("authority_noun")
    elif not found and words.text[j][0].isalnum():
        if lists["place_heads"].at(words, j):
            found.add("place_head")
        elif lists["services"].at(words, j) or (
                words.same_sentence(j, j + 1) and words.text[j].islower() and words.text[j + 1][0].isalpha()
                and words.at(j) not in _SMALL and lists["services"].at(words, j + 1)):
            found.add("compound_service")
    if not found and any(words.at(q) in cues.actor_forms and words.same_sentence(q, j) for q in _relative(words, j)):
        found.add("actor_verb")
    return found


_SMALL = frozenset("and or but in on at to of for from with by as is was are were has had have who which that when while the "
                   "a an its his her their not before after where because if than".split())


def _verb_after(words: Words, j: int, cues: Cues) -> set[str]:
    """Features of the verb right after a place, with auxiliaries and adverbs between."""
    lists = cues.lists["council"]
    if words.at(j) == ",":
        close = next((q for q in range(j + 2, min(j + 6, len(words))) if words.text[q] == ","), None)
        if close is None or not words.same_sentence(j, close) or words.capital(j + 1) or words.at(j + 1) in {"and", "or"}:
            return set()
        j = close + 1
    verb = _after_auxiliaries(words, j, cues)
    if verb is None:
        return set()
    between = words.fold[j:verb]
    word = words.at(verb)
    passive = any(w in {"was", "were", "been", "is", "are", "being", "be"} for w in between)
    if passive and lists["passives"].at(words, verb):
        return {"passive"}
    if word in cues.actor_forms and (not passive or word.endswith("ing")) and not _noun_here(words, j, verb):
        return {"actor_verb"}
    helped = any(w in {"has", "had", "have", "will", "would", "must", "should", "cannot", "could", "did", "does", "do", "can",
                       "may", "might"} for w in between)
    plain = word not in lists["place_verbs"] and not passive and words.text[verb].islower()
    if plain and word not in _SMALL and (helped or (word.endswith("ed") and verb == j)):
        return {"acts"}
    return set()


def _relative(words: Words, j: int) -> Iterable[int]:
    """Where the verb of a relative clause would be: "Barnet, which (has) outsourced"."""
    if words.at(j) == ",":
        j += 1
    if words.at(j) in {"which", "who"}:
        yield from (j + 1, j + 2, j + 3)


def _noun_here(words: Words, j: int, verb: int) -> bool:
    """"Bath plans" may be a noun: only a word that is both and stands bare is left to the other features."""
    return verb == j and words.at(verb) in {"plan", "run", "contract", "bid", "need", "needs", "cut", "cuts"} and (
        words.at(verb + 1) in {"is", "was", "has", "for", "of", "to"})


def _after_auxiliaries(words: Words, j: int, cues: Cues) -> int | None:
    auxiliaries = cues.lists["council"]["auxiliaries"]
    start = j
    while words.same_sentence(start, j) and j - start < 6 and (n := auxiliaries.at(words, j)):
        j += n
    return j if words.same_sentence(start, j) and words.text[j][0].isalpha() else None


def _owned(words: Words, j: int, cues: Cues) -> set[str]:
    lists = cues.lists["council"]
    for k in range(j, min(j + 3, len(words))):
        if not words.same_sentence(j, k):
            break
        if lists["services"].at(words, k):
            return {"own_service"}
        if lists["place_heads"].at(words, k):
            return {"own_place_head"}
        if not words.text[k][0].isalnum():
            break
    return {"owner"}


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
    if j - i == 1 and words.fold[i] in cues.lists["council"]["common_words"] and words.text[i].endswith("ing") and words.opens_sentence(i) and words.at(j) in {
            "the", "this", "that", "a", "an", "about", "his", "her", "between", "through", "it", "my", "your", "up",
            "and", "their", "our", "these", "those", "some", "bad", "in", "out", "again"}:
        found.add("gerund")
    if words.at(j) == "," and words.capital(j + 1) and words.at(j + 2) in {",", "."} and len(group) == 1 \
            and words.same_sentence(i, j + 1):
        found.add("region_follows")
    return found


def _titled(words: Words, i: int, cues: Cues) -> bool:
    """"Lord Bath", "the Duke of Norfolk"."""
    titles = cues.lists["council"]["person_titles_before_place"]
    return words.at(i - 1) in titles or (words.at(i - 1) == "of" and words.at(i - 2) in titles)


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
