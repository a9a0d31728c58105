"""Titles of books, reports, films and articles: in marks, beside a word for a work, in reference strings.

In goes a page, out come works. A title is the weakest of names, since any capital words may be one; so each rule asks
for a word that says so right beside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.identity import in_title_case, slug
from outsource_nlp.annotate.names.page import Found, Page
from outsource_nlp.annotate.names.words import Words

_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'", "*": "*", "_": "_"}


def find_titles(page: Page, cues: Cues, publishers: frozenset[int]) -> Iterator[Found]:
    """Titles of works: in quotation marks after a word for a work, or opening like a handbook."""
    words, lists = page.words, cues.lists["works"]
    for i, mark in enumerate(words.text):
        close = _QUOTES.get(mark)
        if close and i and (lists["before_title"].before(words, _skip_back(words, i)) or _work_of_someone(
                words, i, cues)):
            j = next((k for k in range(i + 1, min(i + 18, len(words))) if words.text[k] == close), None)
            if j is not None and j - i > 1 and _title_case(words, i + 1, j):
                yield _work(words, i + 1, j, "quoted-title")
        elif words.capital(i) and lists["title_openings"].at(words, i) and words.at(
                i + lists["title_openings"].at(words, i)) in {"of", "to", "on", "for"}:
            end = _title_end(words, i, publishers, cues)
            if end - i > 3:
                yield _work(words, i, end, "title-opening")


def _skip_back(words: Words, i: int) -> int:
    return i - 1 if words.at(i - 1) in {",", ":", "on"} else i


def _work_of_someone(words: Words, i: int, cues: Cues) -> bool:
    """"Jo Ledwidge's report for Unison, “Bringing It Home”": a word for a work, then only whose it is."""
    for k in range(i - 1, max(-1, i - 9), -1):
        if not words.same_sentence(k, i):
            return False
        if cues.lists["works"]["work_nouns"].at(words, k) and not words.capital(k):
            return True
        if not (words.capital(k) or words.fold[k] in {",", "for", "by", "from", "of", "on", "and", "the", "with"}):
            return False
    return False


def _title_case(words: Words, i: int, j: int) -> bool:
    long_words = [k for k in range(i, j) if len(words.text[k]) > 3 and words.text[k][0].isalpha()]
    capitals = sum(words.capital(k) for k in long_words)
    return words.capital(i) and bool(long_words) and capitals >= 0.6 * len(long_words) and words.fold[j - 1] not in ",."


def _title_end(words: Words, i: int, publishers: frozenset[int], cues: Cues) -> int:
    small = cues.lists["works"]["in_titles"]
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


_ARTICLES = frozenset({"the", "a", "an"})
_TITLE_LABELS = frozenset({"", "WORK_OF_ART", "ORG", "LAW", "PRODUCT", "EVENT", "FAC"})


def titles_by_context(page: Page, taken: Collection[int], cues: Cues) -> Iterator[Found]:
    """"her book The Hollow Market", "a pamphlet, Free to Fail,", "wrote in The Affluent Society"."""
    words, lists = page.words, cues.lists["works"]
    for i in range(len(words)):
        start = -1
        if (n := lists["work_nouns"].at(words, i)) and not words.capital(i):
            start = _behind_noun(page, i, n, cues)
        elif words.capital(i) and (_authored(words, i) or (
                words.fold[i] in _ARTICLES and words.capital(i + 1) and lists["title_frames"].before(words, i))):
            start = i
        if start < 0 or not words.same_sentence(i, start):
            continue
        end = _title_end(words, start, frozenset(), cues)
        if not any(k in taken for k in range(start, end)) and _is_title(page, i, start, end, cues):
            yield _work(words, start, end, "title-in-context")


def _authored(words: Words, i: int) -> bool:
    """"author of Landlord Nation"."""
    return words.at(i - 1) == "of" and words.at(i - 2) in {"author", "authors"}


def _behind_noun(page: Page, i: int, n: int, cues: Cues) -> int:
    """Where a title may begin behind a noun for a work; -1 where none can."""
    words, lists = page.words, cues.lists["works"]
    j = i + n
    called = lists["called"].at(words, j)
    j += called
    marked = words.at(j) in {",", ":"}
    j += marked
    if marked and not called and words.at(j - 1) == "," and not any(
            words.at(k) in lists["of_a_new"] for k in range(max(0, i - 3), i)):
        return -1
    return j if words.capital(j) else -1


def _is_title(page: Page, cue: int, start: int, end: int, cues: Cues) -> bool:
    words, people = page.words, cues.lists["people"]
    capitals = sum(words.capital(k) for k in range(start, end))
    if words.fold[start] in _ARTICLES:
        if cue < start:
            return capitals > 1
        frame = words.fold[cue - 1]
        loose = frame in {"in", "his", "her", "their", "read"} and words.fold[cue - 2] not in {
            "wrote", "writes", "argues", "argued", "writing"}
        closed = words.at(end) in {",", "("} and words.opens_sentence(cue - 1)
        return capitals > 1 and (not loose or (closed and end - start > 3))
    if words.text[start - 1] == "," and words.at(end) not in {",", ".", "(", ")", "?", "!"}:
        return False
    named = words.fold[start] in cues.given_names or words.fold[start] in people["titles"] or people["offices"].at(
        words, start)
    enclosed = words.text[start - 1] == "," and words.at(end) == "," and words.at(cue - 1) in cues.lists[
        "works"]["of_a_new"]
    return capitals > 1 and not named and all(
        page.label[k] in _TITLE_LABELS or (enclosed and page.label[k] == "PERSON") for k in range(start, end))


def reference_titles(page: Page, cues: Cues) -> Iterator[Found]:
    """"Crouch, C. (2011) The Strange Non-Death of Neo-Liberalism. Cambridge: Polity.": what follows the year."""
    words = page.words
    for k in range(2, len(words) - 4):
        dated = words.text[k] == "(" and words.text[k + 1][:4].isdigit() and words.text[k + 2] == ")"
        if not dated or not _opens_reference(page, k, cues):
            continue
        start = k + 3 + (words.text[k + 3] in ",.:")
        close = _QUOTES.get(words.text[start]) if start < len(words) else None
        start += close is not None
        end = start
        while end < len(words) and end - start < 30 and not words.paragraph[end] and words.text[end] not in (
                {close} if close else {".", "?", "!"}):
            end += 1
        if end < len(words) and words.text[end] in {close, ".", "?", "!"} and end - start > 1 and words.capital(start):
            yield _work(words, start, end - (words.text[end - 1] == ","), "reference-title")


def _opens_reference(page: Page, k: int, cues: Cues) -> bool:
    """Whether the line up to the bracket at ``k`` holds names and initials only."""
    words, text = page.words, page.text
    j = k
    while j > 0 and k - j < 40 and "\n" not in text[words.end[j - 1]:words.start[j]]:
        j -= 1
    line, small = range(j, k), cues.lists["works"]["in_author_lists"]
    opened = j == 0 or "\n" in text[words.end[j - 1]:words.start[j]]
    return opened and len(line) > 1 and all(
        words.capital(q) or not words.text[q][0].isalpha() or words.fold[q] in small for q in line)


def note_titles(page: Page) -> Iterator[Found]:
    """"2. A. O. Hirschman, Exit, Voice, and Loyalty (Cambridge, MA: Harvard, 1970)": a book in a note."""
    words, text = page.words, page.text
    for k in range(3, len(words) - 3):
        if words.text[k] != "(" or not words.capital(k + 1):
            continue
        close = next((q for q in range(k + 2, min(k + 14, len(words))) if words.text[q] == ")"), None)
        if close is None or not (len(words.text[close - 1]) == 4 and words.text[close - 1].isdigit()):
            continue
        j = k
        while j > 0 and k - j < 40 and "\n" not in text[words.end[j - 1]:words.start[j]]:
            j -= 1
        j += words.at(j).isdigit()
        j += words.at(j) == "."
        comma = next((q for q in range(j, k) if words.text[q] == "," and len(words.text[q + 1]) > 1), None)
        named = comma is not None and comma - j < 20 and len(words.text[j]) == 1 and all(
            words.capital(q) or words.fold[q] in {"and", "&", "-", ","} for q in range(j, comma))
        if named and comma is not None and words.capital(comma + 1) and k - comma > 2 and _title_case(
                words, comma + 1, k):
            yield _work(words, comma + 1, k, "note-title")


def titles_by_author(page: Page, taken: Collection[int], authors: Collection[int]) -> Iterator[Found]:
    """"we discuss Private Island by James Meek": capital words amid a sentence, then "by" and a person.

    ``authors`` are the words at which a full name of a person begins.
    """
    words = page.words
    for k in authors:
        by = k - 1
        if words.at(by) != "by" or words.text[by] != "by" or words.opens_sentence(by - 1):
            continue
        start = by
        while start > 0 and words.same_sentence(start - 1, by) and start - 1 not in taken and by - start < 9 and (
                words.capital(start - 1) or words.fold[start - 1] in {"of", "the", "and", "in", "to", "a", "for"}):
            start -= 1
        while start < by and not words.capital(start):
            start += 1
        capitals = [q for q in range(start, by) if words.capital(q)]
        if len(capitals) > 1 and not words.opens_sentence(start) and not any(
                page.label[q] in {"PERSON", "DATE", "NORP"} for q in capitals):
            yield _work(words, start, by, "title-by-author")
