"""Our own articles with marks: the file enters, articles with paragraphs and marked clauses leave.

The format is told in ``domain/README.md``: a head line ``### stance | kind | service | title``, then one paragraph a
line, which begins with what its author does there (``(f)``, ``(a)``, ``(m)``, ``(n)``, ``(-)``) and marks clauses as
``[[label|holder|clause]]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SIDES = {"f": "for", "a": "against", "n": "neutral", "m": "mixed", "-": "not-about"}
_CLAUSE = re.compile(r"\[\[([fan])\|([^|\]]+)\|(.+?)\]\]")


@dataclass(frozen=True)
class Clause:
    """A marked clause: where it stands in its paragraph, whose view it is, which side it takes."""

    start: int
    end: int
    holder: str
    label: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph without its marks, and what its author does in it."""

    text: str
    side: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Article:
    """An invented article with the side that its author takes on the whole."""

    stance: str
    kind: str
    service: str
    title: str
    paragraphs: tuple[Paragraph, ...]


def read_articles(*paths: Path) -> list[Article]:
    """All articles of some files.

    Raises:
        ValueError: a line that does not follow the format, with its place.
    """
    articles: list[Article] = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                if line.startswith("###"):
                    stance, kind, service, title = (part.strip() for part in line.removeprefix("###").split("|"))
                    if stance not in SIDES.values():
                        raise ValueError(stance)
                    articles.append(Article(stance, kind, service, title, ()))
                elif line.strip():
                    last = articles.pop()
                    articles.append(Article(last.stance, last.kind, last.service, last.title,
                                            (*last.paragraphs, _paragraph(line.strip()))))
            except (ValueError, IndexError) as error:
                raise ValueError(f"{path}, line {number}: {error}: {line[:80]}") from error
    return articles


def _paragraph(line: str) -> Paragraph:
    mark = re.match(r"\(([fanm-])\) ", line)
    if mark is None:
        raise ValueError("no mark")
    body, clauses, text, at = line[mark.end():], [], "", 0
    for match in _CLAUSE.finditer(body):
        text += body[at:match.start()]
        clauses.append(Clause(len(text), len(text) + len(match[3]), match[2].strip(), SIDES[match[1]]))
        text, at = text + match[3], match.end()
    text += body[at:]
    if "[[" in text or "]]" in text or "|" in text:
        raise ValueError("brackets")
    return Paragraph(text, SIDES[mark[1]], tuple(clauses))


def last_sentence(text: str) -> str:
    """The last whole sentence of a text that may break off; empty if there is none."""
    ends = [match.end() for match in re.finditer(r"[.!?][”\"’']?\s+", text)]
    return text[ends[-2] if len(ends) > 1 else 0:ends[-1]].strip() if ends else ""
