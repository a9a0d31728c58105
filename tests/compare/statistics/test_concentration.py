"""Concentration against published and textbook numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp.compare.statistics.concentration import effective_speakers, gini, herfindahl


def test_the_four_firms_of_the_merger_guidelines() -> None:
    assert herfindahl([30, 30, 20, 20]) * 10_000 == pytest.approx(2_600)


def test_the_effective_number_of_equal_speakers_is_their_number() -> None:
    assert effective_speakers([5, 5, 5, 5]) == pytest.approx(4)
    assert effective_speakers([9, 0, 0]) == 1


def test_gini_of_small_samples() -> None:
    assert gini([1, 2, 3, 4, 5]) == pytest.approx(4 / 15)
    assert gini([3, 3, 3]) == pytest.approx(0)
    assert gini([0, 0, 1, 3]) == gini([1, 3]) == pytest.approx(.25)


def test_nobody_quoted_has_no_value() -> None:
    for measure in (herfindahl, effective_speakers, gini):
        assert np.isnan(measure([0, 0]))
        assert measure([[1, 1], [0, 0]]).shape == (2,)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12).filter(any), st.integers(2, 9))
def test_order_and_scale_change_nothing(counts: list[int], factor: int) -> None:
    v = np.array(counts)
    for measure in (herfindahl, gini):
        assert measure(v[::-1]) == pytest.approx(float(measure(v)))
        assert measure(factor * v) == pytest.approx(float(measure(v)))
        assert -1e-12 <= measure(v) <= 1


@given(st.lists(st.integers(1, 40), min_size=2, max_size=12))
def test_gini_is_half_the_mean_difference_over_the_mean(counts: list[int]) -> None:
    v = np.array(counts, dtype=float)
    assert gini(v) == pytest.approx(np.abs(v[:, None] - v).mean() / (2 * v.mean()))
