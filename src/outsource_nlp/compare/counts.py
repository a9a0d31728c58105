"""What is counted: occurrences of items by article, as SQL, and their sums on the two sides of a contrast.

Enters: the name of what is counted. Leaves: one row an item with its counts on both sides. All adding up
happens in DuckDB, so that ten million counts never enter pandas; only one row a distinct item comes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pandas as pd

from outsource_nlp.compare.groups import members
from outsource_nlp.compare.question import Arena, Question
from outsource_nlp.schema import LIST_SEPARATOR


@dataclass(frozen=True, slots=True)
class Counted:
    """One kind of item.

    Attributes:
        items: SQL with rows (article_id, item, n), each pair once.
        sizes: SQL with rows (article_id, size): what ``n`` is a part of.
        rows: SQL with rows (article_id, item, n, id), the single rows behind a count.
        unit: what ``size`` counts.
        table: where ``id`` is found; ``terms`` has no row of its own for an occurrence, its id is the
            article's.
    """

    items: str
    sizes: str
    rows: str
    unit: str
    table: str


def _of_terms(layer: str) -> Counted:
    where = f"FROM terms WHERE layer = '{layer}'"
    return Counted(f"SELECT article_id, term AS item, n {where}",
                   f"SELECT article_id, sum(n) AS size {where} GROUP BY article_id",
                   f"SELECT article_id, term AS item, n, article_id AS id {where}", "words", "terms")


def _of_rows(rows: str, sizes: str, unit: str, table: str) -> Counted:
    return Counted(f"SELECT article_id, item, sum(n) AS n FROM ({rows}) GROUP BY article_id, item",
                   f"SELECT article_id, count(*) AS size FROM {sizes} GROUP BY article_id", rows, unit, table)


COUNTED: dict[str, Counted] = {
    "words": _of_terms("words"),
    "lemmas": _of_terms("lemmas"),
    "entities": _of_rows(
        "SELECT article_id, name || CASE WHEN min(entity_id) OVER same <> max(entity_id) OVER same "
        "THEN ' [' || entity_id || ']' ELSE '' END AS item, 1 AS n, mention_id AS id "
        "FROM mentions WINDOW same AS (PARTITION BY name)", "mentions", "mentions", "mentions"),
    "speakers": _of_rows(
        "SELECT article_id, speaker AS item, 1 AS n, quotation_id AS id FROM quotations WHERE speaker <> ''",
        "quotations WHERE speaker <> ''", "quotations with a known speaker", "quotations"),
    "cues": _of_rows(
        "SELECT article_id, lower(cue) AS item, 1 AS n, quotation_id AS id FROM quotations WHERE cue <> ''",
        "quotations WHERE cue <> ''", "quotations with a cue", "quotations"),
    "aspects": _of_rows(
        "SELECT DISTINCT article_id, "
        f"trim(unnest(string_split(aspects, '{LIST_SEPARATOR.strip()}'))) AS item, 1 AS n, "
        "statement_id AS id FROM statements WHERE aspects <> ''", "statements", "statements", "statements"),
}
"""What can be counted. An aspect counts once a statement; one name of two entities is told apart by id."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much lies on each side: ``size_*`` in the unit counted, ``articles_*`` in articles."""

    size_target: int
    size_reference: int
    articles_target: int
    articles_reference: int


class Tally:
    """The sums of one arena in temporary tables; each group stands against the rest of it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena) -> None:
        """Hold on to sums that ``tallied`` has made."""
        self._connection = connection
        self._question = question
        self._arena = arena
        rows = connection.execute(SUM_SIZES).fetchall()
        self._sizes = {group: (int(size), int(articles)) for group, size, articles in rows}

    def sizes(self, group: str) -> Sizes:
        """The sizes of a group and of the rest; articles in which nothing is counted are articles too."""
        size, articles = self._sizes[group]
        size_all, articles_all = self._sizes[None]
        return Sizes(size, size_all - size, articles, articles_all - articles)

    def items(self, group: str) -> pd.DataFrame:
        """Counts of each item in the group and the rest.

        Returns:
            One row an item found in at least ``min_articles`` articles, sorted by item: item, a, b
            (occurrences in the group and the rest), articles, articles_reference (articles that have it).
        """
        return self._connection.execute(SUM_ITEMS, {"group": group}).df()

    def dispersion(self, items: list[str] | None) -> pd.DataFrame:
        """DPnorm of items over the articles of each group, as ``statistics.dispersion.dp_norm`` defines it.

        Only ``items``, or all where that is ``None``.

        Returns:
            group, item, dp_norm: items that the group has; NaN where all its words are in one article.
        """
        only, given = ("", {}) if items is None else ("AND item IN (SELECT unnest($items))", {"items": items})
        return self._connection.execute(
            f"""WITH parts AS (SELECT grp, article_id, size / sum(size) OVER (PARTITION BY grp) AS w
                               FROM compare_grouped JOIN compare_sizes USING (article_id)
                               WHERE size > 0 AND grp IN (SELECT unnest($groups))),
            least AS (SELECT grp, nullif(1 - min(w), 0) AS room FROM parts GROUP BY grp),
            found AS (SELECT grp, item, n, w FROM ({COUNTED[self._question.of].items})
                      JOIN parts USING (article_id) WHERE item <> '' {only}),
            totals AS (SELECT grp, item, sum(n) AS total FROM found GROUP BY grp, item)
            SELECT grp AS "group", item, (fsum(abs(n / total - w)) + 1 - fsum(w)) / 2 / any_value(room) AS dp_norm
            FROM found JOIN totals USING (grp, item) JOIN least USING (grp) GROUP BY grp, item""",
            {**given, "groups": list(self._arena.groups)}).df()


TEMPORARY = ("compare_grouped", "compare_sizes", "compare_counts", "compare_totals")

SUM_SIZES = """
    WITH sized AS (SELECT article_id, coalesce(size, 0) AS size
                   FROM (SELECT DISTINCT article_id FROM compare_grouped) LEFT JOIN compare_sizes USING (article_id))
    SELECT grp, sum(size), count(*) FROM compare_grouped JOIN sized USING (article_id) GROUP BY grp
    UNION ALL SELECT NULL, coalesce(sum(size), 0), count(*) FROM sized"""

SUM_ITEMS = """
    SELECT item, CAST(coalesce(c.n, 0) AS DOUBLE) AS a, CAST(t.n - coalesce(c.n, 0) AS DOUBLE) AS b,
           CAST(coalesce(c.articles, 0) AS DOUBLE) AS articles,
           CAST(t.articles - coalesce(c.articles, 0) AS DOUBLE) AS articles_reference
    FROM compare_totals t LEFT JOIN (SELECT * FROM compare_counts WHERE grp = $group) c USING (item)
    ORDER BY place"""


@contextmanager
def tallied(connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena) -> Iterator[Tally]:
    """Add up the counts of an arena once, for all its groups; the temporary tables go when the block ends well.

    Where groups overlap, their sums do not make up the total, which then takes a second pass.
    """
    counted = COUNTED[question.of]
    head, parameters = members(question, arena)
    among = "(SELECT DISTINCT article_id FROM compare_grouped)"
    overlap = "SELECT count(*) > count(DISTINCT article_id) FROM compare_grouped"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE compare_grouped AS WITH {head} SELECT * FROM members",
                       parameters)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE compare_sizes AS SELECT article_id, size "
                       f"FROM ({counted.sizes}) JOIN {among} USING (article_id)")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE compare_counts AS
        SELECT grp, item, sum(n) AS n, count(*) AS articles
        FROM ({counted.items}) JOIN compare_grouped USING (article_id) WHERE item <> '' GROUP BY grp, item""")
    overlapping = connection.execute(overlap).fetchall()[0][0]
    source = (f"SELECT item, n, 1 AS articles FROM ({counted.items}) JOIN {among} USING (article_id) "
              "WHERE item <> ''" if overlapping else "SELECT item, n, articles FROM compare_counts")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE compare_totals AS
        SELECT item, sum(n) AS n, sum(articles) AS articles, row_number() OVER (ORDER BY item) AS place
        FROM ({source}) GROUP BY item HAVING sum(articles) >= $least""", {"least": question.min_articles})
    yield Tally(connection, question, arena)
    for name in TEMPORARY:
        connection.execute(f"DROP TABLE temp.{name}")
