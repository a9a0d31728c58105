"""Markdown, with or without front matter: the words stay, the markup goes.

The text is taken from the parser's tokens and not from rendered HTML, so that a line break in the source is
a space and an image or a link target leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from outsource_nlp.errors import InputError
from outsource_nlp.ingest.encoding import read_text
from outsource_nlp.ingest.front_matter import split_front_matter
from outsource_nlp.ingest.markup import visible_text
from outsource_nlp.ingest.raw import MAX_CHARACTERS, Raw

if TYPE_CHECKING:
    from markdown_it.token import Token

SUFFIXES = (".md",)


def read(file: Path) -> Iterator[Raw]:
    """One article; its first heading is the title where the front matter has none.

    Raises:
        InputError: it is too long.
    """
    from markdown_it import MarkdownIt

    metadata, source = split_front_matter(read_text(file, kind="markdown"))
    if len(source) > MAX_CHARACTERS:
        raise InputError.too_large(len(source), MAX_CHARACTERS, "characters")
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)
    yield Raw("\n\n".join(_blocks(tokens)), {"title": _first_heading(tokens), **metadata})


def _blocks(tokens: Iterable[Token]) -> Iterator[str]:
    bullet = ""
    for token in tokens:
        if token.type == "list_item_open":
            bullet = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "inline":
            yield bullet + _words(token)
            bullet = ""
        elif token.type in {"fence", "code_block"}:
            yield token.content
        elif token.type == "html_block":
            yield visible_text(token.content)


def _words(token: Token) -> str:
    pieces = []
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            pieces.append(" " if child.type == "softbreak" else "\n")
        elif child.type in {"text", "code_inline", "text_special"}:
            pieces.append(child.content)
    return "".join(pieces)


def _first_heading(tokens: list[Token]) -> str:
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open":
            return _words(content) if opening.tag == "h1" else ""
    return ""
