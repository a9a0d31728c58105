"""Which government "the government" is.

In goes a page, out come the places where plain words (the government, ministers) stand for the government of the
United Kingdom. A text about Sweden or a Scottish minister must not end up in Whitehall, so a foreign or devolved
government named nearby takes the words that follow it.
"""

from __future__ import annotations

from collections.abc import Iterator

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.page import Found, Page

UK = ("government:uk-government", "UK Government")
_ARTICLES = frozenset({"the", "this", "our", "successive"})
_MEMORY = 3
"""For how many sentences a foreign government owns the plain words."""


def plain_government(page: Page, taken: frozenset[int], cues: Cues) -> Iterator[Found]:
    """"the government", "ministers", where they are the United Kingdom's."""
    words, lists = page.words, cues.lists["government"]
    abroad_since, home = -10, any(lists["uk_marks"].at(words, k) for k in range(len(words)))
    any_abroad = False
    for k, word in enumerate(words.fold):
        if word not in {"government", "ministers", "government's"}:
            continue
        if _is_abroad(page, k, cues):
            abroad_since, any_abroad = words.sentence[k], True
            continue
        start = _start(page, k, cues)
        if start is None or any(j in taken for j in range(start, k + 1)):
            continue
        recent = words.sentence[k] - abroad_since <= _MEMORY
        if (recent and not _home_between(page, k, abroad_since, cues)) or (any_abroad and not home):
            continue
        yield Found(start, k + 1, "government", *UK, rule="plain-government")


def _is_abroad(page: Page, k: int, cues: Cues) -> bool:
    words, lists = page.words, cues.lists["government"]
    if words.same_sentence(k - 1, k) and lists["foreign"].before(words, k):
        return words.at(k - 1) not in {"local", "self", "good", "big", "student", "prime", "shadow", "former", "ex"}
    places = lists["foreign_places"]
    return (words.at(k + 1) in {"of", "in"} and places.at(words, k + 2) > 0) or (
        words.at(k - 1) == "'s" and places.before(words, k - 1) > 0)


def _start(page: Page, k: int, cues: Cues) -> int | None:
    """Where the phrase begins; None if it is no definite one."""
    words, lists = page.words, cues.lists["government"]
    if words.fold[k] == "ministers":
        lone = words.at(k - 1) not in lists["other_ministers"]
        return k if lone and words.at(k + 1) not in {"of", "for"} else None
    j = k - 1
    while j >= 0 and words.same_sentence(j, k) and words.fold[j] in lists["before_government"] and k - j < 4:
        j -= 1
    if words.same_sentence(j, k) and words.at(j) in _ARTICLES:
        return j
    if j < k - 1 and words.fold[k - 1] in {"central", "uk", "british"}:
        return k - 1
    capital = words.capital(k) and not words.opens_sentence(k) and not words.capital(k - 1) and not words.capital(k + 1)
    return k if capital and words.at(k - 1) not in {"local", "a", "of"} else None


def _home_between(page: Page, k: int, since: int, cues: Cues) -> bool:
    """Whether the United Kingdom came up again after the foreign government, before word ``k``."""
    words, marks = page.words, cues.lists["government"]["uk_marks"]
    j = k
    while j >= 0 and words.sentence[j] > since:
        if marks.at(words, j):
            return True
        j -= 1
    return False
