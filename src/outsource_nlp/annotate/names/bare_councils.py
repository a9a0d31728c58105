"""Bare places of a page that stand for their councils.

In go the known names of a page and what is taken already, out come the places that ``place_or_council`` judges to be
councils; two that a hyphen ties share their span.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.forms import written_name
from outsource_nlp.annotate.names.gazetteer import Gazetteer, Hit
from outsource_nlp.annotate.names.identity import slug
from outsource_nlp.annotate.names.page import Found, Page
from outsource_nlp.annotate.names.place_or_council import Judgment, Place, judge
from outsource_nlp.annotate.names.which_council import as_found


def bare_councils(page: Page, hits: Sequence[Hit], found: Sequence[Found], taken: Collection[int],
                  people: Collection[int], cues: Cues) -> list[Found]:
    """The places that stand for their councils.

    ``found`` is what is named beyond doubt, ``taken`` its words, ``people`` the words of persons.
    """
    full = {f.entity_id for f in found if f.type == "council"}
    free = list(free_places(hits, taken))
    places = [Place(hit.start, hit.end, any(e.entity_id in full for e in hit.entries),
                    any(k in people for k in range(hit.start, hit.end))) for hit in free]
    certain = [(f.start, f.end) for f in found if f.type == "council"]
    verdicts = judge(page.words, places, cues, page.subject, certain)
    councils = [as_found(next(e for e in hit.entries if e.type == "council"), hit, "place-as-council")
                for hit, verdict in zip(free, verdicts, strict=True) if verdict.council]
    return _joined_spans(page, councils)


def free_places(hits: Sequence[Hit], taken: Collection[int]) -> Iterator[Hit]:
    """Places that may be councils, in words that are not taken; the longest where several overlap."""
    end = 0
    for hit in sorted((h for h in hits if h.weak and any(e.type == "council" for e in h.entries)),
                      key=lambda h: (h.start, -h.end)):
        if hit.start >= end and not any(k in taken for k in range(hit.start, hit.end)):
            end = hit.end
            yield hit


def with_listed_places(page: Page, form: Found, places: Mapping[int, int]) -> Found:
    """"Barnet, Enfield and Haringey Mental Health NHS Trust": a body named after several places begins at the first.

    ``places`` has the first word of each place by the word behind it.
    """
    words, start = page.words, form.start
    if form.type not in {"government", "provider"} or "and" not in words.fold[start:form.end] or (
            start not in places.values()):
        return form
    while words.at(start - 1) == "," and start - 1 in places:
        start = places[start - 1]
    if start == form.start:
        return form
    name = written_name(page, start, form.end)
    return replace(form, start=start, name=name, entity_id=f"{form.type}:{slug(name)}")


def judgments(page: Page, gazetteer: Gazetteer, cues: Cues) -> list[tuple[str, Judgment]]:
    """Each bare place of a page with its judgment, to see why it counts or not."""
    hits = list(gazetteer.find(page.words))
    sure = {k for hit in hits if not hit.weak for k in range(hit.start, hit.end)}
    free = list(free_places(hits, sure))
    verdicts = judge(page.words, [Place(h.start, h.end) for h in free], cues, page.subject)
    return [(page.words.written(h.start, h.end), v) for h, v in zip(free, verdicts, strict=True)]


def _joined_spans(page: Page, councils: Sequence[Found]) -> list[Found]:
    """"Richmond-and-Kingston": both councils get the whole span."""
    words, out = page.words, list(councils)
    for i, (one, other) in enumerate(pairwise(councils)):
        if other.start - one.end <= 1 and all(words.joined[k] for k in range(one.end, other.start + 1)):
            out[i], out[i + 1] = (replace(each, start=one.start, end=other.end, rule="joined-councils")
                                  for each in (one, other))
    return out
