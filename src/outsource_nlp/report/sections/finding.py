"""The finding in words: what a reader takes away from one screen.

The other sections' figures enter, sentences' facts leave; nothing is counted here, so that the words and the
tables cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass

from outsource_nlp.report.sections.aspects import Aspect, Aspects
from outsource_nlp.report.sections.stances import Group, Stances

FEW = 30
"""Below so many articles the finding says that it describes them and no more."""

AT_LEAST = 3
"""Articles that a group needs to be named as leaning furthest."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """A group and the share of its statements on one side."""

    name: str
    articles: int
    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Finding:
    """``verdict`` is the side that more articles take, split or nothing; ``clear`` if chance is no reason for it."""

    verdict: str
    clear: bool
    few: bool
    author: Group | None
    reported: tuple[int, int, int]
    against: list[Aspect]
    for_: list[Aspect]
    leanings: dict[str, Leaning]


def read(stances: Stances, aspects: Aspects, by: str = "publisher") -> Finding:
    """The figures of the opening paragraphs."""
    shares = stances.all_articles.shares
    against, for_ = shares.get("against"), shares.get("for")
    if against is None or for_ is None or against.count + for_.count == 0:
        verdict, clear = "nothing", False
    else:
        verdict = "split" if against.count == for_.count else "against" if against.count > for_.count else "for"
        clear = against.low > for_.high or for_.low > against.high
    voices = {group.name: group for group in stances.statements["voice"]}
    reported = [group for name, group in voices.items() if name != "author"]
    counted = [sum(group.shares[side].count for group in reported) for side in ("against", "for")]
    return Finding(
        verdict=verdict, clear=clear, few=stances.all_articles.n < FEW, author=voices.get("author"),
        reported=(sum(group.n for group in reported), counted[0], counted[1]),
        against=_foremost(aspects, "against"), for_=_foremost(aspects, "for_"),
        leanings={side: leaning for side in ("against", "for") if (leaning := _leaning(stances.statements[by], side))},
    )


def _foremost(aspects: Aspects, side: str) -> list[Aspect]:
    """The three arguments used most on a side."""
    ranked = sorted(aspects.aspects, key=lambda aspect: (-getattr(aspect, side), aspect.name))
    return [aspect for aspect in ranked[:3] if getattr(aspect, side)]


def _leaning(groups: list[Group], side: str) -> Leaning | None:
    """The group with the largest share on a side, if more than one has enough articles."""
    able = [g for g in groups if g.shares and g.articles >= AT_LEAST]
    if len(able) < 2:
        return None
    group = max(able, key=lambda g: (g.shares[side].value, g.name))
    share = group.shares[side]
    return Leaning(group.name, group.articles, group.n, share.value, share.low, share.high)
