"""CSV tables of articles: one article a row, ``text`` (or ``body``) and any of the metadata columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from outsource_nlp.errors import InputError
from outsource_nlp.ingest.cells import header_of, rows_of
from outsource_nlp.ingest.encoding import read_text
from outsource_nlp.ingest.raw import Raw

SUFFIXES = (".csv",)


def read(file: Path) -> Iterator[Raw]:
    """The articles, numbered from the row below the header; commas, semicolons and tabs separate cells.

    Raises:
        InputError: no column is called ``text`` or ``body``.
    """
    source = read_text(file, kind="csv")
    if not {"text", "body"} & set(header_of(source)):
        raise InputError.broken("csv", "no column is called text or body")
    for line in rows_of(source):
        if line.problem:
            yield Raw(record=line.number, error=InputError.broken("csv", line.problem))
        else:
            yield Raw(line.cells.get("text") or line.cells.get("body") or "", line.cells, line.number)
