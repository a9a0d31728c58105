"""Laws and public reports by their form: "Care Act 2014", "Criminal Justice (Contracts) Act", "the Munro Review".

In goes a page, out come works. They are kept apart from periodicals, so that the Community Care Act is no magazine.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.identity import in_title_case, slug
from outsource_nlp.annotate.names.page import Found, Page
from outsource_nlp.annotate.names.words import CONNECTORS, Words


def find_laws(words: Words, start: int, end: int, cues: Cues) -> Iterator[Found]:
    """Acts, bills, orders and regulations in a run of capital words."""
    heads = cues.lists["works"]["law_heads"]
    for k in range(start, end):
        n = heads.at(words, k)
        if not n or not words.capital(k) or (words.fold[k] in {"order", "measure"} and not _year(words, k + n)):
            continue
        last = k + n
        first = _before_bracket(words, _after_last_break(words, start, k), cues)
        if k - first < 1:
            continue
        year = last + (words.at(last) == ",")
        if _year(words, year):
            last = year + 1
        elif words.at(last) == "(" and _year(words, last + 1):
            last = last + 2
        name = re.sub(r"\s*[,(]\s*(\d{4})$", r" \1", in_title_case(words.written(first, last)))
        yield Found(first, last, "work", "work:" + slug(name), name, "law")


def _after_last_break(words: Words, start: int, k: int) -> int:
    """Names of laws have "and" and "of" inside but do not begin with them."""
    cut = next((q for q in range(k - 1, start, -1) if words.fold[q - 1:q + 1] == ("and", "the")), start)
    start = max(start, cut)
    while start < k and words.fold[start] in CONNECTORS:
        start += 1
    return start


def _before_bracket(words: Words, first: int, cues: Cues) -> int:
    """"Criminal Justice (Contracts) Act": where the words before the bracket begin, else ``first``."""
    opening = next((k for k in range(first - 2, max(0, first - 8), -1) if words.text[k] == "("), None)
    if words.at(first - 1) != ")" or opening is None or not words.capital(opening + 1):
        return first
    start = opening
    while start > 0 and words.same_sentence(start - 1, first) and (
            words.capital(start - 1) or (words.fold[start - 1] in CONNECTORS and words.capital(start - 2))):
        start -= 1
    while start < opening and words.fold[start] in cues.lists["organisations"]["sentence_openers"]:
        start += 1
    return _after_last_break(words, start, opening) if start < opening else first


def _paper(page: Page, k: int, taken: Collection[int], cues: Cues) -> Found | None:
    """"the National Food Strategy", "the Sourcing Playbook": capital words from "the" to a head at word ``k``."""
    words = page.words
    n = cues.lists["works"]["paper_heads"].at(words, k)
    start = k
    while words.same_sentence(start - 1, k) and words.capital(start - 1) and start - 1 not in taken:
        start -= 1
    start += start < k and words.fold[start] == "the"
    own = [q for q in range(start, k) if not page.lower[words.fold[q]]]
    loud = all(words.text[q].isupper() for q in range(start, k + n))
    if not own or loud or k - start > 6 or words.at(start - 1) != "the" or words.capital(k + n):
        return None
    name = words.written(start, k + n)
    return Found(start, k + n, "work", "work:" + slug(name), name, "paper")


def find_reports(page: Page, taken: Collection[int], cues: Cues) -> Iterator[Found]:
    """"the Munro Review of Child Protection", "the Francis Report": known by the one who led them."""
    words, lists, common = page.words, cues.lists["works"], cues.lists["people"]["not_in_names"]
    for k in range(1, len(words)):
        if not words.capitals[k] or k in taken or k - 1 in taken:
            continue
        if lists["paper_heads"].at(words, k) and (paper := _paper(page, k, taken, cues)) is not None:
            yield paper
        if words.fold[k] not in {"review", "report"}:
            continue
        own = words.fold[k - 1]
        runs_in = words.capital(k - 2) and words.same_sentence(k - 2, k) and words.fold[k - 2] != "the"
        if not words.capital(k - 1) or own in common or own in lists["plain_reports"] or page.lower[own] or runs_in or (
                words.text[k - 1].isupper() or page.label[k - 1] in {"GPE", "NORP", "DATE", "LOC"}) or words.fresh[k]:
            continue
        dated = words.at(k - 2).isdigit() and len(words.at(k - 2)) == 4
        opened = dated or words.at(k - 2) in {"the", "a", "this", "last", "and", "of"}
        if not opened or not words.same_sentence(k - 2, k):
            continue
        end = k + 1
        if words.at(end) in {"of", "into", "on"} and words.capital(end + 1):
            end += 1
            while words.same_sentence(k, end) and end not in taken and end - k < 9 and (words.capital(end) or (
                    words.fold[end] in {"of", "and", "in"} and words.capital(end + 1))):
                end += 1
        name = words.written(k - 1, end)
        yield Found(k - 1, end, "work", "work:" + slug(name), name, "report")


def _year(words: Words, k: int) -> bool:
    return k < len(words) and len(words.text[k]) == 4 and words.text[k][:2] in {"18", "19", "20"}
