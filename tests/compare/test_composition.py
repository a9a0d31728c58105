"""Sides by group and voice."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest

from outsource_nlp import compare


@pytest.fixture(scope="module")
def sides(shared: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    frame = compare.compare(shared, by="publisher", of="stance")
    return frame.set_index(["group", "item", "statistic"]).sort_index()


def test_the_authors_voice_stands_apart_from_reported_voices(sides: pd.DataFrame) -> None:
    ledger = sides.loc["Trade Ledger"]
    assert ledger.loc[("for", "share_author"), "value"] == .75
    assert ledger.loc[("for", "share_reported"), "value"] == 0
    assert ledger.loc[("against", "share_reported"), "value"] == .5
    assert ledger.loc[("for", "share_all"), "value"] == .5
    assert ledger.loc[("for", "share_all"), ["n", "unit"]].tolist() == [6, "share of statements"]


def test_documents_have_shares_of_their_own(sides: pd.DataFrame) -> None:
    assert sides.loc[("Trade Ledger", "mixed", "share_articles"), "value"] == .5
    assert sides.loc[("Morning Lamp", "against", "share_articles"), ["value", "n"]].tolist() == [1, 2]


@pytest.mark.parametrize("facet", ["author", "reported", "all", "articles"])
def test_shares_of_a_facet_sum_to_one_and_counts_to_n(sides: pd.DataFrame, facet: str) -> None:
    for group in ("Morning Lamp", "Trade Ledger"):
        shares = sides.loc[group].xs(f"share_{facet}", level="statistic")
        counts = sides.loc[group].xs(f"count_{facet}", level="statistic")
        assert shares["value"].sum() == pytest.approx(1, abs=1e-5)
        assert counts["value"].sum() == shares["n"].iloc[0]


def test_a_balance_is_for_less_against(sides: pd.DataFrame) -> None:
    ledger = sides.loc["Trade Ledger"]
    gap = ledger.loc[("for", "share_all"), "value"] - ledger.loc[("against", "share_all"), "value"]
    assert ledger.loc[("for - against", "balance_all"), "value"] == pytest.approx(gap, abs=1e-6)


def test_a_difference_names_what_it_is_held_against(sides: pd.DataFrame) -> None:
    row = sides.loc[("Trade Ledger", "for", "difference_author")]
    assert row["reference"] == compare.REST
    assert row["value"] == .75
    assert row["n"] == 6
    assert sides.loc[("Trade Ledger", "for", "share_author"), "reference"] == ""


def test_few_articles_give_wide_intervals(sides: pd.DataFrame) -> None:
    shares = sides[sides.index.get_level_values("statistic") == "share_author"]
    assert (shares["high"] - shares["low"]).min() > .5


def test_the_same_tables_give_the_same_intervals(shared: duckdb.DuckDBPyConnection) -> None:
    one, two = (compare.compare(shared, by="kind", of="stance") for _ in range(2))
    pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize(("by", "split"), [("publisher", ()), ("author", ()), ("publisher", ("aspect",))])
def test_a_group_has_the_same_figures_alone_as_among_all(
    shared: duckdb.DuckDBPyConnection, by: str, split: tuple[str, ...],
) -> None:
    frame = compare.compare(shared, by=by, of="stance", split=split)
    for group, rows in frame.groupby("group"):
        alone = compare.compare(shared, by=by, of="stance", split=split, target=str(group))
        pd.testing.assert_frame_equal(alone, rows.reset_index(drop=True))


def test_copies_are_left_out_of_the_sides(shared: duckdb.DuckDBPyConnection) -> None:
    once, twice = (compare.compare(shared, by="kind", of="stance", copies=copies) for copies in (False, True))
    counts = [frame[(frame["group"] == "newspaper") & (frame["statistic"] == "count_author")
                    & (frame["item"] == "against")]["value"].item() for frame in (once, twice)]
    assert counts == [2, 3]


def test_a_group_without_statements_has_empty_shares_with_an_n_of_zero(
    shared: duckdb.DuckDBPyConnection,
) -> None:
    frame = compare.compare(shared, by="kind", of="stance", target="letter")
    row = frame[(frame["item"] == "for") & (frame["statistic"] == "share_all")].iloc[0]
    assert np.isnan(row["value"])
    assert row["n"] == 0
    assert frame[(frame["item"] == "neutral") & (frame["statistic"] == "share_articles")]["value"].item() == 1
