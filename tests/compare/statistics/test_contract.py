"""What every registered statistic keeps to."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from outsource_nlp.compare.statistics import STATISTICS, of_family
from outsource_nlp.compare.statistics.registry import statistic

GRID = np.array(list(itertools.product((0, 1, 5, 40), (0, 1, 5, 40), (40, 41, 1_000), (40, 77, 90_000))), dtype=float).T
FULL = GRID[:, (GRID[0] > 0) & (GRID[1] > 0) & (GRID[2] > GRID[0]) & (GRID[3] > GRID[1])]
KEYNESS = of_family("keyness")
ASSOCIATION = of_family("association")
DISPERSION = of_family("dispersion")


@pytest.mark.parametrize("name", STATISTICS)
def test_it_has_a_unit_a_meaning_and_says_when_not_to_use_it(name: str) -> None:
    entry = STATISTICS[name]
    assert entry.unit
    assert entry.meaning.endswith(".")
    text = entry.function.__doc__ or ""
    assert "Not " in text or "not " in text


@pytest.mark.parametrize("name", KEYNESS)
def test_keyness_is_finite_but_where_it_says_it_is_undefined(name: str) -> None:
    entry = KEYNESS[name]
    found = entry.function(*GRID)
    assert found.shape == GRID[0].shape
    assert not np.isinf(found).any()
    if not entry.undefined:
        assert np.isfinite(found).all()
    if name != "ell":
        assert np.isfinite(entry.function(*FULL)).all()


@pytest.mark.parametrize("name", KEYNESS)
def test_keyness_takes_single_numbers_and_sizes_for_all(name: str) -> None:
    function = KEYNESS[name].function
    assert np.shape(function(3, 4, 50, 60)) == ()
    assert function([3, 5], [4, 6], 50, 60)[0] == pytest.approx(float(function(3, 4, 50, 60)), nan_ok=True)


@pytest.mark.parametrize("name", [name for name, entry in KEYNESS.items() if entry.symmetry != "none"])
def test_changing_sides_changes_the_sign_or_nothing(name: str) -> None:
    entry = KEYNESS[name]
    a, b, c, d = GRID
    sign = -1 if entry.symmetry == "odd" else 1
    assert entry.function(b, a, d, c) == pytest.approx(sign * entry.function(a, b, c, d), nan_ok=True, abs=1e-9)


@pytest.mark.parametrize("name", [n for n, e in KEYNESS.items() if e.symmetry == "odd"])
def test_equal_rates_score_nothing(name: str) -> None:
    assert KEYNESS[name].function(4, 8, 100, 200) == pytest.approx(0, abs=0.2 if name == "log_odds_prior" else 1e-9)


@pytest.mark.parametrize("name", KEYNESS)
def test_an_empty_corpus_breaks_nothing(name: str) -> None:
    for table in ((0, 0, 0, 0), (0, 3, 0, 10), (3, 0, 10, 0)):
        assert not np.isinf(KEYNESS[name].function(*table))


@pytest.mark.parametrize("name", ASSOCIATION)
def test_association_is_finite_where_the_words_meet_and_never_infinite(name: str) -> None:
    f, f1, f2 = np.array(list(itertools.product((0, 1, 4), (4, 9, 30), (4, 12, 40))), dtype=float).T
    found = ASSOCIATION[name].function(f, f1, f2, 200)
    assert found.shape == f.shape
    assert np.isfinite(found[f > 0]).all()
    assert not np.isinf(found).any()
    assert not np.isinf(ASSOCIATION[name].function(0, 0, 0, 0))


@pytest.mark.parametrize("name", DISPERSION)
def test_dispersion_gives_one_number_a_word_and_none_is_infinite(name: str) -> None:
    words = np.array([[1, 2, 0], [0, 0, 5], [0, 0, 0], [2, 2, 2]])
    function = DISPERSION[name].function
    found = function(words, [10, 20, 30])
    assert found.shape == (4,)
    assert np.isfinite(found[[0, 1, 3]]).all()
    assert not np.isinf(found).any()
    assert not np.isinf(function([3], [10]))


@pytest.mark.parametrize("name", [n for n, e in DISPERSION.items() if " even" in e.unit])
def test_an_even_word_lies_at_the_even_end_and_before_a_clumped_one(name: str) -> None:
    function, sizes = DISPERSION[name].function, [10, 10, 10, 10]
    even, clumped = float(function([3, 3, 3, 3], sizes)), float(function([12, 0, 0, 0], sizes))
    assert even == pytest.approx(0 if DISPERSION[name].unit.startswith("0 even") else 1)
    assert abs(clumped - even) > .5


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="two statistics"):
        statistic(name="g2", family="keyness", unit="G2")(lambda: None)
