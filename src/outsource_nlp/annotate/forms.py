"""Names known by their form: "Acme Care Ltd", "Mid Wessex NHS Foundation Trust", "Slough Gazette", "Care Act 2014".

In goes a page, out come runs of capital words that a head, suffix or opening classifies. These are the entities
outside every gazetteer, so each keeps the rule that made it and has no register id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from outsource_nlp.annotate.context import firm_context
from outsource_nlp.annotate.cues import Cues
from outsource_nlp.annotate.identity import in_title_case, slug, without_legal_form
from outsource_nlp.annotate.page import Found, Page
from outsource_nlp.annotate.words import Words

_CONNECTORS = frozenset({"of", "for", "and", "the", "'s", "on", "to", "in"})
_LONGEST = 14
_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'"}


def capital_runs(words: Words, *, connectors: frozenset[str] = _CONNECTORS) -> Iterator[tuple[int, int]]:
    """Runs of capital words, with small words allowed inside; the first word may open a sentence."""
    i, count = 0, len(words)
    while i < count:
        if not (words.capital(i) and words.text[i][0].isalpha()):
            i += 1
            continue
        end, j = i + 1, i + 1
        while j < count and j - i < _LONGEST and not words.fresh[j] and words.sentence[j] == words.sentence[i]:
            if words.capital(j) and words.text[j][0].isalpha():
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

    Args:
        publishers: words at which a publisher's name begins; a title in a reference ends there.
    """
    words = page.words
    for start, end in capital_runs(words):
        start = _without_openers(page, start, end, cues)
        if end > start:
            yield from _laws(words, start, end, cues)
            for first, last in _pieces(words, start, end, cues):
                yield from _bodies(page, first, last, cues)
    yield from _titles(page, cues, publishers)


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
    lists = cues.lists["organisations"]
    return (end - start > 2 and words.opens_sentence(start) and words.at(start + 1) in {"of", "for", "to", "in", "on", "'s"}
            and words.fold[start].endswith(("s", "ion", "er", "ment"))
            and not lists["organisation_openings"].at(words, start) and not lists["government_openings"].at(words, start)
            and words.at(start + 1) != "'s")


_OPENERS = frozenset(
    "the a an in on at by for from to with when while as if but and or so then there here this that these those it its "
    "he she they we you i my our your his her their not no yes all some any many most both after before since during "
    "under over according why how what who which where new former last next every each even only now today yesterday "
    "meanwhile however also because although though once until like unlike dear mr mrs ms dr behalf".split()
)


def _pieces(words: Words, start: int, end: int, cues: Cues) -> Iterator[tuple[int, int]]:
    """A run cut where no body's name goes on: at "in", "to", "on", at titles, and between two bodies.

    A run of capitals throughout is a heading and gives nothing, unless it is short.
    """
    if end - start > 3 and all(words.text[k].isupper() for k in range(start, end) if words.text[k][0].isalpha()):
        return
    first = start
    person = words.fold[start] in cues.given_names or words.fold[start] in cues.lists["people"]["lone_titles"]
    for k in range(start + 1, end):
        cut = words.fold[k] in {"in", "to", "on"} or (person and words.fold[k] in {"of", "for"}) or (words.fold[k] == "the" and words.capital(k))
        cut = cut or (words.fold[k] == "and" and (k - first > 3 or (words.text[k - 1].isupper() and len(
            words.text[k - 1]) > 1)) and not _geographic(words, k, end))
        if cut:
            yield first, k
            first, person = k + 1, False
            while first < end and not words.capital(first):
                first += 1
    if first < end:
        yield first, end


def _geographic(words: Words, k: int, end: int) -> bool:
    """"Kent and Medway NHS Trust", "Bath and North East Somerset ...": "and" after one or two words."""
    del end
    return words.at(k + 1) == "the"


def _laws(words: Words, start: int, end: int, cues: Cues) -> Iterator[Found]:
    heads = cues.lists["works"]["law_heads"]
    for k in range(start + 1, end):
        n = heads.at(words, k)
        if not n or not words.capital(k) or words.fold[k] in {"order", "measure"} and not _year(words, k + n):
            continue
        last = k + n
        first = _after_last_break(words, start, k)
        if k - first < 1:
            continue
        year = last + (words.at(last) == ",")
        if _year(words, year):
            last = year + 1
        elif words.at(last) == "(" and _year(words, last + 1):
            last = last + 2
        name = re.sub(r"\s*[,(]\s*(\d{4})$", r" \1", in_title_case(words.written(first, last)))
        yield Found(first, last, "work", "work:" + slug(name), name, "law")


def _after_last_break(words: Words, start: int, k: int) -> int:
    """Names of laws have "and" and "of" inside but do not begin with them."""
    while start < k and words.fold[start] in _CONNECTORS | {"the"}:
        start += 1
    return start


def _year(words: Words, k: int) -> bool:
    return k < len(words) and len(words.text[k]) == 4 and words.text[k][:2] in {"18", "19", "20"}


def _bodies(page: Page, start: int, end: int, cues: Cues) -> Iterator[Found]:
    """The longest classified beginning of a run, then what is left of it."""
    while start < end - 1:
        best = None
        for stop in range(end, start + 1, -1):
            if kind := _kind(page, start, stop, cues):
                best = (stop, *kind)
                if kind[1] == "suffix" or not _conjoined(page.words, start, stop):
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
    if not words.capital(stop - 1) or words.fold[start] in _CONNECTORS:
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
    if (n := ends("publication_heads")) and body > n and _paper(page, start, stop, n, cues):
        return "publication", "head"
    if (n := ends("company_heads") or _weak_head(page, start, stop, cues)) and body > n and _proper(
            page, start, stop - n) and not _public(words, start, stop):
        return "company", "head"
    for key, type_ in (("government_openings", "government"), ("organisation_openings", "organisation")):
        if (n := lists[key].at(words, start)) and body > n and page.words.capital(start + n):
            return type_, "opening"
    if (n := ends("organisation_heads")) and body > n and not lists["not_organisations"].before(words, stop) and any(
            words.fold[k] not in cues.lists["people"]["not_in_names"] and words.capital(k) for k in range(start, stop - n)):
        return "organisation", "head"
    return None


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
    "social health foster day home child residential primary adult palliative community intensive personal nursing private "
    "continuing domiciliary acute secondary urgent medical kinship respite dementia elderly end-of-life integrated "
    "invalid managed shared skin after kin free council funeral".split()
)


def _public(words: Words, start: int, stop: int) -> bool:
    return bool({"public", "social", "national", "royal", "government", "ministry", "department", "local", "foster"}
                & set(words.fold[start:stop]))


def _proper(page: Page, start: int, stop: int) -> bool:
    """Whether some word of the run is no ordinary word of this text."""
    words = page.words
    return any(words.capital(k) and not page.lower[words.fold[k]] and words.fold[k] not in _OPENERS
               and len(words.text[k]) > 1 for k in range(start, stop))


def _paper(page: Page, start: int, stop: int, n: int, cues: Cues) -> bool:
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


def _titles(page: Page, cues: Cues, publishers: frozenset[int]) -> Iterator[Found]:
    """Titles of works: in quotation marks after a word for a work, or opening like a handbook."""
    words, lists = page.words, cues.lists["works"]
    for i, mark in enumerate(words.text):
        close = _QUOTES.get(mark)
        if close and i and lists["before_title"].before(words, _skip_back(words, i)):
            j = next((k for k in range(i + 1, min(i + 18, len(words))) if words.text[k] == close), None)
            if j is not None and j - i > 1 and _title_case(words, i + 1, j):
                yield _work(words, i + 1, j, "quoted-title")
        elif words.capital(i) and lists["title_openings"].at(words, i) and words.at(
                i + lists["title_openings"].at(words, i)) in {"of", "to", "on", "for"}:
            end = _title_end(words, i, publishers)
            if end - i > 3:
                yield _work(words, i, end, "title-opening")


def _skip_back(words: Words, i: int) -> int:
    return i - 1 if words.at(i - 1) in {",", ":", "on"} else i


def _title_case(words: Words, i: int, j: int) -> bool:
    long_words = [k for k in range(i, j) if len(words.text[k]) > 3 and words.text[k][0].isalpha()]
    capitals = sum(words.capital(k) for k in long_words)
    return words.capital(i) and bool(long_words) and capitals >= 0.6 * len(long_words) and words.fold[j - 1] not in ",."


def _title_end(words: Words, i: int, publishers: frozenset[int]) -> int:
    small = {"of", "the", "and", "in", "on", "to", "a", "for", "an", "by", "with"}
    j = end = i + 1
    while j < len(words) and j not in publishers and words.same_sentence(i, j) and not words.fresh[j] and (
            words.capital(j) or words.fold[j] in small) and j - i < 20:
        if words.capital(j):
            end = j + 1
        j += 1
    return end


def _work(words: Words, i: int, j: int, rule: str) -> Found:
    name = in_title_case(words.written(i, j))
    return Found(i, j, "work", "work:" + slug(name), name, rule)
