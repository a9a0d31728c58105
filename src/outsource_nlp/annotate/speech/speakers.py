"""Speakers: from the token that names one to the entity behind it.

A ``Page``, its ``Cast`` and the quotations found enter, in text order; a ``Speaker`` for each leaves. What the text
does not make plain stays unknown.
"""

from __future__ import annotations

from collections.abc import Sequence

from outsource_nlp.annotate.speech.cast import Cast, bare_name
from outsource_nlp.annotate.speech.lexicon import Lexicon
from outsource_nlp.annotate.speech.named import Speaker, named_by, speaker_for
from outsource_nlp.annotate.speech.page import Found, Page
from outsource_nlp.annotate.speech.pronouns import OTHER, SINGULAR, he_or_she, they_or_it

UNKNOWN = Speaker()
LONGEST = 12
"""Words of a description that stands for a name."""


def resolve(page: Page, cast: Cast, found: Sequence[Found], lexicon: Lexicon) -> list[Speaker]:
    """One speaker a quotation, in the same order."""
    out: list[Speaker] = []
    for number, one in enumerate(found):
        earlier = ((found[k], out[k]) for k in range(number - 1, max(-1, number - 30), -1))
        last = next(((f, s) for f, s in earlier if s.name and f.end <= one.end and f.start < one.start), None)
        out.append(_speaker(page, cast, one, last, lexicon))
    return out


def _speaker(page: Page, cast: Cast, one: Found, last: tuple[Found, Speaker] | None, lexicon: Lexicon) -> Speaker:
    if one.named:
        member = cast.named(one.named)
        return speaker_for(member, None) if member is not None else Speaker(bare_name(one.named), type="person")
    if one.head < 0:
        return Speaker(last[1].name, last[1].entity_id, last[1].type) if one.follows and last is not None else UNKNOWN
    word = page.lower[one.head]
    if word in SINGULAR:
        return he_or_she(page, cast, one, word, last, lexicon)
    if word in {"one", "those"} and page.parsed and (described := _described(page, one)):
        return Speaker(described, type="person")
    if word in OTHER:
        return they_or_it(page, cast, one, word, last, lexicon)
    return named_by(page, cast, _before_cue(page, cast, one), lexicon)


def _described(page: Page, one: Found) -> str:
    """"one of the councillors", "those opposed to the plan": who they are, as written; "" if nothing says it."""
    head = page.tokens[one.head]
    end = head.right_edge.i + 1
    if one.cue is not None and one.head < one.cue[0]:
        end = min(end, one.cue[0])
    return page.text((one.head, end)).rstrip(" ,") if 2 < end - one.head <= LONGEST else ""


def _before_cue(page: Page, cast: Cast, one: Found) -> int:
    """Of "12.15 pm. Jane Roe says" and "Leeds council leader Jane Roe said" the name beside the cue is the head."""
    if one.cue is None or not one.head < one.cue[0] <= one.head + 8:
        return one.head
    beside = cast.over(one.cue[0] - 1)
    here = cast.over(one.head)
    if (
        beside is not None
        and beside.type == "person"
        and (here is None or here.type != "person")
        and all(page.tokens[t].text[:1].isupper() for t in range(one.head + 1, beside.start))
        and beside.start > one.head
    ):
        return beside.end - 1
    return one.head
