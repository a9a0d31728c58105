"""Invented articles with a row in every article table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from outsource_nlp.records import ArticleRows, Cell, Row, fingerprint
from outsource_nlp.schema import ARTICLE_TABLES, TABLES, Column

Fill = Callable[..., ArticleRows]


def _cell(column: Column, article_id: str, number: int) -> Cell:
    if column.name == "article_id":
        return article_id
    if column.values:
        return column.values[number % len(column.values)]
    if column.type == "bytes":
        return number.to_bytes(4, "little")
    if column.type == "number":
        return None if column.empty and number % 2 else number / 7
    if column.type == "integer":
        return number
    if column.name.endswith("_id") and not column.refers:
        return f"{column.name[0]}{article_id}{number:03d}"
    return "" if column.empty and number % 2 else f"{column.name} {number}"


def _rows(article_id: str, n: int, **cells: Any) -> dict[str, list[Row]]:
    """``n`` rows a table (one where the article is the whole key), ``table__column=cell`` set as asked."""
    tables: dict[str, list[Row]] = {}
    for name in ARTICLE_TABLES:
        table = TABLES[name]
        set_here = {key.partition("__")[2]: cell for key, cell in cells.items() if key.partition("__")[0] == name}
        count = 1 if table.key == ("article_id",) else n
        tables[name] = [
            tuple(set_here.get(column.name, _cell(column, article_id, k)) for column in table.columns)
            for k in range(count)
        ]
    return tables


@pytest.fixture
def fill() -> Fill:
    """Makes the rows of one article: ``fill("a1", text=..., recipe=..., n=..., mentions__name=...)``."""

    def make(article_id: str, *, text: str = "", recipe: str = "r1", parse_recipe: str = "p1", n: int = 2,
             parsed: bytes | None = None, **cells: Any) -> ArticleRows:
        text = text or f"The text of {article_id}."
        cells = {"documents__path": f"{article_id}.txt", "texts__text": text, **cells}
        return ArticleRows(
            article_id=article_id, path=f"{article_id}.txt", content=fingerprint(text=text),
            parse_recipe=parse_recipe, recipe=recipe,
            parsed=f"Doc of {text}".encode() if parsed is None else parsed, tables=_rows(article_id, n, **cells),
        )

    return make
