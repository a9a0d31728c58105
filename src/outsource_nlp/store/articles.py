"""Puts, deletes and reads what belongs to single articles; the caller holds the transaction.

Every put gives an article a new, higher number, which all its rows carry. Numbers rise with the place in the file,
so that to find an article's rows DuckDB need not read those of all others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from outsource_nlp.records import ArticleRows
from outsource_nlp.schema import ARTICLE_TABLES, TABLES, Column
from outsource_nlp.store.database import home, value
from outsource_nlp.store.insert import insert, transposed

READ_AT_ONCE = 256
"""Parsed Docs in memory at a time."""

FINGERPRINTS = (
    *(Column(name, "string", "") for name in ("article_id", "path", "content", "parse_recipe", "recipe")),
    Column("number", "integer", ""), Column("parsed_number", "integer", ""),
)
BLOBS = (Column("number", "integer", ""), Column("article_id", "string", ""), Column("bytes", "bytes", ""))


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the rows and the Doc of an article lie, and what the Doc was made from."""

    article_id: str
    number: int
    parsed_number: int
    content: str
    parse_recipe: str


def stored(connection: duckdb.DuckDBPyConnection, article_ids: Collection[str]) -> dict[str, Stored]:
    """Those of some articles that are stored, by article_id."""
    rows = connection.execute(
        "SELECT article_id, number, parsed_number, content, parse_recipe FROM meta.fingerprints "
        "WHERE article_id IN (SELECT unnest(?::VARCHAR[]))", [list(article_ids)],
    ).fetchall()
    return {row[0]: Stored(*row) for row in rows}


def put(connection: duckdb.DuckDBPyConnection, batch: Sequence[ArticleRows]) -> None:
    """Replace the rows of the articles of a batch; an empty ``parsed`` leaves the stored Doc where it is."""
    ids = [rows.article_id for rows in batch]
    if len(set(ids)) < len(ids):
        raise ValueError(f"an article comes twice in the batch: {sorted(ids)}")
    before = stored(connection, ids)
    kept = {rows.article_id: _kept(rows, before.get(rows.article_id)) for rows in batch if not rows.parsed}
    first = _next_number(connection)
    numbers = [before[rows.article_id].number if rows.partial else first + k for k, rows in enumerate(batch)]
    partial = [rows.article_id for rows in batch if rows.partial]
    delete(connection, (before[key] for key in before if key not in partial), but_docs_of=kept)
    _delete_numbers(connection, "meta.fingerprints", "number", [before[key].number for key in partial])
    _delete_numbers(connection, "meta.layers", "number", [before[key].number for key in partial])
    _insert_facts(connection, batch, numbers, kept)
    for name in ARTICLE_TABLES:
        table = TABLES[name]
        named = [(number, rows) for number, rows in zip(numbers, batch, strict=True) if name in rows.tables]
        _delete_numbers(connection, home(table), "number", [number for number, rows in named if rows.partial])
        cells = [row for _, rows in named for row in rows.tables[name]]
        of = [number for number, rows in named for _ in rows.tables[name]]
        insert(connection, home(table), table.columns, transposed(table, cells), numbers=of)


def delete(
    connection: duckdb.DuckDBPyConnection, gone: Iterable[Stored], *, but_docs_of: Collection[str] = ()
) -> None:
    """Delete the rows of articles, and their Docs but for some."""
    gone = list(gone)
    numbers = [article.number for article in gone]
    for name in ARTICLE_TABLES:
        _delete_numbers(connection, home(TABLES[name]), "number", numbers)
    for name in ("meta.fingerprints", "meta.layers"):
        _delete_numbers(connection, name, "number", numbers)
    docs = [article.parsed_number for article in gone if article.article_id not in but_docs_of]
    _delete_numbers(connection, "meta.parsed", "number", docs)


def parsed(connection: duckdb.DuckDBPyConnection, article_ids: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Article ids with their Docs, in stored order; each read is a query of its own, so writes may come between."""
    places = [(article.parsed_number, article.article_id) for article in stored(connection, article_ids).values()]
    return _blobs(connection, "meta.parsed", places)


def layers(connection: duckdb.DuckDBPyConnection, article_ids: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Article ids with what our components found in them, as ``parsed`` gives their Docs."""
    places = [(article.number, article.article_id) for article in stored(connection, article_ids).values()]
    return _blobs(connection, "meta.layers", places)


def _blobs(
    connection: duckdb.DuckDBPyConnection, where: str, places: Iterable[tuple[int, str]]
) -> Iterator[tuple[str, bytes]]:
    wanted = sorted(places)
    at = 0
    while at < len(wanted):
        low = wanted[at][0]
        chunk = [pair for pair in wanted[at:at + READ_AT_ONCE] if pair[0] < low + READ_AT_ONCE]
        at += len(chunk)
        found = dict(connection.execute(
            f"SELECT article_id, bytes FROM {where} WHERE number BETWEEN ? AND ?", [low, chunk[-1][0]]
        ).fetchall())
        for _, article_id in chunk:
            if article_id in found:
                yield article_id, bytes(found[article_id])


def _kept(rows: ArticleRows, before: Stored | None) -> int:
    """The number of the stored Doc that rows without one rest on."""
    if before is None or (before.content, before.parse_recipe) != (rows.content, rows.parse_recipe):
        raise ValueError(f"{rows.path} comes without a parsed Doc and none of it is stored")
    return before.parsed_number


def _next_number(connection: duckdb.DuckDBPyConnection) -> int:
    return int(value(connection, "SELECT coalesce(max(number), 0) + 1 FROM meta.fingerprints"))


def _insert_facts(
    connection: duckdb.DuckDBPyConnection, batch: Sequence[ArticleRows], numbers: Sequence[int], kept: Mapping[str, int]
) -> None:
    facts = [
        (rows.article_id, rows.path, rows.content, rows.parse_recipe, rows.recipe, number,
         kept.get(rows.article_id, number))
        for number, rows in zip(numbers, batch, strict=True)
    ]
    docs = [(number, rows.article_id, rows.parsed)
            for number, rows in zip(numbers, batch, strict=True) if rows.parsed]
    found = [(number, rows.article_id, rows.layers)
             for number, rows in zip(numbers, batch, strict=True) if rows.layers]
    for where, columns, rows_of in (
        ("meta.fingerprints", FINGERPRINTS, facts), ("meta.parsed", BLOBS, docs), ("meta.layers", BLOBS, found),
    ):
        if rows_of:
            insert(connection, where, columns, list(zip(*rows_of, strict=True)))


def _delete_numbers(
    connection: duckdb.DuckDBPyConnection, where: str, column: str, numbers: Collection[int]
) -> None:
    """Delete by number; the range lets DuckDB skip most of the file."""
    if not numbers:
        return
    listed = ", ".join(str(number) for number in numbers)
    connection.execute(
        f"DELETE FROM {where} WHERE {column} BETWEEN {min(numbers)} AND {max(numbers)} AND {column} IN ({listed})"
    )
