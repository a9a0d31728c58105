"""From a figure back to its rows."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from outsource_nlp import compare
from outsource_nlp.errors import ResultsError


@pytest.fixture(scope="module")
def stored(shared: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The small set with its comparisons in the table."""
    frames = [compare.compare(shared, by=by, of=of, min_articles=1) for by in ("publisher", "author")
              for of in compare.OF]
    shared.register("incoming", pd.concat(frames))
    shared.execute("INSERT INTO comparisons SELECT * FROM incoming")
    return shared


def row_id(connection: duckdb.DuckDBPyConnection, by: str, of: str, group: str, item: str, statistic: str) -> str:
    found = connection.execute(
        'SELECT comparison_id FROM comparisons WHERE "by" = ? AND "of" = ? AND "group" = ? AND item = ? '
        "AND statistic = ?", [by, of, group, item, statistic]).fetchone()
    assert found is not None
    return str(found[0])


def behind(connection: duckdb.DuckDBPyConnection, *key: str) -> pd.DataFrame:
    return compare.evidence(connection, row_id(connection, *key))


def test_a_count_of_a_word_leads_to_its_places(stored: duckdb.DuckDBPyConnection) -> None:
    found = behind(stored, "publisher", "words", "Trade Ledger", "contract", "frequency")
    assert found["article_id"].tolist() == ["a1", "a1", "a2"]
    texts = dict(stored.execute("SELECT article_id, text FROM texts").fetchall())
    places = zip(found["article_id"], found["start"], found["end"], strict=True)
    assert {texts[a][s:e] for a, s, e in places} == {"contract"}


def test_a_test_of_a_word_leads_to_both_sides(stored: duckdb.DuckDBPyConnection) -> None:
    found = behind(stored, "publisher", "words", "Trade Ledger", "profit", "g2")
    assert found.groupby("side")["article_id"].apply(list).to_dict() == {"group": ["a2"], "reference": ["b1", "b2"]}
    only = behind(stored, "publisher", "words", "Trade Ledger", "profit", "frequency_reference")
    assert set(only["side"]) == {"reference"}


def test_a_word_counted_inside_another_is_found_there(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("UPDATE texts SET text = 'They cannot.' WHERE article_id = 'a1'")
    connection.execute("INSERT INTO terms VALUES ('a1', 'words', 'not', 1), ('a1', 'words', 'unseen', 2)")
    key = {"by": "kind", "of": "words", "group": "trade press", "reference": "", "statistic": "frequency"}
    found = compare.rows_behind(connection, item="not", **key)
    assert found[["article_id", "start", "end"]].values.tolist() == [["a1", 8, 11]]
    lost = compare.rows_behind(connection, item="unseen", **key)
    assert lost["n"].tolist() == [2]
    assert lost["start"].isna().all()


def test_a_lemma_leads_to_its_articles(stored: duckdb.DuckDBPyConnection) -> None:
    found = behind(stored, "publisher", "lemmas", "Morning Lamp", "harm", "frequency")
    assert found[["table", "id", "n"]].values.tolist() == [["terms", "b2", 1]]
    assert found["start"].isna().all()


def test_a_share_leads_to_the_statements_it_counts(stored: duckdb.DuckDBPyConnection) -> None:
    found = behind(stored, "publisher", "stance", "Trade Ledger", "for", "share_author")
    assert found["id"].tolist() == ["s00", "s01", "s03"]
    assert set(found["table"]) == {"statements"}
    assert found["start"].tolist() == [0, 0, 0]


def test_a_balance_leads_to_both_stances(stored: duckdb.DuckDBPyConnection) -> None:
    found = behind(stored, "publisher", "stance", "Trade Ledger", "for - against", "balance_all")
    assert set(found["item"]) == {"for", "against"}
    assert len(found) == 5


def test_a_share_of_articles_leads_to_documents(stored: duckdb.DuckDBPyConnection) -> None:
    found = behind(stored, "publisher", "stance", "Morning Lamp", "against", "share_articles")
    assert found[["table", "id"]].values.tolist() == [["documents", "b1"], ["documents", "b2"]]


@pytest.mark.parametrize(("of", "group", "item", "ids"), [
    ("speakers", "Morning Lamp", "Ede Elm", ["q1", "q2"]), ("cues", "Morning Lamp", "says", ["q1"]),
    ("entities", "Morning Lamp", "Harnsea Council [e1]", ["m1"]),
    ("aspects", "Morning Lamp", "profit", ["s06", "s07"])])
def test_counted_rows_are_named(
    stored: duckdb.DuckDBPyConnection, of: str, group: str, item: str, ids: list[str]
) -> None:
    assert behind(stored, "publisher", of, group, item, "frequency")["id"].tolist() == ids


@pytest.mark.parametrize("of", compare.OF)
def test_as_many_rows_lie_behind_a_count_as_it_says(stored: duckdb.DuckDBPyConnection, of: str) -> None:
    for by in ("publisher", "author"):
        rows = stored.execute(
            'SELECT comparison_id, value FROM comparisons WHERE "by" = ? AND "of" = ? '
            "AND (statistic = 'frequency' OR starts_with(statistic, 'count_'))", [by, of]).fetchall()
        assert rows
        for comparison_id, value in rows:
            assert compare.evidence(stored, comparison_id)["n"].sum() == value


def test_an_unknown_id_is_said(stored: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ResultsError, match="c000000000000"):
        compare.evidence(stored, "c000000000000")
