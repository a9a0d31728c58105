"""Quotation marks: what is paired, what is left, what a broken one costs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outsource_nlp.annotate.speech.marks import paragraphs, passages


def contents(text: str) -> list[str]:
    return [text[one.start : one.end] for one in passages(text)]


@pytest.mark.parametrize(
    "text",
    [
        "He said “no way”.",
        'He said "no way".',
        "He said ‘no way’.",
        "He said 'no way'.",
        "He said «no way».",
        "He said ``no way''.",
        "He said ''no way''.",
        'He said "no way”.',
    ],
)
def test_every_kind_of_mark_is_read(text: str) -> None:
    assert contents(text) == ["no way"]


def test_marks_nest_three_deep_and_know_what_is_around_them() -> None:
    found = passages("“One ‘two “three” two’ one,” she said.")
    assert [one.parent for one in found] == [-1, 0, 1]


def test_apostrophes_are_no_marks() -> None:
    assert contents("It isn't the workers' fault, it's the '90s, rock 'n' roll and the councils' budgets.") == []


def test_a_plural_possessive_does_not_close_a_passage_that_has_a_better_end() -> None:
    assert contents("'The councils' plan is bad,' she said.") == ["The councils' plan is bad,"]


def test_inches_and_feet_are_no_marks() -> None:
    assert contents("It was 6\" wide and 4' deep.") == []


def test_a_broken_mark_costs_one_quotation() -> None:
    text = 'She said "this is bad. Then he said "that is good." Then they left.'
    assert contents(text) == ["that is good."]


def test_a_broken_mark_does_not_reach_over_its_paragraph() -> None:
    assert contents("A “broken one stands here.\n\nA “good one” stands here.") == ["good one"]


def test_a_passage_over_paragraphs_reopens_in_each() -> None:
    found = passages("“First part.\n\n“Second part.\n\n“Third part,” she said.")
    assert len(found) == 1
    assert len(found[0].reopened) == 2


def test_a_quoted_line_begins_a_paragraph_of_its_own() -> None:
    assert contents("“One.” - A\n“Two.” - B\n\nThe end.") == ["One.", "Two."]


def test_single_line_ends_part_paragraphs_only_where_lines_are_not_wrapped() -> None:
    assert len(paragraphs("One sentence.\nAnother sentence.")) == 2
    assert len(paragraphs("One sentence that\nis wrapped over\nthree lines.")) == 1


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab ,.\n\"'“”‘’«»`", max_size=80))
def test_passages_nest_properly_whatever_the_marks(text: str) -> None:
    found = passages(text)
    for one in found:
        assert 0 <= one.open < one.start <= one.end < one.close <= len(text)
        if one.parent >= 0:
            around = found[one.parent]
            assert around.open < one.open
            assert one.close <= around.end
