"""Voices, style, what groups share, and strata: who speaks how, how it is written, who agrees with whom."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest

from outsource_nlp import compare
from outsource_nlp.compare.statistics.means import mean_difference
from outsource_nlp.compare.statistics.shares import permutation_p
from outsource_nlp.errors import ComparisonError


def cell(frame: pd.DataFrame, **keys: str) -> pd.Series:
    for name, value in keys.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


@pytest.fixture(scope="module")
def voices(shared: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return compare.compare(shared, by="publisher", of="voices")


def test_modes_cues_and_speakers_have_shares(voices: pd.DataFrame) -> None:
    lamp = voices[voices["group"] == "Morning Lamp"]
    assert cell(lamp, item="direct", statistic="share_mode")["value"] == .5
    assert cell(lamp, item="factive", statistic="count_cue")["value"] == 1
    assert cell(lamp, item="person", statistic="share_speaker")[["value", "n"]].tolist() == [1, 2]


def test_concentration_is_that_of_the_known_speakers(voices: pd.DataFrame) -> None:
    ledger = voices[(voices["group"] == "Trade Ledger") & (voices["item"] == "speakers")]
    assert cell(ledger, statistic="n_speakers")["value"] == 1
    assert cell(ledger, statistic="unnamed")[["value", "n"]].tolist() == [1, 2]
    assert cell(ledger, statistic="herfindahl")[["value", "low", "high"]].tolist() == [1, 0, 1]


def test_leaving_out_articles_gives_concentration_its_interval(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("UPDATE quotations SET speaker = 'Cy Cole' WHERE article_id = 'a2'")
    connection.execute("UPDATE documents SET publisher = 'One' WHERE publisher <> ''; "
                       "UPDATE documents SET publisher = 'Two' WHERE publisher = ''")
    rows = compare.compare(connection, by="publisher", of="voices", target="One")
    found = cell(rows, statistic="herfindahl")
    assert found["value"] == pytest.approx((1 + 4 + 1) / 16, abs=1e-6)
    without = np.array([(4 + 1) / 9, (1 + 4) / 9, .5])
    half = 4.302653 * np.sqrt(2 / 3 * ((without - without.mean()) ** 2).sum())
    assert found["high"] == pytest.approx(min(1, found["value"] + half), abs=1e-6)


def test_a_group_that_quotes_nobody_has_empty_figures_and_an_n_of_zero(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.compare(shared, by="kind", of="voices", target="letter")
    assert np.isnan(cell(frame, statistic="gini")["value"])
    assert cell(frame, statistic="n_speakers")[["value", "n"]].tolist() == [0, 0]


def test_a_split_parts_a_group_and_names_the_part(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.compare(shared, by="publisher", of="stance", split=["aspect", "holder_type"])
    quality = cell(frame, group="Trade Ledger", stratum="aspect=quality; holder_type=author", item="for",
                   statistic="share_author")
    assert quality[["value", "n"]].tolist() == [.5, 2]
    assert set(frame["statistic"]).isdisjoint({"share_articles"})
    assert "" not in set(frame["stratum"])


def test_time_can_part_the_articles_too(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.compare(shared, by="publisher", of="stance", split=["year"])
    lamp = frame[(frame["group"] == "Morning Lamp") & (frame["statistic"] == "share_articles")
                 & (frame["item"] == "against")]
    assert lamp.set_index("stratum")["value"].to_dict() == {"year=2018": 1, "year=2019": 1}
    assert (lamp["high"] - lamp["low"]).min() > .5


def test_all_strata_of_an_exhaustive_split_add_up(shared: duckdb.DuckDBPyConnection) -> None:
    whole, parted = (compare.compare(shared, by="kind", of="stance", split=split) for split in ((), ("holder_type",)))
    counts = [frame[frame["statistic"].isin(["count_author", "count_reported", "count_all"])].groupby(
        ["group", "item", "statistic"])["value"].sum() for frame in (whole, parted)]
    assert counts[0][counts[0] > 0].equals(counts[1][counts[1] > 0])


def test_a_split_that_nothing_has_is_refused(shared: duckdb.DuckDBPyConnection) -> None:
    for split in (["colour"], ["aspect", "speaker"]):
        with pytest.raises(ComparisonError, match="split"):
            compare.compare(shared, by="kind", of="stance", split=split)


def test_a_difference_of_sides_is_tested_by_dealing_out_articles(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.compare(shared, by="publisher", of="stance", target="Trade Ledger")
    found = cell(frame, item="for", statistic="p_author")
    ledger, lamp = ([[2, 0], [1, 1]], [1, 1]), ([[0, 1]], [2])
    assert found["value"] == pytest.approx(permutation_p(ledger, lamp, parts=[[1, 0]], whole=[1, 1])[0], abs=.05)
    assert cell(frame, item="for", statistic="p_adjusted_author")["value"] >= found["value"]


@pytest.mark.parametrize("of", ["stance", "voices", "style"])
def test_tests_are_adjusted_over_the_whole_group(shared: duckdb.DuckDBPyConnection, of: str) -> None:
    frame = compare.compare(shared, by="kind", of=of).dropna(subset=["value"])
    adjusted = frame["statistic"].str.contains("adjusted")
    raw = frame[frame["statistic"].str.match("p$|p_") & ~adjusted]
    assert len(raw) == adjusted.sum() > 0
    assert (frame[adjusted].groupby("group")["value"].min() >= raw.groupby("group")["value"].min()).all()


def test_style_compares_means_over_articles(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.compare(shared, by="publisher", of="style")
    gap, p = mean_difference([60, 70], [80, 50])
    found = cell(frame, group="Trade Ledger", item="reading ease", statistic="difference")
    assert (found["value"], found["low"]) == pytest.approx((gap.value, gap.low), abs=1e-6)
    assert cell(frame, group="Trade Ledger", item="reading ease", statistic="p")["value"] == pytest.approx(p, abs=1e-6)
    assert np.isnan(cell(frame, group="Trade Ledger", item="lexical diversity", statistic="mean")["value"])


def test_groups_that_share_holders_aspects_and_sides_are_mapped(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.compare(shared, by="publisher", of="overlap")
    pair = frame[(frame["group"] == "Trade Ledger") & (frame["reference"] == "Morning Lamp")]
    assert cell(pair, item="holders", statistic="shared")[["value", "n"]].tolist() == [1, 5]
    assert cell(pair, item="holders", statistic="jaccard")["value"] == pytest.approx(1 / 5)
    assert cell(pair, item="aspects", statistic="shared")[["value", "n"]].tolist() == [2, 3]
    cosine = (1 * 2 + 2 * 2) / ((4 + 4 + 1) * (4 + 4)) ** .5
    assert cell(pair, item="aspects", statistic="cosine")["value"] == pytest.approx(cosine, abs=1e-6)
    assert cell(pair, item="sides", statistic="disagree")["value"] == 1
    agreement = cell(pair, item="sides", statistic="agreement")
    assert (agreement["value"], agreement["n"]) == (0, 1)
    assert agreement["high"] > .7


def test_a_map_reads_the_same_from_both_ends(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.compare(shared, by="author", of="overlap")
    key = ["group", "reference", "item", "statistic"]
    turned = frame.rename(columns={"group": "reference", "reference": "group"})
    merged = frame.merge(turned, on=key, suffixes=("", "_turned"))
    assert len(merged) == len(frame)
    assert merged["value"].equals(merged["value_turned"])


def test_the_dispersion_table_has_every_measure_of_the_most_frequent(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.dispersion(shared, by="kind", of="words", top=3)
    assert frame.groupby("group").size().tolist() == [3, 3, 3]
    row = cell(frame, group="newspaper", item="children")
    assert (row["frequency"], row["range"], row["articles_all"]) == (3, 2, 2)
    assert row["dp"] == pytest.approx(abs(1 / 3 - 6 / 18))
    words = compare.keyness(shared, by="kind", of="words", min_articles=1)
    merged = frame.merge(words, on=["group", "item"], suffixes=("", "_keyness"))
    assert merged["dp_norm"].fillna(-1).tolist() == pytest.approx(merged["dp_norm_keyness"].fillna(-1).tolist())


def test_the_dispersion_table_of_one_group_needs_no_other(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("UPDATE documents SET kind = 'blog'")
    assert set(compare.dispersion(connection, by="kind", of="aspects")["item"]) == {"cost", "profit", "quality"}
    with pytest.raises(ComparisonError, match="blog"):
        compare.dispersion(connection, by="kind", target="letter")
