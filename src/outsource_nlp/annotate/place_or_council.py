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

Subject = Callable[[int, int], str]
"""Folded verb (lemma) of which words ``start`` to ``end`` are the subject by the parse; empty if none."""


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


def judge(words: Words, places: Sequence[Place], cues: Cues, subject: Subject) -> list[Judgment]:
    """Judge the places of one text, in text order and without overlaps.

    Returns:
        One judgment a place, in the same order.
    """
    out: list[Judgment] = []
    topical = _topical_sentences(words, cues)
    for group in _lists(words, places):
        shared = _left(words, group[0], cues) | _right(words, group[-1], cues)
        if any(words.sentence[p.start] in topical for p in group):
            shared.add("topic_sentence")
        if any((verb := subject(p.start, p.end)) and verb in cues.actor_forms for p in group):
            shared.add("subject_in_parse")
        for place in group:
            out.append(_verdict(words, place, shared | _own(words, place, group, cues), cues))
    return out


def _verdict(words: Words, place: Place, features: set[str], cues: Cues) -> Judgment:
    weights = cues.weights
    if "service_before" in features or "partner" in features or "office_of" in features:
        features.discard("locative")
    if features & {"authority_list", "authority_noun", "compound_service", "own_service"}:
        features -= {"locative", "life_word"}
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
            and all(w in {",", "and", "or", "/", "then", "the", "&", "now", "both", ";"} for w in between)
            and (j > i or words.joined[i]))


def _topical_sentences(words: Words, cues: Cues) -> set[int]:
    topic = cues.lists["council"]["topic"]
    return {words.sentence[i] for i in range(len(words)) if topic.at(words, i)}


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
    elif before in {"of", "for", "at"} and _head_before(words, k, cues):
        found.add("office_of")
    if before in {"by", "with", "for", "to", "from", "against", "between", "on"} and _partner_before(words, k, cues):
        found.add("partner")
    if before in {"as", "like", "unlike", "than", "copying", "following"}:
        found.add("like_for_like")
    if lists["locatives"].before(words, k + 1):
        found.add("locative")
        if any(lists["life_words"].at(words, j) for j in range(max(0, k - 5), k) if words.same_sentence(j, i)):
            found.add("life_word")
    if before == "of" and lists["place_heads"].before(words, k):
        found.add("place_head")
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
    verb = _after_auxiliaries(words, j, cues)
    found = set()
    if verb is not None:
        passive = any(w in {"was", "were", "been", "is", "are", "being", "be"} for w in words.fold[j:verb])
        if passive and lists["passives"].at(words, verb):
            found.add("passive")
        elif words.at(verb) in cues.actor_forms and not (
                passive and not words.at(verb).endswith("ing")) and not _noun_here(words, j, verb):
            found.add("actor_verb")
        elif verb > j and words.at(j) in {"has", "had", "will", "would", "must", "should"}:
            found.add("plain_subject")
    if not found and lists["authority_nouns"].at(words, j):
        found.add("authority_noun")
    elif not found and words.text[j][0].isalnum():
        if lists["services"].at(words, j):
            found.add("compound_service")
        elif lists["place_heads"].at(words, j):
            found.add("place_head")
    if not found and words.at(j) in {"which", "who", ","} and any(
            words.at(q) in cues.actor_forms and words.same_sentence(q, j) for q in _relative(words, j)):
        found.add("actor_verb")
    return found


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
    return set()


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
    if words.same_sentence(i - 1, i) and words.at(i - 1) in cues.lists["council"]["person_titles_before_place"]:
        found.add("title_before")
    if _longer(words, place, group, cues):
        found.add("longer_name")
    if j - i == 1 and words.text[i].endswith("ing") and words.opens_sentence(i) and words.at(j) in {
            "the", "this", "that", "a", "an", "about", "his", "her", "between", "through", "it", "my", "your", "up",
            "and", "their", "our", "these", "those", "some", "bad", "in", "out", "again"}:
        found.add("gerund")
    if words.at(j) == "," and words.capital(j + 1) and words.at(j + 2) in {",", "."} and len(group) == 1 \
            and words.same_sentence(i, j + 1):
        found.add("region_follows")
    return found


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
