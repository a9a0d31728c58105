"""Keyness against published numbers, to the printed digits."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp.compare.statistics import effects, keyness, multiple

MILLION = 1_000_000
COLLOCATION_GOLD = {
    # f, f2, log ratio, conservative normal (99 %), conservative exact (95 %); Bonferroni over 599 collocates
    "Menschenrechtsbeauftragte": (22, 33, 7.859906, 5.566437, 5.760090),
    "eingebracht": (1189, 2157, 7.156576, 6.888132, 6.910069),
    "unionsgeführt": (49, 88, 7.189214, 5.856503, 5.941562),
    "Gesetzentwurf": (1187, 14608, 3.360806, 3.173346, 3.185515),
}
TEXTSTAT = [
    # token, target, reference, two-cell G2, log ratio, quanteda's four-cell G2
    ("social", 208, 7, 248.0959, 4.9762015, 248.2679), ("of", 4848, 2153, 1225.7730, 1.2541581, 1260.3267),
    ("the", 8273, 6768, 250.0277, 0.3727977, 266.0255), ("is", 1241, 720, 171.7388, 0.8685510, 173.0845),
    ("research", 151, 6, 175.1907, 4.7365590, 175.2807), ("study", 158, 9, 170.1541, 4.2169725, 170.2493),
    ("results", 105, 1, 141.7094, 6.7973622, 141.7558),
]


def test_the_worked_example_of_the_wizard() -> None:
    table = (12_000, 10_000, MILLION, MILLION)
    assert keyness.g2(*table) == pytest.approx(182.0695, abs=5e-5)
    assert keyness.g2_four_cell(*table) == pytest.approx(184.0917, abs=5e-5)
    assert keyness.bic(*table) == pytest.approx(167.5608, abs=5e-5)
    assert effects.log_ratio(*table) == pytest.approx(0.263034, abs=5e-7)
    assert effects.percent_diff(*table) == pytest.approx(20)
    assert effects.rate_ratio(*table) == pytest.approx(1.2)
    assert effects.odds_ratio(*table) == pytest.approx(1.2024, abs=5e-5)
    assert keyness.ell(*table) == pytest.approx(9.78e-6, abs=5e-9)
    assert keyness.chi2(*table) == pytest.approx(183.8404, abs=5e-5)


@pytest.mark.parametrize(("a", "b", "wanted"), [
    (392, 170, 90.1301), (348, 99, 146.9529), (9, 32, -13.6823), (15, 14, 0.0345), (21, 25, -0.3483)])
def test_the_forms_of_keep_in_two_corpora(a: int, b: int, wanted: float) -> None:
    assert keyness.g2(a, b, MILLION, MILLION) == pytest.approx(wanted, abs=5e-5)


def test_a_word_the_reference_lacks() -> None:
    table = (10, 0, 10_000, 10_000)
    assert keyness.g2(*table) == pytest.approx(13.8629, abs=5e-5)
    assert keyness.g2_four_cell(*table) == pytest.approx(13.8679, abs=5e-5)
    assert effects.log_ratio(*table) == pytest.approx(4.321928, abs=5e-7)
    assert keyness.bic(*table) == pytest.approx(3.9595, abs=5e-5)
    assert np.isnan(effects.percent_diff(*table))


def test_effect_sizes_as_printed_in_the_literature() -> None:
    assert effects.percent_diff(206_523, 178_174, 959_641, 1_562_358) == pytest.approx(88.7, abs=0.05)
    table = (16_217, 735, 2_796_938, 2_087_946)
    assert effects.odds_ratio(*table) == pytest.approx(16.56, abs=5e-3)
    assert keyness.g2(*table) == pytest.approx(13_284.39, abs=5e-3)
    assert keyness.g2_four_cell(*table) == pytest.approx(13_319.96, abs=5e-3)
    assert effects.log_ratio(*table) == pytest.approx(4.0419, abs=5e-5)
    assert effects.difference_coefficient(18, 35, MILLION, MILLION) == pytest.approx(-0.321, abs=5e-4)
    assert effects.simple_maths(35, 263, 112_289_776, 1_559_716_979) == pytest.approx(1.1224, abs=5e-5)


@pytest.mark.parametrize(("token", "a", "b", "two", "ratio", "four"), TEXTSTAT)
def test_the_two_g2_part_on_frequent_words(
    token: str, a: int, b: int, two: float, ratio: float, four: float
) -> None:
    table = (a, b, 121_442, 128_644)
    assert keyness.g2(*table) == pytest.approx(two, rel=1e-5), token
    assert effects.log_ratio(*table) == pytest.approx(ratio, rel=1e-5)
    assert keyness.g2_four_cell(*table) == pytest.approx(four, rel=1e-5)


def test_corrections_on_a_tiny_table() -> None:
    table = (7, 2, 10, 9)
    assert keyness.chi2(*table) == pytest.approx(4.337160, abs=5e-7)
    assert keyness.chi2_yates(*table) == pytest.approx(2.632438, abs=5e-7)
    assert keyness.g2_four_cell(*table) == pytest.approx(4.534939, abs=5e-7)
    assert keyness.g2_williams(*table) == pytest.approx(4.200833, abs=5e-7)
    assert keyness.chi2_yates(1, 3, 4, 4) == pytest.approx(-0.5)
    assert keyness.p_of(0.5) == pytest.approx(0.48, abs=5e-3)
    assert keyness.chi2(3, 0, 3, 31_774) == pytest.approx(31_777)
    assert keyness.fisher(1, 3, 4, 4) == pytest.approx(0.986, abs=5e-4)
    assert keyness.fisher(3, 1, 4, 4) == pytest.approx(0.243, abs=5e-4)


def test_signed_g2_ranks_the_letters_as_quanteda_does() -> None:
    letters = dict(zip("abcdefgh", zip((3, 2, 6, 1, 1, 1, 1, 2), (2, 1, 2, 4, 1, 1, 0, 1), strict=True), strict=True))
    score = {x: float(keyness.g2_four_cell(a, b, 17, 12)) for x, (a, b) in letters.items()}
    assert "".join(sorted(score, key=lambda x: -score[x])) == "cgbhaefd"
    odds = {x: float(np.nan_to_num(effects.odds_ratio(a, b, 17, 12), nan=np.inf)) for x, (a, b) in letters.items()}
    assert "".join(sorted(odds, key=lambda x: -odds[x])) == "gcbhaefd"
    assert (score["f"], round(score["f"], 6)) == (score["e"], -.0649)
    wanted = {"a": .004751, "b": .091242, "c": 1.274238, "d": -3.779441, "e": -.0649, "g": 1.093291, "h": .091242}
    assert {x: round(score[x], 6) for x in wanted} == wanted


@pytest.mark.parametrize(("f", "f2", "ratio", "normal", "exact"), COLLOCATION_GOLD.values(),
                         ids=COLLOCATION_GOLD.keys())
def test_conservative_log_ratio_of_collocates(f: int, f2: int, ratio: float, normal: float, exact: float) -> None:
    table = (f, f2 - f, 168_329, 19_720_567 - 168_329)
    assert effects.log_ratio(*table) == pytest.approx(ratio, abs=5e-7)
    assert effects.log_ratio_conservative_normal(*table, alpha=0.01, tests=599) == pytest.approx(normal, abs=5e-7)
    assert effects.log_ratio_conservative(*table, alpha=0.05, tests=599) == pytest.approx(exact, abs=5e-7)


def test_log_odds_shrink_with_the_prior() -> None:
    table = (30, 10, 10_000, 10_000)
    weak, strong = (float(effects.log_odds_prior(*table, strength=s)) for s in (1, 1e6))
    assert weak == pytest.approx(math.log((30 / 9970) / (10 / 9990)) / math.sqrt(1 / 30 + 1 / 10), rel=0.02)
    assert 0 < strong < weak


def test_critical_values_give_their_probabilities() -> None:
    assert keyness.p_of([3.841459, 6.634897, 10.827566, 15.136705]) == pytest.approx([.05, .01, .001, .0001], rel=1e-5)


@given(a=st.integers(0, 500), b=st.integers(0, 500), c=st.integers(500, 10_000), d=st.integers(500, 10_000))
def test_a_common_factor_scales_g2_and_leaves_effects(a: int, b: int, c: int, d: int) -> None:
    once, tenfold = (a, b, c, d), (10 * a, 10 * b, 10 * c, 10 * d)
    assert keyness.g2(*tenfold) == pytest.approx(10 * keyness.g2(*once), abs=1e-6)
    if a and b:
        assert effects.log_ratio(*tenfold) == pytest.approx(effects.log_ratio(*once))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=30), st.randoms())
def test_shuffling_the_words_changes_nothing(counts: list[tuple[int, int]], random: object) -> None:
    order = np.random.default_rng(random.randint(0, 99)).permutation(len(counts))  # type: ignore[attr-defined]
    a, b = np.array(counts, dtype=float).T
    whole = keyness.g2(a, b, a.sum() + 1, b.sum() + 1)
    assert np.array_equal(keyness.g2(a[order], b[order], a.sum() + 1, b.sum() + 1), whole[order])


def test_a_million_words_take_less_than_two_seconds() -> None:
    generator = np.random.default_rng(7)
    a, b = generator.zipf(1.6, (2, MILLION)).clip(0, 10**6).astype(float)
    table = (a, b, a.sum(), b.sum())
    start = time.process_time()
    multiple.benjamini_hochberg(keyness.p(*table))
    for measure in (keyness.g2, keyness.g2_four_cell, keyness.bic, effects.log_ratio, effects.percent_diff):
        assert measure(*table).shape == (MILLION,)
    assert time.process_time() - start < 2
