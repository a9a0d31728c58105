"""The words of a target are found again in a passage, as the codebook writes them."""

from __future__ import annotations

import pytest

from outsource_nlp.codebook import load_codebook
from outsource_nlp.report.passages import Span
from outsource_nlp.report.targets import TargetWords

WORDS = TargetWords(load_codebook())


def found(text: str, target: str, core: str = "") -> list[str]:
    at = text.index(core) if core else 0
    spans = WORDS.find(text, (0, len(text)), Span(at, at + len(core or text), "evidence"), target)
    return [text[span.start:span.end] for span in spans]


@pytest.mark.parametrize(("text", "target", "words"), [
    ("Outsourcing the parks failed.", "outsourcing", ["Outsourcing"]),
    ("They put the bins out to tender again", "competitive tendering", ["out to tender"]),
    ("Bringing it in-house has paid off", "outsourcing", []),
    ("an arm’s-length company", "outsourcing", ["arm’s-length company"]),
    ("anything at all", "no such target", []),
])
def test_the_words_of_the_target_are_found(text: str, target: str, words: list[str]) -> None:
    assert found(text, target) == words


def test_words_in_the_evidence_come_before_words_around_it() -> None:
    text = "Privatisation came first. They said private firms are cheap. Privatised rail came next."
    assert found(text, "privatisation", "private firms are cheap") == ["private firms"]
    assert found(text, "privatisation", "They said") == ["Privatisation", "private firms", "Privatised"]


def test_without_a_codebook_nothing_is_found() -> None:
    assert TargetWords(None).find("outsourcing", (0, 11), Span(0, 11, "evidence"), "outsourcing") == []
