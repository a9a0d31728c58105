"""Laws, books and reports by their form: "Care Act 2014", a title in quotation marks, "The Handbook of ...".

In goes a page, out come works. They are kept apart from periodicals, so that the Community Care Act is no magazine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.identity import in_title_case, slug
from outsource_nlp.annotate.names.page import Found, Page
from outsource_nlp.annotate.names.words import Words

_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'"}
_CONNECTORS = frozenset({"of", "for", "and", "the", "'s", "on", "to", "in"})


def find_laws(words: Words, start: int, end: int, cues: Cues) -> Iterator[Found]:
    heads = cues.lists["works"]["law_heads"]
    for k in range(start + 1, end):
        n = heads.at(words, k)
        if not n or not words.capital(k) or (words.fold[k] in {"order", "measure"} and not _year(words, k + n)):
            continue
        last = k + n
        first = _after_last_break(words, start, k)
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
    while start < k and words.fold[start] in _CONNECTORS | {"the"}:
        start += 1
    return start


def _year(words: Words, k: int) -> bool:
    return k < len(words) and len(words.text[k]) == 4 and words.text[k][:2] in {"18", "19", "20"}


def find_journals(page: Page) -> Iterator[Found]:
    """Journals in references: what stands between a title and ", 35(4)", ", 57, pp." or ", vol. 3"."""
    words = page.words
    for k in range(2, len(words) - 2):
        if words.text[k] != "," or not _issue(words, k + 1):
            continue
        i = k - 1
        while i > 0 and k - i < 12 and (words.capital(i) or words.fold[i] in _CONNECTORS) and not words.fresh[i]:
            i -= 1
        first = next((j for j in range(i + 1, k) if words.capital(j)), k)
        opened = words.text[i] in {".", "”", "’", '"', "'", "?"} or (words.text[i] == "," and words.text[i - 1] in {
            "”", "’", '"', "'"})
        if opened and words.capital(k - 1) and k - first > 1:
            name = in_title_case(words.written(first, k))
            yield Found(first, k, "publication", "publication:" + slug(name), name, "form-reference")


def _issue(words: Words, k: int) -> bool:
    """Whether volume and pages of a journal begin at word ``k``."""
    if words.at(k) in {"vol", "volume"}:
        return words.at(k + 1).isdigit() or words.at(k + 2).isdigit()
    number = words.at(k).isdigit() and len(words.at(k)) < 4
    return number and ((words.at(k + 1) == "(" and words.at(k + 2)[:1].isdigit()) or words.at(k + 1) == ":" or (
        words.at(k + 1) == "," and (words.at(k + 2) in {"pp", "p", "no"} or words.at(k + 2).isdigit())))


def find_titles(page: Page, cues: Cues, publishers: frozenset[int]) -> Iterator[Found]:
    """Titles of works: in quotation marks after a word for a work, or opening like a handbook."""
    words, lists = page.words, cues.lists["works"]
    for i, mark in enumerate(words.text):
        close = _QUOTES.get(mark)
        if close and i and lists["before_title"].before(words, _skip_back(words, i)):
            j = next((k for k in range(i + 1, min(i + 18, len(words))) if words.text[k] == close), None)
            if j is not None and j - i > 1 and _title_case(words, i + 1, j):
                yield _work(words, i + 1, j, "quoted-title")
        elif words.capital(i) and lists["title_openings"].at(words, i) and words.at(
                i + lists["title_openings"].at(words, i)) in {"of", "to", "on", "for"}:
            end = _title_end(words, i, publishers)
            if end - i > 3:
                yield _work(words, i, end, "title-opening")


def _skip_back(words: Words, i: int) -> int:
    return i - 1 if words.at(i - 1) in {",", ":", "on"} else i


def _title_case(words: Words, i: int, j: int) -> bool:
    long_words = [k for k in range(i, j) if len(words.text[k]) > 3 and words.text[k][0].isalpha()]
    capitals = sum(words.capital(k) for k in long_words)
    return words.capital(i) and bool(long_words) and capitals >= 0.6 * len(long_words) and words.fold[j - 1] not in ",."


def _title_end(words: Words, i: int, publishers: frozenset[int]) -> int:
    small = {"of", "the", "and", "in", "on", "to", "a", "for", "an", "by", "with"}
    j = end = i + 1
    while j < len(words) and j not in publishers and words.same_sentence(i, j) and not words.fresh[j] and (
            words.capital(j) or words.fold[j] in small) and j - i < 20:
        if words.capital(j):
            end = j + 1
        j += 1
    return end


def _work(words: Words, i: int, j: int, rule: str) -> Found:
    name = in_title_case(words.written(i, j))
    return Found(i, j, "work", "work:" + slug(name), name, rule)
