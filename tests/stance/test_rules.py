"""The rule-based scorer reads judgements and actions, negation, and the side of the target."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp.errors import ConfigurationError
from outsource_nlp.stance import LABELS, load_stance_scorer

TARGET = "outsourcing of public services to private companies"
SCORER = load_stance_scorer("rules")


def side(text: str, target: str = TARGET) -> str:
    return LABELS[int(SCORER.predict([text], [target])[0].argmax())]


@pytest.mark.parametrize(("text", "expected"), [
    ("The contract has been a costly failure.", "against"),
    ("Outsourcing has brought better services.", "for"),
    ("We will oppose any contracting out.", "against"),
    ("We will encourage competitive tendering.", "for"),
    ("The in-house team is excellent.", "against"),
    ("The council-run homes were a disgrace.", "for"),
    ("Outsourcing is not a success.", "against"),
    ("The tender closes on Friday.", "neutral"),
])
def test_plain_sentences_get_the_side_a_reader_gives_them(text: str, expected: str) -> None:
    assert side(text) == expected


def test_the_target_turns_the_answer_round() -> None:
    text = "The in-house team is excellent."
    assert side(text, "bringing services in house") == "for"


def test_a_comparison_favours_what_stands_before_than() -> None:
    assert side("The public homes did better than the private sector.") == "against"


def test_no_texts_give_an_empty_table() -> None:
    assert SCORER.predict([], []).shape == (0, 3)


@given(st.lists(st.text(max_size=80), max_size=5))
def test_rows_are_probabilities_whatever_the_text(texts: list[str]) -> None:
    p = SCORER.predict(texts, [TARGET] * len(texts))
    assert p.shape == (len(texts), 3)
    assert np.all(p >= 0)
    assert np.allclose(p.sum(axis=1), 1)


def test_an_unknown_scorer_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="no stance scorer"):
        load_stance_scorer("horoscope")
