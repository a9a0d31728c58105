"""Plain text, with or without front matter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from outsource_nlp.ingest.encoding import read_text
from outsource_nlp.ingest.front_matter import split_front_matter
from outsource_nlp.ingest.raw import Raw

SUFFIXES = (".txt",)


def read(file: Path) -> Iterator[Raw]:
    """One article; its metadata are the front matter."""
    metadata, text = split_front_matter(read_text(file))
    yield Raw(text, metadata)
