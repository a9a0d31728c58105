"""A notebook shows Docs and statements as displaCy would."""

from __future__ import annotations

from spacy.language import Language

import outsource_nlp as onlp

TEXT = ("“Outsourcing the parks was a mistake,” said Ada Lowe, leader of Barnet Council. "
        "It rained <b>all</b> day & nobody minded.")


def test_a_doc_shows_names_cues_and_sides(rules_nlp: Language) -> None:
    html = onlp.show(rules_nlp(TEXT))._repr_html_()
    for label in ("AGAINST", "CUE", "SPEAKER", "council", "person"):
        assert label in html
    assert "<b>all" not in html


def test_a_statement_shows_its_own_sentence_and_no_other(rules_nlp: Language) -> None:
    (statement,) = onlp.statements(rules_nlp(TEXT))
    html = onlp.show(statement).html
    assert "AGAINST" in html
    assert "rained" not in html
    assert onlp.show([statement, statement]).html.count('class="spans"') == 2


def test_a_doc_of_nothing_can_be_shown(rules_nlp: Language) -> None:
    assert isinstance(onlp.show(rules_nlp("")).html, str)
