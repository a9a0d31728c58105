"""Names that lean on an earlier one: initials in brackets, shortened names, "the county council".

In go a page and what is found so far, out come further names of the same entities. They are looked for last,
because only a name that counts can lend itself to a shorter one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from outsource_nlp.annotate.layers import article
from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.forms import capital_runs
from outsource_nlp.annotate.names.gazetteer import Gazetteer
from outsource_nlp.annotate.names.identity import in_title_case, slug
from outsource_nlp.annotate.names.page import Found, Page
from outsource_nlp.annotate.names.periodicals import own_paper
from outsource_nlp.annotate.names.words import split_words

_SHORTENABLE = frozenset({"company", "provider", "organisation", "union", "government", "publication"})
_REACH = 8
"""For how many sentences "the council" keeps its meaning."""


def defined_initials(page: Page, found: Sequence[Found], taken: frozenset[int],
                     gazetteer: Gazetteer, cues: Cues) -> Iterator[Found]:
    """"Achieving for Children (AfC)" and every later AfC.

    A known name lends its initials; an unknown run of capitals that spells them becomes an organisation.
    """
    del gazetteer, cues
    words = page.words
    ends = {f.end: f for f in found}
    runs = {end: start for start, end in capital_runs(words)}
    for k in range(1, len(words) - 2):
        if words.text[k] != "(" or not _initials_like(words.text[k + 1]) or words.text[k + 2] != ")":
            continue
        owner = ends.get(k)
        if owner is None and k in runs and not any(j in taken for j in range(runs[k], k)):
            start = _spelled_from(page, runs[k], k, words.text[k + 1])
            if start is not None:
                name = in_title_case(words.written(start, k))
                owner = Found(start, k, "organisation", "organisation:" + slug(name), name, "initials-defined")
                yield owner
        if owner is None or owner.type in {"person", "party"}:
            continue
        for j, text in enumerate(words.text):
            if j > k and text == words.text[k + 1] and not (words.joined[j] and words.capital(j - 1)):
                yield replace(owner, start=j, end=j + 1, rule="initials")


def _initials_like(text: str) -> bool:
    return 2 <= len(text) <= 9 and sum(c.isupper() for c in text) >= 2 and text[0].isalpha()


def _spelled_from(page: Page, start: int, end: int, initials: str) -> int | None:
    """Where the run that spells the initials begins."""
    words = page.words
    letters = [c.lower() for c in initials if c.isalpha()]
    for begin in range(start, end):
        small = [words.fold[j][0] for j in range(begin, end) if words.capital(j)]
        full = [words.fold[j][0] for j in range(begin, end) if words.text[j][0].isalpha()]
        if letters in (small, full):
            return begin
    return None


def one_firm(page: Page, found: Sequence[Found]) -> list[Found]:
    """One firm, one entity.

    "FCC ... FCC Environment": a single word that context made a firm is the longer firm that opens with it. What the
    model alone takes for an organisation is the firm that bears the same name elsewhere in the text.
    """
    words = page.words
    longer = {words.fold[f.start]: f for f in found if f.type == "company" and f.end - f.start > 1}
    named = {f.entity_id.partition(":")[2]: f for f in found if f.type == "company"}
    out = []
    for item in found:
        owner = named.get(item.entity_id.partition(":")[2]) if item.rule == "model" else None
        if item.rule in {"firm-in-context", "model-in-context"} and item.end - item.start == 1:
            owner = longer.get(words.fold[item.start])
        out.append(replace(owner, start=item.start, end=item.end, rule="shortened") if owner else item)
    return out


def later_uses(page: Page, found: Sequence[Found], taken: frozenset[int], gazetteer: Gazetteer,
               cues: Cues) -> Iterator[Found]:
    """"Brightwell Care Group ... Brightwell": the first, telling word of a name found by its form."""
    words, dropped = page.words, cues.lists["organisations"]["dropped_heads"]
    short: dict[str, Found] = {}
    for item in found:
        if item.type in _SHORTENABLE and item.rule.startswith(("form-", "model-in", "initials-d")):
            head = [k for k in range(item.start, item.end) if words.fold[k] not in dropped]
            first = words.fold[item.start]
            telling = not page.lower[first] and first not in cues.lists["people"]["not_in_names"] and len(first) > 3
            telling = telling and item.end - item.start > 1 and not words.text[item.start].isupper()
            if telling and head and head[0] == item.start:
                short.setdefault(first, item)
    for item in list(_without_heads(page, found, cues)):
        for k in range(item.end, len(words) - 1):
            n = item.end - item.start
            if words.fold[k] == words.fold[item.start] and words.fold[k:k + n] == words.fold[item.start:item.end] and (
                    words.capital(k) and not taken.intersection(range(k, k + n))):
                yield replace(item, start=k, end=k + n, rule="shortened")
    for item in found:
        told = item.rule in {"firm-in-context", "model-in-context"}
        if told and item.type == "company" and item.end - item.start == 1:
            short.setdefault(words.fold[item.start], replace(item, start=0, end=1))
    papers = {words.fold[f.end - 1]: f for f in found if f.type == "publication" and f.end - f.start > 1}
    papers |= _own_paper(page, gazetteer, cues)
    for k, word in enumerate(words.fold):
        paper = papers.get(word)
        if paper is not None and k not in taken and words.capital(k) and words.at(k - 1) == "the" and not words.capital(
                k + 1) and k > paper.start:
            yield replace(paper, start=k, end=k + 1, rule="shortened")
            continue
        known = short.get(word)
        if known is None or k in taken or not words.capital(k) or k < known.start or (
                page.label[k] in {"GPE", "PERSON"} and known.start):
            continue
        if not (words.capital(k + 1) and words.same_sentence(k, k + 1)) and not (
                words.capital(k - 1) and words.same_sentence(k - 1, k) and not words.opens_sentence(k - 1)):
            yield replace(known, start=k, end=k + 1, rule="shortened")


def _without_heads(page: Page, found: Sequence[Found], cues: Cues) -> Iterator[Found]:
    """"Bright Harbour Care" as "Bright Harbour": the first naming of each, down to two words or more."""
    words, seen, dropped = page.words, set(), cues.lists["organisations"]["dropped_heads"]
    for item in found:
        end = item.end
        while words.fold[end - 1] in dropped:
            end -= 1
        told = item.type in _SHORTENABLE and item.rule.startswith(("form-", "model-in", "firm-"))
        if told and item.entity_id not in seen and 1 < end - item.start < item.end - item.start:
            seen.add(item.entity_id)
            yield replace(item, end=end)


def _own_paper(page: Page, gazetteer: Gazetteer, cues: Cues) -> dict[str, Found]:
    """The paper that published the text, by the last word of its name: it calls itself "the Echo"."""
    own, publisher = own_paper(page, gazetteer, cues), split_words(article(page.doc).publisher)
    return {publisher.fold[-1]: own} if own is not None and len(publisher) > 1 else {}


def definite_councils(page: Page, found: Sequence[Found], taken: frozenset[int],
                      gazetteer: Gazetteer, cues: Cues) -> Iterator[Found]:
    """"the council", "the county council", "the Royal Borough" after a council was named."""
    del cues
    words = page.words
    named = sorted((f for f in found if f.type == "council"), key=lambda f: f.start)
    if not named:
        return
    for k in range(1, len(words)):
        if words.fold[k] not in {"council", "borough", "authority"} or (words.capital(k) and words.capital(k - 1) and (
                words.at(k - 1) not in {"county", "borough", "city", "district", "royal", "the"})):
            continue
        start = k - 1 if words.at(k - 1) in {"county", "borough", "city", "district", "royal", "local"} else k
        kind = words.fold[start] if start < k else ""
        if words.at(start - 1) != "the" or any(j in taken for j in range(start, k + 1)):
            continue
        if words.at(k + 1) in {"of", "for", "tax"} or (words.capital(k + 1) and words.same_sentence(k, k + 1)):
            continue
        owner = _last_named(page, named, start, kind, words.fold[k], gazetteer)
        if owner is not None:
            yield replace(owner, start=start, end=k + 1, rule="definite")


def _last_named(page: Page, named: Sequence[Found], k: int, kind: str, head: str,
                gazetteer: Gazetteer) -> Found | None:
    """The nearest council named before that fits; None where two are equally near in one list."""
    words = page.words
    before = [f for f in named if f.end <= k and words.sentence[k] - words.sentence[f.start] <= _REACH]
    if before and before[-1].candidates:
        return None
    fits = [f for f in before if _kind_fits(gazetteer, f, kind, head)]
    if not fits:
        return None
    last = fits[-1]
    rivals = {f.entity_id for f in fits if words.sentence[f.start] == words.sentence[last.start]}
    return last if len(rivals) == 1 else None


def _kind_fits(gazetteer: Gazetteer, item: Found, kind: str, head: str) -> bool:
    entry = gazetteer.by_id.get(item.entity_id)
    if entry is None:
        return False
    name = f"{entry.name} {entry.kind}".lower()
    if kind in {"", "local"}:
        return head != "borough" or "borough" in name
    return kind in name
