"""Layers of metadata in, the fields of an Article out.

The first layer that says something about a column decides; a value that cannot be used is dropped and told,
and the article stays. Nothing is invented: what no layer says is empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from outsource_nlp.errors import InputError
from outsource_nlp.ingest.cleaning import clean_line
from outsource_nlp.ingest.dates import iso_date
from outsource_nlp.records import Article

COLUMNS = ("title", "publisher", "kind", "authors", "published", "url", "note")

_ALIASES = {"authors": ("author",), "published": ("date",)}
_LONGEST = 2_000
_SHOWN = 60
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = frozenset({"http", "https", "doi", "urn"})
_BYLINE = re.compile(r"^(?:written )?by:?\s+", re.IGNORECASE)
_SURNAME_FIRST = re.compile(r"([A-Z][\w’'-]+), ((?:[A-Z][\w’'.-]*)(?: [A-Z][\w’'.-]*){0,2})")
_POST_NOMINAL = frozenset({"cbe", "dbe", "jr", "kc", "mbe", "mp", "ms", "msp", "obe", "phd", "qc", "sr"})
_BODIES = frozenset({
    "association", "authority", "board", "college", "commission", "committee", "company", "council",
    "county", "department", "foundation", "government", "group", "inc", "institute", "limited", "ltd",
    "ministry", "network", "office", "ombudsman", "organisation", "partners", "party", "plc", "press",
    "service", "services", "society", "team", "trust", "union", "university",
})


def article(path: str, text: str, layers: Sequence[Mapping[str, object]]) -> tuple[Article, list[InputError]]:
    """The article at ``path``, and one error for each value that was dropped.

    Args:
        path: its path in the corpus.
        text: cleaned text.
        layers: metadata, the strongest first; keys are ``COLUMNS``, or ``author`` and ``date``.
    """
    dropped: list[InputError] = []

    def cell(column: str, read: Callable[[str, object], str]) -> str:
        try:
            return read(column, _first(column, layers))
        except InputError as error:
            dropped.append(error)
            return ""

    def authors() -> tuple[str, ...]:
        try:
            return split_authors(_first("authors", layers))
        except InputError as error:
            dropped.append(error)
            return ()

    found = Article(
        path, text, title=cell("title", _cell), publisher=cell("publisher", _cell), kind=cell("kind", _cell),
        authors=authors(), published=cell("published", _published), url=cell("url", _url),
        note=cell("note", _cell),
    )
    return found, dropped


def split_authors(value: object) -> tuple[str, ...]:
    """Names in the order given, each once; ``Jones, Ray`` becomes ``Ray Jones``.

    A string is split at ``;``, or at commas and ``and`` where that leaves names of persons, so that
    ``Department for Health and Social Care`` stays one author.

    Raises:
        InputError: ``value`` is neither a text nor a list of texts.
    """
    if isinstance(value, list | tuple):
        entries = (entry.get("name") if isinstance(entry, Mapping) else entry for entry in value)
        names = [_cell("authors", entry) for entry in entries]
    else:
        names = _split(_BYLINE.sub("", _cell("authors", value)))
    return tuple(dict.fromkeys(_given_name_first(name) for name in names if name))


def _split(names: str) -> list[str]:
    if ";" in names:
        return [name.strip() for name in names.split(";")]
    parts = [part.strip() for part in re.split(r",\s+and\s+|,\s*|\s+and\s+|\s+&\s+", names)]
    return parts if len(parts) > 1 and all(map(_is_person, parts)) else [names]


def _is_person(name: str) -> bool:
    words = name.split()
    return (
        2 <= len(words) <= 5
        and words[0][0].isupper() and words[-1][0].isupper()
        and not any(word.lower() in _BODIES or word in {"for", "of", "the"} for word in words)
    )


def _given_name_first(name: str) -> str:
    match = _SURNAME_FIRST.fullmatch(name)
    if match is None or match[2].lower().strip(".") in _POST_NOMINAL:
        return name
    return f"{match[2]} {match[1]}"


def _first(column: str, layers: Sequence[Mapping[str, object]]) -> object:
    for layer in layers:
        for key in (column, *_ALIASES.get(column, ())):
            value = layer.get(key)
            empty = not value.strip() if isinstance(value, str) else value in (None, [], {}) or value != value
            if not empty:
                return value
    return ""


def _cell(column: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InputError.bad_value(column, f"a {type(value).__name__}", "plain text")
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if len(text) > _LONGEST:
        raise InputError.bad_value(column, text[:_SHOWN] + "…", f"at most {_LONGEST:,} characters")
    return clean_line(text)


def _published(column: str, value: object) -> str:
    text = _cell(column, value)
    try:
        return iso_date(text) if text else ""
    except ValueError:
        expected = "a date such as 2018-12-14, 2018-12 or 2018"
        raise InputError.bad_value(column, text[:_SHOWN], expected) from None


def _url(column: str, value: object) -> str:
    text = _cell(column, value)
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in _SCHEMES:
        raise InputError.bad_value(column, text[:_SHOWN], "an address that begins with http:// or https://")
    return text
