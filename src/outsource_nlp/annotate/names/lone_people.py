"""People known by what stands beside an unknown or incomplete name: an office, a body, kin, an age, a verb of saying.

In go a page and the words that are taken, out come namings that lists and the model's labels alone would not give.
They are looked for last, in words that nothing else has claimed.
"""

from __future__ import annotations

from collections.abc import Iterator

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.page import Page
from outsource_nlp.annotate.names.person_names import PersonName, lone_surname, read_name, surname_fits, surname_start


def by_office(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """"the Mayor of Northtown, Xola Brent, said", "council leader Xola Brent": two unknown words behind an office."""
    words, people = page.words, cues.lists["people"]
    for i in range(1, len(words) - 2):
        if not (words.capitals[i] and words.capitals[i + 1]) or i in blocked or i + 1 in blocked:
            continue
        if not words.same_sentence(i - 1, i + 1) or (words.capital(i + 2) and words.same_sentence(i, i + 2)):
            continue
        beside = people["offices"].before(words, i) and words.text[i - 1].islower()
        behind = words.at(i - 1) == "," and words.at(i + 2) in {",", "."} and any(
            people["offices"].at(words, k) and words.same_sentence(k, i) and "," not in words.text[k:i - 1]
            for k in range(max(0, i - 9), i - 1))
        if not (beside or behind) or any(
                (page.label[k] in {"ORG", "GPE", "LOC", "FAC"} and not behind) or page.lower[words.fold[k]]
                or words.text[k].isupper() or not surname_fits(page, k, cues, trusted=False) for k in (i, i + 1)):
            continue
        if name := read_name(words, i, i + 2, cues, "office"):
            yield name


def first_names(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """"Priya, 34, said", "Tom, a porter at ...": somebody who goes by a first name alone."""
    words, people = page.words, cues.lists["people"]
    sure = {start: end for start, end, label in page.names if label == "PERSON"}
    for start, mark in enumerate(words.text):
        if start in blocked or not mark[0].isupper() or not lone_surname(page, start, blocked, cues) or page.label[
                start] == "GPE":
            continue
        if words.capital(start + 1) or (words.capital(start - 1) and words.same_sentence(start - 1, start)):
            continue
        k = start + 1
        aged = words.at(k) == "," and words.at(k + 1).isdigit() and len(words.at(k + 1)) == 2 and words.at(k + 2) == ","
        apposed = words.at(start - 1) == "," and words.at(k) in {",", "."}
        kin = words.at(start - 1 - apposed) in people["kin"] and words.same_sentence(start - 1, start) and words.at(
            k) != "'s"
        if aged or kin:
            yield PersonName(start, start + 1, "", (), words.text[start], "first-name")
            continue
        if start not in sure or words.fold[start] not in cues.given_names:
            continue
        told = words.at(k) == "," and words.at(k + 1) in {"a", "an"} and any(
            people["offices"].at(words, q) and words.same_sentence(start, q) for q in range(k + 2, k + 5))
        if told or people["stating_verbs"].at(words, k):
            yield PersonName(start, start + 1, "", (), words.text[start], "first-name")


def of_bodies(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """"Labour's Xola Brent-Ames called": two unknown words behind a known body, before a verb of saying."""
    words, verbs = page.words, cues.lists["people"]["report_verbs"]
    for k in range(1, len(words) - 3):
        if words.fold[k] != "'s" or k - 1 not in blocked or not words.same_sentence(k, k + 3):
            continue
        end = k + 3
        while end < len(words) - 1 and words.joined[end]:
            end += 1
        fits = words.at(end) in verbs and all(
            surname_fits(page, j, cues, trusted=False) and not page.lower[words.fold[j]] and j not in blocked
            and not words.text[j].isupper() for j in range(k + 1, end))
        if fits and (name := read_name(words, k + 1, end, cues, "of-body")):
            yield name


def _past_employer(page: Page, k: int, blocked: frozenset[int]) -> int:
    """The word behind "of Slough Council" or ", of Slough Council," where a known name stands there, else ``k``."""
    words = page.words
    j = k + (words.at(k) == ",")
    if words.at(j) not in {"of", "from", "at"}:
        return k
    j += 1 + (words.at(j + 1) == "the")
    if j not in blocked:
        return k
    while j in blocked:
        j += 1
    j += words.at(j) == ","
    return j if words.same_sentence(k, j) else k


def before_verbs(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """A lone name that the model takes for a person, where it says or is asked something."""
    words, verbs = page.words, cues.lists["people"]["report_verbs"]
    for start, end, label in page.names:
        k = start + 1
        held = words.at(k) == "'s" and cues.lists["people"]["own_views"].at(words, k + 1) > 0
        if (label != "PERSON" and not (held and label == "ORG")) or end - start > 2 or not lone_surname(
                page, start, blocked, cues):
            continue
        if end > k and words.fold[k] != "'s":
            continue
        if words.fold[start] in cues.given_names and words.opens_sentence(start):
            continue
        says = words.at(_past_employer(page, k, blocked)) in verbs or (words.at(k) == "'s" and (
            cues.lists["people"]["views"].at(words, k + 1) > 0 or words.at(k + 1) in {"point", "words"}))
        asked = words.at(start - 1) in {"said", "says", "to", "asked", "argues", "told"} and (
            words.at(start - 2) in {"according", ",", "”", '"', "’", "'"} or words.at(start - 1) in {"told"})
        if says or asked:
            first = surname_start(words, start, cues)
            yield PersonName(first, k, "", (), words.written(first, k), "surname-and-verb")
