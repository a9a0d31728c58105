"""What stands before and after a place name.

In go words and where a place or a list of places stands, out come the names of features; their weights are in the
data file. Only words are looked at, so that the features are the same with and without a model.
"""

from __future__ import annotations

from collections.abc import Iterable

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.words import Words

_SMALL = frozenset(
    "and or but in on at to of for from with by as is was are were has had have who which that when while "
    "the a an its his her their not before after where because if than".split()
)
_TENANTS = frozenset(
    "leavers users workers patients residents pupils homes home companies firms providers assistants agencies".split()
)
"""Behind "care" or "support" these are people and places, not the service itself."""
_PARTIES = frozenset("labour tory conservative dem democrat ukip green snp reform independent".split())
_BEING = frozenset({"is", "are", "was", "were"})
_GOES = frozenset({"go", "goes", "gone", "went", "going"})
_WHERE_TO = frozenset({"bust", "bankrupt", "broke", "back", "further", "alone", "it", "the", "out", "for", "with"})
_HELPERS = frozenset("has had have will would must should cannot could did does do can may might".split())


def before(words: Words, start: int, end: int, cues: Cues) -> set[str]:
    """Features of what stands before a place or list."""
    lists, i = cues.lists["council"], start
    found: set[str] = set()
    k = i - 1
    while k >= 0 and words.fold[k] in {"“", '"', "‘", "'", "(", "the", "both", "nearby", "neighbouring"}:
        k -= 1
    if not words.same_sentence(k, i):
        return found
    found |= _list_cue(words, k + 1, cues)
    word = words.fold[k]
    if word in {"in", "at", "for", "across", "within"} and _head_before(words, k, cues):
        found.add("service_before")
    elif word in {"of", "for", "at", "from"} and _head_before(words, k, cues):
        found.add("office_of")
    if word in {"by", "with", "for", "to", "from", "against", "between", "on"} and _partner_before(words, k, cues):
        found.add("partner")
    followed = word == "by" and words.at(k - 1) == "followed"
    if followed or word in {"as", "like", "unlike", "than", "copying", "following", "compare", "witness"}:
        found.add("like_for_like")
    if _party_run(words, k):
        found.add("authority_list")
    if lists["acts_upon"].before(words, k + 1) and word not in {"by", "follow", "followed"}:
        found.add("acted_upon")
    if word == "in" and words.opens_sentence(k) and words.at(end) == ",":
        found.add("in_front")
    if lists["locatives"].before(words, k + 1):
        found.add("locative")
        if any(lists["life_words"].at(words, j) for j in range(max(0, k - 5), k) if words.same_sentence(j, i)):
            found.add("life_word")
    if word == "of" and lists["place_heads"].before(words, k):
        found.add("place_head")
    if words.at(k) in _HELPERS | _BEING and words.at(k - 1) in {"so", "nor", "neither", "as"}:
        found.add("inverted")
    alone = words.at(end) in {",", ".", ";", ")"}
    if word == "," and alone and words.at(k - 1) in {"council", "authority", "borough"}:
        found.add("authority_list")
    if word == "," and words.at(k - 1) in lists["authority_nouns"] and words.at(k - 1).endswith("s"):
        found.add("authority_list")
    if word == "of" and words.at(k - 1) in {"boroughs", "councils", "authorities", "counties", "unitaries"}:
        found.add("authority_list")
    if word == "of" and words.at(k - 1) in {"same", "true", "said", "critical"}:
        found.add("acted_upon")
    if word == "at" and words.at(k - 1) == "look" and words.opens_sentence(k - 1):
        found.add("like_for_like")
    if word in lists["authority_nouns"] and word not in {"county", "local government"}:
        found.add("authority_list")
    return found


def _head_before(words: Words, k: int, cues: Cues) -> bool:
    """A service or office before the preposition at ``k``, at most three words away."""
    heads = cues.lists["council"]["heads_before"]
    if heads.before(words, k):
        return True
    if words.at(k - 1) in _TENANTS:
        return False
    for j in range(k - 1, max(0, k - 3), -1):
        named = any(words.capital(q) for q in range(j, k)) and not words.capital(j - 1)
        if words.same_sentence(j - 1, k) and not named and heads.before(words, j):
            return True
    return False


def _party_run(words: Words, k: int) -> bool:
    """"Labour-run", "Tory-controlled", "Lib Dem-led": what only an authority is; ``k`` is the last word."""
    return words.at(k) in {"run", "controlled", "led", "held"} and words.joined[k] and words.at(k - 1) in _PARTIES


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


def after(words: Words, start: int, end: int, cues: Cues) -> set[str]:
    """Features of what stands after a place or list."""
    lists, j = cues.lists["council"], end
    if not words.same_sentence(start, j):
        return set()
    if words.at(j) == "," and words.at(j + 1) == "whose":
        return _owned(words, j + 2, cues)
    owner = words.at(j) == "'s" or (words.fold[j - 1].endswith("s") and words.at(j) in {"'", "’"})
    if owner:
        return _owned(words, j + 1, cues)
    if words.joined[j] and words.at(j) in {"based", "born", "style", "educated", "raised"}:
        return {"place_head"}
    if words.at(j) == "to" and words.opens_sentence(start) and words.at(j + 1) in cues.actor_forms:
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


def _verb_after(words: Words, j: int, cues: Cues) -> set[str]:
    """Features of the verb right after a place, with auxiliaries and adverbs between."""
    lists = cues.lists["council"]
    if words.at(j) == ",":
        close = next((q for q in range(j + 2, min(j + 6, len(words))) if words.text[q] == ","), None)
        listed = words.capital(j + 1) or words.at(j + 1) in {"and", "or"}
        if close is None or listed or not words.same_sentence(j, close):
            return set()
        j = close + 1
    verb = _after_auxiliaries(words, j, cues)
    if verb is None:
        return {"ellipsis"} if _elliptic(words, j) else set()
    between = words.fold[j:verb]
    if between and between[-1] == "to" and words.at(verb) in cues.actor_forms:
        return {"actor_verb"}
    word = words.at(verb)
    if verb == j and words.at(verb + 1) == "by":
        return set()
    if _party_run(words, verb + 1) or _party_run(words, verb + 2):
        return {"authority_noun"}
    if word in _GOES and words.at(verb + 1) in _WHERE_TO:
        return {"actor_verb"}
    passive = any(w in {"was", "were", "been", "is", "are", "being", "be"} for w in between)
    if passive and lists["passives"].at(words, verb):
        return {"passive"}
    if word in cues.actor_forms and (not passive or word.endswith("ing")) and not _noun_here(words, j, verb):
        return {"actor_verb"}
    helped = any(w in _HELPERS for w in between)
    plain = word not in lists["place_verbs"] and not passive and words.text[verb].islower()
    if plain and word not in _SMALL and (helped or (word.endswith("ed") and verb == j)):
        return {"acts"}
    return set()


def _elliptic(words: Words, j: int) -> bool:
    """"Powys did not.": an auxiliary and the end of the clause."""
    if words.at(j) not in _HELPERS | {"is", "was"}:
        return False
    j += 1 + (words.at(j + 1) == "not")
    return words.at(j) in {".", ";", ","} and words.at(j - 1) != "is"


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
