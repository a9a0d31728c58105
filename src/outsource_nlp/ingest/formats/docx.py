"""Word documents: paragraphs and the cells of tables in reading order.

A .docx is a zip file, and its directory says how large everything will be; that is looked at before
anything is unpacked, because a few kilobytes can hold gigabytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from outsource_nlp.errors import InputError
from outsource_nlp.ingest.properties import said_by_document
from outsource_nlp.ingest.raw import Raw

SUFFIXES = (".docx",)

_MAX_UNPACKED = 200_000_000
_MAX_XML = 50_000_000
_MAX_PARTS = 5_000


def read(file: Path) -> Iterator[Raw]:
    """One article; title and author are those of the document's properties.

    Raises:
        InputError: unpacked, it would be too large.
    """
    _refuse_bombs(file)
    from docx import Document

    document = Document(str(file))
    properties = document.core_properties
    yield Raw("\n\n".join(_blocks(document)), said_by_document(properties.title, properties.author))


def _blocks(container: Any) -> Iterator[str]:
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _cells(block)
        else:
            yield block.text


def _cells(table: Any) -> Iterator[str]:
    """The cells row by row, a merged cell once."""
    seen = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield from _blocks(cell)


def _refuse_bombs(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
    xml = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    for size, limit, unit in (
        (len(parts), _MAX_PARTS, "parts"),
        (xml, _MAX_XML, "bytes of XML when unpacked"),
        (sum(part.file_size for part in parts), _MAX_UNPACKED, "bytes when unpacked"),
    ):
        if size > limit:
            raise InputError.too_large(size, limit, unit)
