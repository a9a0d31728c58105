"""Title and author from the properties of a document, unless a program filled them in by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PROGRAM_TITLE = re.compile(
    r"microsoft word|untitled|.*\.(?:docx?|rtf|odt|pdf|indd|qxp|qxd|pages)$|document\d*$", re.IGNORECASE
)
_PROGRAM_AUTHOR = re.compile(
    r"microsoft office user|python-docx|user|admin(?:istrator)?|author|owner|unknown", re.IGNORECASE
)


def said_by_document(title: str | None, author: str | None) -> Mapping[str, object]:
    """The metadata; file names as titles and the names of programs and accounts are left out."""
    title, author = (title or "").strip(), (author or "").strip()
    return {
        "title": "" if _PROGRAM_TITLE.match(title) else title,
        "authors": "" if _PROGRAM_AUTHOR.fullmatch(author) else author,
    }
