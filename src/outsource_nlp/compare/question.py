"""What is asked of the tables, as a value.

Every step from SQL to id takes it whole, so that two frames made of the same question carry the same ids.
"""

from __future__ import annotations

from dataclasses import dataclass

from outsource_nlp.records import short_id

REST = "(all others)"
"""The reference that consists of all grouped articles outside the group."""


@dataclass(frozen=True, slots=True)
class Question:
    """How articles are grouped and what is compared.

    Attributes:
        copies: whether near copies of other articles count too.
        min_articles: items in fewer articles are left out, and not tested.
    """

    by: str
    of: str
    copies: bool = False
    min_articles: int = 2

    def comparison_id(self, group: str, reference: str, item: str, statistic: str) -> str:
        """The id of one figure."""
        return short_id(
            "c", by=self.by, of=self.of, group=group, reference=reference, item=item, statistic=statistic,
            copies=str(self.copies), min_articles=str(self.min_articles),
        )


@dataclass(frozen=True, slots=True)
class Arena:
    """Groups that are held against each other.

    Attributes:
        groups: those that are each compared with the rest of the arena.
        reference: what the rest is called: ``REST`` of all grouped articles, or the one other group in it.
    """

    groups: tuple[str, ...]
    reference: str = REST
