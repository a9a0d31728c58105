"""The author's own stance out of statements with given probabilities."""

from __future__ import annotations

import pytest
import spacy

from outsource_nlp.annotate.layers import Statement
from outsource_nlp.annotate.statements.document import document_stance

DOC = spacy.blank("en")("Nobody says anything here.")


def statements(*leans: float, of: str = "author") -> list[Statement]:
    """A statement for each lean: 1 is surely for, -1 surely against, 0 neutral."""
    return [Statement(DOC[0:2], "author", of, "", of, "outsourcing", "", p_for=max(lean, 0), p_against=max(-lean, 0),
                      p_neutral=1 - abs(lean), certainty=0.8) for lean in leans]


@pytest.mark.parametrize(("own", "reported", "expected"), [
    ((0.9, 0.8, 0.9), 0, "for"),
    ((-0.9, -0.8, -0.9), 9, "against"),          # whoever is clear keeps the side, however many are quoted
    ((0.9, 0.9), 0, "neutral"),                  # two judgements are no position
    ((), 4, "neutral"),
    ((0.9, -0.9, 0.8, -0.9), 7, "mixed"),
    ((0.9, -0.9, 0.8, -0.9), 8, "neutral"),      # twice as many views of others: it reports
    ((0.1, -0.1, 0.1, -0.2), 0, "neutral"),
])
def test_a_position_needs_own_statements_that_agree(own: tuple[float, ...], reported: int, expected: str) -> None:
    said = statements(*own) + statements(*[0.9] * reported, of="person")
    found = document_stance(DOC, said, 5.0)
    assert found.stance == expected
    assert found == document_stance(DOC, said, 5.0)


def test_the_interval_holds_the_score_and_both_lie_within_one() -> None:
    found = document_stance(DOC, statements(0.9, -0.9, 0.8, -0.3, 0.4), 5.0)
    low, score, high = (value for value in (found.low, found.score, found.high) if value is not None)
    assert -1 <= low <= score <= high <= 1


def test_a_text_that_hardly_speaks_of_the_target_has_no_stance() -> None:
    assert document_stance(DOC, statements(0.9, 0.9, 0.9), 1.5).stance == "not-about"
    assert document_stance(DOC, [], 9.0).stance == "not-about"
