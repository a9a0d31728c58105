"""JSON lines: one article a line, ``text`` (or ``body``) and any of the metadata columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from outsource_nlp.errors import InputError
from outsource_nlp.ingest.encoding import read_text
from outsource_nlp.ingest.raw import Raw

SUFFIXES = (".jsonl",)


def read(file: Path) -> Iterator[Raw]:
    """The articles, numbered by line; a broken line costs itself only."""
    lines = read_text(file, kind="jsonl").split("\n")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield record(json.loads(line), number)
            except (ValueError, RecursionError) as error:
                yield Raw(record=number, error=InputError.broken("jsonl", f"line {number}: {error}"))


def record(found: object, number: int) -> Raw:
    """One record as ``Raw``; with an error where it is no mapping or holds no text."""
    if not isinstance(found, Mapping):
        return Raw(record=number, error=InputError.broken("jsonl", f"line {number}: not an object in braces"))
    fields = {str(key).lower(): value for key, value in found.items()}
    text = fields.get("text") or fields.get("body") or ""
    if not isinstance(text, str):
        error = InputError.bad_value("text", f"a {type(text).__name__}", "the text of the article")
        return Raw(record=number, error=error)
    return Raw(text, fields, number)
