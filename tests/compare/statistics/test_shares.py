"""Shares with intervals, and many tests at once."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp.compare.statistics.multiple import benjamini_hochberg
from outsource_nlp.compare.statistics.shares import Estimate, difference, permutation_p, resample, shares, wilson

WHOLE = [1, 1]


@pytest.mark.parametrize(("count", "n", "low", "high"), [
    (81, 263, .2553, .3662), (15, 148, .0624, .1605), (0, 20, 0, .1611), (1, 29, .0061, .1718)])
def test_wilson_gives_newcombes_table(count: int, n: int, low: float, high: float) -> None:
    assert wilson(count / n, n) == pytest.approx((low, high), abs=5e-5)


def test_the_difference_of_two_shares_is_newcombes_tenth_method() -> None:
    first, second = (Estimate(x / n, *wilson(x / n, n), n) for x, n in ((56, 70), (48, 80)))
    gap = difference(first, second)
    assert (gap.value, gap.low, gap.high) == pytest.approx((.2, .0524, .3339), abs=5e-5)


def test_a_difference_changes_its_sign_with_the_sides() -> None:
    one, two = Estimate(.6, .4, .7, 10), Estimate(.2, .1, .5, 12)
    there, back = difference(one, two), difference(two, one)
    assert (back.value, back.low, back.high) == pytest.approx((-there.value, -there.high, -there.low))


def test_single_statements_of_many_articles_give_the_binomial_interval() -> None:
    found = shares([[1, 0], [0, 1]], [60, 140], parts=[[1, 0]], whole=WHOLE)[0]
    assert found.value == pytest.approx(.3)
    assert (found.low, found.high) == pytest.approx(wilson(.3, 200), abs=.015)


def test_statements_that_hang_together_widen_the_interval() -> None:
    apart = shares([[1, 0], [0, 1]], [100, 100], parts=[[1, 0]], whole=WHOLE)[0]
    together = shares([[10, 0], [0, 10]], [10, 10], parts=[[1, 0]], whole=WHOLE)[0]
    assert apart.n == together.n == 200
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_one_article_gives_a_wide_interval() -> None:
    found = shares([[3, 1]], [1], parts=[[1, 0]], whole=WHOLE)[0]
    assert found.value == .75
    assert found.high - found.low > .7


def test_articles_all_alike_do_not_give_an_interval_without_width() -> None:
    found = shares([[1, 0]], [30], parts=[[1, 0], [1, -1]], whole=WHOLE)
    assert [e.high for e in found] == [1, 1]
    assert found[0].low == pytest.approx(wilson(1, 30)[0])
    assert found[1].low == pytest.approx(2 * wilson(1, 30)[0] - 1)


def dealt(first: list[int], second: list[int], **options: int) -> float:
    """p of single statements, one an article: those that are and those that are not."""
    sides = [([[1, 0], [0, 1]], counts) for counts in (first, second)]
    return float(permutation_p(*sides, parts=[[1, 0]], whole=WHOLE, **options)[0])


def test_single_statements_dealt_out_anew_give_fishers_p() -> None:
    assert dealt([3, 1], [1, 3], permutations=40_000) == pytest.approx(.4857, abs=.01)
    assert dealt([11, 3], [1, 9], permutations=40_000) == pytest.approx(.0028, abs=.001)


def test_statements_of_one_article_do_not_count_as_many() -> None:
    one = permutation_p(([[20, 0]], [1]), ([[0, 20]], [1]), parts=[[1, 0]], whole=WHOLE)
    assert one[0] == 1


def test_a_p_is_never_zero_and_does_not_depend_on_the_order_of_the_sides() -> None:
    assert dealt([50, 0], [0, 50]) == 1 / 2_000
    assert dealt([5, 4], [3, 9]) == dealt([3, 9], [5, 4])


def test_a_side_without_statements_is_not_tested() -> None:
    assert math.isnan(dealt([0, 0], [3, 4]))
    nothing = permutation_p(([[0, 0]], [4]), ([[1, 0]], [4]), parts=[[1, 0]], whole=WHOLE)
    assert math.isnan(nothing[0])


def test_no_statement_gives_no_value_and_an_n_of_zero() -> None:
    for profiles, articles in (([[0, 0]], [4]), (np.zeros((0, 2)), [])):
        found = shares(profiles, articles, parts=[[1, 0]], whole=WHOLE)[0]
        assert math.isnan(found.value)
        assert found.n == 0
        assert math.isnan(difference(found, Estimate(.5, .4, .6, 9)).value)


def test_common_and_rare_articles_are_drawn_as_often_as_they_are_many() -> None:
    profiles, articles = np.eye(4), np.array([50, 40, 7, 1])
    drawn = resample(profiles, articles, resamples=20_000)
    assert np.unique(drawn.sum(axis=1)).tolist() == [98]
    assert drawn.mean(axis=0) == pytest.approx(articles, rel=.05)
    assert drawn.var(axis=0) == pytest.approx(articles * (1 - articles / 98), rel=.05)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12), st.integers(0, 99))
def test_the_order_of_articles_changes_nothing(profiles: list[tuple[int, int]], seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(profiles))
    ones = np.ones(len(profiles))
    same = np.array(profiles)[order]
    assert np.array_equal(resample(profiles, ones, resamples=20), resample(same, ones, resamples=20))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
def test_shares_lie_in_their_intervals_and_sum_to_one(profiles: list[tuple[int, int]]) -> None:
    found = shares(profiles, np.ones(len(profiles)), parts=np.eye(2), whole=WHOLE, resamples=50)
    if found[0].n:
        assert sum(e.value for e in found) == pytest.approx(1)
        assert all(-1e-12 <= e.low <= e.value <= e.high <= 1 + 1e-12 for e in found)


def test_false_discoveries_as_r_adjusts_them() -> None:
    assert benjamini_hochberg([.01, .04, .03, .005]) == pytest.approx([.02, .04, .04, .02])


def test_a_test_that_was_not_made_does_not_count() -> None:
    found = benjamini_hochberg([.01, np.nan, .02])
    assert found[[0, 2]] == pytest.approx([.02, .02])
    assert np.isnan(found[1])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjusting_never_makes_a_p_smaller_or_changes_the_order(p: list[float]) -> None:
    found = benjamini_hochberg(p)
    assert np.all(found >= np.array(p) - 1e-15)
    assert np.all(np.diff(found[np.argsort(p, kind="stable")]) >= -1e-15)
