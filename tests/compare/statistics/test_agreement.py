"""Agreement against published numbers."""

from __future__ import annotations

import math

import pytest

from outsource_nlp.compare.statistics.agreement import (
    cohen_kappa,
    compared,
    krippendorff_alpha,
    percent_agreement,
)

MEG, OWEN = list("aabbdcccedda"), list("babbbccceddd")
FOUR = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]


def gaps(text: str) -> list[str | None]:
    return [None if letter == "." else letter for letter in text]


def table(yes: int, first_only: int, second_only: int, no: int) -> tuple[list[str], list[str]]:
    return (["y"] * (yes + first_only) + ["n"] * (second_only + no),
            ["y"] * yes + ["n"] * first_only + ["y"] * second_only + ["n"] * no)


@pytest.mark.parametrize(("cells", "kappa"), [
    ((20, 5, 10, 15), .4), ((45, 15, 25, 15), .1304), ((25, 35, 5, 35), .2593)])
def test_kappa_of_the_textbook_tables(cells: tuple[int, int, int, int], kappa: float) -> None:
    assert cohen_kappa(*table(*cells)) == pytest.approx(kappa, abs=5e-5)


def test_alpha_of_two_observers() -> None:
    assert krippendorff_alpha([MEG, OWEN]) == pytest.approx(.692, abs=5e-4)


def test_alpha_of_four_observers_with_gaps() -> None:
    assert krippendorff_alpha([gaps(text) for text in FOUR]) == pytest.approx(.743, abs=5e-4)


def test_units_that_one_coder_left_out_are_counted_apart() -> None:
    assert compared(["for", "", None, "against"], ["for", "for", "for", "for"]) == (2, 2)
    assert percent_agreement(["for", "", None, "against"], ["for", "for", "for", "for"]) == 50


def test_agreement_on_nothing_has_no_value() -> None:
    assert math.isnan(percent_agreement([""], ["for"]))
    assert math.isnan(cohen_kappa([""], ["for"]))
    assert math.isnan(krippendorff_alpha([[""], ["for"]]))


def test_one_label_throughout_leaves_chance_nothing_to_beat() -> None:
    assert math.isnan(cohen_kappa(["for", "for"], ["for", "for"]))
    assert math.isnan(krippendorff_alpha([["for", "for"], ["for", "for"]]))
    assert percent_agreement(["for", "for"], ["for", "for"]) == 100
