"""What a text says a person is: the office or employer beside the name, as written.

In go a page and the places that name one person, out comes the first affiliation. It is looked for in the words right
before and after a name only, since farther away another person may own it.
"""

from __future__ import annotations

from collections.abc import Sequence

from outsource_nlp.annotate.layers import Mention
from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.page import Page
from outsource_nlp.annotate.names.person_roles import word_range
from outsource_nlp.annotate.names.words import Words

_STOPS = frozenset({",", ".", ";", ":", "(", ")", "—", "–", "“", "”", '"', "!", "?", "*"})
_DASHES = frozenset("—–-")
_LONGEST = 16


def affiliation(page: Page, mentions: Sequence[Mention], cues: Cues) -> str:
    """The first office or employer that the text gives to a person, as written; "" if none."""
    for mention in mentions:
        start, end = word_range(page, mention)
        for look in (_after, _before, _closing):
            if text := look(page, start, end, cues):
                return text
    return ""


def _after(page: Page, start: int, end: int, cues: Cues) -> str:
    """"Jane Doe, director of children's services in Hackney, said"; "Jane Doe of Unison"; "Jane Doe (Unison)"."""
    words, mark = page.words, page.words.at(end)
    if not words.same_sentence(start, end):
        return ""
    if mark == ",":
        first = end + 1 + 2 * (words.at(end + 1).isdigit() and words.at(end + 2) == ",")
        first += words.at(first) in {"a", "an", "the", "our", "its", "their", "now", "then", "also"}
        near = words.at(end + 1) not in {"and", "but"} and _office_opens(words, first, end, cues)
        return _phrase(words, first, cues) if near and not words.fresh[first] else ""
    peer = words.at(start) in {"lord", "lady", "baroness", "viscount", "earl", "baron"}
    if mark in {"of", "from", "at"} and not peer:
        first = end + 1 + (words.at(end + 1) == "the")
        return _body(words, first) if words.capital(first) and words.same_sentence(end, first) else ""
    if mark == "(":
        close = next((k for k in range(end + 1, min(end + 9, len(words))) if words.text[k] == ")"), None)
        if close and words.capital(end + 1) and not words.text[end + 1].isdigit():
            return words.written(end + 1, close)
    return ""


def _office_opens(words: Words, first: int, end: int, cues: Cues) -> bool:
    """Whether an office stands among the first words after the name, before any capital word that is none."""
    offices = cues.lists["people"]["offices"]
    for k in range(first, min(first + 5, len(words))):
        person = words.capital(k) and words.fold[k] in cues.given_names
        if person or not words.same_sentence(k, end) or words.text[k] in _STOPS:
            return False
        if offices.at(words, k) and not (words.capital(k) and words.capital(k + 1) and words.text[k + 1].istitle()):
            return True
    return False


def _body(words: Words, first: int) -> str:
    """Capital words with small ones between: "University of Kent"."""
    k = last = first
    while words.same_sentence(first, k) and not (k > first and words.fresh[k]) and k - first < 9:
        if words.capital(k):
            last = k
        elif words.fold[k] not in {"of", "for", "and", "the", "'s"} or (
                words.fold[k] == "and" and not words.capital(k + 1)):
            break
        k += 1
    return words.written(first, last + 1)


def _phrase(words: Words, first: int, cues: Cues) -> str:
    k = first
    while k < len(words) and k - first < _LONGEST and words.same_sentence(first, k) and not words.fresh[k] \
            and words.text[k] not in _STOPS and words.fold[k] not in cues.lists["people"]["clauses"]:
        k += 1
    while k > first and words.fold[k - 1] in {"and", "the", "of", "at", "in", "for", "when", "as"}:
        k -= 1
    return words.written(first, k) if k > first else ""


def _before(page: Page, start: int, end: int, cues: Cues) -> str:
    """"Unison general secretary Jane Doe", "the leader of the council, Jane Doe,"."""
    del end
    words, offices = page.words, cues.lists["people"]["offices"]
    if words.at(start - 1) == "," and words.same_sentence(start - 2, start):
        first, office = None, False
        for k in range(start - 2, max(0, start - 12), -1):
            if words.text[k] in _STOPS or not words.same_sentence(k, start):
                break
            office = office or offices.at(words, k) > 0
            if office and words.at(k - 1) in {"the", "its", "their", "our", "'s"}:
                first = k
        return words.written(first, start - 1) if first is not None and words.text[first] not in _STOPS else ""
    if not offices.before(words, start) or not words.same_sentence(start - 1, start):
        return ""
    first, modifiers = start - offices.before(words, start), cues.lists["people"]["office_modifiers"]
    while first > 0 and words.same_sentence(first - 1, start) and start - first < 7 and (
            words.capital(first - 1) or words.fold[first - 1] in modifiers or words.fold[first - 1] == "'s") and not (
            words.opens_sentence(first)):
        first -= 1
    while words.fold[first] in {"the", "a", "'s", "and", "but", "when", "as", "by"}:
        first += 1
    return words.written(first, start)


def _closing(page: Page, start: int, end: int, cues: Cues) -> str:
    """"— Jane Doe, Wessex Tribune" at the end of a text."""
    words = page.words
    if start < 1 or words.text[start - 1] not in _DASHES or words.at(end) != "," or start < len(words) - 25:
        return ""
    return _phrase(words, end + 1, cues) if words.capital(end + 1) else ""
