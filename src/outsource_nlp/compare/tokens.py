"""The tokens of the articles, a sentence at a time, for whatever must see words in their order.

Enters: a connection and the articles wanted as SQL. Leaves: sentences. They are read from the table ``tokens``, a few
hundred at a time, so that a large corpus needs no more memory than a small one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

LAYERS = {"word": "words", "lemma": "lemmas", "pos": "pos", "tag": "tags", "dep": "deps"}
"""Attributes of a token and the columns that hold them."""

NAMES = {"entity": "type", "name": "name"}
"""Attributes of a token that come from ``mentions``."""

ATTRIBUTES = (*LAYERS, *NAMES)
AT_ONCE = 500

ALL = "wanted AS (SELECT article_id FROM documents WHERE coalesce(copy_of, '') = '')"
ALL_AND_COPIES = "wanted AS (SELECT article_id FROM documents)"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes:
        start: where it begins in the article's text, in characters.
        starts: where each token begins, counted from ``start``.
        values: for each attribute read, the values of each token; a token in two mentions has two names.
        heads: place of each token's head in the sentence; a root is its own.
    """

    article_id: str
    start: int
    words: Sequence[str]
    starts: Sequence[int]
    heads: Sequence[int]
    values: Mapping[str, Sequence[tuple[str, ...]]]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets, half open, of the tokens from ``first`` to ``last``, the last one included."""
        return self.start + self.starts[first], self.start + self.starts[last] + len(self.words[last])


def read(
    connection: duckdb.DuckDBPyConnection, attributes: Collection[str], *, wanted: str = ALL,
    parameters: Mapping[str, str] | None = None,
) -> Iterator[Sentence]:
    """The sentences of the wanted articles with some attributes, in the order of path and place.

    Args:
        connection: holds the tables.
        attributes: of ``ATTRIBUTES``.
        wanted: SQL of the CTEs up to ``wanted`` (article_id).
        parameters: those of ``wanted``.
    """
    layers = [name for name in LAYERS if name in attributes]
    columns = "".join(f", t.{LAYERS[name]}" for name in layers)
    named = _mentions(connection, wanted, parameters) if set(NAMES) & set(attributes) else {}
    cursor = connection.cursor()
    cursor.execute(
        f"""WITH {wanted} SELECT t.article_id, t."start", t.words, t.starts, t.heads{columns}
        FROM tokens t JOIN documents d USING (article_id) WHERE t.article_id IN (SELECT article_id FROM wanted)
        ORDER BY d.path, t."start" """, dict(parameters or {}))
    while rows := cursor.fetchmany(AT_ONCE):
        for article, start, words, starts, heads, *found in rows:
            values: dict[str, list[tuple[str, ...]]] = {
                name: [(value,) for value in cell.split(" ")] for name, cell in zip(layers, found, strict=True)}
            sentence = Sentence(article, start, words.split(" "), [int(x) for x in starts.split(" ")],
                                [int(x) for x in heads.split(" ")], values)
            if named:
                values.update(_names(sentence, named.get(article, ())))
            yield sentence
    cursor.close()


Mention = tuple[int, int, str, str]


def _mentions(
    connection: duckdb.DuckDBPyConnection, wanted: str, parameters: Mapping[str, str] | None
) -> dict[str, list[Mention]]:
    """Start, end, type and name of each mention, by article."""
    found: dict[str, list[Mention]] = {"": []}
    for article, *mention in connection.execute(
            f"""WITH {wanted} SELECT article_id, "start", "end", type, name FROM mentions
            WHERE article_id IN (SELECT article_id FROM wanted) ORDER BY ALL""", dict(parameters or {})).fetchall():
        found.setdefault(article, []).append((mention[0], mention[1], mention[2], mention[3]))
    return found


def _names(sentence: Sentence, mentions: Sequence[Mention]) -> dict[str, list[tuple[str, ...]]]:
    """Types and names of the mentions that each token is part of."""
    last = sentence.span(0, len(sentence.words) - 1)[1]
    near = [m for m in mentions if m[0] < last and m[1] > sentence.start]
    spans = [sentence.span(i, i) for i in range(len(sentence.words))]
    held = [[m for m in near if m[0] < end and m[1] > start] for start, end in spans]
    return {"entity": [tuple(m[2] for m in row) for row in held], "name": [tuple(m[3] for m in row) for row in held]}
