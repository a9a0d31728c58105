"""Which namings are the same person.

In go the namings of one text, out comes each one's person. Full names are gathered first and surnames are hung on
them afterwards, so that it does not matter whether the full name stands in the first line or in the last footnote;
two people with one surname are told apart by title and by who was named last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.identity import in_title_case, slug
from outsource_nlp.annotate.names.page import Page
from outsource_nlp.annotate.names.person_names import PersonName
from outsource_nlp.annotate.names.words import fold


@dataclass(slots=True, eq=False)
class Person:
    """One person of a text with all namings."""

    surname: str
    given: tuple[str, ...] = ()
    titles: set[str] = field(default_factory=set)
    names: list[PersonName] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest form, without titles."""
        return " ".join([*(f"{g}." if len(g) == 1 else g for g in self.given), self.surname])

    @property
    def entity_id(self) -> str:
        """Made from the name without middle initials."""
        middle = tuple(g for g in self.given[1:] if len(g) > 1)
        return "person:" + slug(" ".join([*self.given[:1], *middle, self.surname]))

    def add(self, name: PersonName) -> None:
        """Count a naming in; the longest given names are kept."""
        if _fullness(name.given) > _fullness(self.given):
            self.given = name.given
        if name.title:
            self.titles.add(name.title)
        self.names.append(name)


def _fullness(given: tuple[str, ...]) -> tuple[bool, int, int]:
    return (bool(given) and len(given[0]) > 1, len(given), sum(map(len, given)))


def link_people(page: Page, names: Sequence[PersonName], known: Iterable[PersonName], blocked: frozenset[int],
                cues: Cues) -> list[Person]:
    """Gather namings into persons and find the surnames that were left over.

    ``known`` are names from outside the text (the metadata's authors); they bring no namings.

    Returns:
        The persons, each with its namings in text order; those only ``known`` have none.
    """
    persons: list[Person] = []
    for name in known:
        if _full_match(persons, name) is None:
            persons.append(Person(name.surname, name.given, {name.title} - {""}))
    names = [*names, *_in_full(page, persons, {k for n in names for k in range(n.start, n.end)} | blocked)]
    full = [n for n in names if n.given]
    for name in sorted(full, key=lambda n: (len(n.given[0]) == 1, n.start)):
        person = _full_match(persons, name)
        if person is None:
            person = Person(name.surname)
            persons.append(person)
        person.add(name)
    lone = [n for n in names if not n.given]
    surnames = {fold(p.surname) for p in persons} | {fold(n.surname) for n in lone}
    taken = {k for n in names for k in range(n.start, n.end)} | blocked
    lone += _left_over(page, surnames, taken, cues)
    lone += _given_alone(page, persons, cues, taken | {k for n in lone for k in range(n.start, n.end)})
    for name in sorted(lone, key=lambda n: n.start):
        person = _surname_match(persons, name, cues)
        if person is None:
            person = Person(name.surname)
            persons.append(person)
        person.add(replace(name, given=()))
    spoken_for = {k for p in persons for n in p.names for k in range(n.start, n.end)}
    for person, name in _by_initials(page, persons, spoken_for):
        person.names.append(name)
    for person in persons:
        person.names.sort(key=lambda n: n.start)
    return persons


def _full_match(persons: Iterable[Person], name: PersonName) -> Person | None:
    if not name.given:
        return None
    fits = [p for p in persons if fold(p.surname) == fold(name.surname) and p.given
            and _given_fits(p.given[0], name.given[0])]
    if len(fits) > 1:
        fits = [p for p in fits if fold(p.given[0]) == fold(name.given[0])] or fits
        fits.sort(key=lambda p: abs(p.names[-1].start - name.start) if p.names else 10**9)
    return fits[0] if fits else None


def _given_fits(one: str, other: str) -> bool:
    a, b = sorted((fold(one), fold(other)), key=len)
    return a == b or (len(a) == 1 and b.startswith(a))


def _surname_match(persons: Sequence[Person], name: PersonName, cues: Cues) -> Person | None:
    key = fold(name.surname)
    if name.rule == "given-alone":
        fits = [p for p in persons if p.given and fold(p.given[0]) == key]
        return fits[0] if len(fits) == 1 else None
    fits = [p for p in persons if fold(p.surname) == key and not _sexes_clash(p, name, cues)]
    by_first = name.title in cues.lists["people"]["given_titles"] or (key in cues.given_names and not name.title)
    if not fits and (name.rule == "first-name" or by_first):
        fits = [p for p in persons if p.given and fold(p.given[0]) == key and not _sexes_clash(p, name, cues)]
        return fits[0] if len(fits) == 1 else None
    if len(fits) < 2:
        return fits[0] if fits else None
    same_title = [p for p in fits if name.title and name.title in p.titles]
    fits = same_title or fits
    before = [(n.start, i) for i, p in enumerate(fits) for n in p.names if n.start < name.start]
    if before:
        return fits[max(before)[1]]
    after = [(n.start, i) for i, p in enumerate(fits) for n in p.names]
    return fits[min(after)[1]] if after else fits[0]


def _sexes_clash(person: Person, name: PersonName, cues: Cues) -> bool:
    """"Mrs Smith" is not Derek Smith; a title tells more than a given name."""
    female, male = cues.lists["people"]["female_titles"], cues.lists["people"]["male_titles"]
    wanted = "she" if name.title in female else "he" if name.title in male else ""
    told = {"she" if t in female else "he" for t in person.titles if t in female or t in male}
    if not told and person.given:
        told = {cues.given_names.get(fold(person.given[0]), "")} - {""}
    return bool(wanted and told) and wanted not in told


def _left_over(page: Page, surnames: set[str], taken: set[int], cues: Cues) -> list[PersonName]:
    """Known surnames that stand alone, by capital and neighbours."""
    words, out = page.words, []
    verbs = cues.lists["people"]["report_verbs"]
    by_first = {s.replace("-", " ").split(" ")[0]: s.replace("-", " ").split(" ") for s in surnames if s}
    for k, word in enumerate(words.fold):
        parts = by_first.get(word)
        if parts is None or k in taken or not words.capital(k):
            continue
        end = k + len(parts)
        if list(words.fold[k:end]) != parts or any(j in taken for j in range(k, end)):
            continue
        runs_on = words.same_sentence(end - 1, end) and words.capital(end) and words.text[end][0].isalpha() \
            and not words.fresh[end] and end not in taken
        runs_in = words.same_sentence(k - 1, k) and words.capital(k - 1) and words.text[k - 1][0].isalpha() \
            and not words.opens_sentence(k - 1) and not words.fresh[k] and k - 1 not in taken
        plain_word = page.lower[word] and words.opens_sentence(k)
        if words.joined[k] or runs_on or runs_in or (plain_word and words.at(end) not in verbs):
            continue
        out.append(PersonName(k, end, "", (), in_title_case(words.written(k, end)), "surname"))
    return out


def _in_full(page: Page, persons: Iterable[Person], taken: set[int]) -> list[PersonName]:
    """The metadata's authors where the text has their names in full, however rare the names are."""
    words, out = page.words, []
    for person in persons:
        name = tuple(fold(" ".join([*person.given, person.surname]).replace("-", " ")).split())
        for k in range(len(words) - len(name) + 1):
            span = range(k, k + len(name))
            if len(name) > 1 and words.fold[k] == name[0] and words.fold[k:k + len(name)] == name and words.capital(
                    k) and not taken.intersection(span):
                out.append(PersonName(k, k + len(name), "", person.given, person.surname, "author-name"))
    return out


def _by_initials(page: Page, persons: Sequence[Person], taken: set[int]) -> Iterator[tuple[Person, PersonName]]:
    """"MN: Ofsted." in an interview with Mabel Ncube; "Jane Doe (JD) ... JD": initials that fit one person only."""
    words, text = page.words, page.text
    owners: dict[str, list[Person]] = {}
    for person in persons:
        if person.given and person.names:
            letters = "".join(part[0] for part in [*person.given, *person.surname.replace("-", " ").split()]).upper()
            for key in {letters, letters[0] + person.surname[0].upper()}:
                owners.setdefault(key, []).append(person)
    defined: set[str] = set()
    ends = {n.end: p for p in persons for n in p.names}
    for k, word in enumerate(words.text):
        if not (1 < len(word) < 5 and word.isupper()) or len(owners.get(word, ())) != 1 or k in taken:
            continue
        owner = owners[word][0]
        labelled = words.at(k + 1) == ":" and (k == 0 or "\n" in text[words.end[k - 1]:words.start[k]])
        if words.at(k - 1) == "(" and words.at(k + 1) == ")" and ends.get(k - 1) is owner:
            defined.add(word)
        if labelled or word in defined:
            yield owner, PersonName(k, k + 1, "", (), owner.surname, "speaker-label" if labelled else "initials")


def _given_alone(page: Page, persons: Iterable[Person], cues: Cues, taken: set[int]) -> list[PersonName]:
    """"Ray said", where one Ray was named in full and a model or a verb of saying makes the word a person."""
    known = {fold(p.given[0]) for p in persons if p.given and len(p.given[0]) > 1 and p.names}
    words, verbs = page.words, cues.lists["people"]["stating_verbs"]
    people = {start for start, _, label in page.names if label == "PERSON"}
    out = []
    for k, word in enumerate(words.fold):
        if word not in known or k in taken or not words.capital(k) or words.joined[k]:
            continue
        says = (words.same_sentence(k, k + 1) and verbs.at(words, k + 1)) or (words.same_sentence(
            k - 1, k) and verbs.before(words, k))
        runs_on = words.capital(k + 1) and words.text[k + 1][0].isalpha() and words.same_sentence(k, k + 1)
        runs_in = words.capital(k - 1) and words.same_sentence(k - 1, k) and not words.opens_sentence(k - 1)
        if (k in people or says) and not runs_on and not (runs_in and k not in people):
            out.append(PersonName(k, k + 1, "", (), words.text[k], "given-alone"))
    return out
