"""The statements themselves, each with the passage it stands in, and the list of articles.

A connection enters; statements with their passages leave. A page must stay small, so only so many are shown: of
each article the surest first, then each article's second, and so on, until the page is full.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import duckdb

from outsource_nlp.codebook import Codebook
from outsource_nlp.report.passages import Piece, Span, pieces, window
from outsource_nlp.report.queries import NOT_GIVEN, SAID, ask, count, records
from outsource_nlp.report.targets import TargetWords

MOST_STATEMENTS = 1_000
MOST_ARTICLES = 1_000
MOST_HOLDERS = 300
"""Holders to choose from; the search finds the others."""
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
    authors: str
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
    holders: list[str]
    holder_types: list[str]
    aspects: list[str]
    years: list[str]


def read(connection: duckdb.DuckDBPyConnection, codebook: Codebook | None = None) -> Evidence:
    """Statements and articles, in the order of publication; the codebook tells the words of the targets."""
    statements, articles = list(_statements(connection, TargetWords(codebook))), _articles(connection)
    total = count(connection, f"WITH {SAID} SELECT count(*) FROM said")
    return Evidence(
        statements=statements, n_statements=total,
        in_copies=count(connection, "SELECT count(*) FROM main.statements") - total,
        articles=articles, n_articles=count(connection, "SELECT count(*) FROM main.documents"),
        publishers=sorted({s.publisher for s in statements} | {a.publisher for a in articles}),
        holders=_heard_most(statements),
        holder_types=sorted({s.holder_type for s in statements}),
        aspects=sorted({aspect for s in statements for aspect in s.aspects}),
        years=sorted(({s.published[:4] for s in statements} | {a.published[:4] for a in articles}) - {""}),
    )


def _heard_most(statements: list[Statement]) -> list[str]:
    """Named holders to choose from, in the order of the alphabet; authors are a type of their own."""
    heard = Counter(s.holder for s in statements if s.holder and s.holder_type != "author")
    return sorted((name for name, _ in heard.most_common(MOST_HOLDERS)), key=str.casefold)


CHOSEN = f"""WITH {SAID}, ranked AS (SELECT statement_id, path, row_number() OVER (PARTITION BY article_id
    ORDER BY certainty DESC, "start", statement_id) AS turn FROM said)
    SELECT statement_id FROM ranked ORDER BY turn, path, statement_id LIMIT {MOST_STATEMENTS}"""
"""Which statements are shown. Their cells are asked for by id, so that the long ones of all others stay unread."""

SHOWN = f"""WITH {SAID}
    SELECT c.statement_id AS id, c.article_id, c."start", c."end", left(c.evidence, {LONGEST_SUMMARY + 1}) AS evidence,
           c.voice, coalesce(c.holder, '') AS holder, coalesce(c.holder_id, '') AS holder_id, c.holder_type, c.target,
           coalesce(c.services, '') AS services, coalesce(c.aspects, '') AS aspects, c.stance,
           coalesce(c.certainty, 0) AS certainty, coalesce(c.flags, '') AS flags,
           coalesce(nullif(c.publisher, ''), '{NOT_GIVEN}') AS publisher,
           coalesce(nullif(c.kind, ''), '{NOT_GIVEN}') AS kind,
           coalesce(nullif(c.authors, ''), '{NOT_GIVEN}') AS authors, coalesce(c.published, '') AS published,
           coalesce(c.title, '') AS title, coalesce(c.url, '') AS url, coalesce(q.cue, '') AS cue
    FROM said c LEFT JOIN main.quotations q ON q.quotation_id = c.quotation_id AND c.quotation_id <> ''
    WHERE c.statement_id IN (SELECT unnest(?)) ORDER BY c.published, c.path, c."start", c.statement_id"""


class Passages:
    """Texts, sentences and names of some articles, to cut passages from."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, articles: list[str], targets: TargetWords) -> None:
        """Read what the passages of these articles need."""
        self._targets = targets
        among = "WHERE article_id IN (SELECT unnest(?))"
        self._texts: dict[str, str] = dict(
            ask(connection, f"SELECT article_id, text FROM main.texts {among}", [articles]))
        self._sentences: dict[str, list[tuple[int, int]]] = {}
        for article, start, end in ask(
                connection, f'SELECT article_id, "start", "end" FROM main.sentences {among} ORDER BY ALL', [articles]):
            self._sentences.setdefault(article, []).append((start, end))
        self._named: dict[tuple[str, str], list[Span]] = {}
        for article, entity, start, end in ask(connection, f"""
                SELECT DISTINCT article_id, m.entity_id, m."start", m."end"
                FROM main.mentions m JOIN main.statements s USING (article_id)
                {among} AND s.holder_id = m.entity_id ORDER BY ALL""", [articles]):
            self._named.setdefault((article, entity), []).append(Span(start, end, "holder"))

    def of(self, row: dict[str, Any]) -> list[Piece]:
        """The passage of one chosen statement; its evidence alone where the text is not kept."""
        text = self._texts.get(row["article_id"])
        if text is None:
            return [Piece(row["evidence"], "evidence")]
        core = Span(row["start"], row["end"], "evidence")
        shown = window(core, self._sentences.get(row["article_id"], []))
        holders = self._named.get((row["article_id"], row["holder_id"])) or _found(text, row["holder"], shown, "holder")
        marked = [core, *holders, *_found(text, row["cue"], shown, "cue")]
        return pieces(text, shown, marked, self._targets.find(text, shown, core, row["target"]))


def _statements(connection: duckdb.DuckDBPyConnection, targets: TargetWords) -> Iterator[Statement]:
    rows = records(connection, SHOWN, [[row[0] for row in ask(connection, CHOSEN)]])
    passages = Passages(connection, sorted({row["article_id"] for row in rows}), targets)
    names = [field.name for field in fields(Statement) if field.name not in ("aspects", "pieces")]
    for row in rows:
        aspects = tuple(part.strip() for part in row["aspects"].split(";") if part.strip())
        yield Statement(**{name: row[name] for name in names}, aspects=aspects, pieces=passages.of(row))


def _found(text: str, words: str, shown: tuple[int, int], kind: str) -> Iterator[Span]:
    """Where words stand in the shown part, as whole words."""
    if not words:
        return
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[shown[0]:shown[1]]):
        yield Span(shown[0] + match.start(), shown[0] + match.end(), kind)


def _articles(connection: duckdb.DuckDBPyConnection) -> list[Article]:
    found = records(connection, f"""
        WITH counts AS (SELECT article_id, count(*) AS n FROM main.statements GROUP BY article_id)
        SELECT article_id AS id, coalesce(nullif(title, ''), path) AS title, path,
               coalesce(nullif(publisher, ''), '{NOT_GIVEN}') AS publisher,
               coalesce(nullif(kind, ''), '{NOT_GIVEN}') AS kind, coalesce(authors, '') AS authors,
               coalesce(published, '') AS published, coalesce(url, '') AS url, coalesce(n_words, 0) AS words, stance,
               stance_score AS score, stance_low AS low, stance_high AS high, coalesce(n, 0) AS statements,
               coalesce(copy_of, '') <> '' AS copy
        FROM main.documents LEFT JOIN counts USING (article_id) ORDER BY published, path LIMIT {MOST_ARTICLES}""")
    return [Article(**row) for row in found]
