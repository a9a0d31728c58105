"""Concordance: every place where a pattern occurs, in its context, with the article's metadata.

Enters: a connection and a pattern. Leaves: a row a hit. textacy's ``keyword_in_context`` is not used, because it needs
a spaCy Doc for each article and knows neither lemmas nor tags nor entities.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd

from outsource_nlp.compare import tokens
from outsource_nlp.compare.patterns import Pattern
from outsource_nlp.errors import ComparisonError

METADATA = ("path", "publisher", "kind", "authors", "published", "title", "stance")
COLUMNS = ("left", "match", "right", *METADATA, "article_id", "start", "end")
WIDTH = 60
"""Characters shown on each side."""

Row = dict[str, Any]


def _by(name: str) -> Callable[[Row], tuple[str, ...]]:
    return lambda row: (row[name],)


SORTS: dict[str, Callable[[Row], tuple[str, ...]]] = {
    "text": lambda _: (),
    "left": lambda row: tuple(reversed(row["left"].lower().split())),
    "match": lambda row: tuple(row["match"].lower().split()),
    "right": lambda row: tuple(row["right"].lower().split()),
    **{name: _by(name) for name in ("publisher", "kind", "published", "stance")},
}
"""How lines can be sorted; equal ones stay in the order of path and place. ``left`` begins at the match."""


def kwic(
    connection: duckdb.DuckDBPyConnection, pattern: str, *, width: int = WIDTH, sort: str = "text",
    copies: bool = False,
) -> pd.DataFrame:
    """Key words in context.

    Args:
        connection: holds the tables; it is only read.
        pattern: words, or a pattern over tokens; see ``patterns``.
        width: characters shown on each side.
        sort: one of ``SORTS``.
        copies: show near copies of other articles as well.

    Returns:
        One row a hit: left, match and right with white space made plain, the article's metadata, and article_id, start
        and end of the match in characters.

    Raises:
        ComparisonError: the pattern cannot be read, or the sort is not known.
    """
    if sort not in SORTS:
        raise ComparisonError.unknown("lines sorted by", sort, SORTS)
    sought = Pattern(pattern)
    wanted = tokens.ALL_AND_COPIES if copies else tokens.ALL
    spans: dict[str, list[tuple[int, int]]] = {}
    for sentence in tokens.read(connection, sought.attributes, wanted=wanted):
        for first, end in sought.find(sentence):
            spans.setdefault(sentence.article_id, []).append(sentence.span(first, end - 1))
    rows: list[Row] = [row for article, found in spans.items() for row in _lines(connection, article, found, width)]
    rows.sort(key=SORTS[sort])
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _lines(
    connection: duckdb.DuckDBPyConnection, article: str, spans: list[tuple[int, int]], width: int
) -> list[Row]:
    text, *cells = connection.execute(
        f"SELECT text, {', '.join(METADATA)} FROM documents JOIN texts USING (article_id) WHERE article_id = $id",
        {"id": article}).fetchall()[0]
    facts = dict(zip(METADATA, cells, strict=True))
    return [{"left": _plain(text[max(0, start - 2 * width):start])[-width:].lstrip(), "match": _plain(text[start:end]),
             "right": _plain(text[end:end + 2 * width])[:width].rstrip(), **facts, "article_id": article,
             "start": start, "end": end} for start, end in spans]


def _plain(text: str) -> str:
    return " ".join(text.split())
