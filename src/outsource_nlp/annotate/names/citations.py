"""People as scholars name them: author lists, citations, reference strings.

In goes a page, out come namings by form: "Oshri, Kotlarsky, and Willcocks argue", "(Jones, 2018)", "Jones, R. (2018)".
A statistical model sees little in them, since there is hardly a sentence around.
"""

from __future__ import annotations

from collections.abc import Iterator

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.identity import in_title_case
from outsource_nlp.annotate.names.page import Page
from outsource_nlp.annotate.names.person_names import PersonName, lone_surname
from outsource_nlp.annotate.names.words import Words

_ACADEMIC = frozenset(
    "argue suggest find note show conclude contend propose describe define identify distinguish claim point observe "
    "maintain call estimate demonstrate report write believe warn".split()
)
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
            start = i - _particle_before(words, i, cues)
            surname = words.written(start, k)
            yield PersonName(start, last, "", tuple(words.text[first:last]), in_title_case(surname), "reference")


def _particle_before(words: Words, i: int, cues: Cues) -> bool:
    """Whether a capital particle belongs to the surname at word ``i``: "Le Tissier", "De Souza"."""
    return words.capital(i - 1) and words.at(i - 1) in cues.lists["people"]["particles"] and not words.fresh[i]


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
        if verb not in _ACADEMIC and not (verb == "(" and _year(words.at(v + 1))):
            continue
        k = v - 1
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
        if len(found) > 1 and words.at(found[-1] - 1) not in {"the", "of", "in"} and not words.capital(found[-1] - 1):
            for k in reversed(found):
                first = k - _particle_before(words, k, cues)
                yield PersonName(first, k + 1, "", (), words.written(first, k + 1), "author-list")


def citations(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """"Jones (2018)", "(Jones, 2018)", "Jones et al."."""
    words = page.words
    for k in range(len(words) - 2):
        if not lone_surname(page, k, blocked, cues) or (words.capital(k - 1) and words.same_sentence(k - 1, k)):
            continue
        after = words.fold[k + 1:k + 4]
        opens = words.at(k - 1) in {"(", ";"} or words.at(k - 1) == "and"
        if ((after[0] == "(" and len(after) > 1 and _year(after[1]) and page.label[k] not in {"GPE", "LOC"})
                or (after[0] == "," and len(after) > 1 and _year(after[1]) and opens)
                or (after[:1] and _year(after[0]) and (opens or words.at(k - 1) == "&") and _in_brackets(words, k))
                or after[:2] == ("et", "al")):
            paired = words.at(k - 1) in {"and", "&"} and words.at(k - 2).isalpha()
            if paired and lone_surname(page, k - 2, blocked, cues):
                first = k - 2 - _particle_before(words, k - 2, cues)
                yield PersonName(first, k - 1, "", (), words.written(first, k - 1), "citation")
            yield PersonName(k, k + 1, "", (), words.text[k], "citation")


def _in_brackets(words: Words, k: int) -> bool:
    """Whether a bracket opens in the sentence before word ``k`` and does not close."""
    for j in range(k - 1, max(-1, k - 40), -1):
        if words.text[j] in "()" or not words.same_sentence(j, k):
            return words.text[j] == "("
    return False
