"""Web pages as saved: the article without menus and comments, and what the page says of itself.

trafilatura finds the article and its metadata. Dates come from markup alone: a guess from the text might be
the year of a copyright line. On a page too short to tell an article from a menu, all that is visible is the
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from outsource_nlp.errors import InputError
from outsource_nlp.ingest.encoding import decode
from outsource_nlp.ingest.markup import MAX_MARKUP, visible_text
from outsource_nlp.ingest.raw import Raw

SUFFIXES = (".html", ".htm")

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SHORT = 250
_LONGEST = 5_000_000
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}


def read(file: Path) -> Iterator[Raw]:
    """One article; title, authors, date, publisher and address from the page's metadata.

    Raises:
        InputError: the page is too large.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    data = file.read_bytes()
    declared = _DECLARED.search(data[:4096])
    page = _PROLOGUE.sub("", decode(data, kind="html", declared=declared[1].decode() if declared else ""))
    if len(page) > _LONGEST:
        raise InputError.too_large(len(page), _LONGEST, "characters of HTML")
    found = bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=_DATES)
    said = found if isinstance(found, Document) else Document()
    text = "\n\n".join((said.text or "").splitlines())
    if not text or (len(text) < _SHORT and len(page) <= MAX_MARKUP):
        text = visible_text(page) or text
    yield Raw(text, {
        "title": said.title, "authors": said.author, "published": said.date, "publisher": said.sitename,
        "url": said.url,
    })
