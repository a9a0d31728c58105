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
from outsource_nlp.annotate.names.words import Words
from outsource_nlp.annotate.names.works import find_journals, find_laws, find_titles

_CONNECTORS = frozenset({"of", "for", "and", "the", "'s", "on", "to", "in"})
_LONGEST = 14
_SMALL_SUFFIXES = frozenset({"plc", "ltd", "llp", "cic"})


def capital_runs(words: Words, *, connectors: frozenset[str] = _CONNECTORS) -> Iterator[tuple[int, int]]:
    """Runs of capital words, with small words allowed inside; the first word may open a sentence."""
    i, count = 0, len(words)
    while i < count:
        if not (words.capital(i) and words.text[i][0].isalpha()):
            i += 1
            continue
        end, j = i + 1, i + 1
        while j < count and j - i < _LONGEST and not words.fresh[j] and words.sentence[j] == words.sentence[i]:
            if (words.capital(j) and words.text[j][0].isalpha()) or words.fold[j] in _SMALL_SUFFIXES:
                end = j + 1
            elif words.fold[j] not in connectors or j - end >= 2:
                break
            elif words.fold[j] == "'s":
                pass
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
    yield from find_journals(page)


def _without_openers(page: Page, start: int, end: int, cues: Cues) -> int:
    """Leave out what only opens the sentence: "According", "In", "When", "The"."""
    words = page.words
    while start < end and (len(words.fold[start]) == 1 or words.fold[start] in _OPENERS or _noun_of(
            words, start, end, cues) or (
            words.opens_sentence(start) and end - start > 1 and page.lower[words.fold[start]] > 1
            and words.fold[start + 1] not in {"of", "and"})):
        start += 1
        while start < end and not words.capital(start):
            start += 1
    return start


def _noun_of(words: Words, start: int, end: int, cues: Cues) -> bool:
    """"Critics of Brightwell Ltd": a noun that opens the sentence and is no part of the name."""
    lists, following = cues.lists["organisations"], words.at(start + 1)
    return (end - start > 2 and words.opens_sentence(start) and following in {"of", "for", "to", "in", "on"}
            and words.fold[start].endswith(("s", "ion", "er", "ment"))
            and not lists["organisation_openings"].at(words, start)
            and not lists["government_openings"].at(words, start))


_OPENERS = frozenset(
    "the a an in on at by for from to with when while as if but and or so then there here this that these those it its "
    "he she they we you i my our your his her their not no yes all some any many most both after before since during "
    "under over according why how what who which where new former last next every each even only now today yesterday "
    "meanwhile however also because although though once until like unlike dear mr mrs ms dr behalf".split()
)


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
        cut = cut or (words.fold[k] == "the" and words.capital(k))
        cut = cut or (words.fold[k] == "and" and not journal and (k - first > 3 or (words.text[k - 1].isupper() and len(
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
                if kind[1] == "suffix" or kind[0] == "publication" or not _conjoined(page.words, start, stop):
                    break
        if best is None:
            nxt = _after_and(page.words, start, end)
            if nxt is None:
                return
            start = nxt
            continue
        stop, type_, rule = best
        name = written_name(page, start, stop)
        if type_ in {"company", "provider"}:
            name = without_legal_form(name)
        yield Found(start, stop, type_, f"{type_}:{slug(name)}", name, f"form-{rule}")
        start = stop
        while start < end and not page.words.capital(start):
            start += 1


def written_name(page: Page, start: int, end: int) -> str:
    """The name of an organisation as written; several words in capitals throughout are set in title case."""
    name = page.words.written(start, end)
    return in_title_case(name) if " " in name else name


def _conjoined(words: Words, start: int, stop: int) -> bool:
    return "and" in words.fold[start + 1:stop - 1]


def _after_and(words: Words, start: int, end: int) -> int | None:
    for k in range(start + 1, end - 1):
        if words.fold[k] in {"and", "'s"} and words.capital(k + 1):
            return k + 1
    return None


def _kind(page: Page, start: int, stop: int, cues: Cues) -> tuple[str, str] | None:
    """Type and rule of a run, None if its form tells nothing."""
    words, lists = page.words, cues.lists["organisations"]
    ends: Callable[[str], int] = lambda key: lists[key].before(words, stop)  # noqa: E731 - a short name for one look
    if not (words.capital(stop - 1) or words.fold[stop - 1] in _SMALL_SUFFIXES) or words.fold[start] in _CONNECTORS:
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
    if (n := ends("government_heads")) and body > n and _proper(page, start, stop - n):
        return "government", "head"
    if body > 1 and words.fold[start] == "nhs" and lists["nhs_places"].at(words, start + 1):
        return "government", "head"
    if (n := ends("provider_heads")) and body > n and _proper(page, start, stop - n):
        return "provider", "head"
    if (n := ends("union_heads")) and body > n and _proper(page, start, stop - n) and words.at(start) != "european":
        return "union", "head"
    if lists["publication_openings"].at(words, start) and body > 2:
        return "publication", "opening"
    if (n := ends("publication_heads")) and body > n and _paper(page, start, stop, n):
        return "publication", "head"
    if (n := ends("company_heads") or _weak_head(page, start, stop, cues)) and body > n and _proper(
            page, start, stop - n) and not _public(words, start, stop):
        return "company", "head"
    for key, type_ in (("government_openings", "government"), ("organisation_openings", "organisation")):
        n = lists[key].at(words, start)
        if n and body > n and words.capital(start + n) and not _owner_inside(words, start, stop) and not (
                _person_inside(page, start + n + 1, stop, cues)):
            return type_, "opening"
    common = cues.lists["people"]["not_in_names"]
    own = [k for k in range(start, stop) if words.capital(k) and words.fold[k] not in common]
    if (n := ends("organisation_heads")) and own and own[0] < stop - n and not lists["not_organisations"].before(
            words, stop):
        return "organisation", "head"
    return None


def _owner_inside(words: Words, start: int, stop: int) -> bool:
    """"Institute for Thrift's Tom Ellery": the possessive ends the name, save in "Department for Children's ..."."""
    return any(words.fold[k] == "'s" and words.fold[k - 1] not in {"children", "women", "men", "people"}
               for k in range(start + 1, stop))


def _person_inside(page: Page, start: int, stop: int, cues: Cues) -> bool:
    """"Inspector of Prisons Anne Owers": a person behind the name."""
    return any(page.words.fold[k] in cues.given_names and page.words.capital(k + 1) and k + 2 == stop
               for k in range(start, stop))


def _weak_head(page: Page, start: int, stop: int, cues: Cues) -> int:
    """Length of a head such as "Energy", if a model or a word beside the name speaks for a firm."""
    words, generic = page.words, cues.lists["people"]["not_in_names"]
    n = cues.lists["organisations"]["weak_company_heads"].before(words, stop)
    if not n or {"and", "of", "for"} & set(words.fold[start:stop]) or stop - start <= n:
        return 0
    own = words.fold[stop - n - 1]
    if own in _KINDS_OF_CARE or own == "'s":
        return 0
    cared = words.fold[stop - 1] in _CARE and own not in generic and not page.lower[own] \
        and not words.opens_sentence(start)
    labelled = "ORG" in page.label[start:stop] and "PERSON" not in page.label[start:stop]
    return n if labelled or cared or firm_context(page, start, stop) else 0


_CARE = frozenset({"care", "fostering", "homes", "childcare", "homecare"})
_KINDS_OF_CARE = frozenset(
    "social health foster day home child residential primary adult palliative community intensive "
    "personal nursing private continuing domiciliary acute secondary urgent medical kinship respite "
    "dementia elderly end-of-life integrated invalid managed shared skin after kin free council funeral".split()
)


def _public(words: Words, start: int, stop: int) -> bool:
    return bool({"public", "social", "national", "royal", "government", "ministry", "department", "local", "foster"}
                & set(words.fold[start:stop]))


def _proper(page: Page, start: int, stop: int) -> bool:
    """Whether some word of the run is no ordinary word of this text."""
    words = page.words
    return any(words.capital(k) and not page.lower[words.fold[k]] and words.fold[k] not in _OPENERS
               and len(words.text[k]) > 1 for k in range(start, stop))


def _paper(page: Page, start: int, stop: int, n: int) -> bool:
    """Whether a run that ends like a newspaper's name is one."""
    words = page.words
    head = " ".join(words.fold[stop - n:stop])
    if stop - start - n > 3 or not _proper(page, start, stop - n) or "and" in words.fold[start:stop - n]:
        return False
    if head in {"gazette", "herald", "echo", "chronicle", "advertiser", "argus", "evening news", "evening post",
                "free press", "evening telegraph", "examiner", "courier", "news and star", "weekly news", "magazine"}:
        return True
    near = range(max(0, start - 5), start)
    return words.at(start - 1) == "the" and any(
        words.fold[k] in {"told", "in", "reported", "newspaper", "paper", "by", "to"} for k in near) and \
        page.label[start] in {"ORG", "WORK_OF_ART", "GPE", ""}
