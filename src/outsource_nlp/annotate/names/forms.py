"""Names known by their form: "Acme Care Ltd", "Mid Wessex NHS Foundation Trust", "Slough Gazette", "Care Act 2014".

In goes a page, out come runs of capital words that a head, suffix or opening classifies. These are the entities
outside every gazetteer, so each keeps the rule that made it and has no register id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from outsource_nlp.annotate.names.context import firm_context
from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.identity import in_title_case, slug, without_legal_form
from outsource_nlp.annotate.names.page import Found, Page
from outsource_nlp.annotate.names.periodicals import find_journals, like_a_paper, periodical
from outsource_nlp.annotate.names.titles import find_titles
from outsource_nlp.annotate.names.words import CONNECTORS, Words
from outsource_nlp.annotate.names.works import find_laws

_LONGEST = 20
_SMALL_SUFFIXES = frozenset({"plc", "ltd", "llp", "cic"})


def capital_runs(words: Words, *, connectors: frozenset[str] = CONNECTORS) -> Iterator[tuple[int, int]]:
    """Runs of capital words, with small words allowed inside; the first word may open a sentence."""
    i, count, capitals = 0, len(words), words.capitals
    while i < count:
        if not capitals[i]:
            i += 1
            continue
        end, j = i + 1, i + 1
        while j < count and j - i < _LONGEST and not words.fresh[j] and words.sentence[j] == words.sentence[i]:
            if capitals[j] or words.fold[j] in _SMALL_SUFFIXES or (
                    words.joined[j] and words.fold[j - 1] == "co" and j == end):
                end = j + 1
            elif words.text[j:j + 3] == ("(", "UK", ")"):
                j += 2
            elif words.fold[j] not in connectors or j - end >= 2:
                break
            j += 1
        yield i, end
        i = end


def find_forms(page: Page, cues: Cues, publishers: frozenset[int] = frozenset()) -> Iterator[Found]:
    """Organisations, publications and works by their form, possibly overlapping.

    ``publishers`` are the words at which a publisher's name begins: a title in a reference ends there.
    """
    words = page.words
    for start, end in capital_runs(words):
        start = _without_openers(page, start, end, cues)
        if end > start:
            yield from find_laws(words, start, end, cues)
            for first, last in _pieces(page, start, end, cues):
                yield from _bodies(page, first, last, cues)
    yield from find_titles(page, cues, publishers)
    yield from find_journals(page, cues)


def _without_openers(page: Page, start: int, end: int, cues: Cues) -> int:
    """Leave out what only opens the sentence: "According", "In", "When", "The"."""
    words, openers = page.words, cues.lists["organisations"]["sentence_openers"]
    while start < end and (len(words.fold[start]) == 1 or words.fold[start] in openers or _noun_of(
            words, start, end, cues) or (
            words.opens_sentence(start) and end - start > 1 and page.lower[words.fold[start]] > 1
            and words.fold[start + 1] not in {"of", "and"})):
        start += 1
        while start < end and not words.capital(start):
            start += 1
    if end - start > 2 and words.opens_sentence(start) and words.capital(start + 1) and page.tag(
            start) in {"VB", "IN", "UH", "RB"}:
        return start + 1
    return start


def _noun_of(words: Words, start: int, end: int, cues: Cues) -> bool:
    """"Critics of Brightwell Ltd": a noun that opens the sentence and is no part of the name."""
    lists, following = cues.lists["organisations"], words.at(start + 1)
    return (end - start > 2 and words.opens_sentence(start) and following in {"of", "for", "to", "in", "on"}
            and words.fold[start].endswith(("s", "ion", "er", "ment"))
            and not lists["organisation_openings"].at(words, start)
            and not lists["government_openings"].at(words, start))


def _pieces(page: Page, start: int, end: int, cues: Cues) -> Iterator[tuple[int, int]]:
    """A run cut where no body's name goes on: at "in", "to", "on", at titles, and between two bodies.

    A run of capitals throughout is a heading and gives nothing, unless it is short.
    """
    words = page.words
    if end - start > 3 and all(words.text[k].isupper() for k in range(start, end) if words.text[k][0].isalpha()):
        return
    first, person, titles = start, _person_opens(page, start, cues), cues.lists["people"]["lone_titles"]
    journal = cues.lists["organisations"]["publication_openings"].at(words, start) > 0
    for k in range(start + 1, end):
        titled = words.fold[k] in titles and words.capital(k) and words.capital(k + 1)
        cut = words.fold[k] in {"in", "to", "on"} or (person and words.fold[k] in {"of", "for"}) or titled
        cut = cut or (words.fold[k] == "the" and (words.capital(k) or words.capital(k - 1)))
        lists = cues.lists["organisations"]
        cut = cut or (words.fold[k] == "and" and lists["company_suffixes"].before(words, k) > 0)
        inside = journal or words.fold[k - 1] == "nhs" or lists["government_heads"].at(words, k - 1) > 1
        cut = cut or (words.fold[k] == "and" and not inside and (k - first > 3 or (words.text[k - 1].isupper() and len(
            words.text[k - 1]) > 1)) and words.at(k + 1) != "the")
        if cut and k >= first:
            yield first, _without_small(words, first, k)
            first, person = k + 1, titled
            while first < end and not words.capital(first):
                first += 1
    if first < end:
        yield first, end


def _person_opens(page: Page, start: int, cues: Cues) -> bool:
    """Whether a run opens with somebody: "Mr Lowe of", "Hannah Pryce of", "Mayor of", "Head of Housing Tom Reed of"."""
    words, people = page.words, cues.lists["people"]
    if words.fold[start] in cues.given_names or words.fold[start] in people["lone_titles"]:
        return True
    if words.same_sentence(start - 1, start) and words.at(start - 1) in people["lone_titles"]:
        return True
    if words.at(start + 1) == "of" and page.label[start] == "PERSON":
        return True
    office = people["offices"].at(words, start)
    return office > 0 and words.at(start + office) in {"of", "for"} and not cues.lists["organisations"][
        "government_openings"].at(words, start)


def _without_small(words: Words, first: int, end: int) -> int:
    while end > first and not words.capital(end - 1) and words.fold[end - 1] not in _SMALL_SUFFIXES:
        end -= 1
    return end


def _bodies(page: Page, start: int, end: int, cues: Cues) -> Iterator[Found]:
    """The longest classified beginning of a run, then what is left of it."""
    while start < end - 1:
        best = None
        for stop in range(end, start + 1, -1):
            if kind := _kind(page, start, stop, cues):
                best = (stop, *kind)
                whole = kind[1] == "suffix" or kind[0] == "publication" or (
                    kind[1] == "opening" and _of_members(page.words, start, stop, cues))
                if whole or "and" not in page.words.fold[start + 1:stop - 1]:
                    break
        if best is None:
            return
        stop, type_, rule = best
        name = written_name(page, start, stop)
        if type_ in {"company", "provider"}:
            name = without_legal_form(name)
        found = Found(start, stop, type_, f"{type_}:{slug(name)}", name, f"form-{rule}")
        yield periodical(start, stop, name, found.rule) if type_ == "publication" else found
        start = stop
        while start < end and not page.words.capital(start):
            start += 1


def written_name(page: Page, start: int, end: int) -> str:
    """The name of an organisation as written; several words in capitals throughout are set in title case."""
    name = page.words.written(start, end)
    return in_title_case(name) if " " in name else name


def _of_members(words: Words, start: int, stop: int, cues: Cues) -> bool:
    """"Federation of Council and Care Workers": one name: an ordinary word before "and", a plural at the end."""
    joint = next((k for k in range(start + 1, stop - 1) if words.fold[k] == "and"), start)
    return joint > start and words.at(joint + 1) != "the" and words.text[stop - 1].endswith("s") and words.fold[
        joint - 1] in cues.lists["people"]["not_in_names"]


def _kind(page: Page, start: int, stop: int, cues: Cues) -> tuple[str, str] | None:
    """Type and rule of a run, None if its form tells nothing."""
    words, lists = page.words, cues.lists["organisations"]
    ends: Callable[[str], int] = lambda key: lists[key].before(words, stop)  # noqa: E731 - a short name for one look
    if not (words.capital(stop - 1) or words.fold[stop - 1] in _SMALL_SUFFIXES) or words.fold[start] in CONNECTORS:
        return None
    body = stop - start
    goes_on = words.same_sentence(start, stop) and not words.fresh[stop] and (
        (words.capital(stop) and words.text[stop][0].isalpha()) or (words.at(stop) == "of" and (
            words.capital(stop + 1) or words.capital(stop + 2))))
    if ends("company_suffixes") and body > 1:
        return "company", "suffix"
    if (n := ends("provider_suffixes")) and body > n:
        return "provider", "suffix"
    if goes_on:
        return None
    if (n := ends("government_heads")) and body > n and _proper(page, start, stop - n, cues):
        return "government", "head"
    if body > 1 and words.fold[start] == "nhs" and lists["nhs_places"].at(words, start + 1):
        return "government", "head"
    if (n := ends("provider_heads")) and body > n and _proper(page, start, stop - n, cues):
        return "provider", "head"
    if (n := ends("union_heads")) and body > n and words.at(start) != "european" and _proper(
            page, start, stop - n, cues):
        return "union", "head"
    if lists["publication_openings"].at(words, start) and body > 2:
        return "publication", "opening"
    if (n := ends("sure_publication_heads") or ends("publication_heads")) and body > n and _proper(
            page, start, stop - n, cues) and like_a_paper(page, start, stop, n, cues):
        return "publication", "head"
    if (n := ends("company_heads") or _weak_head(page, start, stop, cues)) and body > n and _proper(
            page, start, stop - n, cues) and not _public(words, start, stop, cues):
        return "company", "head"
    for key, type_ in (("government_openings", "government"), ("organisation_openings", "organisation")):
        n = lists[key].at(words, start)
        if n and body > n and words.capital(start + n) and not _person_inside(
                page, start + n + 1, stop, cues):
            return type_, "opening"
    common = cues.lists["people"]["not_in_names"]
    own = [k for k in range(start, stop) if words.capital(k) and words.fold[k] not in common]
    if (n := ends("organisation_heads")) and own and own[0] < stop - n and not lists["not_organisations"].before(
            words, stop):
        return "organisation", "head"
    return None


def _person_inside(page: Page, start: int, stop: int, cues: Cues) -> bool:
    """"Inspector of Prisons Anne Owers": a person behind the name."""
    return any(page.words.fold[k] in cues.given_names and page.words.capital(k + 1) and k + 2 == stop
               for k in range(start, stop))


def _weak_head(page: Page, start: int, stop: int, cues: Cues) -> int:
    """Length of a head such as "Energy", if a model or a word beside the name speaks for a firm."""
    words, generic, lists = page.words, cues.lists["people"]["not_in_names"], cues.lists["organisations"]
    n = lists["weak_company_heads"].before(words, stop)
    if not n or {"and", "of", "for"} & set(words.fold[start:stop]) or stop - start <= n:
        return 0
    own = words.fold[stop - n - 1]
    if own in lists["kinds_of_care"]:
        return 0
    cared = words.fold[stop - 1] in lists["care_heads"] and own not in generic and not page.lower[own] \
        and not words.opens_sentence(start)
    labelled = "ORG" in page.label[start:stop] and "PERSON" not in page.label[start:stop]
    return n if labelled or cared or firm_context(page, start, stop, cues) else 0


def _public(words: Words, start: int, stop: int, cues: Cues) -> bool:
    public = cues.lists["organisations"]["public_words"]
    return any(word in public for word in words.fold[start:stop])


def _proper(page: Page, start: int, stop: int, cues: Cues) -> bool:
    """Whether some word of the run is no ordinary word of this text."""
    words = page.words
    openers = cues.lists["organisations"]["sentence_openers"]
    return any(words.capital(k) and not page.lower[words.fold[k]] and words.fold[k] not in openers
               and len(words.text[k]) > 1 for k in range(start, stop))
