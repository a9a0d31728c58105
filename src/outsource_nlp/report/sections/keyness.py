"""Words that set a group apart from all others, taken from the ``comparisons`` table, with lines that show them in use.

A connection enters; the strongest words of each publisher and kind leave.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from outsource_nlp.errors import ComparisonError
from outsource_nlp.report.passages import Piece, Span, pieces
from outsource_nlp.report.queries import BY, COMPARED, GROUPINGS, KEPT, NOT_GIVEN, ask, records

MOST_WORDS = 8
MOST_GROUPS = 12
LINES = 2
AROUND = 60
SURE = 0.05
"""Adjusted p below which a word is called distinctive without reserve."""


@dataclass(frozen=True, slots=True)
class Line:
    """A word in use."""

    pieces: list[Piece]
    publisher: str
    published: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Word:
    """One distinctive word; rates per million words, the log ratio counts doublings."""

    word: str
    frequency: int
    articles: int
    rate: float
    rate_reference: float
    log_ratio: float
    low: float
    high: float
    g2: float
    p_adjusted: float
    comparison_id: str
    lines: list[Line]

    @property
    def sure(self) -> bool:
        """Whether chance is an unlikely reason."""
        return self.p_adjusted < SURE


@dataclass(frozen=True, slots=True)
class Group:
    """A publisher or kind and its words, strongest first; ``n`` words in it."""

    name: str
    n: int
    words: list[Word]


def read(connection: duckdb.DuckDBPyConnection, by: Sequence[str] = BY) -> dict[str, list[Group]]:
    """Groups by grouping; a grouping without comparisons has none."""
    return {name: _groups(connection, name) for name in by}


def lacks_words(connection: duckdb.DuckDBPyConnection, by: str) -> bool:
    """Whether the run did not compare the words of a grouping that has two groups or more.

    Raises:
        ComparisonError: the grouping is not known.
    """
    if by not in GROUPINGS:
        raise ComparisonError.unknown("a report by", by, GROUPINGS)
    stored = ask(connection, "SELECT count(*) FROM main.comparisons WHERE \"by\" = ? AND \"of\" = 'words'", [by])[0][0]
    groups = ask(connection, f"WITH {KEPT} SELECT count(DISTINCT grp) FROM ({GROUPINGS[by]}) WHERE grp <> ?",
                 [NOT_GIVEN])[0][0]
    return not stored and groups > 1


STRONGEST = f"""wide AS (SELECT "group" AS grp, item,
    max(value) FILTER (WHERE statistic = 'frequency') AS frequency,
    max(n) FILTER (WHERE statistic = 'frequency') AS size,
    max(value) FILTER (WHERE statistic = 'articles') AS articles,
    max(value) FILTER (WHERE statistic = 'per_million') AS rate,
    max(value) FILTER (WHERE statistic = 'per_million_reference') AS rate_reference,
    max(value) FILTER (WHERE statistic = 'log_ratio') AS log_ratio,
    max(low) FILTER (WHERE statistic = 'log_ratio') AS low,
    max(high) FILTER (WHERE statistic = 'log_ratio') AS high,
    max(value) FILTER (WHERE statistic = 'g2') AS g2,
    max(value) FILTER (WHERE statistic = 'p_adjusted') AS p_adjusted,
    max(comparison_id) FILTER (WHERE statistic = 'log_ratio') AS comparison_id
    FROM {COMPARED} WHERE "by" = ? AND "of" = 'words' GROUP BY ALL),
    strongest AS (SELECT * FROM wide WHERE log_ratio > 0 AND low IS NOT NULL AND high IS NOT NULL
    AND regexp_matches(item, '\\pL')
    QUALIFY row_number() OVER (PARTITION BY grp ORDER BY g2 DESC, item) <= {MOST_WORDS})"""


def _groups(connection: duckdb.DuckDBPyConnection, by: str) -> list[Group]:
    lines = _lines(connection, by)
    groups: dict[str, Group] = {}
    for row in records(connection, f"""WITH {STRONGEST} SELECT grp, size, item AS word,
            CAST(frequency AS BIGINT) AS frequency,
            CAST(coalesce(articles, 0) AS BIGINT) AS articles, rate, rate_reference, log_ratio, low, high, g2,
            coalesce(p_adjusted, 1) AS p_adjusted, comparison_id FROM strongest ORDER BY grp, g2 DESC, word""", [by]):
        name, size = row.pop("grp"), row.pop("size")
        group = groups.setdefault(name, Group(name, size, []))
        group.words.append(Word(**row, lines=lines.get((name, row["word"]), [])))
    largest = sorted(groups.values(), key=lambda group: (-group.n, group.name))[:MOST_GROUPS]
    return sorted(largest, key=lambda group: group.name.casefold())


def _lines(connection: duckdb.DuckDBPyConnection, by: str) -> dict[tuple[str, str], list[Line]]:
    """The first occurrence of each word in each of two articles."""
    lines: dict[tuple[str, str], list[Line]] = {}
    for grp, item, text, *where in ask(connection, f"""WITH {KEPT}, {STRONGEST},
            places AS (SELECT strongest.grp, item, article_id, path FROM strongest
            JOIN main.terms t ON t.term = item AND t.layer = 'words' JOIN kept k USING (article_id)
            JOIN ({GROUPINGS[by]}) g USING (article_id) WHERE g.grp = strongest.grp
            QUALIFY row_number() OVER (PARTITION BY strongest.grp, item ORDER BY path) <= {LINES})
            SELECT grp, item, x.text, k.publisher, k.published, k.title, k.url FROM places
            JOIN kept k USING (article_id) JOIN main.texts x USING (article_id)
            ORDER BY grp, item, places.path""", [by]):
        match = re.search(rf"(?<!\w){re.escape(item)}(?!\w)", text, re.IGNORECASE)
        if match:
            shown = _whole_words(text, match.start() - AROUND, match.end() + AROUND)
            told = ("" if cell is None else str(cell) for cell in where)
            marked = pieces(text, shown, [Span(match.start(), match.end(), "word")])
            lines.setdefault((grp, item), []).append(Line(marked, *told))
    return lines


def _whole_words(text: str, first: int, last: int) -> tuple[int, int]:
    """The range, moved in to the next white space where it would cut a word."""
    first, last = max(0, first), min(len(text), last)
    before, after = text.find(" ", first), text.rfind(" ", first, last)
    return (before + 1 if first > 0 and 0 <= before - first < AROUND // 2 else first,
            after if last < len(text) and last - after < AROUND // 2 else last)
