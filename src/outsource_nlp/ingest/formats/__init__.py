"""One file a format; each has ``SUFFIXES`` and ``read(file) -> Iterator[Raw]``.

A reader yields what the file holds as it stands: cleaning, limits and metadata that contradict each other
are not its business. It may raise whatever its library raises, and imports that library only when it is
called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from outsource_nlp.ingest.formats import docx, html, jsonl, markdown, pdf, table, text
from outsource_nlp.ingest.raw import Raw

READERS: Mapping[str, Callable[[Path], Iterator[Raw]]] = {
    suffix: module.read
    for module in (text, markdown, html, pdf, docx, jsonl, table)
    for suffix in module.SUFFIXES
}
"""The reader of each suffix."""
