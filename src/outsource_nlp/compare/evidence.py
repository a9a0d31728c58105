"""The way back from a figure to the rows that it counts.

Enters: the id of a row of ``comparisons``. Leaves: which statements, mentions, quotations, words or
documents lie behind it, and where. They are found by asking again, with the SQL that made the figure, so
the table needs no links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
import pandas as pd

from outsource_nlp.compare.counts import COUNTED
from outsource_nlp.compare.groups import members
from outsource_nlp.compare.question import REST, Arena, Question
from outsource_nlp.compare.stances import BALANCE, VOICES
from outsource_nlp.errors import ResultsError

COLUMNS = ("side", "table", "id", "article_id", "item", "n", "start", "end")
OF_TARGET = ("frequency", "per_million", "share", "articles", "dp_norm")
"""Figures of counted items that rest on the target alone."""

KEYS = {"statements": "statement_id", "mentions": "mention_id", "quotations": "quotation_id"}
"""Tables whose rows have a place in the text, and the column that names the row."""


def evidence(connection: duckdb.DuckDBPyConnection, comparison_id: str) -> pd.DataFrame:
    """The rows behind a figure of the ``comparisons`` table, near copies left out as they were for the table.

    Returns:
        One row a row behind it: side (group or reference), table, id (in that table; for terms and
        documents the article), article_id, item, n, start, end. A word gives a row an occurrence; a lemma
        and a document give a row an article, ``n`` occurrences, without a place. For a share these are the
        rows in its numerator.

    Raises:
        ResultsError: there is no such id.
    """
    found = connection.execute(
        'SELECT "by", "of", "group", reference, item, statistic FROM comparisons WHERE comparison_id = $id',
        {"id": comparison_id}).fetchone()
    if found is None:
        raise ResultsError.no_row(comparison_id)
    by, of, group, reference, item, statistic = found
    return rows_behind(connection, by=by, of=of, group=group, reference=reference or "", item=item,
                       statistic=statistic)


def rows_behind(
    connection: duckdb.DuckDBPyConnection, *, by: str, of: str, group: str, reference: str, item: str,
    statistic: str, copies: bool = False,
) -> pd.DataFrame:
    """The same for a row of any frame that ``compare`` gave; the arguments are its cells."""
    source, table, parameters = _stance_rows(item, statistic) if of == "stance" else _counted_rows(of, item)
    head, given = members(Question(by, of, copies), Arena((group,), reference or REST))
    place, join = ('t.start, t."end"', f"LEFT JOIN {table} t ON t.{KEYS[table]} = behind.id") \
        if table in KEYS else ("NULL, NULL", "")
    found = connection.execute(
        f"""WITH {head}, behind AS ({source}),
        sides AS (SELECT article_id, bool_or(grp = $group) AS in_group FROM members GROUP BY article_id)
        SELECT CASE WHEN in_group THEN 'group' ELSE 'reference' END, '{table}', behind.id, behind.article_id,
               behind.item, behind.n, {place}
        FROM behind JOIN sides USING (article_id) {join} WHERE in_group IN {_sides_of(of, statistic, reference)}
        ORDER BY 1, 4, 7, 3""", {**given, "group": group, **parameters}).fetchall()
    rows = _occurrences(connection, found, item) if of == "words" else found
    frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
    return frame.astype({"n": "int64", "start": "Int64", "end": "Int64"})


def _occurrences(
    connection: duckdb.DuckDBPyConnection, found: list[tuple[object, ...]], word: str
) -> Iterator[tuple[object, ...]]:
    """A row an occurrence in the text; where the text does not show the word, the row of its count as it was.

    A word is sought by its letters: as a whole, or inside others where only that gives the number counted
    ("cannot" is counted as two words). Where neither does, the places may be more or fewer than the count.
    """
    whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    inside = re.compile(re.escape(word), re.IGNORECASE)
    for row in found:
        text = connection.execute("SELECT text FROM texts WHERE article_id = $id", {"id": row[3]}).fetchone()
        ways = [[m.span() for m in way.finditer(text[0])] for way in (whole, inside)] if text else [[], []]
        spans = ways[1] if not ways[0] or (len(ways[0]) != row[5] and len(ways[1]) == row[5]) else ways[0]
        for start, end in spans:
            yield (*row[:5], 1, start, end)
        if not spans:
            yield row


def _sides_of(of: str, statistic: str, reference: str) -> str:
    if of != "stance" and statistic.endswith("_reference"):
        return "(FALSE)"
    if not reference or (of != "stance" and statistic in OF_TARGET):
        return "(TRUE)"
    return "(TRUE, FALSE)"


def _counted_rows(of: str, item: str) -> tuple[str, str, dict[str, str]]:
    source = f"SELECT article_id, item, n, id FROM ({COUNTED[of].rows}) WHERE item = $item"
    return source, COUNTED[of].table, {"item": item}


def _stance_rows(item: str, statistic: str) -> tuple[str, str, dict[str, str]]:
    facet = statistic.rpartition("_")[2]
    table, row_id, where = (("documents", "article_id", "TRUE") if facet == "articles"
                            else ("statements", "statement_id", VOICES[facet]))
    which, parameters = (("IN ('for', 'against')", {}) if item == BALANCE else ("= $item", {"item": item}))
    source = (f"SELECT article_id, stance AS item, 1 AS n, {row_id} AS id FROM {table} "
              f"WHERE {where} AND stance {which}")
    return source, table, parameters
