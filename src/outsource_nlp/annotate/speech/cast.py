"""Who is named in a document: the mentions a speaker may be resolved to, and what else they are called.

A ``Page`` enters, a ``Cast`` leaves. Mentions come from ``outsource_entities`` where that has run; named entities of
the model fill the gaps.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.speech.lexicon import Lexicon
from outsource_nlp.annotate.speech.page import Page

_FROM_MODEL = {"PERSON": "person", "ORG": "organisation", "GPE": "organisation", "NORP": "group"}
_HOLDER = {"person": "person", "government": "government", "council": "government", "group": "unknown"}
_TITLES = re.compile(
    r"^(?:(?:the|mr|mrs|ms|miss|dr|prof|professor|sir|dame|lord|lady|cllr|councillor|sen|rep|gov|president|senator"
    r"|secretary|congressman|congresswoman|governor|mayor|rev|baroness|baron)\.?\s+)+",
    re.I,
)
_WALLS = frozenset({".", ";", "said", "and", "for", "of", "at", "in", "from", "to", "with", "by"})
_TAIL = re.compile(r"(?:['’]s?|,.*)$")


@dataclass(frozen=True, slots=True)
class Member:
    """One mention: its tokens, entity id ("" if none), type and resolved name."""

    start: int
    end: int
    entity_id: str
    type: str
    name: str

    @property
    def holder_type(self) -> str:
        """One of ``schema.HOLDER_TYPES``."""
        return _HOLDER.get(self.type, "organisation")


@dataclass(frozen=True, slots=True)
class Cast:
    """Mentions in text order, per token the one over it (-1: none), and role nouns with the persons they fit."""

    members: Sequence[Member]
    starts: Sequence[int]
    at: Sequence[int]
    roles: dict[str, list[int]]

    def over(self, token: int) -> Member | None:
        """The mention over a token."""
        return self.members[self.at[token]] if self.at[token] >= 0 else None

    def before(self, token: int, reach: int) -> Iterator[Member]:
        """Mentions that end before a token, nearest first, at most ``reach`` tokens back."""
        at = bisect_left(self.starts, token) - 1
        while at >= 0 and self.members[at].end > token - reach:
            if self.members[at].end <= token:
                yield self.members[at]
            at -= 1

    def named(self, name: str) -> Member | None:
        """The mention that a label names: the same words, or the same last word of a person."""
        wanted = bare_name(name).lower()
        last = wanted.split()[-1:]
        exact = next((m for m in self.members if m.name.lower() == wanted), None)
        return exact or next(
            (m for m in self.members if m.type == "person" and m.name.lower().split()[-1:] == last), None
        )


def bare_name(name: str) -> str:
    """A name without titles before it and possessive after it, on one line."""
    short = _TITLES.sub("", _TAIL.sub("", " ".join(name.split())))
    return short or " ".join(name.split())


def gather(page: Page, lexicon: Lexicon) -> Cast:
    """The cast of a page."""
    known = layers.entities(page.doc)
    members = [
        Member(
            m.span.start,
            m.span.end,
            m.entity_id,
            m.type,
            known[m.entity_id].name if m.entity_id in known else m.span.text,
        )
        for m in layers.mentions(page.doc)
    ]
    taken = {token for m in members for token in range(m.start, m.end)}
    full = _full_names(page, members)
    for entity in page.doc.ents:
        if entity.label_ in _FROM_MODEL and not any(t in taken for t in range(entity.start, entity.end)):
            name, kind = bare_name(entity.text), _FROM_MODEL[entity.label_]
            if " " not in name and name.lower() in full:  # a surname, whatever the model takes it for
                name, kind = full[name.lower()], "person"
            members.append(Member(entity.start, entity.end, "", kind, name))
    members.sort(key=lambda m: (m.start, m.end, m.entity_id))
    if not page.parsed and not members:
        members = _capitalised(page)
    at = [-1] * len(page.lower)
    for number, member in enumerate(members):
        for token in range(member.start, member.end):
            if at[token] < 0:
                at[token] = number
    return Cast(members, [m.start for m in members], at, _roles(page, members, lexicon))


def _full_names(page: Page, members: Sequence[Member]) -> dict[str, str]:
    """Surname -> the full name it stands for, where only one fits."""
    names = {m.name for m in members if m.type == "person"}
    names |= {bare_name(e.text) for e in page.doc.ents if e.label_ == "PERSON"}
    full: dict[str, set[str]] = {}
    for name in names:
        words = name.split()
        if 2 <= len(words) <= 4:
            full.setdefault(words[-1].lower(), set()).add(name)
    return {last: next(iter(found)) for last, found in full.items() if len(found) == 1}


def _capitalised(page: Page) -> list[Member]:
    """Without any entities: runs of two or more capitalised words stand for names."""
    out: list[Member] = []
    at = 0
    texts = [token.text for token in page.tokens]
    while at < len(texts):
        end = at
        while end < len(texts) and texts[end][:1].isupper() and texts[end][-1:].isalpha():
            end += 1
        if end - at >= 2:
            out.append(Member(at, end, "", "group", bare_name(page.text((at, end)))))
        at = max(end, at + 1)
    return out


def _roles(page: Page, members: Sequence[Member], lexicon: Lexicon) -> dict[str, list[int]]:
    """Role nouns beside a person's name: "Professor X", "X, the union's secretary", "the secretary, X"."""
    roles: dict[str, list[int]] = {}
    for number, member in enumerate(members):
        if member.type != "person":
            continue
        lo, hi = max(0, member.start - 6), min(len(page.lower), member.end + 12)
        beside = {page.lower[t] for t in range(member.start, member.end)}
        for token in range(member.start - 1, lo - 1, -1):
            if (page.lower[token] == "," and token != member.start - 1) or page.lower[token] in _WALLS:
                break
            beside.add(page.lower[token])
        if member.end < hi and page.lower[member.end] in {",", "("}:
            for token in range(member.end + 1, hi):
                if page.lower[token] in {",", ".", ";", ")", "who", "said"}:
                    break
                beside.add(page.lower[token])
        if member.end < hi and page.lower[member.end] in {"is", "was", "became", "remains"}:
            for token in range(member.end + 1, hi):
                if page.lower[token] in {",", ".", ";", "who", "of", "and"}:
                    break
                beside.add(page.lower[token])
        for word in beside:
            if lexicon.kind(word) == "person":
                roles.setdefault(word, []).append(number)
    return roles
