"""The statements themselves, each with the passage it stands in, and the list of articles.

A connection enters; statements with their passages leave. A page must stay small, so only so many are shown: of
each article the surest first, then each article's second, and so on, until the page is full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from outsource_nlp.report.passages import Piece, Span, pieces, window
from outsource_nlp.report.queries import KEPT, NOT_GIVEN, SAID, ask, count

MOST_STATEMENTS = 1_200
MOST_ARTICLES = 1_200
LONGEST_SUMMARY = 180


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the page shows it; ``pieces`` is its passage with holder, cue and evidence marked."""

    id: str
    article_id: str
    evidence: str
    voice: str
    holder: str
    holder_type: str
    target: str
    services: str
    aspects: tuple[str, ...]
    stance: str
    certainty: float
    flags: str
    publisher: str
    kind: str
    published: str
    title: str
    url: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the list."""

    id: str
    title: str
    path: str
    publisher: str
    kind: str
    authors: str
    published: str
    url: str
    words: int
    stance: str
    score: float | None
    low: float | None
    high: float | None
    statements: int
    copy: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is shown, of how many, and what can be chosen in the filters."""

    statements: list[Statement]
    n_statements: int
    in_copies: int
    articles: list[Article]
    n_articles: int
    publishers: list[str]
    holder_types: list[str]
    aspects: list[str]
    years: list[str]


def read(connection: duckdb.DuckDBPyConnection) -> Evidence:
    """Statements and articles, in the order of publication."""
    statements, articles = list(_statements(connection)), _articles(connection)
    total = count(connection, f"WITH {SAID} SELECT count(*) FROM said")
    return Evidence(
        statements=statements, n_statements=total,
        in_copies=count(connection, "SELECT count(*) FROM main.statements") - total,
        articles=articles, n_articles=count(connection, "SELECT count(*) FROM main.documents"),
        publishers=sorted({item.publisher for item in (*statements, *articles)}),
        holder_types=sorted({s.holder_type for s in statements}),
        aspects=sorted({aspect for s in statements for aspect in s.aspects}),
        years=sorted({item.published[:4] for item in (*statements, *articles) if item.published}),
    )


def _statements(connection: duckdb.DuckDBPyConnection) -> Iterator[Statement]:
    chosen = ask(connection, f"""WITH {SAID}, ranked AS (SELECT *, row_number() OVER (PARTITION BY article_id
        ORDER BY certainty DESC, "start", statement_id) AS turn FROM said),
        chosen AS (SELECT * FROM ranked ORDER BY turn, path, statement_id LIMIT {MOST_STATEMENTS})
        SELECT c.statement_id, c.article_id, c."start", c."end", left(c.evidence, {LONGEST_SUMMARY + 1}), c.voice, c.holder,
               c.holder_id, c.holder_type, c.target, c.services, c.aspects, c.stance, c.certainty, c.flags,
               c.publisher, c.kind, c.published, c.title, c.url, q.cue
        FROM chosen c LEFT JOIN main.quotations q ON q.quotation_id = c.quotation_id AND c.quotation_id <> ''
        ORDER BY c.published, c.path, c."start", c.statement_id""")
    articles = sorted({row[1] for row in chosen})
    texts = dict(ask(connection, "SELECT article_id, text FROM main.texts WHERE article_id IN (SELECT unnest(?))", [articles]))
    sentences: dict[str, list[tuple[int, int]]] = {}
    for article, start, end in ask(connection, """SELECT article_id, "start", "end" FROM main.sentences
            WHERE article_id IN (SELECT unnest(?)) ORDER BY ALL""", [articles]):
        sentences.setdefault(article, []).append((start, end))
    named: dict[tuple[str, str], list[Span]] = {}
    for article, entity, start, end in ask(connection, """SELECT DISTINCT m.article_id, m.entity_id, m."start", m."end"
            FROM main.mentions m JOIN main.statements s ON s.article_id = m.article_id AND s.holder_id = m.entity_id
            WHERE m.article_id IN (SELECT unnest(?)) ORDER BY ALL""", [articles]):
        named.setdefault((article, entity), []).append(Span(start, end, "holder"))
    for row in chosen:
        (key, article, start, end, evidence, voice, holder, holder_id, holder_type, target, services, aspects, stance,
         certainty, flags, publisher, kind, published, title, url, cue) = ("" if cell is None else cell for cell in row)
        text = texts.get(article, evidence)
        core = Span(start, end, "evidence") if article in texts else Span(0, len(text), "evidence")
        shown = window(core, sentences.get(article, []))
        holders = named.get((article, holder_id)) or list(_found(text, holder, shown, "holder"))
        passage = pieces(text, shown, [core, *holders, *_found(text, cue, shown, "cue")])
        yield Statement(
            key, article, evidence, voice, holder, holder_type, target, services,
            tuple(part.strip() for part in aspects.split(";") if part.strip()), stance, float(certainty or 0), flags,
            publisher or NOT_GIVEN, kind or NOT_GIVEN, published, title, url, passage,
        )


def _found(text: str, words: str, shown: tuple[int, int], kind: str) -> Iterator[Span]:
    """Where words stand in the shown part, as whole words."""
    if not words:
        return
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[shown[0]:shown[1]]):
        yield Span(shown[0] + match.start(), shown[0] + match.end(), kind)


def _articles(connection: duckdb.DuckDBPyConnection) -> list[Article]:
    found = ask(connection, f"""WITH {KEPT}, counts AS (SELECT article_id, count(*) AS n FROM main.statements GROUP BY article_id)
        SELECT d.article_id, title, path, publisher, kind, authors, published, url, n_words, stance, stance_score,
               stance_low, stance_high, coalesce(n, 0), coalesce(copy_of, '') <> ''
        FROM main.documents d LEFT JOIN counts USING (article_id) ORDER BY published, path LIMIT {MOST_ARTICLES}""")
    return [Article(key, title or path, path, publisher or NOT_GIVEN, kind or NOT_GIVEN, authors or "", published or "", url or "",
                    words, *rest) for key, title, path, publisher, kind, authors, published, url, words, *rest in found]
