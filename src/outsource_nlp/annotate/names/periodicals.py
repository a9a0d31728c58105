"""Periodicals and sites outside every gazetteer: by their form, by the words around, by the article's own metadata.

In goes a page, out come publications. One id serves a paper with and without its article, since writers add and drop
"The" at will.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from outsource_nlp.annotate.layers import article
from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.gazetteer import Gazetteer
from outsource_nlp.annotate.names.identity import in_title_case, slug
from outsource_nlp.annotate.names.page import Found, Page
from outsource_nlp.annotate.names.words import CONNECTORS, Words, split_words

_AHEAD, _BEHIND = 6, 4
"""For how many words a word for the press speaks for a name behind it, before it."""
_NO_PAPERS = frozenset({"GPE", "LOC", "NORP", "DATE", "LAW", "PERSON"})


def periodical(start: int, end: int, name: str, rule: str) -> Found:
    """A publication under one id with and without "The"."""
    bare = name[4:] if name.startswith("The ") and " " in name[4:] else name
    return Found(start, end, "publication", "publication:" + slug(bare), name, rule)


def like_a_paper(page: Page, start: int, stop: int, n: int, cues: Cues) -> bool:
    """Whether capital words whose last ``n`` are a head such as "Gazette" or "Post" name a newspaper."""
    words, lists = page.words, cues.lists["organisations"]
    if stop - start - n > 3 or "and" in words.fold[start:stop - n]:
        return False
    if words.fold[stop - 1] == "press" and words.at(start - 1) == "by" and words.at(start - 2) == "published":
        return False
    if lists["sure_publication_heads"].before(words, stop):
        return True
    near = range(max(0, start - 5), start)
    told = words.at(start - 1) == "the" and any(
        words.fold[k] in {"told", "in", "reported", "newspaper", "paper", "by", "to"} for k in near)
    told = told or (words.at(start - 1) == "the" and words.at(stop) in lists["publication_verbs"])
    labelled = page.label[start] in {"ORG", "WORK_OF_ART", "GPE", "NORP", "LOC", ""}
    return labelled and (told or _pressed(page, start, stop, cues))


def _pressed(page: Page, start: int, stop: int, cues: Cues) -> bool:
    """Whether words for the press stand nearby in the sentence."""
    words, press = page.words, cues.lists["organisations"]["publication_words"]
    places = [*range(max(0, start - _AHEAD), start), *range(stop, min(len(words), stop + _BEHIND))]
    return any(words.same_sentence(start, k) and press.at(words, k) for k in places)


def framed(words: Words, start: int, stop: int, cues: Cues) -> bool:
    """Whether the words right before or behind say that this is a periodical: "writing in the ...", "... magazine"."""
    lists = cues.lists["organisations"]
    at = start - (words.at(start - 1) == "the")
    runs_on = words.same_sentence(at - 1, start) and not words.fresh[start]
    return (runs_on and lists["publication_frames"].before(words, at) > 0) or (
        lists["publication_followers"].at(words, stop) > 0 and not words.capital(stop) and words.same_sentence(
            start, stop))


def papers_by_context(page: Page, taken: Collection[int], runs: Iterable[tuple[int, int]], places: Collection[
        tuple[int, int]], cues: Cues) -> Iterator[Found]:
    """Capital words that the words around make a periodical; ``places`` are spans that may be places."""
    words, common = page.words, cues.lists["people"]["not_in_names"]
    for first, end in free_runs(words, runs, taken):
        start = first + (words.fold[first] == "the" and end - first > 1)
        stop = next((k for k in range(start + 1, end) if words.fold[k] == "'s"), end)
        stop -= words.fold[stop - 1] in CONNECTORS
        if stop <= start or stop - start > 5 or (start, stop) in places:
            continue
        own = [k for k in range(start, stop) if words.capital(k) and not page.lower[words.fold[k]]]
        generic = stop - start == 1 and (words.fold[start] in common or len(words.text[start]) < 2)
        sited = words.capital(first) and words.fold[first] == "the" and not words.opens_sentence(first)
        called = cues.lists["organisations"]["publication_followers"].at(words, stop) and words.at(stop) in {
            "magazine", "newspaper"}
        if not own or generic or (page.label[start] in _NO_PAPERS and not sited and not called):
            continue
        opening = stop - start == 1 and words.opens_sentence(start) and words.at(stop) not in {"magazine", "newspaper"}
        if not opening and framed(words, first, stop, cues):
            yield periodical(start, stop, words.written(start, stop), "publication-in-context")


def free_runs(words: Words, runs: Iterable[tuple[int, int]], taken: Collection[int]) -> Iterator[tuple[int, int]]:
    """What is left of runs of capital words between the names that are taken."""
    for first, end in runs:
        start = first
        while start < end:
            if start in taken or not words.capital(start):
                start += 1
                continue
            stop = next((k for k in range(start, end) if k in taken), end)
            yield start, stop
            start = stop


def sites(page: Page, taken: Collection[int], cues: Cues) -> Iterator[Found]:
    """"the website CareWatch.org": a domain that words for the press stand beside; no address of a public body."""
    words, public = page.words, tuple(cues.lists["organisations"]["public_sites"].phrases)
    for k, word in enumerate(words.text):
        if "." not in word or len(word) < 5 or k in taken or word.endswith(public):
            continue
        linked = words.at(k - 1) in {"@", "/"} or words.at(k + 1) in {"/", "@"}
        if not linked and (framed(words, k, k + 1, cues) or _pressed(page, k, k + 1, cues)):
            name = word.removeprefix("www.")
            yield Found(k, k + 1, "publication", "publication:" + slug(name), name, "site")


def own_paper(page: Page, gazetteer: Gazetteer, cues: Cues) -> Found | None:
    """The periodical that the metadata give as publisher, under the known name if it has one."""
    facts, lists = article(page.doc), cues.lists["organisations"]
    publisher = split_words(facts.publisher)
    if len(publisher) == 0:
        return None
    hits = [h for h in gazetteer.find(publisher) if h.end == len(publisher) and h.start < 2]
    for hit in sorted(hits, key=lambda h: h.start - h.end):
        entry = hit.entries[0]
        whole = hit.start == (publisher.fold[0] == "the") or hit.start == 0
        if entry.type == "publication":
            return Found(-1, 0, entry.type, entry.entity_id, entry.name, "name", entry.register, entry.register_id)
        if whole:
            return None
    kind = split_words(facts.kind)
    told = any(lists["periodical_kinds"].at(kind, k) for k in range(len(kind))) and "release" not in kind.fold
    headed = len(publisher) > 1 and (lists["publication_heads"].before(publisher, len(publisher)) == 1 or (
        publisher.fold[0] == "the" and len(publisher) == 2))
    person = publisher.fold[0] in cues.given_names and len(publisher) == 2 and not headed
    if person or not (told or headed):
        return None
    return periodical(-1, 0, publisher.written(0, len(publisher)), "publisher")


def named_as_publisher(page: Page, paper: Found | None) -> Iterator[Found]:
    """Where the text names its own publisher in full, without "The"."""
    if paper is None:
        return
    words, name = page.words, split_words(article(page.doc).publisher)
    own = name.fold[1:] if name.fold[0] == "the" and len(name) > 2 else name.fold
    if len(own) < 2 and not (own and "." in own[0]):
        return
    for k in range(len(words) - len(own) + 1):
        if words.fold[k] == own[0] and words.fold[k:k + len(own)] == own and words.capital(k):
            yield Found(k, k + len(own), paper.type, paper.entity_id, paper.name, paper.rule, paper.register,
                        paper.register_id)


def find_journals(page: Page, cues: Cues) -> Iterator[Found]:
    """Journals in references: what stands between a title and ", 35(4)", ", 57, pp." or ", vol. 3"."""
    words, months = page.words, cues.lists["organisations"]["months"].phrases
    for k in range(2, len(words) - 2):
        bare = words.at(k).isdigit() and words.at(k + 1) == "(" and words.at(k + 3) == ")"
        if not (bare or words.text[k] == ",") or not _issue(words, k + (words.text[k] == ","), months):
            continue
        i = k - 1
        while i > 0 and k - i < 12 and (words.capital(i) or words.fold[i] in CONNECTORS) and not words.fresh[i]:
            i -= 1
        first = next((j for j in range(i + 1, k) if words.capital(j)), k)
        opened = words.text[i] in {".", "”", "’", '"', "'", "?"} or (words.text[i] == "," and words.text[i - 1] in {
            "”", "’", '"', "'"})
        if opened and words.capital(k - 1) and k - first > 1:
            name = in_title_case(words.written(first, k))
            yield periodical(first, k, name, "form-reference")


def _issue(words: Words, k: int, months: Collection[str]) -> bool:
    """Whether volume and pages of a journal begin at word ``k``."""
    day = words.at(k).isdigit() and len(words.at(k)) < 3
    if words.capital(k + day) and words.at(k + day) in months and len(words.at(k + day + 1)) == 4 and words.at(
            k + day + 1).isdigit():
        return True
    if words.at(k) in {"vol", "volume"}:
        return words.at(k + 1).isdigit() or words.at(k + 2).isdigit()
    number = words.at(k).isdigit() and len(words.at(k)) < 4
    return number and ((words.at(k + 1) == "(" and words.at(k + 2)[:1].isdigit()) or words.at(k + 1) == ":" or (
        words.at(k + 1) == "," and (words.at(k + 2) in {"pp", "p", "no"} or words.at(k + 2).isdigit())))
