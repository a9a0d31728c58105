"""People as scholars name them: author lists, citations, reference strings.

In goes a page, out come namings by form: "Oshri, Kotlarsky, and Willcocks argue", "(Jones, 2018)", "Jones, R. (2018)".
A statistical model sees little in them, since there is hardly a sentence around.
"""

from __future__ import annotations

from collections.abc import Iterator

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.identity import in_title_case
from outsource_nlp.annotate.names.page import Page
from outsource_nlp.annotate.names.person_names import PersonName, lone_surname, surname_start
from outsource_nlp.annotate.names.words import Words

_BEFORE_VERBS = frozenset({"have", "both", "also", "later", "all", "then", "each"})
_YEARS = range(1800, 2100)


def references(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """"Oshri, I., Kotlarsky, J. and Willcocks, L. P. (2011)": surname first, then initials."""
    words, last_end = page.words, -9
    for i in range(len(words) - 2):
        if i in blocked or not words.capital(i) or len(words.text[i]) < 3 or words.text[i].isupper():
            continue
        k = i + 1
        while k < len(words) and words.joined[k]:
            k += 1
        comma = words.at(k) == ","
        first = k + comma
        last = first
        while last < len(words) and len(words.text[last]) == 1 and words.text[last].isupper() and last - first < 3:
            last += 1
        if last == first or not words.same_sentence(i, last - 1):
            continue
        after = words.at(last)
        if after in {",", "and", "(", "&", ";", "eds", "ed"} or _year(after):
            noted = opens_note(page, i) or (last_end == i - 1 and words.at(i - 1) in {"and", "&", ","})
            if not comma and noted:
                last_end = last
            elif not comma and not (_year(after) or _year(words.at(last + 1)) or (after == "," and _reference_like(
                    words, last + 1))):
                continue
            start = surname_start(words, i, cues)
            surname = words.written(start, k)
            yield PersonName(start, last, "", tuple(words.text[first:last]), in_title_case(surname), "reference")


def opens_note(page: Page, i: int) -> bool:
    """Whether word ``i`` follows the number of a note at the start of a line: "1 Davies N and Chan O, ..."."""
    words = page.words
    number = words.at(i - 1).isdigit() and len(words.at(i - 1)) < 4
    return number and (i == 1 or "\n" in page.text[words.end[i - 2]:words.start[i - 1]])


def _reference_like(words: Words, k: int) -> bool:
    return k + 1 < len(words) and words.capital(k) and len(words.text[k + 1]) == 1 and words.text[k + 1].isupper()


def _year(word: str) -> bool:
    return len(word) in (4, 5) and word[:4].isdigit() and int(word[:4]) in _YEARS


def author_lists(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """"Oshri, Kotlarsky, and Willcocks argue": surnames in a list before a verb of arguing."""
    words = page.words
    for v, verb in enumerate(words.fold):
        if verb not in cues.lists["people"]["academic_verbs"] and not (verb == "(" and _year(words.at(v + 1))):
            continue
        k = v - 1
        while words.at(k) in _BEFORE_VERBS and v - k < 3:
            k -= 1
        while k > 0 and (not words.text[k][0].isalpha()) and v - k < 4:
            k -= 1
        found: list[int] = []
        while lone_surname(page, k, blocked, cues) and words.same_sentence(k, v):
            found.append(k)
            k -= 1
            if words.at(k) in {"and", "&"} and len(found) == 1:
                k -= 1
                if words.at(k) == ",":
                    k -= 1
            elif words.at(k) == "," and len(found) > 1:
                k -= 1
            else:
                break
        if len(found) > 1 and words.at(found[-1] - 1) not in {"the", "of", "in"} and (
                not words.capital(found[-1] - 1) or _opener(words, found[-1] - 1, cues)):
            for k in reversed(found):
                first = surname_start(words, k, cues)
                yield PersonName(first, k + 1, "", (), words.written(first, k + 1), "author-list")


def citations(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """"Jones (2018)", "(Jones, 2018)", "Jones et al."."""
    words = page.words
    for k in range(len(words) - 2):
        if not words.capitals[k] or not lone_surname(page, k, blocked, cues):
            continue
        first = surname_start(words, k, cues)
        if words.capital(first - 1) and words.same_sentence(first - 1, k) and not _opener(words, first - 1, cues):
            continue
        after = words.fold[k + 1:k + 4]
        before = words.at(first - 1)
        opens = before in {"(", ";", "and"}
        if ((after[0] == "(" and len(after) > 1 and _year(after[1]) and page.label[k] not in {"GPE", "LOC"})
                or (after[0] == "," and len(after) > 1 and _year(after[1]) and opens)
                or (after[:1] and _year(after[0]) and (opens or before == "&") and _in_brackets(words, k))
                or after[:2] == ("et", "al")):
            paired = before in {"and", "&"} and words.at(first - 2).isalpha()
            if paired and lone_surname(page, first - 2, blocked, cues):
                other = surname_start(words, first - 2, cues)
                yield PersonName(other, first - 1, "", (), words.written(other, first - 1), "citation")
                j = first - 4
                while words.at(j + 1) == "," and lone_surname(page, j, blocked, cues) and k - j < 16:
                    yield PersonName(j, j + 1, "", (), words.text[j], "citation")
                    j -= 2
            yield PersonName(first, k + 1, "", (), words.written(first, k + 1), "citation")


def scholars(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """"Drawing on Cumbers and Becker", "Mazzucato and Collington, in The Big Con, blame".

    The frame alone could hold places or firms, so the model must take one of the names for a person.
    """
    words, frames = page.words, cues.lists["people"]["scholar_frames"]
    for i in range(1, len(words) - 2):
        if not words.capitals[i] or not (words.fold[i + 1] in {",", "and"} or frames.before(words, i)):
            continue
        if not lone_surname(page, i, blocked, cues) or (words.capital(i - 1) and words.same_sentence(i - 1, i)):
            continue
        found, k = [i], i + 1
        while k + 1 < len(words) and words.fold[k] in {",", "and", "&"} and len(found) < 4:
            k += 1 + (words.at(k) == "," and words.at(k + 1) == "and")
            if not lone_surname(page, k, blocked, cues) or words.capital(k + 1):
                break
            found.append(k)
            k += 1
        paired = len(found) > 1 and words.at(found[1] - 1) == "and" and (
            words.at(found[-1] + 1), words.at(found[-1] + 2)) == (",", "in")
        framed = frames.before(words, i) > 0 and words.same_sentence(i - 1, i) and not words.capital(i + 1)
        labels = {page.label[q] for q in found}
        if (framed or paired) and "PERSON" in labels and not labels & {"GPE", "LOC", "NORP"}:
            for q in found:
                yield PersonName(q, q + 1, "", (), words.text[q], "scholar")


def _opener(words: Words, k: int, cues: Cues) -> bool:
    """"For Jones (2013)", "As Jones (2013)": a small word with the capital of the sentence."""
    return words.opens_sentence(k) and words.fold[k] in cues.lists["organisations"]["sentence_openers"]


def _in_brackets(words: Words, k: int) -> bool:
    """Whether a bracket opens in the sentence before word ``k`` and does not close."""
    for j in range(k - 1, max(-1, k - 40), -1):
        if words.text[j] in "()" or not words.same_sentence(j, k):
            return words.text[j] == "("
    return False
