"""The tables as a workbook: a sheet a table, a readme sheet before them, the data dictionary behind.

Cells come from articles, and one that begins with ``=`` would be a formula to Excel: every text is written as text,
none becomes a formula or a link. Heads are frozen and have filters.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from outsource_nlp.report.exports.source import EXPORTED, About, count, legal, rows
from outsource_nlp.schema import Column, Table

MOST_ROWS = 1_048_575
"""What a sheet holds under its head."""
LONGEST = 32_767
"""Characters that a cell holds."""
CUT = " [cut]"
CREATED = datetime.datetime(1980, 1, 1)
"""Fixed, so that equal tables give equal bytes."""
DICTIONARY = "data dictionary"
README = "readme"
WIDTHS = {"text": 70, "evidence": 70, "title": 45, "path": 45, "error": 60, "aliases": 45, "meaning": 80,
          "publisher": 28, "holder": 26, "speaker": 26, "name": 30, "url": 30, "aspects": 34}
NARROW, WIDE = 9, 18
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
           "strings_to_numbers": False, "nan_inf_to_errors": False}
LINES = (
    "Each sheet is a table; the sheet “data dictionary” explains every column with its unit.",
    "Stance is towards outsourcing to outside providers: praise of public provision counts as against.",
    "The labels are the program’s, and it errs: read the evidence before you rely on a number. An id in a row leads "
    "back to its sentences: outsource-nlp explain RESULTS ID.",
    "start and end count the characters of the article’s cleaned text from 0, the end not included.",
    "No cell is a formula: a text that begins with =, +, - or @ is the source’s own.",
)


def write(connection: duckdb.DuckDBPyConnection, paths: tuple[Path, ...], about: About) -> None:
    """Write the workbook. A text longer than a cell, or a table longer than a sheet, is cut and the readme says so."""
    with xlsxwriter.Workbook(str(paths[0]), OPTIONS) as book:
        book.set_properties({"title": "Results of outsource-nlp", "created": CREATED,
                             "comments": f"outsource-nlp {about.version}"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _readme(book, connection, about, bold, wrapped)
        for table in EXPORTED:
            _sheet(book.add_worksheet(table.name), table.columns, rows(connection, table), bold)
        _dictionary(book.add_worksheet(DICTIONARY), bold)


def _readme(
    book: xlsxwriter.Workbook, connection: duckdb.DuckDBPyConnection, about: About, bold: Format, wrapped: Format
) -> None:
    sheet = book.add_worksheet(README)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 90, wrapped)
    sheet.write_string(0, 0, f"Results of outsource-nlp {about.version}", book.add_format({"bold": True, "size": 14}))
    at = 2
    for line in LINES:
        sheet.merge_range(at, 0, at, 2, line, wrapped)
        sheet.set_row(at, 32)
        at += 1
    for column, head in enumerate(("sheet", "rows", "one row is")):
        sheet.write_string(at + 1, column, head, bold)
    at += 2
    for table in EXPORTED:
        n = count(connection, table)
        sheet.write_url(at, 0, f"internal:'{table.name}'!A1", string=table.name)
        sheet.write_number(at, 1, n)
        sheet.write_string(at, 2, table.row + _shortened(connection, table, n))
        at += 1


def _shortened(connection: duckdb.DuckDBPyConnection, table: Table, n: int) -> str:
    """What of a table does not fit into a sheet."""
    long = " + ".join(f"count(*) FILTER (WHERE length(\"{c.name}\") > {LONGEST})" for c in table.columns
                      if c.type == "string")
    cells = int(connection.execute(f'SELECT {long} FROM main."{table.name}"').fetchall()[0][0])
    told = [f"only the first {MOST_ROWS:,} rows fit"] if n > MOST_ROWS else []
    told += [f"{cells:,} cells are cut at {LONGEST:,} characters"] if cells else []
    return f" ({'; '.join(told)}; all is in the CSV files)" if told else ""


def _sheet(sheet: Worksheet, columns: tuple[Column, ...], found: Any, bold: Format) -> None:
    for i, column in enumerate(columns):
        sheet.set_column(i, i, WIDTHS.get(column.name, WIDE if column.type == "string" else NARROW))
        sheet.write_string(0, i, column.name, bold)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in zip(range(1, MOST_ROWS + 1), found, strict=False):
        _row(sheet, last, row)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)


def _row(sheet: Worksheet, at: int, row: tuple[Any, ...]) -> None:
    for i, cell in enumerate(row):
        if isinstance(cell, str):
            text = legal(cell)
            sheet.write_string(at, i, text if len(text) <= LONGEST else text[:LONGEST - len(CUT)] + CUT)
        elif cell is not None:
            sheet.write_number(at, i, cell)


def _dictionary(sheet: Worksheet, bold: Format) -> None:
    heads = ("table", "column", "type", "unit", "meaning", "values")
    told = ((t.name, c.name, c.type, c.unit, c.meaning, ", ".join(c.values)) for t in EXPORTED for c in t.columns)
    _sheet(sheet, tuple(Column(head, "string", "") for head in heads), told, bold)
