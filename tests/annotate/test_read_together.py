"""Statements of one holder are read in each other's light."""

from __future__ import annotations

import math

import pytest
import spacy
from spacy.tokens import Doc

from outsource_nlp.annotate import layers
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
    unsaid, sideless = statement(0.6, 0.2, stance="unclear"), statement(0.0, 0.0, stance="neutral")
    assert read_together([unsaid, sideless, said[1]], 0.4, 3.0)[:2] == [unsaid, sideless]


def test_the_component_reads_statements_together_and_the_document_one_by_one() -> None:
    text = ("Outsourcing the parks was a costly mistake. Outsourcing the baths has been a disaster. "
            "Outsourcing the bins was a failure. Outsourcing the library improved it a little.")
    alone, together = (read(text, consistency) for consistency in (0.0, 3.0))
    assert layers.document_stance(together) == layers.document_stance(alone)
    leans = [[s.p_for - s.p_against for s in layers.statements(doc)] for doc in (alone, together)]
    assert len(leans[0]) == len(leans[1]) == 4
    assert leans[1][3] < leans[0][3]


def read(text: str, consistency: float) -> Doc:
    """The text after the stance component with the scorer of word lists."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("outsource_stance", config={"scorer": "rules", "consistency": consistency})
    return nlp(text)
