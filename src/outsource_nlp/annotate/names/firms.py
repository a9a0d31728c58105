"""Firms that no list and no form names: by the words that only firms are named behind.

In goes a page, out come companies under the rule ``firm-in-frame``: "a subsidiary of the French group Valmeaux",
"Sapling, formerly Bramley Residential". A former name stays an entity of its own; who takes both for one says so in a
list of merges, and then it holds in every article.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.identity import slug, without_legal_form
from outsource_nlp.annotate.names.page import Found, Page
from outsource_nlp.annotate.names.periodicals import free_runs

_NO_FIRMS = frozenset({"NORP", "DATE", "EVENT", "LAW"})


def firms_by_frame(page: Page, taken: Collection[int], runs: Iterable[tuple[int, int]], ends: Collection[int],
                   places: Collection[tuple[int, int]], cues: Cues) -> Iterator[Found]:
    """Companies by the words before them.

    ``ends`` are the words at which a company's name has just ended, ``places`` spans that may be places.
    """
    words, common = page.words, cues.lists["people"]["not_in_names"]
    for first, end in free_runs(words, runs, taken):
        openers = cues.lists["organisations"]["sentence_openers"]
        start = next((k for k in range(first, end) if words.fold[k] not in openers), end)
        stop = next((k for k in range(start + 1, end) if words.fold[k] in {"and", "of"}), end)
        if start >= stop or stop - start > 4 or page.label[start] in _NO_FIRMS or (
                start, stop) in places:
            continue
        own = [k for k in range(start, stop) if words.fold[k] not in common and not page.lower[words.fold[k]]]
        if not own or (words.text[start].isupper() and stop - start > 1):
            continue
        told = page.label[start] != "PERSON" and cues.lists["firms"]["followers"].at(words, stop) > 0
        if told or _framed(page, start, ends, cues):
            name = without_legal_form(words.written(start, stop))
            yield Found(start, stop, "company", f"company:{slug(name)}", name, "firm-in-frame")


def _framed(page: Page, start: int, ends: Collection[int], cues: Cues) -> bool:
    words, lists = page.words, cues.lists["firms"]
    at = start - (words.at(start - 1) == "the")
    if not words.same_sentence(at - 1, start):
        return False
    if lists["frames"].before(words, at):
        return True
    former = lists["former_names"].before(words, at)
    if former and words.at(at - former - 1) in {"(", ","} and at - former - 1 in ends:
        return True
    if (n := lists["renamed"].before(words, at)) and any(
            e in ends and words.same_sentence(e - 1, at) for e in range(max(0, at - n - 12), at - n + 1)):
        return True
    noun, near = words.at(start - 1), range(max(0, start - 4), start - 1)
    kind = any(words.same_sentence(k, start) and (
        page.label[k] == "NORP" or lists["kinds_of_group"].at(words, k)) for k in near)
    return noun in lists["group_nouns"] and kind and words.text[start - 1].islower()
