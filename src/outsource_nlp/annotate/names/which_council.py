"""Which council is meant by a name that several share.

In goes the name with its bearers, out comes one of them, or none where nothing decides. What decides, in this order:
a full name elsewhere in the text; the article's date, where all but one did not exist; the regions of the other
councils and places named (those of the same sentence and of the publisher count for more); the bearer whose official
short name it is ("Newcastle" is that of Newcastle City Council); last, that a body still exists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from outsource_nlp.annotate.layers import article
from outsource_nlp.annotate.names.gazetteer import Entry, Gazetteer, Hit
from outsource_nlp.annotate.names.page import Found, Page
from outsource_nlp.annotate.names.words import Words, split_words

_BESIDE, _NEAR, _PUBLISHER = 30, 4, 3
"""What a region counts for right beside the name, in its sentence, in the publisher's name; elsewhere 1 a sentence."""
_REACH = 3
"""A name that begins so many words before another stands beside it."""
_TELLING = {"yorkshire": "Yorkshire and The Humber", "humberside": "Yorkshire and The Humber"}
"""Words that tell a region without being its name."""
_KIND = re.compile(
    r"^(?:the )?(?:(?:london|royal|metropolitan) borough|city|borough council|council) of (?:the )?"
    r"| (?:metropolitan |london )?(?:county |city |borough |district |unitary )*(?:council|corporation|authority)$")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where and when a text plays.

    Attributes:
        full: ids of the councils that are named in full.
        alone: names that one council alone bears.
        named: where regions are named, by councils and places too: (word, region).
        regions: in how many sentences a region is named, the publisher counted in.
        published: the article's date.
    """

    full: frozenset[str]
    alone: Sequence[Hit]
    named: Sequence[tuple[int, str]]
    regions: Mapping[str, int]
    published: str

    def votes(self, entry: Entry, words: Words, hit: Hit) -> int:
        """How much speaks for the region of a council at a name."""
        total = self.regions.get(entry.region, 0)
        for k, region in self.named:
            if region == entry.region and words.same_sentence(k, hit.start):
                total += _BESIDE if hit.start - _REACH <= k <= hit.end + 1 else _NEAR
        return total


def settled(page: Page, hits: Sequence[Hit], gazetteer: Gazetteer) -> list[Hit]:
    """The hits, with one bearer each wherever something decides between several councils."""
    if not any(shared(hit) for hit in hits):
        return list(hits)
    around = _surroundings(page, hits, gazetteer)
    return [_with_bearers(page, hit, around) if shared(hit) else hit for hit in hits]


def shared(hit: Hit) -> bool:
    """Whether several councils bear the name."""
    return len(hit.entries) > 1 and all(e.type == "council" for e in hit.entries)


def as_found(entry: Entry, hit: Hit, rule: str) -> Found:
    """A known name as found; one that several councils still share names none of them, and lists them."""
    if shared(hit):
        ids = tuple(sorted(e.entity_id for e in hit.entries))
        return Found(hit.start, hit.end, entry.type, "", entry.name, "ambiguous", candidates=ids)
    return Found(hit.start, hit.end, entry.type, entry.entity_id, entry.name, rule, entry.register, entry.register_id)


def _with_bearers(page: Page, hit: Hit, around: Surroundings) -> Hit:
    """The name with the bearers that are left; who goes by another name in the sentence is not meant by this one."""
    name = short_name(" ".join(page.words.fold[hit.start:hit.end]))
    words = page.words
    others = {h.entries[0].entity_id for h in around.alone if words.same_sentence(h.start, hit.start)
              and words.fold[hit.start] not in words.fold[h.start:h.end]}
    left = [e for e in hit.entries if e.entity_id not in others] or list(hit.entries)
    left = [e for e in left if e.entity_id in around.full] or left
    left = closest_in_time(left, around.published)
    votes = [around.votes(e, page.words, hit) for e in left]
    left = [e for e, n in zip(left, votes, strict=True) if n == max(votes)]
    left = [e for e in left if short_name(" ".join(split_words(e.name).fold)) == name] or left
    if len({short_name(" ".join(split_words(e.name).fold)) for e in left}) == 1:
        left = [e for e in left if not e.end] or left
    return Hit(hit.start, hit.end, tuple(left), hit.weak, hit.rule)


def _surroundings(page: Page, hits: Sequence[Hit], gazetteer: Gazetteer) -> Surroundings:
    words, facts = page.words, article(page.doc)
    alone = [h for h in hits if h.entries[0].type == "council" and not shared(h)]
    named = [(h.start, h.entries[0].region) for h in alone] + list(_regions_named(words, gazetteer))
    regions = Counter(region for _, region in {(words.sentence[k], region) for k, region in named})
    publisher = split_words(facts.publisher)
    for region in {h.entries[0].region for h in gazetteer.find(publisher) if h.entries[0].type == "council"
                   and not shared(h)} | {region for _, region in _regions_named(publisher, gazetteer)}:
        regions[region] += _PUBLISHER
    full = frozenset(h.entries[0].entity_id for h in alone if not h.weak)
    return Surroundings(full, alone, named, regions, facts.published)


def _regions_named(words: Words, gazetteer: Gazetteer) -> Iterator[tuple[int, str]]:
    """Where the text names a region of the gazetteer, by its whole name or a word that tells it."""
    phrases = _region_phrases(gazetteer)
    for i, word in enumerate(words.fold):
        for phrase, region in phrases.get(word, ()):
            if words.capital(i) and words.fold[i:i + len(phrase)] == phrase:
                yield i, region


@lru_cache(maxsize=8)
def _region_phrases(gazetteer: Gazetteer) -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
    """The names of regions as folded words, by their first word."""
    names = {e.region: e.region for e in gazetteer.by_id.values() if e.type == "council" and e.region}
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, region in sorted((names | _TELLING).items()):
        phrase = split_words(name).fold
        found.setdefault(phrase[0], []).append((phrase, region))
    return found


def short_name(name: str) -> str:
    """A folded name without the words for its kind: "newcastle city council" -> "newcastle"."""
    return _KIND.sub("", name)


def closest_in_time(entries: Iterable[Entry], published: str) -> list[Entry]:
    """Those that existed when an article was published, else those whose life is nearest; all if no date is known.

    ``published`` is an ISO date, year and month, or year; a body exists if it does on any day of that time.
    """
    kept = list(entries)
    span = _days(published)
    if span is None:
        return kept
    gaps = [_gap(e, *span) for e in kept]
    return [e for e, gap in zip(kept, gaps, strict=True) if gap == min(gaps)]


def _gap(entry: Entry, first: int, last: int) -> int:
    """Days between an article's time and a body's life; 0 if it existed."""
    start, end = _days(entry.start), _days(entry.end)
    if start is not None and last < start[0]:
        return start[0] - last
    if end is not None and first > end[-1]:
        return first - end[-1]
    return 0


def _days(iso: str) -> tuple[int, int] | None:
    """First and last day of a date, month or year, as ordinals; None if it is no date."""
    parts = iso.split("-")
    try:
        year, month, day = (int(p) for p in (*parts, *("1" for _ in range(3 - len(parts)))))
        first = date(year, month, day).toordinal()
    except ValueError:
        return None
    return first, first + (0 if len(parts) == 3 else 27 if len(parts) == 2 else 364)
