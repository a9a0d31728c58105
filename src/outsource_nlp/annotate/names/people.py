"""Who is a person: names in a text, before they are linked to one another.

In goes a page, out come the places that name a person, with title, given names and surname apart. A statistical
model's PERSON is one witness among several (titles, known given names, verbs of saying, reference forms), because
small models miss surnames in lists and see people in firms and hospitals.
"""

from __future__ import annotations

from collections.abc import Iterator

from outsource_nlp.annotate.names.bylines import bylines
from outsource_nlp.annotate.names.citations import author_lists, citations, opens_note, references, scholars
from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.lone_people import before_verbs, by_office, first_names, of_bodies
from outsource_nlp.annotate.names.page import Page
from outsource_nlp.annotate.names.person_names import PersonName, read_name, surname_fits
from outsource_nlp.annotate.names.words import Words


def find_people(page: Page, blocked: frozenset[int], cues: Cues) -> list[PersonName]:
    """Namings of persons in text order, without overlaps; words in ``blocked`` belong to other names."""
    out: list[PersonName] = []
    taken = set(blocked)
    finders = (bylines, _labels, _titled, references, _given, _lettered, _by_model, author_lists, citations, scholars,
               by_office, of_bodies, before_verbs, first_names)
    for finder in finders:
        for name in finder(page, frozenset(taken), cues):
            if not taken.intersection(range(name.start, name.end)):
                out.append(name)
                taken.update(range(name.start, name.end))
    return sorted(out, key=lambda n: n.start)


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
        initial = len(text) == 1 and text.isupper() and text != "I"
        particle = word in people["particles"] and not text.isupper() and (
            words.capital(k + 1) or (words.at(k + 1) in people["particles"] and words.capital(k + 2)))
        if (words.joined[k] and words.capital(k)) or (not surname_seen and (initial or particle)):
            pass
        elif not surname_seen and surname_fits(page, k, cues, trusted=True):
            tied = k + 1
            while tied < len(words) and words.fold[tied] in people["particles"] and words.text[tied].islower():
                tied += 1
            if tied > k + 1 and words.capital(tied) and all(_run_on(words, q) for q in range(k + 1, tied + 1)):
                k += 1
                continue
            more = (k + 1 < len(words) and _run_on(words, k + 1) and k + 1 not in blocked
                    and surname_fits(page, k + 1, cues, trusted=word in cues.given_names))
            both = page.label[k:k + 2] == ("PERSON", "PERSON") and not text.isupper()
            surname_seen = not (more and (word in cues.given_names or both or words.fold[k + 1] in cues.given_names))
        else:
            break
        k += 1
    return k


def _titled(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    words, people = page.words, cues.lists["people"]
    i = 0
    while i < len(words) - 1:
        if not words.capitals[i] or words.fold[i] not in people["lone_titles"]:
            i += 1
            continue
        k = i + 1
        while words.fold[k] in people["titles"] and k + 1 < len(words) and _run_on(words, k):
            k += 1
        end = _tail(page, k, cues, blocked)
        name = read_name(words, i, end, cues, "title") if end > k else None
        if people["offices"].at(words, k) == end - k and words.capital(end) and words.same_sentence(k, end):
            name = None
        if name and " ".join(words.fold[k - 1:end]) not in people["not_people"]:
            yield name
        i = max(end, i + 1)


def _given(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """A known given name (or two initials) and what follows it."""
    words, people = page.words, cues.lists["people"]
    i, last_listed = 0, -9
    while i < len(words) - 1:
        if i in blocked or not words.capitals[i]:
            i += 1
            continue
        dotted = page.text[words.end[i]:words.end[i] + 1] == "."
        initials = len(words.text[i]) == 1 and words.text[i].isupper() and (words.text[i] not in "IA" or (
            dotted and words.capital(i + 1))) and words.at(i - 1) not in people["lettered"]
        paired = not initials and words.fold[i] not in cues.given_names and _paired_initials(page, i, cues)
        if not (words.fold[i] in cues.given_names or initials or paired):
            i += 1
            continue
        end = _tail(page, i + 1, cues, blocked)
        ok = end > i + 1 and " ".join(words.fold[i:end]) not in people["not_people"]
        listed = words.at(i - 1) in people["titles_of_many"] or (initials and opens_note(page, i)) or (
            words.at(i - 1) in {",", "and"} and last_listed in {i - 1, i - 2} and words.same_sentence(i - 1, i))
        last_listed = end if ok and listed else last_listed
        if ok and initials and not listed and not _dotted(page, i, cues):
            ok = page.label[end - 1] == "PERSON" or any(len(words.text[k]) > 1 and words.fold[k] in cues.given_names
                                                        for k in range(i, end - 1))
        ok = ok and not _begins_longer(page, i, end, cues) and not _plain_words(page, i, end)
        sited = words.at(i - 1) in {"in", "at", "near"} and page.label[i] in {"GPE", "FAC", "LOC", "ORG"}
        name = read_name(words, i, end, cues, "given-name") if ok and not sited else None
        if name and name.given:
            yield name
        i = max(end, i + 1) if ok else i + 1


def _dotted(page: Page, i: int, cues: Cues) -> bool:
    """"thanks E. Dooley": an initial with its stop amid a sentence; not "option B. Councils"."""
    words, text = page.words, page.text
    before = words.at(i - 1)
    amid = words.same_sentence(i - 1, i) and (words.text[i - 1].islower() or before in {",", "and"})
    end = i + 1
    while len(words.text[end]) == 1 and words.text[end].isupper() and end + 1 < len(words):
        end += 1
    return amid and before not in cues.lists["people"]["lettered"] and text[words.end[i]:words.end[i] + 1] == "." and (
        words.text[end].istitle() and not page.lower[words.fold[end]] and page.label[end] not in (
            {"DATE"} if end - i > 1 else {"GPE", "DATE"}))


def _paired_initials(page: Page, i: int, cues: Cues) -> bool:
    """"JK Galbraith", "RH Tawney": initials written together, where model or verb speaks for a person."""
    words, text, people = page.words, page.words.text[i], cues.lists["people"]
    if not (1 < len(text) < 4 and text.isupper() and text.isalpha()) or not words.text[i + 1].istitle() or (
            words.fold[i + 1] in people["not_in_names"] or not words.same_sentence(i, i + 1)):
        return False
    if words.fold[i] in people["no_initials"] or words.fold[i] in people["titles"]:
        return False
    verb = people["report_verbs"]
    return (len(text) == 2 and page.label[i + 1] == "PERSON" and page.label[i] == "PERSON") or (words.at(
        i + 2) in verb and words.at(i + 2) not in {"show", "shows", "report", "reports", "call", "calls"})


def _plain_words(page: Page, i: int, end: int) -> bool:
    """Whether a given name is more likely the ordinary word: "WILL KEEP", "Will Smithfield close"."""
    words = page.words
    if "PERSON" in page.label[i:end]:
        return False
    capitals = len(words.text[i]) > 1 and all(words.text[k].isupper() for k in range(i, end))
    loud_before = words.same_sentence(i - 1, i) and words.text[i - 1].isalpha() and words.text[i - 1].isupper()
    loud_after = words.same_sentence(i, end) and words.text[end].isalpha() and words.text[end].isupper()
    if capitals and (loud_before or loud_after or page.lower[words.fold[i]]):
        return True
    return words.opens_sentence(i) and page.lower[words.fold[i]] > 0


def _begins_longer(page: Page, i: int, end: int, cues: Cues) -> bool:
    """"George Eliot Hospital", "St Mary Redcliffe School": a name that goes on into an organisation's."""
    words, not_names = page.words, cues.lists["people"]["not_in_names"]
    k = end
    while k < min(end + 3, len(words)) and _run_on(words, k) and words.text[k][0].isalpha() and (
            words.capital(k)):
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
        if words.at(start - 1) == "at":
            continue
        inner = range(start, end)
        if not all(surname_fits(page, k, cues, trusted=k > start) or words.fold[k] in people["particles"]
                   or (len(words.text[k]) == 1 and words.text[k].isupper()) for k in inner):
            continue
        doubtful = any(page.lower[words.fold[k]] for k in inner) or all(
            len(words.text[k]) > 1 and words.text[k].isupper() for k in inner)
        joined = words.joined[start + 1] and end - start == 2
        broken = any(words.fresh[k] for k in range(start + 1, end))
        placed = words.at(end) in {"at", "of", "from"} and end + 1 + (words.at(end + 1) == "the") in blocked
        if doubtful or joined or broken or not (placed or _witnessed(page, start, end, cues)) or _begins_longer(
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


def _lettered(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """"Eluned Morgans MS", "Xola Brent-Ames KC": letters that only persons have behind a name."""
    words, letters = page.words, cues.lists["people"]["sure_postnominals"]
    for k, word in enumerate(words.fold):
        if word not in letters or not words.text[k].isupper() or not words.same_sentence(k - 2, k) or words.joined[k]:
            continue
        start = k - 1
        while start > 0 and words.joined[start]:
            start -= 1
        start -= 1
        inner = range(start, k)
        if start >= 0 and all(surname_fits(page, q, cues, trusted=q > start) and q not in blocked and not page.lower[
                words.fold[q]] for q in inner) and not words.text[start].isupper() and (
                name := read_name(words, start, k, cues, "postnominal")):
            yield name


def _labels(page: Page, blocked: frozenset[int], cues: Cues) -> Iterator[PersonName]:
    """Speaker labels of transcripts: "MR OKAFOR: ...", "Jane Doe: ..." at the start of a line."""
    words, people = page.words, cues.lists["people"]
    text = page.text
    found: list[tuple[int, int]] = []
    for k, mark in enumerate(words.text):
        if mark != ":" or k == 0:
            continue
        i = k
        while i > 0 and k - i < 5 and (words.capital(i - 1)) and words.sentence[i - 1] == words.sentence[k]:
            i -= 1
        asked = i < k and words.at(i)[:1] == "q" and words.at(i)[1:].isdigit()
        opens = i < k and (i == 0 or "\n" in text[words.end[i - 1]:words.start[i]])
        i += asked
        if opens and i < k and not any(j in blocked for j in range(i, k)):
            found.append((i, k))
    seen = [tuple(words.fold[i:k]) for i, k in found]
    for (i, k), label in zip(found, seen, strict=True):
        titled = (label[0] in people["lone_titles"] or words.at(i - 1)[1:].isdigit()) and len(label) > 1
        repeated = seen.count(label) > 1 and (len(label) > 1 or words.text[i].isupper()) and len(label[0]) > 2
        if (titled or repeated) and not any(w in people["not_in_names"] and w not in people["surnames_too"]
                                            for w in label) and (name := read_name(words, i, k, cues, "speaker-label")):
            yield name
