"""Comparisons as text: a few figures, their intervals, an id to ask on with."""

from __future__ import annotations

from typing import Any

import pandas as pd

from outsource_nlp.report import compared


def figures(*rows: dict[str, Any], of: str = "stance") -> pd.DataFrame:
    blank = {"comparison_id": "c1", "of": of, "group": "blog", "reference": "", "stratum": "", "item": "for", "low": None,
             "high": None, "n": 4, "unit": "G2"}
    return pd.DataFrame([blank | row for row in rows])


def test_a_share_shows_its_interval_and_its_n_and_its_id() -> None:
    text = compared.comparison(figures({"statistic": "share_author", "value": 0.5, "low": 0.25, "high": 0.75,
                                        "unit": "share of statements"}), 5)
    assert "0.50 [0.25 0.75] of 4" in text
    assert text.splitlines()[-1].endswith("c1")


def test_an_empty_figure_is_blank() -> None:
    text = compared.comparison(figures({"statistic": "g2", "value": 2.5, "item": "a"},
                                       {"statistic": "g2", "value": float("nan"), "item": "b"}, of="words"), 5)
    assert "nan" not in text
    assert "2.50" in text


def test_a_group_with_nothing_says_so() -> None:
    assert "nothing to compare" in compared.comparison(figures({"statistic": "g2", "value": None}, of="words"), 5)


def test_a_small_p_is_told_as_such() -> None:
    assert "<0.001" in compared.comparison(figures({"statistic": "p_adjusted", "value": 1e-9}, of="words"), 5)


def test_a_mean_of_one_article_is_told_as_such() -> None:
    assert "439.00 (one article)" in compared.comparison(
        figures({"statistic": "mean", "value": 439.0, "unit": "words"}, of="style"), 5)


def test_a_balance_stands_in_the_column_of_the_shares() -> None:
    share = {"statistic": "share_author", "value": 0.5, "low": 0.2, "high": 0.8, "unit": "share of statements"}
    text = compared.comparison(figures(share, {**share, "item": "for - against", "statistic": "balance_author",
                                               "value": -0.1, "low": -0.3}), 5)
    assert "-0.10 [-0.30 0.80]" in text


def test_no_match_and_no_collocate_are_said() -> None:
    assert compared.kwic(pd.DataFrame(), 5) == "No match."
    assert compared.collocations(pd.DataFrame(), 5).startswith("No collocate")


def test_lines_of_a_concordance_are_centred_and_counted() -> None:
    frame = pd.DataFrame([{"left": "a b", "match": "c", "right": "d", "path": "x.txt"}] * 3)
    assert compared.kwic(frame, 2).splitlines() == ["a b  c  d  x.txt"] * 2 + ["and 1 more; --csv shows all"]
