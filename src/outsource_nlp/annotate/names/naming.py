"""All that is named in one text, with every conflict settled.

In goes a page, out come the names found. The order is the design: what is certain first (known names, forms), the
longest winning; then people; then what only context decides (weak names, bare places); then what earlier naming
explains (initials in brackets, "the county council", "the government"). Each step leaves alone what is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from outsource_nlp.annotate.names.bare_councils import bare_councils, free_places, with_listed_places
from outsource_nlp.annotate.names.context import (
    firms_by_context,
    listed_firms,
    model_organisations,
    topical,
    weak_name_counts,
)
from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.firms import firms_by_frame
from outsource_nlp.annotate.names.forms import capital_runs, find_forms, written_name
from outsource_nlp.annotate.names.gazetteer import Gazetteer, Hit
from outsource_nlp.annotate.names.government import plain_government
from outsource_nlp.annotate.names.identity import slug, without_legal_form
from outsource_nlp.annotate.names.later_names import defined_initials, definite_councils, later_uses, one_firm
from outsource_nlp.annotate.names.linking import Person, link_people
from outsource_nlp.annotate.names.page import Found, Page
from outsource_nlp.annotate.names.people import find_people
from outsource_nlp.annotate.names.periodicals import (
    find_journals,
    named_as_publisher,
    own_paper,
    papers_by_context,
    sites,
)
from outsource_nlp.annotate.names.person_names import PersonName
from outsource_nlp.annotate.names.titles import note_titles, reference_titles, titles_by_author, titles_by_context
from outsource_nlp.annotate.names.which_council import as_found, settled
from outsource_nlp.annotate.names.works import find_reports

_FIRMS = frozenset({"company", "provider"})
_BODIES = _FIRMS | {"council", "government", "union", "organisation"}
_SCHOLARLY = frozenset({"author-list", "citation", "reference", "byline", "speaker-label"})


class Taken:
    """What is found so far, and which words are spoken for."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.words: set[int] = set()

    def add(self, items: Iterable[Found]) -> None:
        """Take each name unless some of its words are taken; all are found before the first is taken."""
        for item in tuple(items):
            if self.words.isdisjoint(range(item.start, item.end)):
                self.found.append(item)
                self.words.update(range(item.start, item.end))

    def firms(self) -> list[Found]:
        """The companies and providers found so far."""
        return [f for f in self.found if f.type in _FIRMS]


def find_names(page: Page, gazetteer: Gazetteer, cues: Cues, authors: Sequence[PersonName]) -> tuple[
        list[Found], list[Person]]:
    """Everything named in a page.

    ``authors`` are the persons that the metadata give as authors.

    Returns:
        The names without conflicts (two councils may share a span), and the persons, of whom some may have no
        naming in the text.
    """
    words = page.words
    hits = settled(page, list(gazetteer.find(words)), gazetteer)
    taken = Taken()
    taken.add(_certain(page, hits, cues))
    taken.add(named_as_publisher(page, own_paper(page, gazetteer, cues)))
    taken.add(sites(page, taken.words, cues))
    taken.add(find_reports(page, taken.words, cues))
    names = _not_places(page, find_people(page, frozenset(taken.words), cues), hits, cues)
    taken.add(_weak(page, hits, taken, names, cues))
    names = _no_firms(page, names, taken)
    people_words = {k for n in names for k in range(n.start, n.end)}
    councils = bare_councils(page, hits, tuple(taken.found), taken.words, people_words, cues)
    taken.found.extend(councils)
    taken.words.update(k for f in councils for k in range(f.start, f.end))
    persons = link_people(page, names, authors, frozenset(taken.words), cues)
    taken.add(_as_persons(persons))
    taken.add(titles_by_author(page, taken.words, {n.start for p in persons for n in p.names if n.given}))
    places = {(h.start, h.end) for h in free_places(hits, taken.words)}
    taken.add(papers_by_context(page, taken.words, capital_runs(words), places, cues))
    runs = list(capital_runs(words, connectors=frozenset({"and", "of"})))
    taken.add(firms_by_frame(page, taken.words, runs, _firm_ends(page, taken), places, cues))
    taken.add(f for f in model_organisations(page, taken.words, cues) if (f.start, f.end) not in places)
    taken.add(f for f in firms_by_context(page, taken.words, runs, cues) if (f.start, f.end) not in places)
    taken.add(listed_firms(page, tuple(taken.found), taken.words, cues))
    taken.found = one_firm(page, taken.found)
    for leaning in (defined_initials, later_uses, definite_councils):
        found = leaning(page, taken.found, frozenset(taken.words), gazetteer, cues)
        taken.add(f for f in found if (f.start, f.end) not in places)
    taken.add(plain_government(page, frozenset(taken.words), cues))
    return sorted(taken.found, key=lambda f: (f.start, f.end, f.entity_id)), persons


def _no_firms(page: Page, names: Iterable[PersonName], taken: Taken) -> list[PersonName]:
    """Leave out names that are taken, and unsure surnames that open the name of a firm: "Mears" of "Mears Group"."""
    words, unsure = page.words, {"surname-and-verb", "model"}
    openings = {words.fold[f.start:end] for f in taken.firms() for end in range(f.start + 1, f.end)}
    return [n for n in names if taken.words.isdisjoint(range(n.start, n.end)) and not (n.rule in unsure and openings & {
        words.fold[n.start:n.end], words.fold[n.start - 1:n.end]})]


def _firm_ends(page: Page, taken: Taken) -> set[int]:
    """Where a firm's name has just ended, the telling first word of a longer one alone counted in."""
    words, firms = page.words, taken.firms()
    heads = {words.fold[f.start] for f in firms if f.end - f.start > 1 and not page.lower[words.fold[f.start]]}
    return {f.end for f in firms} | {k + 1 for k, word in enumerate(words.fold) if word in heads and words.capital(k)}


def _not_places(page: Page, names: Sequence[PersonName], hits: Sequence[Hit], cues: Cues) -> list[PersonName]:
    """Leave out what is a place as well: a lone surname, a whole name such as Milton Keynes, "Compare Somerset"."""
    places = {(h.start, h.end) for h in hits if h.weak and h.entries[0].type == "council"}
    sure = {"byline", "speaker-label", "citation", "reference", "author-list"}
    verbs = cues.lists["people"]["word_names"]
    return [n for n in names if n.title or n.rule in sure or not (
        (n.start, n.end) in places or (
            (n.rule == "model" or page.words.fold[n.start] in verbs) and page.words.opens_sentence(n.start) and (
                n.start + 1, n.end) in places))]


def _certain(page: Page, hits: Sequence[Hit], cues: Cues) -> list[Found]:
    """Known names and forms, the longest first."""
    sure = [h for h in hits if not h.weak and not _of_others(page, h, cues)]
    items = [as_found(hit.entries[0], hit, hit.rule) for hit in sure]
    publishers = frozenset(h.start for h in sure if h.entries[0].kind == "publisher")
    known = {(h.start, h.end): h for h in hits if h.weak}
    bodies = [h for h in sure if h.entries[0].type in _BODIES]
    places = {h.end: h.start for h in hits if h.weak and h.entries[0].type == "council"}
    forms = [with_listed_places(page, f, places) for f in find_forms(page, cues, publishers)
             if (f.start, f.end) not in known and not _swallows(page, f, bodies)]
    items += [as_found(known[f.start, f.end].entries[0], known[f.start, f.end], "name-in-context")
              for f in find_journals(page, cues) if (f.start, f.end) in known]
    known_words = {k for h in sure for k in range(h.start, h.end)}
    listed = (*reference_titles(page, cues), *note_titles(page))
    items += [t for t in listed if not known_words.intersection(range(t.start, t.end))]
    items += titles_by_context(page, known_words, cues)
    suffixed = {f.start for f in forms if f.rule == "form-suffix"}
    firms = [h for h in hits if h.start in suffixed]
    openers = {h.start: h for h in hits if h.entries[0].type in _FIRMS}
    items += [_known_firm(page, _behind_and(page, form, openers), firms) for form in forms]
    words = page.words
    return sorted(items, key=lambda f: (words.start[f.start] - words.end[f.end - 1], f.rule not in {"name", "office"},
                                        f.start, f.entity_id))


def _of_others(page: Page, hit: Hit, cues: Cues) -> bool:
    """"the shadow education secretary", "the French health minister", "Mr John Lewis": no department, no firm."""
    words, start, lists = page.words, hit.start, cues.lists["government"]
    preceded = words.same_sentence(start - 1, start)
    if hit.rule == "office":
        devolved = hit.entries[0].entity_id.partition(":")[2].replace("-", " ") in lists["devolved_offices"] and any(
            lists["devolved_marks"].at(words, k) for k in range(max(0, start - 40), min(len(words), hit.end + 8))
            if words.text[k][0].isupper() and abs(words.sentence[k] - words.sentence[start]) < 3)
        if devolved and words.at(start - 1) not in {"uk", "westminster", "british"}:
            return True
        owned = words.at(start - 1) == "'s" and lists["foreign_places"].before(words, start - 1) > 0
        return preceded and (owned or lists["foreign"].before(words, start) > 0)
    titled = words.capital(start - 1) and words.at(start - 1) in cues.lists["people"]["lone_titles"]
    return titled and preceded and hit.entries[0].type in _FIRMS


def _behind_and(page: Page, form: Found, openers: Mapping[int, Hit]) -> Found:
    """"Acme Homes and Serco Care Ltd": two firms, where a known one begins behind the "and"."""
    words, first = page.words, openers.get(form.start)
    for k in range(form.start + 1, form.end - 1):
        if words.fold[k] != "and" or form.type not in _FIRMS:
            continue
        second = openers.get(k + 1)
        split = first.end == k and not first.weak and words.capital(k + 1) and k + 2 < form.end if first else (
            second is not None and (not second.weak or k - form.start > 1))
        if split:
            name = without_legal_form(written_name(page, k + 1, form.end))
            return replace(form, start=k + 1, entity_id=f"{form.type}:{slug(name)}", name=name)
    return form


def _swallows(page: Page, form: Found, hits: Sequence[Hit]) -> bool:
    """"Davies of Slough Council": what a preposition ties to a known name at the end is no part of that name."""
    words = page.words
    if form.rule == "form-opening":
        return False
    inner = [hit.start for hit in hits if hit.end == form.end and hit.start > form.start]
    ends = {hit.end for hit in hits if hit.start == form.start}
    if any(q in ends and words.fold[q] == "and" for k in inner for q in (k - 1, k - 2)):
        return True
    return any(words.fold[k - 1 - (words.at(k - 1) == "the")] in {"of", "from", "at", "for"} for k in inner)


def _known_firm(page: Page, form: Found, hits: Sequence[Hit]) -> Found:
    """"Capita Business Services Ltd" is the listed firm, whatever legal form is written behind its name."""
    for hit in hits:
        if hit.start == form.start and hit.end < form.end and form.rule == "form-suffix" and hit.entries[
                0].type in _FIRMS and page.words.written(hit.start, hit.end) == form.name:
            return as_found(hit.entries[0], replace(hit, end=form.end), "name")
    return form


def _weak(page: Page, hits: Sequence[Hit], taken: Taken, names: Sequence[PersonName], cues: Cues) -> Iterator[Found]:
    certain = {f.entity_id for f in taken.found}
    firms = {k for f in taken.firms() for k in range(f.start, f.end)}
    papers = {k for f in taken.found if f.type == "publication" for k in range(f.start, f.end)}
    business = topical(page, cues)
    people = {k: n for n in names for k in range(n.start, n.end)}
    weak = [h for h in hits if h.weak and h.entries[0].type != "council"]
    for hit in sorted(weak, key=lambda h: (h.start - h.end, h.start)):
        person = people.get(hit.start)
        if person is not None and (person.given or person.title or person.rule in _SCHOLARLY):
            continue
        peers = firms if hit.entries[0].type in _FIRMS else papers if hit.entries[0].type == "publication" else set()
        listed = (page.words.at(hit.start - 1) in {",", "and", "or"} and hit.start - 2 in peers) or (
            page.words.at(hit.end) in {",", "and", "or"} and hit.end + 1 in peers)
        if listed or weak_name_counts(page, hit, certain, cues, business=business):
            firms.update(range(hit.start, hit.end) if hit.entries[0].type in _FIRMS else ())
            yield as_found(hit.entries[0], hit, hit.rule)


def _as_persons(persons: Iterable[Person]) -> Iterator[Found]:
    for person in persons:
        for name in person.names:
            yield Found(name.start, name.end, "person", person.entity_id, person.name, f"person-{name.rule}")
