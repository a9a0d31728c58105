"""The way back from a figure to the rows that it counts.

Enters: a figure's id and the question it answers. Leaves: which statements, mentions, quotations, words or documents
lie behind it, and where. They are found by asking again, with the SQL that made the figure, so the table needs no
links.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd

from outsource_nlp.compare import overlaps, speakers
from outsource_nlp.compare.counts import NGRAMS, counted
from outsource_nlp.compare.facets import BALANCE, FACETS
from outsource_nlp.compare.facets import rows as facet_rows
from outsource_nlp.compare.groups import grouped, members
from outsource_nlp.compare.question import REST, Arena, Question

COLUMNS = ("side", "table", "id", "article_id", "item", "n", "start", "end")
OF_TARGET = ("frequency", "per_million", "share", "articles", "dp_norm", "dispersion")
"""Figures of counted items that rest on the target alone."""

KEYS = {"statements": "statement_id", "mentions": "mention_id", "quotations": "quotation_id"}
"""Tables whose rows have a place in the text, and the column that names the row."""

LAYERS = {"words": "words", "lemmas": "lemmas", NGRAMS: "words"}
"""Counted items that stand in the text, and the column of ``tokens`` that shows them."""

Source = tuple[str, str, dict[str, Any]]
"""SQL of (article_id, item, n, id), the table of the ids, and parameters."""


def rows_behind(connection: duckdb.DuckDBPyConnection, question: Question, figure: Mapping[str, str]) -> pd.DataFrame:
    """The rows behind a figure, near copies left out or not as they were for it.

    Args:
        connection: holds the tables; it is only read.
        question: what was asked.
        figure: group, reference, stratum, item and statistic of a row that ``compare`` gave.

    Returns:
        One row a row behind it: side (group or reference), table, id (in that table; for words and documents the
        article), article_id, item, n, start, end. A word, lemma or n-gram gives a row an occurrence; a document a row
        an article, without a place. For a share these are the rows in its numerator.
    """
    group, reference = figure["group"], figure["reference"]
    source, table, parameters = _source(connection, question, figure)
    head, given = members(question, Arena((group,), reference or REST))
    if question.of == "overlap":
        head = f"{grouped(question)}, members AS (SELECT * FROM grouped WHERE grp IN ($group, $reference))"
    place, join = ('t.start, t."end"', f"LEFT JOIN {table} t ON t.{KEYS[table]} = behind.id") \
        if table in KEYS else ("NULL, NULL", "")
    if question.of in LAYERS:
        place = 'behind."start", behind."end"'
    found = connection.execute(
        f"""WITH {head}, behind AS ({source}),
        sides AS (SELECT article_id, bool_or(grp = $group) AS in_group FROM members GROUP BY article_id)
        SELECT CASE WHEN in_group THEN 'group' ELSE 'reference' END, '{table}', behind.id, behind.article_id,
               behind.item, behind.n, {place}
        FROM behind JOIN sides USING (article_id) {join} WHERE in_group IN {_sides_of(question, figure)}
        ORDER BY 1, 4, 7, 3""", {**given, "group": group, **parameters}).fetchall()
    frame = pd.DataFrame(found, columns=list(COLUMNS))
    return frame.astype({"n": "int64", "start": "Int64", "end": "Int64"})


def _sides_of(question: Question, figure: Mapping[str, str]) -> str:
    counted_items = question.of not in {*FACETS, "style", "overlap"}
    if counted_items and figure["statistic"].endswith("_reference"):
        return "(FALSE)"
    if not figure["reference"] or (counted_items and figure["statistic"] in OF_TARGET):
        return "(TRUE)"
    return "(TRUE, FALSE)"


def _source(connection: duckdb.DuckDBPyConnection, question: Question, figure: Mapping[str, str]) -> Source:
    item = figure["item"]
    if question.of == "overlap":
        return _overlap_rows(connection, question, figure)
    if question.of == "style":
        return "SELECT article_id, $item AS item, 1 AS n, article_id AS id FROM documents", "documents", {"item": item}
    if question.of == "voices" and item == speakers.ITEM:
        kept = "speaker = ''" if figure["statistic"] == "unnamed" else "speaker <> ''"
        return f"SELECT article_id, speaker AS item, 1 AS n, quotation_id AS id FROM quotations WHERE {kept}", \
            "quotations", {}
    if question.of in FACETS:
        return _facet_rows(question, figure)
    if question.of in LAYERS:
        return _occurrences(question), "tokens", {"item": item}
    what = counted(question)
    return f"SELECT article_id, item, n, id FROM ({what.rows}) WHERE item = $item", what.table, {"item": item}


def _facet_rows(question: Question, figure: Mapping[str, str]) -> Source:
    name = figure["statistic"].rpartition("_")[2]
    facet = next(facet for facet in FACETS[question.of] if facet.name == name)
    which = "item IN ('for', 'against')" if figure["item"] == BALANCE else "item = $item"
    parameters = {"stratum": figure["stratum"], **({} if figure["item"] == BALANCE else {"item": figure["item"]})}
    source = (f"SELECT article_id, item, 1 AS n, id FROM ({facet_rows(facet, question.split)}) "
              f"WHERE stratum = $stratum AND {which}")
    return source, facet.table, parameters


def _overlap_rows(connection: duckdb.DuckDBPyConnection, question: Question, figure: Mapping[str, str]) -> Source:
    """Rows of the things that both groups have."""
    counts = overlaps.tallied(connection, question, figure["item"])
    both = counts.get(figure["group"], {}).keys() & counts.get(figure["reference"], {}).keys()
    sql, table = overlaps.source(figure["item"])
    return (f"SELECT article_id, item, 1 AS n, id FROM ({sql}) WHERE item IN (SELECT unnest($both))", table,
            {"both": sorted(both)})


def _occurrences(question: Question) -> str:
    """SQL of a row an occurrence of ``$item``, a sequence of tokens, with its place in the text."""
    more = question.size - 1 if question.of == NGRAMS else 0
    layer = LAYERS[question.of]
    return f"""SELECT article_id, $item AS item, 1 AS n, article_id AS id, "start" + CAST(s[i] AS BIGINT) AS "start",
        "start" + CAST(s[i + {more}] AS BIGINT) + length(f[i + {more}]) AS "end" FROM (
        SELECT article_id, "start", string_split(words, ' ') AS f, string_split(starts, ' ') AS s,
               string_split(lower({layer}), ' ') AS w,
               unnest([i for i in range(1, len(w) - {more} + 1) if array_to_string(w[i:i + {more}], ' ') = $item]) AS i
        FROM tokens WHERE contains(' ' || lower({layer}) || ' ', ' ' || $item || ' '))"""
