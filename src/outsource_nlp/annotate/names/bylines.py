"""Who wrote a text, as its page shows it: bylines, name lines under the title, signatures of letters.

In goes a page, out come the names of its authors. A byline is known by its place and shape and not by grammar, so it
is read line by line before anything else looks for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outsource_nlp.annotate.layers import article
from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.page import Page
from outsource_nlp.annotate.names.person_names import PersonName, read_name

_TOP, _HEAD, _FOOT = 80, 40, 60
"""In words: how far a byline, how far a bare name line may stand from the top, and from the end."""
_BETWEEN = frozenset({",", "and", "|", "/", ";", "·", "•"})
_BEHIND = frozenset({"for", "in", "on", "at", "|", "-", "–", "—", "(", ",", "and", "/", "·", "•", "@", "reports", "is"})
_LONGEST_LINE = 16


def bylines(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """The authors that the page names, in no particular order; words in ``blocked`` belong to other names."""
    words, shapes = page.words, cues.lists["bylines"]
    lines = list(_lines(page))
    letters = _is_letter(page, lines, cues)
    for n, (start, stop) in enumerate(lines):
        near_top, near_end = start < _TOP, start > len(words) - _FOOT
        opening = shapes["introductions"].at(words, start)
        if opening and (near_top or near_end):
            first = start + opening
            while first < stop and (words.fold[first] in shapes["desks"] or words.fold[first] in shapes["writers"]):
                first += 1
            yield from _names(page, first, stop, blocked, cues, _BEHIND)
        elif start < _HEAD and stop - start <= _LONGEST_LINE:
            yield from _under_title(page, start, stop, blocked, cues)
        if n and shapes["sign_offs"].at(words, lines[n - 1][0]) and lines[n - 1][1] - lines[n - 1][0] < 6:
            yield from _names(page, start, stop, blocked, cues, frozenset({",", "(", "|", "–", "—"}))
        elif letters and start > 20 and _signature(page, start, stop, cues):
            yield from _names(page, start, stop, blocked, cues, frozenset({",", "("}))


def _lines(page: Page) -> Iterator[tuple[int, int]]:
    words, text = page.words, page.text
    start = 0
    for k in range(1, len(words)):
        if "\n" in text[words.end[k - 1]:words.start[k]]:
            yield start, k
            start = k
    if len(words):
        yield start, len(words)


def _is_letter(page: Page, lines: Iterable[tuple[int, int]], cues: Cues) -> bool:
    facts = article(page.doc)
    told = "letter" in facts.kind.lower() or facts.title.lower().startswith("letter")
    return told or any(cues.lists["bylines"]["salutations"].at(page.words, start) for start, _ in lines)


def _name_end(page: Page, start: int, stop: int, cues: Cues) -> int:
    """Where a name of two to four words ends that begins at ``start``; ``start`` if there is none."""
    words, people = page.words, cues.lists["people"]
    k, parts = start, 0
    while k < stop and parts < 4:
        word, text = words.fold[k], words.text[k]
        particle = word in people["particles"] and k > start and words.capital(k + 1)
        fits = text[0].isalpha() and word != "'s" and (words.capital(k) or particle)
        common = word in people["not_in_names"] and not (k > start and word in people["surnames_too"] and len(text) > 1)
        if not fits or (parts > 1 and word in cues.lists["bylines"]["desks"]) or (
                common and not (len(text) == 1 and text.isupper()) and not words.joined[k]):
            break
        parts += not words.joined[k]
        k += 1
    return k if parts > 1 and len(words.text[k - 1]) > 1 else start


def _names(page: Page, start: int, stop: int, blocked: frozenset[int], cues: Cues,
           behind: frozenset[str]) -> list[PersonName]:
    """Names with commas or "and" between; none at all if the line goes on like a sentence."""
    words = page.words
    found: list[PersonName] = []
    k = start
    while k < stop:
        first = k
        while k < stop and (words.fold[k] in cues.lists["people"]["titles"] or words.text[k] in "()"):
            k += 1
        end = _name_end(page, k, stop, cues)
        if end == k or any(j in blocked for j in range(k, end)):
            break
        if name := read_name(words, first, end, cues, "byline"):
            found.append(name)
        k = end
        if k < stop and words.fold[k] in _BETWEEN:
            k += 1 + (words.at(k + 1) == "and")
            continue
        break
    end = found[-1].end if found else start
    goes_on = end < stop and words.fold[end] not in behind and not words.capital(end)
    return [] if goes_on or (end < stop and words.fold[end] == "'s") else found


def _under_title(page: Page, start: int, stop: int, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """A line near the top with a name alone, or with a desk, a university or a place behind it."""
    words, shapes = page.words, cues.lists["bylines"]
    titled = words.fold[start] in shapes["addressed"] or words.fold[start] in shapes["peers"]
    if titled or words.text[stop - 1] in {".", ":", "?", "!", ";"}:
        return
    names = _names(page, start, stop, blocked, cues, _BEHIND)
    if not names:
        return
    tail = words.fold[names[-1].end:stop]
    told = bool(tail) and (tail[-1] in shapes["writers"] or any(w in shapes["homes"] for w in tail) or (
        tail[0] == "in" and len(tail) < 4))
    known = all(n.given and (n.given[0].lower().split("-")[0] in cues.given_names
                             or "PERSON" in page.label[n.start:n.end]) for n in names)
    if told or (start and known and (not tail or tail[0] in {"|", "–", "—"})):
        yield from names


def _signature(page: Page, start: int, stop: int, cues: Cues) -> bool:
    """A line of names and places without a verb that closes a letter: "A. B. Cole, Northtown"."""
    words, small = page.words, cues.lists["bylines"]["place_words"]
    if stop - start > _LONGEST_LINE or words.text[stop - 1] in {":", "?", "!"}:
        return False
    closes = stop == len(words) or words.paragraph[stop]
    return closes and any(words.text[k] in ",(" for k in range(start, stop)) and all(
        words.capital(k) or not words.text[k][0].isalpha() or words.fold[k] in small or words.joined[k]
        or words.fold[k] == "'s" for k in range(start, stop))
