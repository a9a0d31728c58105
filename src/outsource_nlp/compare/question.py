"""What is asked of the tables, as a value.

Every step from SQL to id takes it whole, so that two frames made of the same question carry the same ids.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from outsource_nlp.records import fingerprint, short_id

REST = "(all others)"
"""The reference that consists of all grouped articles outside the group."""


@dataclass(frozen=True, slots=True)
class Question:
    """How articles are grouped and what is compared.

    Attributes:
        copies: whether near copies of other articles count too.
        min_articles: items in fewer articles are left out, and not tested.
        split: by what the statements or quotations of a group are parted, such as ``aspect``.
        size: words of an n-gram.
        word_list: file with a count a word that stands in for the reference; empty for none.
    """

    by: str
    of: str
    copies: bool = False
    min_articles: int = 2
    split: tuple[str, ...] = ()
    size: int = 2
    word_list: str = ""

    def comparison_id(self, group: str, reference: str, stratum: str, item: str, statistic: str) -> str:
        """The id of one figure."""
        return short_id("c", question=_identity(self), group=group, reference=reference, stratum=stratum, item=item,
                        statistic=statistic)


@functools.lru_cache(maxsize=64)
def _identity(question: Question) -> str:
    """What tells one question from another; a list and a split are named in the reference and the stratum."""
    return fingerprint(
        by=question.by, of=question.of, copies=str(question.copies), min_articles=str(question.min_articles),
        size=str(question.size if question.of == "ngrams" else 0),
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
