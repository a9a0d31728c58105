"""Dispersion against published numbers, to the printed digits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp.compare.statistics import dispersion as d

TOY = ([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])
ALLEMAND = ([2, 0, 1, 1, 3, 0, 3, 0, 0, 0], [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930])
LETTERS = "bamnibeupk basatbewqn bcagabesta baghabeaat bahaabeaxa".replace(" ", "")


def test_the_five_part_toy_corpus() -> None:
    assert d.juilland_d(*TOY) == pytest.approx(.785150, abs=5e-7)
    assert d.carroll_d2(*TOY) == pytest.approx(.937921, abs=5e-7)
    assert d.rosengren_s(*TOY) == pytest.approx(.949816, abs=5e-7)
    assert d.dp(*TOY) == pytest.approx(.18)
    assert d.dp_norm(*TOY) == pytest.approx(.219512, abs=5e-7)
    assert d.dp(*TOY) / (1 - 1 / 5) == pytest.approx(.225)
    assert d.kld(*TOY) == pytest.approx(.136972, abs=5e-7)


def test_one_word_in_ten_parts_of_equal_size() -> None:
    assert d.spread(*ALLEMAND) == 5
    assert d.relative_range(*ALLEMAND) == .5
    assert d.juilland_d(*ALLEMAND) == pytest.approx(.6038797, abs=5e-8)
    assert d.carroll_d2(*ALLEMAND) == pytest.approx(.6521444, abs=5e-8)
    assert d.rosengren_s(*ALLEMAND) == pytest.approx(.4763652, abs=5e-8)
    assert d.burch_da(*ALLEMAND) == pytest.approx(.3081640, abs=5e-8)
    assert d.dkl(*ALLEMAND) == pytest.approx(.4665078, abs=5e-8)
    assert d.dp(*ALLEMAND) == pytest.approx(.4990704543, abs=5e-11)
    assert d.dp_norm(*ALLEMAND) == pytest.approx(.5535480, abs=5e-8)
    assert d.dp_egbert(*ALLEMAND) == pytest.approx(.4462310, abs=5e-8)


def test_rows_from_the_handbooks() -> None:
    even = [1, 1, 1, 1, 1]
    assert d.carroll_d2([2, 1, 1, 1, 0], even) == pytest.approx(.827729, abs=5e-7)
    assert d.juilland_d([0, 4, 3, 2, 1], even) == pytest.approx(.646447, abs=5e-7)
    assert d.rosengren_s([1, 2, 3, 4, 5], even) == pytest.approx(.936847, abs=5e-7)
    assert d.lyne_d3([1, 2, 3, 4, 5], even) == pytest.approx(.944, abs=5e-4)
    assert d.dp_norm([2, 1, 0], [1, 1, 1]) == pytest.approx(.5)


def test_distances_in_fifty_letters() -> None:
    places = [i for i, letter in enumerate(LETTERS) if letter == "a"]
    assert len(LETTERS) == 50
    assert sorted(d.distances(places, 50)) == sorted([2, 10, 2, 9, 2, 5, 2, 3, 3, 1, 3, 2, 1, 3, 2])
    assert d.arf(places, 50) == pytest.approx(10.8)
    assert d.ald(places, 50) == pytest.approx(.628, abs=5e-4)
    assert d.awt(places, 50) == pytest.approx(3.18)
    assert d.ald_frequency(places, 50) == pytest.approx(11.764, abs=5e-4)
    assert d.awt_frequency(places, 50) == pytest.approx(9.328, abs=5e-4)


def test_a_word_that_does_not_occur_has_no_distance() -> None:
    assert (d.arf([], 50), d.ald_frequency([], 50), d.awt_frequency([], 50)) == (0, 0, 0)
    assert np.isnan(d.ald([], 50))
    assert np.isnan(d.awt([], 50))


@given(st.lists(st.integers(0, 9), min_size=2, max_size=8).filter(any), st.integers(1, 99))
def test_dispersion_ignores_the_order_of_the_parts(v: list[int], seed: int) -> None:
    s = np.random.default_rng(seed).integers(10, 50, len(v))
    order = np.random.default_rng(seed).permutation(len(v))
    for measure in (d.dp_norm, d.juilland_d, d.burch_da, d.kld, d.rosengren_s):
        assert measure(np.array(v)[order], s[order]) == pytest.approx(measure(v, s))


def test_many_words_at_once_agree_with_one_at_a_time() -> None:
    words = np.array([[1, 2, 3, 4, 5], [0, 0, 0, 0, 7], [1, 1, 1, 1, 1]])
    for measure in (d.dp_norm, d.dp_egbert, d.juilland_d, d.carroll_d2, d.burch_da, d.dkl, d.lyne_d3):
        assert measure(words, TOY[1]) == pytest.approx([float(measure(row, TOY[1])) for row in words])
