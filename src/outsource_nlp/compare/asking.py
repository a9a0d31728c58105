"""The way back from any id that a question gave to the rows behind it.

A question is what was asked and its options, as plain values that can be written down. Asked again of the same tables
it gives the same ids, so a figure needs no link to its rows: the question and the id are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from outsource_nlp.compare import collocations as company
from outsource_nlp.compare.comparing import compare, dispersion, question_of
from outsource_nlp.compare.evidence import COLUMNS, rows_behind
from outsource_nlp.compare.graphs import DEFAULTS, graph
from outsource_nlp.compare.networks import Wanted, statements
from outsource_nlp.errors import ResultsError

Connection = duckdb.DuckDBPyConnection
Options = Mapping[str, Any]


def _compared(connection: Connection, options: Options, row: Mapping[str, Any]) -> pd.DataFrame:
    return rows_behind(connection, question_of(options), {name: str(cell) for name, cell in row.items()})


def _dispersed(connection: Connection, options: Options, row: Mapping[str, Any]) -> pd.DataFrame:
    figure = {"group": str(row["group"]), "reference": "", "stratum": "", "item": str(row["item"]),
              "statistic": "dispersion"}
    return rows_behind(connection, question_of({**options, "min_articles": 1}), figure)


def _collocated(connection: Connection, options: Options, row: Mapping[str, Any]) -> pd.DataFrame:
    """Every place of the collocate in reach of the node."""
    reach = company.Reach(options["node"], **{k: options[k] for k in ("window", "of", "copies") if k in options})
    found = [
        ("group", "tokens", sentence.article_id, sentence.article_id, word, 1, *sentence.span(place, place))
        for sentence, _, meetings in company.meetings(connection, reach, options.get("by", ""), row["group"])
        for word, place, _ in meetings if word == row["collocate"]
    ]
    return pd.DataFrame(found, columns=list(COLUMNS))


def _tied(connection: Connection, options: Options, row: Mapping[str, Any]) -> pd.DataFrame:
    """The statements of both ends on the aspects they share, or of an actor on an aspect."""
    wanted = Wanted(**options)
    head, parameters = statements(wanted)
    ends = {"one": row["source"], "other": row["target"]}
    if wanted.mode == "actor-aspect":
        which = "actor = $one AND 'aspect:' || aspect = $other"
    elif wanted.mode == "aspect-aspect":
        shared = "SELECT actor FROM argued WHERE 'aspect:' || aspect = "
        which = ("'aspect:' || aspect IN ($one, $other) "
                 f"AND actor IN ({shared}$one) AND actor IN ({shared}$other)")
    else:
        shared = "SELECT aspect FROM argued WHERE actor = "
        which = f"actor IN ($one, $other) AND aspect IN ({shared}$one) AND aspect IN ({shared}$other)"
    found = connection.execute(
        f"""WITH {head} SELECT DISTINCT if($one IN (actor, 'aspect:' || aspect), 'group', 'reference') AS side,
        'statements', a.statement_id, a.article_id, aspect, 1, s.start, s."end"
        FROM argued a JOIN statements s USING (statement_id) WHERE {which} ORDER BY 1, 4, 7, 5""",
        {**parameters, **ends}).fetchall()
    return pd.DataFrame(found, columns=list(COLUMNS))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question: the frame it gives, the column of its ids, and the rows behind one of its rows."""

    frame: Callable[..., pd.DataFrame]
    key: str
    behind: Callable[[Connection, Options, Mapping[str, Any]], pd.DataFrame]


KINDS = {
    "compare": Kind(compare, "comparison_id", _compared),
    "dispersion": Kind(dispersion, "dispersion_id", _dispersed),
    "collocations": Kind(company.collocations, "collocation_id", _collocated),
    "network": Kind(lambda connection, **options: graph(connection, Wanted(**options)).frame(), "tie_id", _tied),
}
PREFIXES = {"c": "compare", "d": "dispersion", "o": "collocations", "t": "network"}
"""First letters of ids."""


def asked_by_default() -> list[tuple[str, dict[str, Any]]]:
    """The questions that every run answers besides its comparisons: those of its networks."""
    return [("network", {name: getattr(wanted, name) for name in wanted.__slots__}) for wanted in DEFAULTS.values()]


def behind(
    connection: Connection, row_id: str, asked: list[tuple[str, dict[str, Any]]]
) -> pd.DataFrame:
    """The rows behind a figure.

    Args:
        connection: holds the tables; it is only read.
        row_id: a comparison_id, dispersion_id, collocation_id or tie_id.
        asked: (kind, options) of the questions that may have given it; the last is tried first.

    Returns:
        As ``evidence.rows_behind``.

    Raises:
        ResultsError: none of them gives the id.
    """
    for name, options in reversed([*asked_by_default(), *asked]):
        kind = KINDS.get(name)
        if kind is None or PREFIXES.get(row_id[:1]) != name:
            continue
        frame = kind.frame(connection, **options)
        found = frame[frame[kind.key] == row_id]
        if len(found):
            return kind.behind(connection, options, {str(k): v for k, v in found.iloc[0].to_dict().items()})
    raise ResultsError.no_row(row_id)
