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


def behind(
    connection: duckdb.DuckDBPyConnection, by: str, of: str, group: str, item: str, statistic: str
) -> pd.DataFrame:
    rows = connection.execute(
        'SELECT * FROM comparisons WHERE "by" = ? AND "of" = ? AND "group" = ? AND item = ? AND statistic = ?',
        [by, of, group, item, statistic]).df()
    return compare.rows_behind(connection, compare.question_of({"by": by, "of": of}), rows.iloc[0].to_dict())


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


def test_a_lemma_and_an_ngram_lead_to_their_places(stored: duckdb.DuckDBPyConnection) -> None:
    texts = dict(stored.execute("SELECT article_id, text FROM texts").fetchall())
    for of, item, wanted in (("lemmas", "harm", "harms"), ("ngrams", "social workers", "social workers")):
        found = behind(stored, "publisher", of, "Morning Lamp", item, "frequency")
        assert [texts[row.article_id][row.start:row.end] for row in found.itertuples()] == [wanted]


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
            'SELECT * FROM comparisons WHERE "by" = ? AND "of" = ? '
            "AND (statistic IN ('frequency', 'unnamed') OR starts_with(statistic, 'count_'))", [by, of]).df()
        assert len(rows) or of in ("style", "overlap")
        for row in rows.to_dict("records"):
            found = compare.rows_behind(stored, compare.question_of({"by": by, "of": of}), row)
            assert found["n"].sum() == row["value"]


@pytest.mark.parametrize(("of", "options"), [
    ("stance", {"split": ["aspect", "holder_type"]}), ("voices", {"split": ["speaker", "year"]})])
def test_a_stratum_leads_to_its_rows(
    shared: duckdb.DuckDBPyConnection, of: str, options: dict[str, list[str]]
) -> None:
    frame = compare.compare(shared, by="publisher", of=of, **options)
    rows = frame[frame["statistic"].str.startswith("count_")].to_dict("records")
    assert rows
    for row in rows:
        found = compare.rows_behind(shared, compare.question_of({"by": "publisher", "of": of, **options}), row)
        assert len(found) == row["value"]


def test_what_groups_share_leads_to_the_rows_of_both(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.compare(shared, by="publisher", of="overlap")
    row = frame[(frame["group"] == "Trade Ledger") & (frame["item"] == "holders")
                & (frame["statistic"] == "shared")].iloc[0]
    found = compare.rows_behind(shared, compare.question_of({"by": "publisher", "of": "overlap"}), row.to_dict())
    assert row["value"] == 1
    assert found[["side", "id", "item"]].values.tolist() == [["group", "s02", "Dee Dove"],
                                                             ["reference", "s08", "Dee Dove"]]


ASKED = [
    ("compare", {"by": "kind", "of": "lemmas", "copies": True, "min_articles": 1}),
    ("compare", {"by": "kind", "of": "words", "target": "letter", "reference": "newspaper", "min_articles": 1}),
    ("compare", {"by": "year", "of": "stance", "split": ["aspect"]}),
    ("dispersion", {"by": "kind", "of": "words"}),
    ("collocations", {"node": "children", "min_frequency": 1}),
    ("network", {"mode": "actor-aspect", "sides": "subtract", "duplicates": "include"}),
    ("network", {"mode": "aspect-aspect", "sides": "congruence"}),
    ("network", {"mode": "publisher-publisher", "sides": "conflict"}),
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: f"{asked[0]} {list(asked[1].values())[:2]}")
def test_every_id_that_a_question_gave_is_answered(
    shared: duckdb.DuckDBPyConnection, asked: tuple[str, dict[str, object]]
) -> None:
    kind, options = asked
    frame = compare.KINDS[kind].frame(shared, **options)
    assert len(frame)
    key = compare.KINDS[kind].key
    assert frame[key].is_unique
    some = frame.iloc[::max(1, len(frame) // 8)]
    found = [compare.behind(shared, row_id, ASKED) for row_id in some[key]]
    assert any(len(rows) for rows in found)
    assert all(tuple(rows.columns) == tuple(found[0].columns) for rows in found)
    if kind == "dispersion":
        assert [rows["n"].sum() for rows in found] == some["frequency"].tolist()
    if kind == "collocations":
        assert [len(rows) for rows in found] == some["f"].tolist()
    if options.get("mode") == "actor-aspect":
        assert [len(rows) for rows in found] == some["n_statements"].tolist()


def test_the_networks_of_a_run_are_answered_unasked(shared: duckdb.DuckDBPyConnection) -> None:
    ties = compare.graph(shared, compare.Wanted("actor-aspect", "ignore")).frame()
    assert len(compare.behind(shared, ties["tie_id"][0], []))


@pytest.mark.parametrize("row_id", ["c000000000000", "t000000000000", "nonsense", ""])
def test_an_unknown_id_is_said(shared: duckdb.DuckDBPyConnection, row_id: str) -> None:
    with pytest.raises(ResultsError, match="no row has the id"):
        compare.behind(shared, row_id, ASKED)
