"""The schema in, a Frictionless Data Package (version 1, tabular) out.

It holds nothing of a run, no time and no count: the same program writes the same file.
"""

from __future__ import annotations

from typing import Any

from outsource_nlp.schema import FORMAT_VERSION, TABLES, Column, Table

FOLDER = "tables"

ABOUT = (
    "Who says what about the outsourcing of public services, for or against, with which arguments. Each table is a "
    "CSV file (UTF-8, comma, line feed) with a Parquet copy beside it; an empty cell means that there is no value. "
    "Offsets count the characters of an article's cleaned text, the end not included. Cells are exact quotations of "
    "their sources and are not altered: one that begins with =, +, - or @ is text, so import the columns as text "
    "when you open a table in a spreadsheet."
)


def datapackage() -> dict[str, Any]:
    """The descriptor of every exported table: column, type, unit, meaning, keys."""
    return {
        "profile": "tabular-data-package",
        "name": "outsource-nlp-results",
        "title": "Results of outsource-nlp",
        "description": ABOUT,
        "format_version": FORMAT_VERSION,
        "resources": [_resource(table) for table in TABLES.values() if table.exported],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{FOLDER}/{table.name}.csv",
        "description": f"One row is {table.row}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, alone=table.key == (column.name,)) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = [_foreign_key(table, column) for column in table.columns if column.refers]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _field(column: Column, *, alone: bool) -> dict[str, Any]:
    """One field; ``alone`` says that it is the whole key."""
    constraints: dict[str, Any] = {"required": not column.empty}
    if alone:
        constraints["unique"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    unit = {"unit": column.unit} if column.unit else {}
    return {"name": column.name, "type": column.type, "description": column.meaning, **unit,
            "constraints": constraints}


def _foreign_key(table: Table, column: Column) -> dict[str, Any]:
    resource, field = column.refers.split(".")
    return {"fields": column.name,
            "reference": {"resource": "" if resource == table.name else resource, "fields": field}}
