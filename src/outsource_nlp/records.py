"""The plain records that travel between rooms, and the one function that gives things their identity.

Nothing here knows of files, spaCy or tables; a record is frozen and can be pickled to another process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

Cell = str | int | float | bytes | None
Row = tuple[Cell, ...]


def fingerprint(**parts: str | bytes) -> str:
    """The identity of named parts: sha256 over length-prefixed names and values, in the order given.

    Returns:
        64 hexadecimal digits. Two calls agree only if names, values and their order agree.
    """
    digest = hashlib.sha256()
    for name, value in parts.items():
        for piece in (name.encode(), value.encode() if isinstance(value, str) else value):
            digest.update(len(piece).to_bytes(8, "big"))
            digest.update(piece)
    return digest.hexdigest()


def short_id(prefix: str, **parts: str | bytes) -> str:
    """A row id that people can copy: ``prefix`` and 12 hexadecimal digits of the fingerprint."""
    return prefix + fingerprint(**parts)[:12]


@dataclass(frozen=True, slots=True)
class Article:
    """One text with its metadata; ``text`` is cleaned and every offset in the tables counts in it.

    Attributes:
        path: place in the corpus with forward slashes; a record of a table file is ``file.jsonl#3``.
        published: ISO date, year and month, or year; empty where unknown.
    """

    path: str
    text: str
    title: str = ""
    publisher: str = ""
    kind: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    url: str = ""
    note: str = ""

    @property
    def article_id(self) -> str:
        """Made from the path alone, so an edited article keeps its id."""
        return short_id("a", path=self.path)

    @property
    def content(self) -> str:
        """The fingerprint of everything that the analysis reads, the path left out."""
        return fingerprint(
            text=self.text, title=self.title, publisher=self.publisher, kind=self.kind,
            authors="\x1f".join(self.authors), published=self.published, url=self.url, note=self.note,
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read: a row of ``failures``.

    Attributes:
        stage: ``read``, ``annotate`` or ``tabulate``.
        error: one line, what was seen and the way out.
    """

    path: str
    stage: str
    error: str


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """All that one article brings to the store, written in one transaction.

    Attributes:
        content: ``Article.content`` of the text the rows were made from.
        parse_recipe, recipe: fingerprints of what made ``parsed`` and the rows.
        parsed: the parsed Doc as bytes, before our components ran; ``b""`` keeps the stored one.
        layers: what our components found, as bytes, for a run that need not look again.
        tables: rows by table name, cells in the order of ``schema``.
        partial: tables that are not named keep their stored rows.
    """

    article_id: str
    path: str
    content: str
    parse_recipe: str
    recipe: str
    parsed: bytes
    tables: Mapping[str, list[Row]] = field(default_factory=dict)
    layers: bytes = b""
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """Something to look at in a notebook; ``html`` is whole in itself and asks nothing of the network."""

    html: str

    def _repr_html_(self) -> str:
        return self.html
