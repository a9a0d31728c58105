"""Statements of one holder are read in each other's light."""

from __future__ import annotations

import math

import pytest
import spacy

from outsource_nlp.annotate.layers import Statement
from outsource_nlp.annotate.statements.together import read_together

DOC = spacy.blank("en")("Nobody says anything here.")


def statement(p_for: float, p_against: float, holder: str = "Jo Bell", stance: str = "for") -> Statement:
    """What a person says, with its probabilities."""
    p_neutral = 1 - p_for - p_against
    return Statement(DOC[0:2], "direct", holder, "", "person", "outsourcing", "", stance=stance, p_for=p_for,
                     p_against=p_against, p_neutral=p_neutral, certainty=max(p_for, p_against, p_neutral))


def test_the_log_odds_move_by_the_others_lean_over_the_number_of_statements() -> None:
    said = [statement(0.45, 0.35), statement(0.1, 0.8, stance="against"), statement(0.1, 0.7, stance="against")]
    first = read_together(said, 0.4, 2.0)[0]
    expected = math.log(0.45 / 0.35) + 2.0 * (-0.7 - 0.6) / 3
    assert math.log(first.p_for / first.p_against) == pytest.approx(expected)
    assert (first.stance, first.flags) == ("against", ("context",))
    assert first.certainty == pytest.approx(first.p_against)
    assert first.p_neutral == said[0].p_neutral
    assert first.p_for + first.p_neutral + first.p_against == pytest.approx(1)


def test_what_is_clear_by_itself_keeps_its_side() -> None:
    said = [statement(0.95, 0.02), statement(0.2, 0.6, stance="against"), statement(0.2, 0.6, stance="against")]
    kept = read_together(said, 0.4, 3.0)[0]
    assert (kept.stance, kept.flags) == ("for", ())


def test_an_unclear_statement_becomes_clear_only_by_its_own_holder() -> None:
    doubtful, firm = statement(0.4, 0.39, stance="unclear"), statement(0.9, 0.05)
    assert read_together([doubtful, firm, firm], 0.45, 3.0)[0].stance == "for"
    other = statement(0.9, 0.05, holder="Ann Reid")
    assert read_together([doubtful, other, other], 0.45, 3.0)[0] == doubtful


def test_nothing_moves_without_weight_without_a_holder_or_where_no_side_is_said() -> None:
    said = [statement(0.45, 0.35), statement(0.1, 0.8)]
    assert read_together(said, 0.4, 0.0) == said
    nobody = [statement(0.45, 0.35, holder=""), statement(0.1, 0.8, holder="")]
    assert read_together(nobody, 0.4, 3.0) == nobody
    unsaid = statement(0.6, 0.2, stance="unclear")
    assert read_together([unsaid, said[1]], 0.4, 3.0)[0] == unsaid
