"""The frames that a comparison gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from outsource_nlp import compare
from outsource_nlp.compare.statistics import dispersion, effects, keyness
from outsource_nlp.errors import ComparisonError
from outsource_nlp.schema import TABLES

TABLE = TABLES["comparisons"]
COUNTED = [of for of in compare.OF if of not in ("stance", "voices", "style", "overlap")]
GROUPED = [by for by in compare.BY if by not in ("company", "provider", "government")]
"""Groupings with two groups in the small set."""
Maker = Callable[[dict[str, pd.DataFrame]], duckdb.DuckDBPyConnection]


def figures(frame: pd.DataFrame, group: str, item: str) -> dict[str, float]:
    rows = frame[(frame["group"] == group) & (frame["item"] == item)]
    return dict(zip(rows["statistic"], rows["value"], strict=True))


@pytest.mark.parametrize("of", compare.OF)
@pytest.mark.parametrize("by", GROUPED)
def test_every_comparison_fits_the_table(shared: duckdb.DuckDBPyConnection, by: str, of: str) -> None:
    frame = compare.compare(shared, by=by, of=of, min_articles=1)
    assert tuple(frame.columns) == TABLE.names
    assert frame["comparison_id"].is_unique
    assert not frame.drop(columns=["value", "low", "high"]).isna().any().any()
    assert not np.isinf(frame[["value", "low", "high"]]).any().any()
    assert (frame["unit"] != "").all()
    assert (frame["low"].isna() == frame["high"].isna()).all()
    inside = frame.dropna(subset=["low"])
    assert ((inside["low"] <= inside["value"]) & (inside["value"] <= inside["high"])).all()
    assert frame.equals(frame.sort_values([*TABLE.order, "reference"], ignore_index=True))


def test_words_of_a_group_are_counted_against_all_others(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.compare(shared, by="kind", of="words", min_articles=1)
    found = figures(frame, "newspaper", "children")
    assert (found["frequency"], found["frequency_reference"]) == (3, 1)
    assert (found["articles"], found["articles_reference"]) == (2, 1)
    table = (3, 1, 18, 23)
    assert found["per_million"] == pytest.approx(3e6 / 18)
    assert found["g2"] == pytest.approx(float(keyness.g2(*table)), abs=1e-6)
    assert found["g2_four_cell"] == pytest.approx(float(keyness.g2_four_cell(*table)), abs=1e-6)
    assert found["log_ratio"] == pytest.approx(float(effects.log_ratio(*table)), abs=1e-6)
    assert found["g2_articles"] == pytest.approx(float(keyness.g2_four_cell(2, 1, 2, 3)), abs=1e-6)


def test_words_that_only_the_others_use_are_in_it_too(shared: duckdb.DuckDBPyConnection) -> None:
    found = figures(compare.compare(shared, by="kind", of="words", min_articles=1), "newspaper", "contract")
    assert found["frequency"] == 0
    assert found["g2"] < 0


def test_dispersion_is_that_of_the_statistic(shared: duckdb.DuckDBPyConnection) -> None:
    found = figures(compare.compare(shared, by="kind", of="words", min_articles=1), "newspaper", "children")
    assert found["dp_norm"] == pytest.approx(float(dispersion.dp_norm([1, 2], [6, 12])), abs=1e-6)
    alone = figures(compare.compare(shared, by="kind", of="words", min_articles=1), "letter", "children")
    assert np.isnan(alone["dp_norm"])


def test_a_rate_the_reference_lacks_is_an_empty_value(shared: duckdb.DuckDBPyConnection) -> None:
    found = figures(compare.compare(shared, by="kind", of="words", min_articles=1), "trade press", "good")
    assert np.isnan(found["percent_diff"])
    assert np.isnan(found["odds_ratio"])
    assert found["log_ratio"] > 0


@pytest.mark.parametrize("of", COUNTED)
def test_two_groups_mirror_each_other(shared: duckdb.DuckDBPyConnection, of: str) -> None:
    frame = compare.compare(shared, by="publisher", of=of, min_articles=1)
    for statistic in ("g2", "g2_four_cell", "chi2", "log_ratio", "log_ratio_conservative", "g2_articles"):
        rows = frame[frame["statistic"] == statistic].pivot(index="item", columns="group", values="value")
        assert (rows["Morning Lamp"] + rows["Trade Ledger"]).abs().max() < 1e-5


@pytest.mark.parametrize("of", compare.OF)
@pytest.mark.parametrize("by", ["publisher", "author", "council"])
def test_a_group_alone_gets_the_same_figures_as_among_all(
    shared: duckdb.DuckDBPyConnection, by: str, of: str
) -> None:
    every = compare.compare(shared, by=by, of=of, min_articles=1)
    group = sorted(set(every["group"]))[0]
    alone = compare.compare(shared, by=by, of=of, target=group, min_articles=1)
    pd.testing.assert_frame_equal(alone, every[every["group"] == group].reset_index(drop=True))


def test_articles_of_both_groups_are_left_out(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.compare(shared, by="author", of="words", target="Bo Birch", reference="Cy Cole",
                            min_articles=1)
    assert figures(frame, "Bo Birch", "contract")["frequency"] == 3
    assert figures(frame, "Bo Birch", "contract")["articles_reference"] == 0
    sides = compare.keyness(shared, by="stance", of="words", target="for", reference="mixed", min_articles=1)
    assert sides.loc[sides["item"] == "contract", "frequency"].item() == 2


def test_a_group_that_holds_every_article_has_empty_rates_beside_it(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("UPDATE documents SET authors = authors || '; Fay Firth' WHERE authors <> ''")
    for of in (*COUNTED, "stance"):
        frame = compare.compare(connection, by="author", of=of, target="Fay Firth", min_articles=1)
        assert len(frame)
        assert frame.loc[frame["statistic"].isin(["log_ratio", "difference_all"]), "value"].isna().all()


def test_near_copies_count_on_request(shared: duckdb.DuckDBPyConnection) -> None:
    once, twice = (compare.compare(shared, by="kind", of="words", copies=copies) for copies in (False, True))
    assert figures(once, "newspaper", "children")["frequency"] == 3
    assert figures(twice, "newspaper", "children")["frequency"] == 5
    assert not set(once["comparison_id"]) & set(twice["comparison_id"])


def test_rare_words_are_left_out_and_not_tested(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.keyness(shared, by="publisher", of="words")
    assert (frame["articles"] + frame["articles_reference"]).min() == 2
    alone = compare.keyness(shared, by="publisher", of="words", min_articles=1)
    assert len(alone) > len(frame)


def test_the_strongest_items_keep_the_p_of_all_tests(shared: duckdb.DuckDBPyConnection) -> None:
    every = compare.keyness(shared, by="kind", of="words", min_articles=1)
    few = compare.keyness(shared, by="kind", of="words", min_articles=1, top=3)
    assert few.groupby("group").size().tolist() == [3, 3, 3]
    merged = few.merge(every, on=["group", "item"], suffixes=("", "_all"))
    assert len(merged) == 9
    assert merged["p_adjusted"].equals(merged["p_adjusted_all"])
    assert merged["dp_norm"].equals(merged["dp_norm_all"])


def test_one_name_of_two_entities_is_two_items(shared: duckdb.DuckDBPyConnection) -> None:
    items = set(compare.keyness(shared, by="kind", of="entities")["item"])
    assert items == {"Harnsea Council [e1]", "Harnsea Council [e3]", "Penhallow Council", "Crestway"}


def test_cues_are_one_whatever_their_case(shared: duckdb.DuckDBPyConnection) -> None:
    assert set(compare.keyness(shared, by="kind", of="cues")["item"]) == {"says", "warns"}


def test_aspects_are_shares_of_all_statements(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.compare(shared, by="publisher", of="aspects")
    assert figures(frame, "Trade Ledger", "quality")["share"] == pytest.approx(2 / 6, abs=1e-6)
    rows = frame[(frame["statistic"] == "share") & (frame["group"] == "Trade Ledger")]
    assert set(rows["n"]) == {6}
    assert set(rows["unit"]) == {"share of statements"}


def test_the_order_of_rows_in_the_tables_changes_nothing(
    make: Maker, frames: dict[str, pd.DataFrame], shared: duckdb.DuckDBPyConnection
) -> None:
    shuffled = make({name: frame.sample(frac=1, random_state=3) for name, frame in frames.items()})
    pd.testing.assert_frame_equal(compare.default_comparisons(shuffled), compare.default_comparisons(shared))


def test_a_first_run_writes_words_voices_and_sides(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.default_comparisons(shared)
    assert tuple(frame.columns) == TABLE.names
    assert frame["comparison_id"].is_unique
    assert {"words", "stance", "aspects", "speakers", "cues"} == set(frame["of"])
    assert {"publisher", "kind"} == set(frame["by"])


def test_a_first_run_writes_figures_that_compare_gives_under_the_same_id(shared: duckdb.DuckDBPyConnection) -> None:
    stored = compare.default_comparisons(shared)
    asked = [compare.compare(shared, by=by, of=of) for by in ("publisher", "kind") for of in set(stored["of"])]
    merged = stored.merge(pd.concat(asked), on="comparison_id", suffixes=("", "_asked"))
    assert len(merged) == len(stored)
    assert merged["value"].equals(merged["value_asked"])
    assert len(stored) < len(pd.concat(asked))


def test_a_first_run_on_one_group_writes_an_empty_table(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("UPDATE documents SET publisher = 'Morning Lamp', kind = 'blog'")
    frame = compare.default_comparisons(connection)
    assert len(frame) == 0
    assert tuple(frame.columns) == TABLE.names


def test_groups_in_which_nothing_is_counted_break_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    for table in ("terms", "quotations", "statements", "mentions"):
        connection.execute(f"DELETE FROM {table}")
    frame = compare.default_comparisons(connection)
    assert set(frame["of"]) == {"stance"}
    assert frame.loc[frame["statistic"] == "share_author", "value"].isna().all()
    assert (frame.loc[frame["statistic"] == "share_author", "n"] == 0).all()


def test_the_connection_is_left_as_it_was(connection: duckdb.DuckDBPyConnection) -> None:
    before = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
    compare.default_comparisons(connection)
    assert connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall() == before


def test_a_file_opened_for_reading_only_can_be_compared(
    tmp_path: object, connection: duckdb.DuckDBPyConnection
) -> None:
    path = f"{tmp_path}/tables.duckdb"
    connection.execute(f"ATTACH '{path}' AS kept")
    connection.execute("COPY FROM DATABASE memory TO kept")
    connection.execute("DETACH kept")
    with duckdb.connect(path, read_only=True) as reader:
        pd.testing.assert_frame_equal(compare.default_comparisons(reader), compare.default_comparisons(connection))


def test_ngrams_stay_within_a_sentence_and_hold_no_punctuation(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.keyness(shared, by="kind", of="ngrams", min_articles=1, size=3)
    rows = frame[frame["group"] == "trade press"].set_index("item")
    assert rows.loc["the contract was", "frequency"] == 1
    assert not [item for item in rows.index if "." in item or len(item.split()) != 3]
    assert "money the contract" not in rows.index


def test_ngrams_are_counted_in_their_own_unit(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.compare(shared, by="kind", of="ngrams", min_articles=1)
    row = frame[(frame["item"] == "the contract") & (frame["statistic"] == "per_million")
                & (frame["group"] == "trade press")].iloc[0]
    assert row["n"] == 3 + 3 + 9
    assert row["unit"] == "per million 2-grams"
    assert row["value"] == pytest.approx(3e6 / 15)


def test_an_ngram_of_another_size_has_another_id(shared: duckdb.DuckDBPyConnection) -> None:
    two, three = (compare.compare(shared, by="kind", of="ngrams", min_articles=1, size=size) for size in (2, 3))
    assert not set(two["comparison_id"]) & set(three["comparison_id"])
    with pytest.raises(ComparisonError, match="size"):
        compare.compare(shared, by="kind", of="ngrams", size=1)


@pytest.fixture
def word_list(tmp_path: Path) -> Path:
    path = tmp_path / "common.csv"
    path.write_text("word,count\nthe,60\nThe,40\nchildren,3\nand,897\n", encoding="utf-8")
    return path


def test_words_are_held_against_a_reference_list(shared: duckdb.DuckDBPyConnection, word_list: Path) -> None:
    frame = compare.compare(shared, by="kind", of="words", min_articles=1, word_list=str(word_list))
    found = figures(frame, "newspaper", "children")
    assert (found["frequency"], found["frequency_reference"]) == (3, 3)
    assert found["g2"] == pytest.approx(float(keyness.g2(3, 3, 18, 1000)), abs=1e-6)
    assert set(frame["reference"]) == {"list common.csv"}
    assert figures(frame, "newspaper", "the")["frequency_reference"] == 100
    assert "articles_reference" not in set(frame["statistic"])


def test_one_group_is_enough_for_a_reference_list(connection: duckdb.DuckDBPyConnection, word_list: Path) -> None:
    connection.execute("UPDATE documents SET kind = 'blog'")
    assert len(compare.compare(connection, by="kind", of="words", word_list=str(word_list)))


@pytest.mark.parametrize("text", [None, "term\tn\n", "word,count\nthe,many\n"])
def test_a_file_that_is_no_word_list_is_said(
    shared: duckdb.DuckDBPyConnection, tmp_path: Path, text: str | None
) -> None:
    path = tmp_path / "list.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ComparisonError, match="word,count"):
        compare.compare(shared, by="kind", of="words", word_list=str(path))


def test_a_list_or_a_split_goes_only_with_what_it_fits(shared: duckdb.DuckDBPyConnection, word_list: Path) -> None:
    with pytest.raises(ComparisonError, match="lemmas"):
        compare.compare(shared, by="kind", of="aspects", word_list=str(word_list))
    with pytest.raises(ComparisonError, match="voices"):
        compare.compare(shared, by="kind", of="words", split=["aspect"])
