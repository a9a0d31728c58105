"""What the store knows and what the corpus holds now in, the work to do out; a pure function.

It decides by content and recipe alone, never by file dates, so the same corpus asks for the same work anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """What the store remembers of an article: where it was, what it said, what made its Doc and its rows."""

    path: str
    content: str
    parse_recipe: str
    recipe: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Sorted article ids; ``new``, ``edited``, ``stale`` and ``same`` share out the corpus.

    Attributes:
        new: not in the store.
        edited: in the store with another content.
        stale: the same content, made by another recipe.
        same: nothing to do.
        gone: in the store, no longer in the corpus.
        reparse: those of ``stale`` whose stored Doc is out of date too.
        renamed: pairs (gone, new) of equal content; both are listed in ``gone`` and ``new`` as well.
    """

    new: tuple[str, ...]
    edited: tuple[str, ...]
    stale: tuple[str, ...]
    same: tuple[str, ...]
    gone: tuple[str, ...]
    reparse: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]

    @property
    def to_parse(self) -> tuple[str, ...]:
        """Articles that need the model."""
        return tuple(sorted((*self.new, *self.edited, *self.reparse)))

    @property
    def to_reuse(self) -> tuple[str, ...]:
        """Articles whose rows are made again from the stored Doc."""
        again = set(self.reparse)
        return tuple(article_id for article_id in self.stale if article_id not in again)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done."""
        return not (self.new or self.edited or self.stale or self.gone)


def plan(known: Mapping[str, Known], current: Mapping[str, str], *, parse_recipe: str, recipe: str) -> Plan:
    """Compare what is stored with what is there.

    Args:
        known: stored articles by article_id.
        current: ``Article.content`` by article_id, for every article that could be read.
        parse_recipe: fingerprint of what would make the Docs now.
        recipe: fingerprint of what would make the rows now.
    """
    kept = [article_id for article_id in current if article_id in known]
    alike = [article_id for article_id in kept if known[article_id].content == current[article_id]]
    reparse = {article_id for article_id in alike if known[article_id].parse_recipe != parse_recipe}
    stale = {article_id for article_id in alike if known[article_id].recipe != recipe} | reparse
    new = sorted(current.keys() - known.keys())
    gone = sorted(known.keys() - current.keys())
    return Plan(
        new=tuple(new),
        edited=tuple(sorted(set(kept).difference(alike))),
        stale=tuple(sorted(stale)),
        same=tuple(sorted(set(alike) - stale)),
        gone=tuple(gone),
        reparse=tuple(sorted(reparse)),
        renamed=_renamed({name: known[name].content for name in gone}, {name: current[name] for name in new}),
    )


def _renamed(gone: Mapping[str, str], new: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs of equal content; of several equal ones the first goes with the first."""
    by_content: dict[str, list[str]] = defaultdict(list)
    for article_id, content in gone.items():
        by_content[content].append(article_id)
    pairs = []
    for article_id, content in new.items():
        if by_content.get(content):
            pairs.append((by_content[content].pop(0), article_id))
    return tuple(sorted(pairs))
