"""Association against published numbers, to the printed digits."""

from __future__ import annotations

import numpy as np
import pytest

from outsource_nlp.compare.statistics import association as am

GOLD = {
    # f, f2, then signed LL, simple LL, MI (log10), MI, MI3, t, z, logDice; N = 191998, f1 = 15334
    "appreciated": (1, 2, 2.4487567, 1.9879920, .7966113, 2.646285, 2.646285, .8402692, 2.1024421, 1.095365),
    "certain": (7, 120, -.8298025, -.7693305, -.1364420, -.453250, 5.161459, -.9766034, -.8346363, 3.891662),
    "measuring": (1, 8, .1918060, .1737883, .1945513, .646285, .646285, .3610767, .4517260, 1.094801),
    "arrived": (2, 5, 3.8791264, 3.2431407, .6997012, 2.324357, 4.324357, 1.1318467, 2.5330177, 2.095083),
}


@pytest.mark.parametrize("row", GOLD.values(), ids=GOLD.keys())
def test_the_gold_table_of_adjectives(row: tuple[float, ...]) -> None:
    f, f2, ll, simple, log10, mi, mi3, t, z, log_dice = row
    pair = (f, 15_334, f2, 191_998)
    assert am.ll(*pair) == pytest.approx(ll, abs=5e-8)
    assert am.simple_ll(*pair) == pytest.approx(simple, abs=5e-8)
    assert am.mi(*pair) * np.log10(2) == pytest.approx(log10, abs=5e-8)
    assert am.mi(*pair) == pytest.approx(mi, abs=1e-6)
    assert am.mi3(*pair) == pytest.approx(mi3, abs=1e-6)
    assert am.t_score(*pair) == pytest.approx(t, abs=1e-7)
    assert am.z_score(*pair) == pytest.approx(z, abs=1e-7)
    assert am.log_dice(*pair) == pytest.approx(log_dice, abs=1e-6)


def test_single_pairs_of_the_literature() -> None:
    assert am.mi(8, 1_105, 44, 15e6) == pytest.approx(11.269, abs=5e-4)
    companies = (8, 15_828, 4_675, 14_307_668)
    assert am.t_score(*companies) == pytest.approx(0.999932, abs=5e-7)
    assert am.mi(*companies) == pytest.approx(.6293, abs=5e-5)
    assert am.mi3(*companies) == pytest.approx(6.6293, abs=5e-5)
    assert am.log_dice(*companies) == pytest.approx(3.6765, abs=5e-5)
    assert am.ll(10, 10, 13, 31_777) == pytest.approx(167.23, abs=5e-3)
    assert am.dice(130, 3_121, 143, 1e6) == pytest.approx(.08, abs=5e-3)
    assert am.mi(3, 17, 5, 29) * np.log(2) == pytest.approx(np.log(3 * 29 / (5 * 17)))


def test_delta_p_has_two_directions() -> None:
    of, course, both, n = 5_610 + 168_938, 5_610 + 2_257, 5_610, 5_610 + 168_938 + 2_257 + 10_233_063
    assert am.delta_p(both, of, course, n) == pytest.approx(.032, abs=5e-4)
    assert am.delta_p(both, course, of, n) == pytest.approx(.697, abs=5e-4)


@pytest.mark.parametrize(("f", "wanted"), [(10, 1), (1, 0), (0, -1)])
def test_normalised_mutual_information_reaches_its_ends(f: int, wanted: float) -> None:
    assert am.npmi(f, 10, 10, 100) == pytest.approx(wanted)


def test_log_dice_is_fourteen_at_most_and_knows_no_corpus_size() -> None:
    assert am.log_dice(5, 5, 5, 100) == pytest.approx(14)
    assert am.log_dice(3, 9, 8, 1e4) == am.log_dice(3, 9, 8, 1e9)
    assert am.mi2(3, 9, 8, 1e4) == pytest.approx(am.mi(3, 9, 8, 1e4) + np.log2(3))
