"""PDF files: the text of the pages without running heads, page numbers and page breaks.

A PDF knows lines, not paragraphs. The reader takes out what belongs to the page and joins the pages; the
lines become paragraphs in cleaning, like those of any other hard-wrapped text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from outsource_nlp.errors import InputError
from outsource_nlp.ingest.properties import said_by_document
from outsource_nlp.ingest.raw import MAX_CHARACTERS, Raw

SUFFIXES = (".pdf",)

_MAX_PAGES = 2_000
_EDGE = 2
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?[\W_]*", re.IGNORECASE
)


def read(file: Path) -> Iterator[Raw]:
    """One article; title and author are those of the document's properties.

    Raises:
        InputError: it is encrypted, or has too many pages or characters.
    """
    from pypdf import PdfReader

    with PdfReader(file) as reader:
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError.broken("pdf", "it is protected by a password")
        if len(reader.pages) > _MAX_PAGES:
            raise InputError.too_large(len(reader.pages), _MAX_PAGES, "pages")
        properties = reader.metadata
        metadata = said_by_document(properties.title, properties.author) if properties else {}
        pages, size = [], 0
        for page in reader.pages:
            pages.append([line.strip() for line in page.extract_text().split("\n")])
            size += sum(map(len, pages[-1]))
            if size > MAX_CHARACTERS:
                raise InputError.too_large(size, MAX_CHARACTERS, "characters")
    yield Raw("\n".join("\n".join(page) for page in without_running_heads(pages)), metadata)


def without_running_heads(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """The lines of each page without page numbers and without lines that most pages, or every other one,
    begin or end with; numbers in them may differ.
    """
    pages = [_stripped(page) for page in pages]
    seen = Counter(shape for page in pages for shape in {_shape(line) for line in page[:_EDGE] + page[-_EDGE:]})
    often = max(2, 0.4 * len(pages))
    repeated = {shape for shape, times in seen.items() if times >= often}
    for page in pages:
        top = _furniture(page[:_EDGE], repeated)
        bottom = _furniture(page[top:][:-_EDGE - 1:-1], repeated)
        yield _stripped(page[top:len(page) - bottom])


def _furniture(lines: list[str], repeated: Container[str]) -> int:
    """How many of the lines, from the edge of the page inwards, belong to the page and not to the text."""
    belongs = (_PAGE_NUMBER.fullmatch(line) or _shape(line) in repeated or not line for line in lines)
    return sum(1 for _ in takewhile(bool, belongs))


def _stripped(page: list[str]) -> list[str]:
    filled = [at for at, line in enumerate(page) if line]
    return page[filled[0]:filled[-1] + 1] if filled else []


def _shape(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()).lower())
