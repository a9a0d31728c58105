"""HTML in, every word a reader would see out; for pages too short for an article finder, and HTML in
Markdown.
"""

from __future__ import annotations

from html.parser import HTMLParser

from outsource_nlp.errors import InputError

MAX_MARKUP = 300_000

_SILENT = frozenset({
    "aside", "button", "footer", "form", "head", "iframe", "math", "nav", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "title",
})
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
})


def visible_text(markup: str) -> str:
    """The text of ``markup`` with a blank line between blocks; scripts, styles and menus are left out.

    Raises:
        InputError: it is too long; the parser takes its time on markup that was made to harm.
    """
    if len(markup) > MAX_MARKUP:
        raise InputError.too_large(len(markup), MAX_MARKUP, "characters of HTML without an article")
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[list[str]] = [[]]
        self._silent: list[str] = []

    def text(self) -> str:
        paragraphs = (" ".join("".join(pieces).split()) for pieces in self._blocks)
        return "\n\n".join(filter(None, paragraphs))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self._silent.append(tag)
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            del self._silent[self._silent.index(tag):]
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._blocks[-1].append(data)

    def _break(self, tag: str) -> None:
        if tag not in _INLINE and self._blocks[-1]:
            self._blocks.append([])
