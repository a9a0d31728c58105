"""Noun phrases found by their words alone, for texts without a parse and for places where the parse fails.

A ``Page`` and bounds enter, the token that heads the phrase leaves.
"""

from __future__ import annotations

from outsource_nlp.annotate.speech.page import Page

PRONOUNS = frozenset("he she they it we i you who one".split())
_DETERMINERS = frozenset(
    "the a an this that these those his her their its our my one another some many several most both"
    " all other few no any".split()
)
_STOPS = frozenset(
    "who which that in on at for of by with from to as when after before during because while and but or if"
    " is was are were has had have will would about into over last this yesterday today".split()
)
_INNER = frozenset("of de la le van von der den bin al and for & the".split())
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july"
    " august september october november december".split()
)


def noun_phrase(page: Page, start: int, stop: int) -> int:
    """The head of the first noun phrase in ``start:stop``: a pronoun, the end of a name or of "the ..."; or -1."""
    at = start
    while at < stop and (
        page.is_space(at)
        or page.lower[at] in {",", "(", "-", "–", "—", "―", "--", ":"}
        or page.lower[at].endswith("ly")
    ):
        at += 1
    if at >= stop:
        return -1
    if page.lower[at] in PRONOUNS:
        return at
    if page.parsed and page.tokens[at].pos_ in {"VERB", "AUX", "ADP", "SCONJ", "CCONJ"} and not _capital(page, at):
        return -1
    if _capital(page, at) and page.lower[at] not in _DETERMINERS and page.lower[at] not in _TIMES:
        return _end_of_name(page, at, stop)
    head = -1
    name = -1
    for i in range(at, stop):
        word = page.lower[i]
        if word in {"'s", "’s", "'", "’"}:
            name = -1
            continue
        if (word in _STOPS and i > at) or not (word[:1].isalnum() or word.startswith("-")):
            break
        if name >= 0 and not _capital(page, i):
            break
        if _capital(page, i) and i > at:
            name = i
        if word not in _DETERMINERS:
            head = i
    return name if name >= 0 else head if page.lower[at] in _DETERMINERS or page.parsed or head - at < 3 else -1


def phrase_start(page: Page, head: int) -> int:
    """Where the phrase that ends at its head begins: names and the words before them, back to a determiner."""
    at = head
    while at > 0 and page.paragraph[at - 1] == page.paragraph[head] and head - at < 6:
        word = page.lower[at - 1]
        if word in _DETERMINERS:
            return at - 1
        if (
            (_capital(page, at - 1) and word not in _TIMES and page.cover[at - 1] == page.cover[head])
            or word in {"'s", "’s"}
            or (word in _INNER and at - 2 >= 0 and _capital(page, at - 2) and _capital(page, at))
            or (page.tokens[head].text[:1].islower() and word.isalpha() and _before_determiner(page, at - 1))
        ):
            at -= 1
        else:
            break
    return at


def _before_determiner(page: Page, at: int) -> bool:
    return any(page.lower[i] in _DETERMINERS for i in range(max(0, at - 3), at)) and page.lower[at] not in _STOPS


def _capital(page: Page, at: int) -> bool:
    return page.tokens[at].text[:1].isupper()


def _end_of_name(page: Page, at: int, stop: int) -> int:
    head = at
    i = at + 1
    while i < stop:
        if _capital(page, i) and page.lower[i] not in _TIMES:
            head = i
        elif not (page.lower[i] in _INNER and i + 1 < stop and _capital(page, i + 1)) and page.lower[i] not in {
            "'s",
            "’s",
        }:
            if page.lower[i][:1].isalpha() and page.lower[i] not in _STOPS and page.lower[i - 1] in {"'s", "’s"}:
                head = i
            else:
                break
        i += 1
    return head
