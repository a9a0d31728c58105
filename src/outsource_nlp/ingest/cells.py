"""Delimited text in, rows as mappings out; shared by ``articles.csv`` and by tables of articles."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Line:
    """One row; ``problem`` says why it cannot be used, and is empty where it can."""

    number: int
    cells: Mapping[str, str]
    problem: str = ""


def header_of(text: str) -> tuple[str, ...]:
    """The column names, lower case and stripped; none where the text is empty or its first line is
    broken.
    """
    try:
        return _names(next(_reader(text), []))
    except csv.Error:
        return ()


def rows_of(text: str) -> Iterator[Line]:
    """The rows below the header, numbered from 1, blank ones left out.

    After a row with a broken quotation mark nothing more can be told apart: it is the last one yielded.
    """
    reader = _reader(text)
    names = _names(next(reader, []))
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Line(number, {}, f"row {number} and what follows cannot be told apart: {error}")
            return
        if not any(cell.strip() for cell in cells):
            number -= not cells
            continue
        if len(cells) > len(names):
            yield Line(number, {}, f"row {number} has {len(cells)} cells, the header has {len(names)}")
        else:
            yield Line(number, dict(zip(names, cells, strict=False)))


def _names(cells: list[str]) -> tuple[str, ...]:
    return tuple(cell.strip().lower() for cell in cells)


def _reader(text: str) -> Iterator[list[str]]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    limit = csv.field_size_limit()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        csv.field_size_limit(max(limit, len(text)))  # a cell may hold a whole article; the limit is global
        try:
            row = next(reader)
        except StopIteration:
            return
        finally:
            csv.field_size_limit(limit)
        yield row
