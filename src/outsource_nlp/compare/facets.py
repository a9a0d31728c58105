"""What a group's statements, quotations and articles can be sorted by, and parted by, as SQL.

Nothing enters; SQL leaves, so that a share and the rows behind it are found by the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outsource_nlp.compare.groups import BY
from outsource_nlp.errors import ComparisonError
from outsource_nlp.schema import CUE_CLASSES, DOCUMENT_STANCES, HOLDER_TYPES, LIST_SEPARATOR, MODES, STANCES

BALANCE = "for - against"
"""The item of a balance of two sides."""

KEYS = {"statements": "statement_id", "quotations": "quotation_id", "documents": "article_id"}


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to sort the rows of a table into classes.

    Attributes:
        where: which rows, as SQL.
        label: the column that holds the class.
        labels: the classes.
    """

    name: str
    table: str
    where: str
    label: str
    labels: tuple[str, ...]

    @property
    def unit(self) -> str:
        """What is counted."""
        return "articles" if self.table == "documents" else self.table

    @property
    def sided(self) -> bool:
        """Whether the classes are sides, so that they have a balance."""
        return self.label == "stance"


FACETS: dict[str, tuple[Facet, ...]] = {
    "stance": (
        Facet("author", "statements", "voice = 'author'", "stance", STANCES),
        Facet("reported", "statements", "voice <> 'author'", "stance", STANCES),
        Facet("all", "statements", "TRUE", "stance", STANCES),
        Facet("articles", "documents", "TRUE", "stance", DOCUMENT_STANCES),
    ),
    "voices": (
        Facet("mode", "quotations", "TRUE", "mode", MODES),
        Facet("cue", "quotations", "TRUE", "cue_class", CUE_CLASSES),
        Facet("speaker", "quotations", "TRUE", "speaker_type", HOLDER_TYPES),
    ),
}
"""The voice or kind of class is in the name of a statistic, ``share_author``, because two voices are two figures."""


def _each(column: str) -> str:
    return f"trim(unnest(string_split({column}, '{LIST_SEPARATOR.strip()}')))"


OF_ROWS = {
    "statements": {"aspect": _each("aspects"), "service": _each("services"), "holder_type": "holder_type",
                   "holder": "holder"},
    "quotations": {"speaker": "speaker", "speaker_type": "speaker_type", "cue_class": "cue_class"},
    "documents": {},
}
"""Columns of a table by which its rows can be parted, as SQL."""

OF_ARTICLES = ("publisher", "kind", "year", "quarter")
"""Groupings of articles by which rows of any table can be parted."""

SPLITS = (*OF_ROWS["statements"], *OF_ROWS["quotations"], *OF_ARTICLES)


def facets(of: str, split: Sequence[str]) -> tuple[Facet, ...]:
    """The facets that can be parted so.

    Raises:
        ComparisonError: there is none.
    """
    for name in split:
        if name not in SPLITS:
            raise ComparisonError.unknown("split", name, SPLITS)
    found = tuple(f for f in FACETS[of] if set(split) <= {*OF_ROWS[f.table], *OF_ARTICLES})
    if not found:
        raise ComparisonError.unknown(f"{of} split by", " and ".join(split), SPLITS)
    return found


def rows(facet: Facet, split: Sequence[str]) -> str:
    """SQL of (article_id, id, item, stratum): a row a statement, quotation or article and stratum it is in.

    It stands behind the CTE ``kept``. A row that lacks what it is parted by is in no stratum.
    """
    own = [name for name in split if name in OF_ROWS[facet.table]]
    columns = "".join(f", {OF_ROWS[facet.table][name]} AS own_{i}" for i, name in enumerate(own))
    parted = f"SELECT article_id, {KEYS[facet.table]} AS id, {facet.label} AS item{columns} " \
             f"FROM {facet.table} WHERE {facet.where}"
    source, parts = f"({parted})", {name: f"own_{i}" for i, name in enumerate(own)}
    for i, name in enumerate(name for name in split if name not in own):
        source += f" JOIN (SELECT article_id, grp AS article_{i} FROM ({BY[name]})) USING (article_id)"
        parts[name] = f"article_{i}"
    stratum = " || '; ' || ".join(f"'{name}=' || {parts[name]}" for name in split) or "''"
    present = " AND ".join(f"{parts[name]} <> ''" for name in split) or "TRUE"
    return f"SELECT DISTINCT article_id, id, item, {stratum} AS stratum FROM {source} WHERE {present}"
