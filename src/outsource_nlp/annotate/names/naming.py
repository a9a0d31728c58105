"""All that is named in one text, with every conflict settled.

In goes a page, out come the names found. The order is the design: what is certain first (known names, forms), the
longest winning; then people; then what only context decides (weak names, bare places); then what earlier naming
explains (initials in brackets, "the county council", "the government"). Each step leaves alone what is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from outsource_nlp.annotate.names.context import (
    firms_by_context,
    listed_firms,
    model_organisations,
    topical,
    weak_name_counts,
)
from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.forms import capital_runs, find_forms, written_name
from outsource_nlp.annotate.names.gazetteer import Entry, Gazetteer, Hit
from outsource_nlp.annotate.names.government import plain_government
from outsource_nlp.annotate.names.identity import slug, without_legal_form
from outsource_nlp.annotate.names.later_names import defined_initials, definite_councils, later_uses, one_firm
from outsource_nlp.annotate.names.linking import Person, link_people
from outsource_nlp.annotate.names.page import Found, Page
from outsource_nlp.annotate.names.people import find_people
from outsource_nlp.annotate.names.person_names import PersonName
from outsource_nlp.annotate.names.place_or_council import Judgment, Place, judge
from outsource_nlp.annotate.names.works import find_journals

_BODIES = frozenset({"council", "company", "government", "provider", "union", "organisation"})

_FIRMS = frozenset({"company", "provider"})


class Taken:
    """What is found so far, and which words are spoken for."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.words: set[int] = set()

    def add(self, item: Found) -> bool:
        """Take a name unless some of its words are taken; whether it was."""
        if any(k in self.words for k in range(item.start, item.end)):
            return False
        self.found.append(item)
        self.words.update(range(item.start, item.end))
        return True


def as_found(entry: Entry, hit: Hit, rule: str) -> Found:
    """A gazetteer hit as a name found."""
    return Found(hit.start, hit.end, entry.type, entry.entity_id, entry.name, rule, entry.register, entry.register_id)


def find_names(page: Page, gazetteer: Gazetteer, cues: Cues, authors: Sequence[PersonName]) -> tuple[
        list[Found], list[Person]]:
    """Everything named in a page.

    ``authors`` are the persons that the metadata give as authors.

    Returns:
        The names without conflicts (two councils may share a span), and the persons, of whom some may have no
        naming in the text.
    """
    hits = list(gazetteer.find(page.words))
    taken = Taken()
    for item in _certain(page, hits, cues):
        taken.add(item)
    names = _not_places(page, find_people(page, frozenset(taken.words), cues), hits)
    for item in _weak(page, hits, taken, names, cues):
        taken.add(item)
    shortened = {page.words.fold[f.start] for f in taken.found if f.type in _FIRMS and f.end - f.start > 1}
    names = [n for n in names if n.rule != "surname-and-verb" or page.words.fold[n.start] not in shortened]
    names = [n for n in names if not any(k in taken.words for k in range(n.start, n.end))]
    people_words = {k for n in names for k in range(n.start, n.end)}
    councils = _councils(page, hits, taken, people_words, cues)
    for item in councils:
        taken.words.update(range(item.start, item.end))
    taken.found.extend(councils)
    persons = link_people(page, names, authors, frozenset(taken.words), cues)
    for item in _as_persons(persons):
        taken.add(item)
    places = {(h.start, h.end) for h in _free_places(hits, taken)}
    runs = capital_runs(page.words, connectors=frozenset({"and", "of"}))
    for finder in (model_organisations, partial(firms_by_context, runs=runs)):
        for item in list(finder(page, frozenset(taken.words), cues=cues)):
            if (item.start, item.end) not in places:
                taken.add(item)
    for item in list(listed_firms(page, tuple(taken.found), taken.words, cues)):
        taken.add(item)
    taken.found = one_firm(page, taken.found)
    _later(page, taken, gazetteer, cues)
    return sorted(taken.found, key=lambda f: (f.start, f.end, f.entity_id)), persons


def _not_places(page: Page, names: Sequence[PersonName], hits: Sequence[Hit]) -> list[PersonName]:
    """Leave out what is a place as well: a lone surname, a whole name such as Milton Keynes, "Compare Somerset"."""
    places = {(h.start, h.end) for h in hits if h.weak and h.entries[0].type == "council"}
    sure = {"byline", "speaker-label", "citation", "reference", "author-list"}
    return [n for n in names if n.title or n.rule in sure or not (
        (n.start, n.end) in places or (n.rule == "model" and page.words.opens_sentence(n.start) and (
            n.start + 1, n.end) in places))]


def _later(page: Page, taken: Taken, gazetteer: Gazetteer, cues: Cues) -> None:
    """What earlier naming explains: initials, shortened names, definite descriptions, the government."""
    for define in (defined_initials, later_uses, definite_councils):
        for item in list(define(page, taken.found, frozenset(taken.words), gazetteer, cues)):
            taken.add(item)
    for item in list(plain_government(page, frozenset(taken.words), cues)):
        taken.add(item)


def _certain(page: Page, hits: Sequence[Hit], cues: Cues) -> list[Found]:
    """Known names and forms, the longest first."""
    sure = [h for h in hits if not h.weak and not (h.rule == "office" and page.words.at(h.start - 1) == "shadow")]
    items = [as_found(hit.entries[0], hit, hit.rule) for hit in sure]
    publishers = frozenset(h.start for h in sure if h.entries[0].kind == "publisher")
    known = {(h.start, h.end): h for h in hits if h.weak}
    bodies = [h for h in sure if h.entries[0].type in _BODIES]
    forms = [f for f in find_forms(page, cues, publishers)
             if (f.start, f.end) not in known and not _swallows(page, f, bodies)]
    items += [as_found(known[f.start, f.end].entries[0], known[f.start, f.end], "name-in-context")
              for f in find_journals(page) if (f.start, f.end) in known]
    suffixed = {f.start for f in forms if f.rule == "form-suffix"}
    firms = [h for h in hits if h.start in suffixed]
    openers = {h.start: h for h in hits if h.entries[0].type in _FIRMS}
    items += [_known_firm(page, _behind_and(page, form, openers), firms) for form in forms]
    words = page.words
    return sorted(items, key=lambda f: (words.start[f.start] - words.end[f.end - 1], f.rule not in {"name", "office"},
                                        f.start, f.entity_id))


def _behind_and(page: Page, form: Found, openers: Mapping[int, Hit]) -> Found:
    """"Acme Homes and Serco Care Ltd": two firms, where a known one begins behind the "and"."""
    words = page.words
    for k in range(form.start + 1, form.end - 1):
        behind = openers.get(k + 1) if words.fold[k] == "and" and form.type in _FIRMS else None
        if behind and form.start not in openers and (not behind.weak or k - form.start > 1):
            name = without_legal_form(written_name(page, k + 1, form.end))
            return Found(k + 1, form.end, form.type, f"{form.type}:{slug(name)}", name, form.rule)
    return form


def _swallows(page: Page, form: Found, hits: Sequence[Hit]) -> bool:
    """"Davies of Slough Council": what a preposition ties to a known name at the end is no part of that name."""
    words = page.words
    if form.rule == "form-opening":
        return False
    inner = [hit.start for hit in hits if hit.end == form.end and hit.start > form.start]
    return any(words.fold[k - 1 - (words.at(k - 1) == "the")] in {"of", "from", "at", "for"} for k in inner)


def _known_firm(page: Page, form: Found, hits: Sequence[Hit]) -> Found:
    """"Capita Business Services Ltd" is the listed firm, whatever legal form is written behind its name."""
    for hit in hits:
        if hit.start == form.start and hit.end < form.end and form.rule == "form-suffix" and hit.entries[0].type in {
                "company", "provider"} and page.words.written(hit.start, hit.end) == form.name:
            return as_found(hit.entries[0], Hit(form.start, form.end, hit.entries, hit.weak, hit.rule), "name")
    return form


def _weak(page: Page, hits: Sequence[Hit], taken: Taken, names: Sequence[PersonName], cues: Cues) -> Iterator[Found]:
    certain = {f.entity_id for f in taken.found}
    firms = {k for f in taken.found if f.type in _FIRMS for k in range(f.start, f.end)}
    business = topical(page, cues)
    people = {k: n for n in names for k in range(n.start, n.end)}
    weak = [h for h in hits if h.weak and h.entries[0].type != "council"]
    for hit in sorted(weak, key=lambda h: (h.start - h.end, h.start)):
        person = people.get(hit.start)
        if person is not None and (person.given or person.title):
            continue
        listed = hit.entries[0].type in _FIRMS and (
            (page.words.at(hit.start - 1) in {",", "and", "or"} and hit.start - 2 in firms)
            or (page.words.at(hit.end) in {",", "and", "or"} and hit.end + 1 in firms))
        if listed or weak_name_counts(page, hit, certain, cues, business=business):
            firms.update(range(hit.start, hit.end) if hit.entries[0].type in _FIRMS else ())
            yield as_found(hit.entries[0], hit, hit.rule)


def _councils(page: Page, hits: Sequence[Hit], taken: Taken, people: set[int], cues: Cues) -> list[Found]:
    """Bare places that stand for their councils."""
    places: list[tuple[Place, Hit]] = []
    full = {f.entity_id for f in taken.found if f.type == "council"}
    for hit in _free_places(hits, taken):
        person = any(k in people for k in range(hit.start, hit.end))
        places.append((Place(hit.start, hit.end, any(e.entity_id in full for e in hit.entries), person), hit))
    certain = [(f.start, f.end) for f in taken.found if f.type == "council"]
    verdicts = judge(page.words, [p for p, _ in places], cues, page.subject, certain)
    out = []
    for (_, hit), verdict in zip(places, verdicts, strict=True):
        if verdict.council:
            entry = _which(hit.entries, full)
            out.append(as_found(entry, hit, "place-as-council"))
    return _joined_spans(page, out)


def _free_places(hits: Sequence[Hit], taken: Taken) -> Iterator[Hit]:
    end = 0
    for hit in sorted((h for h in hits if h.weak and any(e.type == "council" for e in h.entries)),
                      key=lambda h: (h.start, -h.end)):
        if hit.start >= end and not any(k in taken.words for k in range(hit.start, hit.end)):
            end = hit.end
            yield hit


def _which(entries: Sequence[Entry], full: set[str]) -> Entry:
    """The council named in full elsewhere, else one that still exists."""
    councils = [e for e in entries if e.type == "council"]
    return min(councils, key=lambda e: (e.entity_id not in full, bool(e.end), e.entity_id))


def _joined_spans(page: Page, councils: Sequence[Found]) -> list[Found]:
    """"Richmond-and-Kingston": both councils get the whole span."""
    words, out = page.words, list(councils)
    for i, (one, other) in enumerate(pairwise(councils)):
        between = range(one.end, other.start + 1)
        if other.start - one.end <= 1 and all(words.joined[k] for k in between):
            start, end = one.start, other.end
            out[i] = _spanning(one, start, end)
            out[i + 1] = _spanning(other, start, end)
    return out


def _spanning(item: Found, start: int, end: int) -> Found:
    return Found(start, end, item.type, item.entity_id, item.name, "joined-councils", item.register, item.register_id)


def _as_persons(persons: Iterable[Person]) -> Iterator[Found]:
    for person in persons:
        for name in person.names:
            yield Found(name.start, name.end, "person", person.entity_id, person.name, f"person-{name.rule}")


def judgments(page: Page, gazetteer: Gazetteer, cues: Cues) -> list[tuple[str, Judgment]]:
    """Each bare place of a page with its judgment, to see why it counts or not."""
    hits = list(gazetteer.find(page.words))
    taken = Taken()
    for item in _certain(page, hits, cues):
        taken.add(item)
    free = list(_free_places(hits, taken))
    verdicts = judge(page.words, [Place(h.start, h.end) for h in free], cues, page.subject)
    return [(page.words.written(h.start, h.end), v) for h, v in zip(free, verdicts, strict=True)]
