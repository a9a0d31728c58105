"""Who is a person: names in a text, before they are linked to one another.

In goes a page, out come the places that name a person, with title, given names and surname apart. A statistical
model's PERSON is one witness among several (titles, known given names, verbs of saying, reference forms), because
small models miss surnames in lists and see people in firms and hospitals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from outsource_nlp.annotate.cues import Cues
from outsource_nlp.annotate.identity import in_title_case
from outsource_nlp.annotate.page import Page
from outsource_nlp.annotate.words import Words

_ACADEMIC = frozenset(
    "argue suggest find note show conclude contend propose describe define identify distinguish claim point observe "
    "maintain call estimate demonstrate report write believe warn".split()
)
_YEARS = range(1800, 2100)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A naming of a person at words ``start`` to ``end``; ``given`` may be empty or initials."""

    start: int
    end: int
    title: str
    given: tuple[str, ...]
    surname: str
    rule: str

    @property
    def written(self) -> str:
        """Given names and surname, initials with a full stop."""
        return " ".join([*(f"{g}." if len(g) == 1 else g for g in self.given), self.surname])


def find_people(page: Page, blocked: frozenset[int], cues: Cues) -> list[PersonName]:
    """Namings of persons in text order, without overlaps; words in ``blocked`` belong to other names."""
    out: list[PersonName] = []
    taken = set(blocked)
    for finder in (_labels, _titled, _references, _given, _by_model, _author_lists, _citations, _before_verbs):
        for name in finder(page, frozenset(taken), cues):
            if not taken.intersection(range(name.start, name.end)):
                out.append(name)
                taken.update(range(name.start, name.end))
    return sorted(out, key=lambda n: n.start)


def read_name(words: Words, start: int, end: int, cues: Cues, rule: str) -> PersonName | None:
    """Take words apart into title, given names and surname; None if no surname is left."""
    people = cues.lists["people"]
    i, j = start, end
    while i < j and words.fold[i] in people["titles"]:
        i += 1
    while j - 1 > i and words.fold[j - 1] in people["postnominals"] and words.text[j - 1].isupper():
        j -= 1
    parts = _parts(words, i, j, cues)
    if not parts or len(parts[-1]) < 2:
        return None
    title = words.fold[i - 1] if i > start else ""
    given, surname = tuple(in_title_case(p) for p in parts[:-1]), in_title_case(parts[-1])
    return PersonName(start, j, title, given, surname, rule)


def _parts(words: Words, i: int, j: int, cues: Cues) -> list[str]:
    """Words with hyphenated ones and particles tied to what follows."""
    particles = cues.lists["people"]["particles"]
    out: list[str] = []
    tied = ""
    for k in range(i, j):
        if words.fold[k] in particles and k + 1 < j and k > i:
            tied += words.text[k] + " "
        elif words.joined[k] and out:
            out[-1] += "-" + words.text[k]
        elif words.text[k][0].isalpha():
            out.append(tied + words.text[k])
            tied = ""
    return out


def _surname_fits(page: Page, k: int, cues: Cues, *, trusted: bool) -> bool:
    """Whether word ``k`` can be part of a name; ``trusted`` after a given name or title."""
    word, people = page.words.fold[k], cues.lists["people"]
    if not page.words.capital(k) or not page.words.text[k][0].isalpha() or word == "'s":
        return False
    if word in people["not_in_names"]:
        return trusted and word in people["surnames_too"]
    return True


def _run_on(words: Words, k: int) -> bool:
    """Whether a name may run on into word ``k``."""
    return words.same_sentence(k - 1, k) and not words.fresh[k]


def _tail(page: Page, k: int, cues: Cues, blocked: frozenset[int]) -> int:
    """Where a name ends that has its last sure word before ``k``: initials, particles, hyphens, known given names."""
    words, people = page.words, cues.lists["people"]
    surname_seen = False
    begin = k
    while k < len(words) and _run_on(words, k) and k - begin < 5 and k not in blocked:
        word, text = words.fold[k], words.text[k]
        if words.joined[k] and words.capital(k):
            pass
        elif len(text) == 1 and text.isupper() and not surname_seen and text != "I":
            pass
        elif word in people["particles"] and words.capital(k + 1) and not surname_seen and not text.isupper():
            pass
        elif not surname_seen and _surname_fits(page, k, cues, trusted=True):
            more = (k + 1 < len(words) and _run_on(words, k + 1) and k + 1 not in blocked
                    and _surname_fits(page, k + 1, cues, trusted=False) and not text.isupper())
            surname_seen = not (more and (word in cues.given_names or page.label[k:k + 2] == ("PERSON", "PERSON")))
        else:
            break
        k += 1
    return k


def _titled(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    words, people = page.words, cues.lists["people"]
    i = 0
    while i < len(words) - 1:
        if words.fold[i] not in people["lone_titles"] or not words.capital(i):
            i += 1
            continue
        k = i + 1
        while words.fold[k] in people["titles"] and k + 1 < len(words) and _run_on(words, k):
            k += 1
        end = _tail(page, k, cues, blocked)
        name = read_name(words, i, end, cues, "title") if end > k else None
        if name and " ".join(words.fold[k - 1:end]) not in people["not_people"]:
            yield name
        i = max(end, i + 1)


def _given(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """A known given name (or two initials) and what follows it."""
    words, people = page.words, cues.lists["people"]
    i = 0
    while i < len(words) - 1:
        initials = len(words.text[i]) == 1 and words.text[i].isupper() and words.text[i] not in "IA"
        if i in blocked or not words.capital(i) or not (words.fold[i] in cues.given_names or initials):
            i += 1
            continue
        end = _tail(page, i + 1, cues, blocked)
        ok = end > i + 1 and " ".join(words.fold[i:end]) not in people["not_people"]
        if ok and initials:
            ok = page.label[end - 1] == "PERSON" or any(len(words.text[k]) > 1 and words.fold[k] in cues.given_names
                                                        for k in range(i, end - 1))
        ok = ok and not _begins_longer(page, i, end, cues) and not _plain_words(page, i, end)
        name = read_name(words, i, end, cues, "given-name") if ok else None
        if name and name.given:
            yield name
        i = max(end, i + 1) if ok else i + 1


def _plain_words(page: Page, i: int, end: int) -> bool:
    """Whether a given name is more likely the ordinary word: "WILL KEEP", "Will Smithfield close"."""
    words = page.words
    if "PERSON" in page.label[i:end]:
        return False
    capitals = all(words.text[k].isupper() for k in range(i, end))
    return (capitals and len(words.text[i]) > 1) or (words.opens_sentence(i) and page.lower[words.fold[i]] > 0)


def _begins_longer(page: Page, i: int, end: int, cues: Cues) -> bool:
    """"George Eliot Hospital", "St Mary Redcliffe School": a name that goes on into an organisation's."""
    words, not_names = page.words, cues.lists["people"]["not_in_names"]
    k = end
    while k < min(end + 3, len(words)) and _run_on(words, k) and words.text[k][0].isalpha() and (
            words.capital(k) or words.fold[k] in {"and", "of"}):
        if words.fold[k] in not_names and words.capital(k) and not words.text[k].isupper():
            return True
        k += 1
    before = words.at(i - 1)
    return _run_on(words, i) and (before in {"st", "saint"} or (words.joined[i] and words.capital(i - 1)))


def _by_model(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    words, people = page.words, cues.lists["people"]
    for start, end, label in page.names:
        if label != "PERSON":
            continue
        while end > start and (words.fold[end - 1] == "'s" or not words.text[end - 1][0].isalpha()):
            end -= 1
        while start < end and (words.fold[start] in people["titles"] or not words.capital(start)):
            start += 1
        if end - start < 2 or end - start > 5 or any(k in blocked for k in range(start, end)):
            continue
        inner = range(start, end)
        if not all(_surname_fits(page, k, cues, trusted=k > start) or words.fold[k] in people["particles"]
                   or (len(words.text[k]) == 1 and words.text[k].isupper()) for k in inner):
            continue
        doubtful = any(page.lower[words.fold[k]] for k in inner) or all(len(words.text[k]) > 1 and words.text[k].isupper()
                                                                         for k in inner)
        joined = words.joined[start + 1] and end - start == 2
        if doubtful or joined or not _witnessed(page, start, end, cues) or any(words.fresh[k] for k in range(start + 1, end)) or _begins_longer(
                page, start, end, cues) or " ".join(words.fold[start:end]) in people["not_people"]:
            continue
        if name := read_name(words, start, end, cues, "model"):
            yield name


def _witnessed(page: Page, start: int, end: int, cues: Cues) -> bool:
    """Whether anything but the model says that this is a person: a verb of saying, an office, the name again."""
    words, people = page.words, cues.lists["people"]
    around = [*range(end, min(end + 2, len(words))), start - 1]
    if any(words.same_sentence(start, k) and words.fold[k] in people["report_verbs"] for k in around):
        return True
    if people["offices"].before(words, start) or words.at(start - 1) in {"by", "called", "named"}:
        return True
    after = range(end + 1, min(end + 5, len(words)))
    if words.at(end) == "," and any(words.same_sentence(end, k) and (
            people["offices"].at(words, k) or words.fold[k] in {"who", "whose"}) for k in after):
        return True
    if words.at(end) == "(" and words.capital(end + 1):
        return True
    return sum(f == words.fold[end - 1] and words.capital(k) for k, f in enumerate(words.fold)) > 1


def _labels(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """Speaker labels of transcripts: "MR MARQUIS: ...", "Jane Doe: ..." at the start of a line."""
    words, people = page.words, cues.lists["people"]
    text = page.doc.text
    found: list[tuple[int, int]] = []
    for k, mark in enumerate(words.text):
        if mark != ":" or k == 0:
            continue
        i = k
        while i > 0 and k - i < 5 and (words.capital(i - 1)) and words.sentence[i - 1] == words.sentence[k]:
            i -= 1
        opens = i < k and (i == 0 or "\n" in text[words.end[i - 1]:words.start[i]])
        if opens and not any(j in blocked for j in range(i, k)):
            found.append((i, k))
    seen = [tuple(words.fold[i:k]) for i, k in found]
    for (i, k), label in zip(found, seen, strict=True):
        titled = label[0] in people["lone_titles"] and len(label) > 1
        repeated = seen.count(label) > 1 and (len(label) > 1 or words.text[i].isupper()) and len(label[0]) > 2
        if (titled or repeated) and not any(w in people["not_in_names"] and w not in people["surnames_too"]
                                            for w in label) and (name := read_name(words, i, k, cues, "speaker-label")):
            yield name


def _references(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """"Oshri, I., Kotlarsky, J. and Willcocks, L. P. (2011)": surname first, then initials."""
    words = page.words
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
            if not comma and not (_year(after) or _year(words.at(last + 1)) or (after == "," and _reference_like(
                    words, last + 1))):
                continue
            surname = words.written(i, k)
            yield PersonName(i, last, "", tuple(words.text[first:last]), in_title_case(surname), "reference")


def _reference_like(words: Words, k: int) -> bool:
    return words.capital(k) and len(words.at(k + 1)) == 1 and words.text[k + 1].isupper() if k + 1 < len(words) else False


def _year(word: str) -> bool:
    return len(word) in (4, 5) and word[:4].isdigit() and int(word[:4]) in _YEARS


def _lone(page: Page, k: int, blocked: frozenset[int], cues: Cues) -> bool:
    """Whether word ``k`` can be a surname that stands alone."""
    words = page.words
    return (k >= 0 and k not in blocked and _surname_fits(page, k, cues, trusted=False) and len(words.text[k]) > 2
            and not words.text[k].isupper() and not page.lower[words.fold[k]] and page.label[k] not in {
                "DATE", "NORP", "LAW", "CARDINAL", "LANGUAGE"})


def _author_lists(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """"Oshri, Kotlarsky, and Willcocks argue": surnames in a list before a verb of arguing."""
    words = page.words
    for v, verb in enumerate(words.fold):
        if verb not in _ACADEMIC and not (verb == "(" and _year(words.at(v + 1))):
            continue
        k = v - 1
        while k > 0 and (not words.text[k][0].isalpha()) and v - k < 4:
            k -= 1
        found: list[int] = []
        while _lone(page, k, blocked, cues) and words.same_sentence(k, v):
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
                yield PersonName(k, k + 1, "", (), words.text[k], "author-list")


def _citations(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """"Jones (2018)", "(Jones, 2018)", "Jones et al."."""
    words = page.words
    for k in range(len(words) - 2):
        if not _lone(page, k, blocked, cues) or (words.capital(k - 1) and words.same_sentence(k - 1, k)):
            continue
        after = words.fold[k + 1:k + 4]
        opens = words.at(k - 1) in {"(", ";"} or words.at(k - 1) == "and"
        if ((after[0] == "(" and len(after) > 1 and _year(after[1]) and page.label[k] not in {"GPE", "LOC"})
                or (after[0] == "," and len(after) > 1 and _year(after[1]) and opens)
                or after[:2] == ("et", "al")):
            yield PersonName(k, k + 1, "", (), words.text[k], "citation")


def _before_verbs(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """A lone name that the model takes for a person, where it says or is asked something."""
    words, verbs = page.words, cues.lists["people"]["report_verbs"]
    for start, end, label in page.names:
        if label != "PERSON" or end - start > 2 or not _lone(page, start, blocked, cues):
            continue
        k = start + 1
        if end > k and words.fold[k] != "'s":
            continue
        if words.fold[start] in cues.given_names and words.opens_sentence(start):
            continue
        says = words.at(k) in verbs or words.at(k) == "'s" and words.at(k + 1) in {
            "argument", "view", "book", "claim", "point", "analysis", "report", "words", "critique", "paper"}
        asked = words.at(start - 1) in {"said", "says", "to", "asked", "argues", "told"} and (
            words.at(start - 2) in {"according", ",", "”", '"', "’", "'", "”"} or words.at(start - 1) in {"told"})
        if says or asked:
            yield PersonName(start, k, "", (), words.text[start], "surname-and-verb")
