"""Means and their difference against published numbers."""

from __future__ import annotations

import math

import pytest

from outsource_nlp.compare.statistics.means import mean, mean_difference

EXAMPLES = [
    # the second and third worked example of Welch's test in Wikipedia, and the p printed there
    ([17.2, 20.9, 22.6, 18.1, 21.7, 21.4, 23.5, 24.2, 14.7, 21.8],
     [21.5, 22.8, 21.0, 23.0, 21.6, 23.6, 22.5, 20.7, 23.4, 21.8, 20.7, 21.7, 21.5, 22.5, 23.6, 21.5, 22.5, 23.5, 21.5,
      21.8], .149),
    ([19.8, 20.4, 19.6, 17.8, 18.5, 18.9, 18.3, 18.9, 19.5, 22.0],
     [28.2, 26.6, 20.1, 23.3, 25.2, 22.1, 17.7, 27.6, 20.6, 13.7, 23.2, 17.5, 20.6, 18.0, 23.9, 21.6, 24.3, 20.4, 24.0,
      13.2], .036),
]


@pytest.mark.parametrize(("first", "second", "p"), EXAMPLES)
def test_welchs_test_of_the_worked_examples(first: list[float], second: list[float], p: float) -> None:
    gap, found = mean_difference(first, second)
    assert found == pytest.approx(p, abs=5e-4)
    assert (gap.low <= 0 <= gap.high) == (p > .05)
    back, same = mean_difference(second, first)
    assert (back.value, back.low, same) == pytest.approx((-gap.value, -gap.high, found))


def test_students_interval_of_a_small_sample() -> None:
    found = mean([1, 2, 3, 4, 5])
    assert found.value == 3
    assert found.high - 3 == pytest.approx(2.776445 * math.sqrt(2.5 / 5), abs=1e-6)


def test_one_article_has_a_mean_and_no_interval() -> None:
    found = mean([7.0])
    assert (found.value, found.n) == (7, 1)
    assert math.isnan(found.low)
    gap, p = mean_difference([7.0], [5.0, 6.0])
    assert gap.value == 1.5
    assert math.isnan(p)


def test_no_article_and_no_variation_have_no_test() -> None:
    assert mean([]).n == 0
    assert math.isnan(mean_difference([], [1.0, 2.0])[0].value)
    assert math.isnan(mean_difference([2.0, 2.0], [1.0, 1.0])[1])
