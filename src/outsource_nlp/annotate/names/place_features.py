"""What stands before and after a place name.

In go words and where a place or a list of places stands, out come the names of features; their weights are in the
data file. Only words are looked at, so that the features are the same with and without a model.
"""

from __future__ import annotations

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.words import Words

_SMALL = frozenset(
    "and or but in on at to of for from with by as is was are were has had have who which that when while "
    "the a an its his her their not before after where because if than over amid since "
    "during under about into until against".split()
)
_CLAUSE = 12
"""How many words of a clause are looked through for a second verb."""
_BEING = frozenset({"is", "are", "was", "were"})
_GOES = frozenset({"go", "goes", "gone", "went", "going"})
_NOT_ALIKE = frozenset({"far", "name", "known", "well", "such"})
_RELATIVE = frozenset({"where", "which", "who", "whose"})
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
    elif word == "by" and _agent(words, k, cues):
        found.add("agent")
    followed = word == "by" and words.at(k - 1) == "followed"
    if followed or word in lists["comparing"] or (word == "as" and words.at(k - 1) not in _NOT_ALIKE):
        found.add("like_for_like")
    if _party_run(words, k, cues) or (word in lists["parties"] and words.capital(k)):
        found.add("authority_list")
    if lists["acts_upon"].before(words, k + 1) and word not in {"by", "follow", "followed"}:
        found.add("acted_upon")
    if word == "in" and words.opens_sentence(k) and words.at(end) == "," and words.at(end + 1) not in _RELATIVE:
        found.add("in_front")
    if word == "in" and words.opens_sentence(k) and words.at(end) == "the" and any(
            lists["services"].at(words, q) for q in (end + 1, end + 2)):
        found.add("service_in_front")
    if lists["locatives"].before(words, k + 1) or lists["locatives"].before(words, _list_start(words, i)):
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
    if word in lists["authority_nouns"] and word != "county":
        found.add("authority_list")
    return found


def _list_start(words: Words, i: int) -> int:
    """Where a list that ends with the name at ``i`` begins: "in Hove, Lewes and Newhaven" is a list of places."""
    while words.at(i - 1) in {",", "and", "or"} and words.capital(i - 2) and words.same_sentence(i - 2, i):
        i -= 2
        while words.capital(i - 1) and words.same_sentence(i - 1, i):
            i -= 1
    return i


def _head_before(words: Words, k: int, cues: Cues) -> bool:
    """A service or office before the preposition at ``k``, at most three words away."""
    heads = cues.lists["council"]["heads_before"]
    if heads.before(words, k):
        return True
    if words.at(k - 1) in cues.lists["council"]["no_services"] or words.at(k) == "at":
        return False
    for j in range(k - 1, max(0, k - 3), -1):
        if words.at(j) in _BEING or words.at(j) in {"and", "but"} or not words.text[j][0].isalnum():
            return False
        named = any(words.capital(q) for q in range(j, k)) and not words.capital(j - 1)
        if words.same_sentence(j - 1, k) and not named and heads.before(words, j):
            return True
    return False


def _party_run(words: Words, k: int, cues: Cues) -> bool:
    """"Labour-run", "Tory-controlled", "Lib Dem-led": what only an authority is; ``k`` is the last word."""
    return words.at(k) in {"run", "controlled", "led", "held"} and words.joined[k] and words.at(
        k - 1) in cues.lists["council"]["parties"]


def _agent(words: Words, k: int, cues: Cues) -> bool:
    """"refused by Medway": a participle before the "by" at ``k``, unless it tells where something lies."""
    verb = words.at(k - 1)
    return verb.endswith("ed") and words.text[k - 1].islower() and verb not in cues.lists["council"]["position_verbs"]


def _partner_before(words: Words, k: int, cues: Cues) -> bool:
    partner = cues.lists["council"]["partner_verbs"]
    if cues.lists["council"]["motion"].before(words, k):
        return False
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
    if words.at(j) == "," and words.at(j + 1) in {"the", "a"} and (
            words.at(j + 2) in lists["settlements"] or words.at(j + 3) in lists["settlements"]):
        return {"place_apposition"}
    owner = words.at(j) == "'s" or (words.fold[j - 1].endswith("s") and words.at(j) in {"'", "’"})
    if owner:
        return _owned(words, j + 1, cues)
    if words.joined[j] and words.at(j) in {"based", "born", "style", "educated", "raised"}:
        return {"place_head"}
    if words.at(j) == "to" and words.opens_sentence(start) and words.at(j + 1) in cues.actor_forms:
        return {"headline"}
    if words.at(j) == "county" and words.capital(j) and words.at(j + 1) not in lists["of_county_councils"]:
        return {"place_head"}
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
    return found or _relative(words, j, cues) | _later_in_clause(words, j, cues)


def _relative(words: Words, j: int, cues: Cues) -> set[str]:
    """"Barnet, which has outsourced", "Sandwell, where a trust opened"."""
    j += words.at(j) == ","
    if words.at(j) in {"which", "who"}:
        told = {"actor_verb"} if words.at(j + 1) in {"did", "does"} else _verb_after(words, j + 1, cues)
        return {"which_acts"} if told & {"actor_verb", "passive"} else told & {"acts"}
    if words.at(j) == "where":
        lists = cues.lists["council"]
        near = range(j + 1, min(j + 6, len(words)))
        if any(words.same_sentence(j, k) and any(lists[key].at(words, k) for key in (
                "topic", "authority_nouns", "services")) for k in near):
            return {"where_service"}
    return set()


def _later_in_clause(words: Words, j: int, cues: Cues) -> set[str]:
    """"Hull itself", "Calderdale has had its grant cut", "Sheffield is locked in and has spent"."""
    found: set[str] = set()
    if words.at(j) == "itself":
        found.add("itself")
    for k in range(j, min(j + _CLAUSE, len(words))):
        if not words.same_sentence(j, k) or words.capital(k) or not words.text[k][0].isalnum():
            break
        if words.at(k) == "its" and any(cues.lists["council"]["services"].at(words, q) for q in (k + 1, k + 2)):
            found.add("its_service")
        if k > j and words.at(k) in {"and", "but"} and "actor_verb" in _verb_after(words, k + 1, cues):
            found.add("then_acts")
    return found


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
    if _party_run(words, verb + 1, cues) or _party_run(words, verb + 2, cues):
        return {"authority_noun"}
    if word in _GOES and words.at(verb + 1) in lists["goes_where"]:
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
