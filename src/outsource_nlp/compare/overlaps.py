"""What groups share: a map of who gives a voice to the same people, uses the same arguments and takes the same sides.

Enters: a connection and an arena. Leaves: tidy rows, each pair of groups in both directions. ``item`` is what may be
shared: articles (of groups that overlap), speakers, holders, entities, aspects, and ``sides``, the aspects on which
both groups have more statements on one side than on the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import duckdb
import pandas as pd

from outsource_nlp.compare.composition import COLUMNS, NAN, Row
from outsource_nlp.compare.counts import COUNTED
from outsource_nlp.compare.groups import grouped, names
from outsource_nlp.compare.question import REST, Arena, Question
from outsource_nlp.compare.statistics.shares import wilson

SHARED = ("speakers", "holders", "entities", "aspects")
ARTICLES, SIDES = "articles", "sides"
MOST_GROUPS = 50
"""Groups that are held against each other, those with most articles first: pairs grow with their square."""

Counts = Mapping[str, Mapping[str, float]]
"""How often each thing comes, by group."""

SIDED = """SELECT article_id, aspect AS item, CASE stance WHEN 'for' THEN 1 ELSE -1 END AS n, statement_id AS id
FROM (SELECT article_id, trim(unnest(string_split(aspects, ';'))) AS aspect, stance, statement_id FROM statements
WHERE aspects <> '' AND stance IN ('for', 'against'))"""


def source(item: str) -> tuple[str, str]:
    """SQL of (article_id, item, n, id) for a thing that may be shared, and the table it comes from."""
    if item == ARTICLES:
        return "SELECT article_id, article_id AS item, 1 AS n, article_id AS id FROM documents", "documents"
    if item == SIDES:
        return SIDED, "statements"
    return COUNTED[item].rows, COUNTED[item].table


def rows(connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena) -> pd.DataFrame:
    """Every figure of every pair of an arena."""
    others = names(connection, question)[:MOST_GROUPS] if arena.reference == REST else [arena.reference]
    pairs = [(group, other) for group in arena.groups for other in sorted(others) if other != group]
    found: list[Row] = []
    for item in (ARTICLES, *SHARED, SIDES):
        counts = tallied(connection, question, item)
        for group, other in pairs:
            make = _sides if item == SIDES else _shared
            found.extend((group, other, "", item, *cells)
                         for cells in make(counts.get(group, {}), counts.get(other, {}), item))
    return pd.DataFrame(found, columns=list(COLUMNS))


def tallied(connection: duckdb.DuckDBPyConnection, question: Question, item: str) -> dict[str, dict[str, float]]:
    """How often each thing comes, by group."""
    counts: dict[str, dict[str, float]] = {}
    for group, name, n in connection.execute(
            f"""WITH {grouped(question)} SELECT grp, item, sum(n) FROM ({source(item)[0]}) JOIN grouped
            USING (article_id) WHERE item <> '' GROUP BY ALL ORDER BY ALL""").fetchall():
        counts.setdefault(group, {})[name] = float(n)
    return counts


Cells = tuple[str, float, float, float, int, str]


def _shared(one: Mapping[str, float], other: Mapping[str, float], item: str) -> Iterator[Cells]:
    """How many things both have, as a share of all, and how alike their frequencies are."""
    both, all_ = one.keys() & other.keys(), len(one.keys() | other.keys())
    lengths = [math.sqrt(math.fsum(n * n for n in side.values())) for side in (one, other)]
    dot = math.fsum(one[name] * other[name] for name in both)
    yield "shared", float(len(both)), NAN, NAN, all_, item
    yield "jaccard", len(both) / all_ if all_ else NAN, NAN, NAN, all_, f"share of {item}"
    yield "cosine", dot / math.prod(lengths) if all(lengths) else NAN, NAN, NAN, all_, "0 to 1"


def _sides(one: Mapping[str, float], other: Mapping[str, float], item: str) -> Iterator[Cells]:
    """On how many aspects both stand on the same side; the interval takes aspects as independent."""
    products = [one[name] * other[name] for name in one.keys() & other.keys()]
    agree, disagree = (sum(sign * p > 0 for p in products) for sign in (1, -1))
    n = agree + disagree
    low, high = wilson(agree / n, n) if n else (NAN, NAN)
    yield "agree", float(agree), NAN, NAN, n, "aspects"
    yield "disagree", float(disagree), NAN, NAN, n, "aspects"
    yield "agreement", agree / n if n else NAN, low, high, n, f"share of aspects with {item}"
