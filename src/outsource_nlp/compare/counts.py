"""What is counted: occurrences of items by article, as SQL, and their sums on the two sides of a contrast.

Enters: the name of what is counted. Leaves: one row an item with its counts on both sides. All adding up
happens in DuckDB, so that ten million counts never enter pandas; only one row a distinct item comes back.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from outsource_nlp.compare.groups import members
from outsource_nlp.compare.question import Arena, Question
from outsource_nlp.errors import ComparisonError
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


def _of_ngrams(size: int) -> Counted:
    """Sequences of tokens within a sentence; one with a token that has no letter or digit is none."""
    grams = (f"SELECT article_id, unnest([array_to_string(w[i:i + {size - 1}], ' ') "
             f"for i in range(1, len(w) - {size - 2})]) AS item "
             "FROM (SELECT article_id, string_split(lower(words), ' ') AS w FROM tokens)")
    items = (f"SELECT article_id, item, count(*) AS n FROM ({grams}) "
             r"WHERE NOT regexp_matches(item, '(^| )[^\p{L}\p{N} ]+( |$)') GROUP BY article_id, item")
    return Counted(items, "SELECT article_id, sum(n) AS size FROM compare_items GROUP BY article_id",
                   f"SELECT article_id, item, n, article_id AS id FROM ({items})", f"{size}-grams", "tokens")


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
    "holders": _of_rows(
        "SELECT article_id, holder AS item, 1 AS n, statement_id AS id FROM statements WHERE holder <> ''",
        "statements WHERE holder <> ''", "statements with a known holder", "statements"),
    "services": _of_rows(
        "SELECT DISTINCT article_id, "
        f"trim(unnest(string_split(services, '{LIST_SEPARATOR.strip()}'))) AS item, 1 AS n, "
        "statement_id AS id FROM statements WHERE services <> ''", "statements", "statements", "statements"),
    "aspects": _of_rows(
        "SELECT DISTINCT article_id, "
        f"trim(unnest(string_split(aspects, '{LIST_SEPARATOR.strip()}'))) AS item, 1 AS n, "
        "statement_id AS id FROM statements WHERE aspects <> ''", "statements", "statements", "statements"),
}
"""What can be counted. An aspect counts once a statement; one name of two entities is told apart by id."""

NGRAMS = "ngrams"
SIZES = range(2, 7)
"""Words an n-gram may have."""


def counted(question: Question) -> Counted:
    """How the thing asked for is counted.

    Raises:
        ComparisonError: an n-gram of a size that is not counted.
    """
    if question.of != NGRAMS:
        return COUNTED[question.of]
    if question.size not in SIZES:
        raise ComparisonError.unknown("n-grams of size", str(question.size), map(str, SIZES))
    return _of_ngrams(question.size)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much lies on each side: ``size_*`` in the unit counted, ``articles_*`` in articles."""

    size_target: int
    size_reference: int
    articles_target: int
    articles_reference: int


class Tally:
    """The sums of one arena in temporary tables; each group stands against the rest of it."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena, items: str
    ) -> None:
        """Hold on to sums that ``tallied`` has made."""
        self._connection = connection
        self._question = question
        self._arena = arena
        self._items = items
        rows = connection.execute(SUM_SIZES).fetchall()
        self._sizes = {group: (int(size), int(articles)) for group, size, articles in rows}

    def sizes(self, group: str) -> Sizes:
        """The sizes of a group and of the rest; articles in which nothing is counted are articles too."""
        size, articles = self._sizes[group]
        if self._question.word_list:
            listed = self._connection.execute("SELECT coalesce(sum(n), 0) FROM compare_list").fetchall()[0][0]
            return Sizes(size, int(listed), articles, 0)
        size_all, articles_all = self._sizes[None]
        return Sizes(size, size_all - size, articles, articles_all - articles)

    def items(self, group: str) -> pd.DataFrame:
        """Counts of each item in the group and the rest.

        Returns:
            One row an item found in at least ``min_articles`` articles, sorted by item: item, a, b
            (occurrences in the group and the rest), articles, articles_reference (articles that have it). A
            word list gives ``b`` alone.
        """
        if self._question.word_list:
            return self._connection.execute(LISTED_ITEMS).df()
        found = self._connection.execute(IN_GROUP, {"group": group}).fetchnumpy()
        frame = self._totals[["item"]].copy()
        for own, rest, column in (("a", "b", "n"), ("articles", "articles_reference", "articles")):
            n = np.zeros(len(frame))
            n[np.asarray(found["place"])] = found[column]
            frame[own], frame[rest] = n, self._totals[column] - n
        return frame

    @functools.cached_property
    def _totals(self) -> pd.DataFrame:
        """Each item of the arena with its occurrences and articles, sorted by item; read once for all groups."""
        return self._connection.execute(TOTALS).df()

    def parts(self, group: str, top: int) -> tuple[list[str], list[list[float]], list[float]]:
        """The most frequent items of a group, their occurrences in each of its articles, and the articles' sizes."""
        sizes = self._connection.execute(
            "SELECT article_id, size FROM compare_sizes JOIN compare_grouped USING (article_id) "
            "WHERE grp = $group AND size > 0 ORDER BY article_id", {"group": group}).fetchall()
        items = [row[0] for row in self._connection.execute(
            "SELECT item FROM compare_counts SEMI JOIN compare_totals USING (item) WHERE grp = $group "
            "ORDER BY n DESC, item LIMIT $top", {"group": group, "top": top}).fetchall()]
        place = {article: i for i, (article, _) in enumerate(sizes)}
        rows = {item: [0.0] * len(sizes) for item in items}
        for item, article, n in self._connection.execute(
                f"SELECT item, article_id, n FROM ({self._items}) JOIN compare_grouped USING (article_id) "
                "WHERE grp = $group AND item IN (SELECT unnest($items))", {"group": group, "items": items}).fetchall():
            rows[item][place[article]] = float(n)
        return items, list(rows.values()), [float(size) for _, size in sizes]

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
            found AS (SELECT grp, item, n, w FROM ({self._items})
                      JOIN parts USING (article_id) WHERE item <> '' {only}),
            totals AS (SELECT grp, item, sum(n) AS total FROM found GROUP BY grp, item)
            SELECT grp AS "group", item, (fsum(abs(n / total - w)) + 1 - fsum(w)) / 2 / any_value(room) AS dp_norm
            FROM found JOIN totals USING (grp, item) JOIN least USING (grp) GROUP BY grp, item""",
            {**given, "groups": list(self._arena.groups)}).df()


TEMPORARY = ("compare_grouped", "compare_items", "compare_sizes", "compare_counts", "compare_totals", "compare_list")

SUM_SIZES = """
    WITH sized AS (SELECT article_id, coalesce(size, 0) AS size
                   FROM (SELECT DISTINCT article_id FROM compare_grouped) LEFT JOIN compare_sizes USING (article_id))
    SELECT grp, sum(size), count(*) FROM compare_grouped JOIN sized USING (article_id) GROUP BY grp
    UNION ALL SELECT NULL, coalesce(sum(size), 0), count(*) FROM sized"""

TOTALS = """
    SELECT item, CAST(n AS DOUBLE) AS n, CAST(articles AS DOUBLE) AS articles FROM compare_totals ORDER BY place"""

IN_GROUP = """
    SELECT t.place - 1 AS place, CAST(c.n AS DOUBLE) AS n, CAST(c.articles AS DOUBLE) AS articles
    FROM compare_counts c JOIN compare_totals t USING (item) WHERE c.grp = $group"""

LISTED_ITEMS = """
    SELECT item, CAST(t.n AS DOUBLE) AS a, CAST(coalesce(l.n, 0) AS DOUBLE) AS b, CAST(t.articles AS DOUBLE) AS articles
    FROM compare_totals t LEFT JOIN compare_list l USING (item) ORDER BY place"""


@contextmanager
def tallied(connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena) -> Iterator[Tally]:
    """Add up the counts of an arena once, for all its groups; the temporary tables go when the block ends well.

    Where groups overlap, their sums do not make up the total, which then takes a second pass.
    """
    what = counted(question)
    head, parameters = members(question, arena)
    among = "(SELECT DISTINCT article_id FROM compare_grouped)"
    overlap = "SELECT count(*) > count(DISTINCT article_id) FROM compare_grouped"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE compare_grouped AS WITH {head} SELECT * FROM members",
                       parameters)
    items = what.items
    if question.of == NGRAMS:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE compare_items AS SELECT * FROM ({items}) "
                           f"JOIN {among} USING (article_id)")
        items = "SELECT * FROM compare_items"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE compare_sizes AS SELECT article_id, size "
                       f"FROM ({what.sizes}) JOIN {among} USING (article_id)")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE compare_counts AS
        SELECT grp, item, sum(n) AS n, count(*) AS articles
        FROM ({items}) JOIN compare_grouped USING (article_id) WHERE item <> '' GROUP BY grp, item""")
    overlapping = connection.execute(overlap).fetchall()[0][0]
    source = (f"SELECT item, n, 1 AS articles FROM ({items}) JOIN {among} USING (article_id) "
              "WHERE item <> ''" if overlapping else "SELECT item, n, articles FROM compare_counts")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE compare_totals AS
        SELECT item, sum(n) AS n, sum(articles) AS articles, row_number() OVER (ORDER BY item) AS place
        FROM ({source}) GROUP BY item HAVING sum(articles) >= $least""", {"least": question.min_articles})
    if question.word_list:
        _read_list(connection, Path(question.word_list))
    yield Tally(connection, question, arena, items)
    for name in TEMPORARY:
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _read_list(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """A CSV with the columns ``word,count`` as the table ``compare_list``, lower-cased."""
    if not path.is_file():
        raise ComparisonError.bad_word_list(path, "no such file")
    try:
        connection.execute(
            """CREATE OR REPLACE TEMP TABLE compare_list AS
            SELECT lower(list.word) AS item, sum(CAST(list."count" AS BIGINT)) AS n
            FROM read_csv($path, header = true, delim = ',', all_varchar = true) AS list
            WHERE list.word IS NOT NULL GROUP BY ALL""", {"path": str(path)})
    except duckdb.Error as error:
        raise ComparisonError.bad_word_list(path, str(error).splitlines()[0]) from error
