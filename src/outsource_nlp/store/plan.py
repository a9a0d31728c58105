"""What the store knows and what the corpus holds now in, the work to do out; a pure function.

It decides by content and recipe alone, never by file dates, so the same corpus asks for the same work anywhere.
"""

from __future__ import annotations

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
    """

    new: tuple[str, ...]
    edited: tuple[str, ...]
    stale: tuple[str, ...]
    same: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done."""
        return not (self.new or self.edited or self.stale or self.gone)


def plan(known: Mapping[str, Known], current: Mapping[str, str], *, recipe: str) -> Plan:
    """Compare what is stored with what is there.

    Args:
        known: stored articles by article_id.
        current: ``Article.content`` by article_id, for every article that could be read.
        recipe: fingerprint of what would make the rows now; it covers that of the parse.
    """
    kept = [article_id for article_id in current if article_id in known]
    alike = [article_id for article_id in kept if known[article_id].content == current[article_id]]
    stale = {article_id for article_id in alike if known[article_id].recipe != recipe}
    return Plan(
        new=tuple(sorted(current.keys() - known.keys())),
        edited=tuple(sorted(set(kept).difference(alike))),
        stale=tuple(sorted(stale)),
        same=tuple(sorted(set(alike) - stale)),
        gone=tuple(sorted(known.keys() - current.keys())),
    )
