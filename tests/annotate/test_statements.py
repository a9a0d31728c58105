"""Statements: what bears on the target, whose view it is, and which way it goes. All texts are made up.

The scorer is the one of word lists, so that these facts do not change with a newly trained network.
"""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

import outsource_nlp as onlp
from outsource_nlp.annotate import layers
from outsource_nlp.annotate.layers import ArticleFacts, Statement
from outsource_nlp.annotate.pipeline import find_config
from outsource_nlp.annotate.statements.find import Finder
from outsource_nlp.codebook import load_codebook


@pytest.fixture(scope="module")
def nlp(tmp_path_factory: pytest.TempPathFactory) -> Language:
    """The default pipeline with the scorer of word lists."""
    own = tmp_path_factory.mktemp("pipeline") / "own.cfg"
    shipped = find_config("default").read_text(encoding="utf-8")
    own.write_text(shipped.replace('scorer = "cross_encoder"', 'scorer = "rules"'), encoding="utf-8")
    return onlp.load_pipeline(str(own))


def statements(nlp: Language, text: str, **facts: object) -> list[Statement]:
    doc = nlp.make_doc(text)
    layers.set_article(doc, ArticleFacts(**facts))  # type: ignore[arg-type]
    return onlp.statements(nlp(doc))


@pytest.mark.parametrize("text", [
    "The library opens at nine. Bring a card.", "", "   \n\n ", "!!!", "She outlined the forces at work.",
])
def test_a_text_about_something_else_has_no_statement(nlp: Language, text: str) -> None:
    assert statements(nlp, text) == []


def test_the_author_holds_what_nobody_else_says(nlp: Language) -> None:
    (found,) = statements(nlp, "Outsourcing the parks was a costly mistake.", authors=("Ada Lowe",))
    assert (found.voice, found.holder, found.holder_type, found.stance) == ("author", "Ada Lowe", "author", "against")


def test_a_speaker_holds_what_is_in_quotation_marks(nlp: Language) -> None:
    (found,) = statements(nlp, "“Outsourcing has been a disaster for our parks,” said Ada Lowe, a gardener.")
    assert (found.voice, found.holder, found.stance) == ("direct", "Ada Lowe", "against")
    assert found.evidence.text.startswith("Outsourcing")


def test_a_speaker_holds_what_is_reported(nlp: Language) -> None:
    (found,) = statements(nlp, "Ada Lowe argued that outsourcing the parks would improve them.")
    assert (found.voice, found.holder, found.stance) == ("indirect", "Ada Lowe", "for")


def test_an_actor_holds_the_position_that_a_verb_tells(nlp: Language) -> None:
    (found,) = statements(nlp, "The unions oppose the outsourcing of the parks.")
    assert (found.voice, found.holder, found.stance) == ("indirect", "The unions", "against")
    assert "oppose" in found.evidence.text


@pytest.mark.parametrize(("text", "holder"), [
    ("Residents were deeply troubled by the privatisation of the parks.", "Residents"),
    ("Ministers remain keen on outsourcing the parks.", "UK Government"),
    ("Unison is against the privatisation of the parks.", "Unison"),
    ("The charities are in favour of outsourcing the parks.", "The charities"),
    ("Hundreds of parents marched in support of outsourcing the parks.", "Hundreds of parents"),
    ("Many charities would rather see no private company in the parks.", "Many charities"),
    ("There is growing anger among parents about the outsourcing of the parks.", "parents"),
    ("To its critics, outsourcing is a scandal.", "its critics"),
    ("Ministers made the case for outsourcing the parks.", "UK Government"),
    ("The group tabled a motion to end the outsourcing of the parks.", "The group"),
    ("In the view of the auditors, the outsourcing of the parks was a mistake.", "the auditors"),
    ("The government is trying to move the parks into private hands.", "UK Government"),
])
def test_an_actor_takes_a_side_by_other_words_than_verbs_of_position(nlp: Language, text: str, holder: str) -> None:
    (found,) = statements(nlp, text, authors=("Ada Lowe",))
    assert (found.voice, found.holder) == ("indirect", holder)


@pytest.mark.parametrize("text", [
    "Slough Council should outsource its parks.",
    "Slough Council ought to bring its parks back in house.",
    "Slough Council must commit to ending its outsourcing.",
    "Hospital cleaning must never be outsourced again.",
    "Slough Council should accept that outsourcing has failed its parks.",
    "Ministers must recognise that privatisation has failed.",
    "Experience suggests that outsourcing has failed the parks.",
    "It is recommended that hospital cleaning be brought back in house.",
    "We recommend that every council outsource its parks.",
    "Our petition demands that the council ends the outsourcing of its parks.",
    "It is time to acknowledge that outsourcing has failed the parks.",
    "The private company bought four new mowers for the parks.",
    "Let residents choose an outside contractor for the parks.",
])
def test_what_others_should_do_or_see_is_the_authors_view(nlp: Language, text: str) -> None:
    assert {s.holder for s in statements(nlp, text, authors=("Ada Lowe",))} == {"Ada Lowe"}


def test_a_heading_is_no_statement_but_a_slogan_is(nlp: Language) -> None:
    body = "The parks are run by a private company, and nobody likes it."
    assert len(statements(nlp, f"A Pattern of Privatisation\n\n{body}")) == 1
    assert len(statements(nlp, f"Stop the privatisation of our parks\n\n{body}")) == 2


def test_what_describes_a_speaker_is_no_view_of_the_author(nlp: Language) -> None:
    (found,) = statements(nlp, "An inquiry into private firms found that outsourcing had failed the parks.")
    assert (found.voice, found.holder) == ("indirect", "An inquiry")


def test_what_others_should_see_is_the_view_of_the_speaker_who_says_so(nlp: Language) -> None:
    text = "“Ministers must accept that outsourcing has been a failure,” said Bea Holt, a gardener."
    assert {s.holder for s in statements(nlp, text, authors=("Ada Lowe",))} == {"Bea Holt"}


def test_an_actor_holds_a_decision_that_nobody_judges(nlp: Language) -> None:
    (found,) = statements(nlp, "Slough Council has outsourced its parks.", authors=("Ada Lowe",))
    assert (found.voice, found.holder, found.rule) == ("indirect", "Slough Borough Council", "position verb")


def test_a_decision_that_the_words_judge_is_the_authors_view(nlp: Language) -> None:
    (found,) = statements(nlp, "Slough Council has outsourced its parks with disastrous results.", authors=("Ada Lowe",))
    assert (found.voice, found.holder, found.stance) == ("author", "Ada Lowe", "against")


def test_what_is_only_supposed_is_not_the_actors_decision(nlp: Language) -> None:
    (found,) = statements(nlp, "If Slough Council outsourced its parks, nobody would notice.", authors=("Ada Lowe",))
    assert found.holder == "Ada Lowe"


def test_praise_of_the_in_house_team_counts_as_against(nlp: Language) -> None:
    (found,) = statements(nlp, "The in-house team is excellent.")
    assert found.stance == "against"


def test_agreement_takes_over_the_side_of_the_view_agreed_with(nlp: Language) -> None:
    found = statements(nlp, "Ada Lowe said that outsourcing the parks was a disaster. She is absolutely right.")
    assert found[-1].rule == "endorsement"
    assert (found[-1].voice, found[-1].stance) == ("author", "against")


def test_disagreement_turns_it_round(nlp: Language) -> None:
    found = statements(nlp, "Ada Lowe said that outsourcing the parks was a disaster. She is wrong.")
    assert (found[-1].voice, found[-1].stance) == ("author", "for")


def test_this_policy_finds_its_target_in_the_sentence_before(nlp: Language) -> None:
    found = statements(nlp, "The council outsourced its parks in May. This policy has been a failure.")
    assert (found[-1].rule, found[-1].stance) == ("anaphora", "against")


@pytest.mark.parametrize(("phrase", "points"), [
    ("it was a costly mistake", True), ("such policies fail", True), ("we regret this sorry experiment", True),
    ("a policy was a mistake", False), ("they saw it fail", False), ("the sea was calm", False),
])
def test_nouns_of_the_codebook_point_back(phrase: str, points: bool) -> None:
    span = spacy.blank("en")(phrase)[:]
    assert Finder(load_codebook().references).points_back(span) is points


def test_two_clauses_with_two_sides_are_two_statements(nlp: Language) -> None:
    found = statements(nlp, "Outsourcing payroll is sensible, but outsourcing child protection is dangerous.")
    assert [s.stance for s in found] == ["for", "against"]
    assert [s.services for s in found][1] != ()


def test_the_name_of_a_trust_is_not_an_argument_about_trusts(nlp: Language) -> None:
    assert statements(nlp, "Sandwell Children's Trust moved to a new office on Monday.") == []


def test_aspects_and_flags_are_told(nlp: Language) -> None:
    (found,) = statements(nlp, "Outsourcing might never save taxpayers money.")
    assert "cost" in found.aspects
    assert {"negation", "hedge"} <= set(found.flags)


def test_evidence_does_not_run_over_a_line_break(nlp: Language) -> None:
    (found,) = statements(nlp, "Friday, 3 May 2019\n\nOutsourcing the parks was a mistake.")
    assert found.evidence.text == "Outsourcing the parks was a mistake."


def test_probabilities_sum_to_one_and_certainty_is_a_share(nlp: Language) -> None:
    for s in statements(nlp, "Outsourcing failed. Contracting out is fine. The tender was reported on Friday."):
        assert s.p_for + s.p_against + s.p_neutral == pytest.approx(1)
        assert 0 <= s.certainty <= 1


def test_quoted_opponents_do_not_tip_the_document(nlp: Language) -> None:
    text = ("Outsourcing the parks was a mistake. Outsourcing the baths failed. Outsourcing the bins was a disaster. “Outsourcing is a success and a "
            "benefit,” said Ada Lowe. “Outsourcing is excellent value,” she said. “Outsourcing works well,” she added.")
    doc = nlp(text)
    assert layers.document_stance(doc).stance == "against"


def test_a_document_that_argues_both_sides_is_mixed(nlp: Language) -> None:
    text = ("Outsourcing payroll is sensible and efficient. Outsourcing the help desk is a success. "
            "Outsourcing child protection is a disaster. Outsourcing fostering is dangerous.")
    assert layers.document_stance(nlp(text)).stance == "mixed"


def test_the_rules_pipeline_finds_statements_without_a_model(rules_nlp: Language) -> None:
    (found,) = statements(rules_nlp, "Outsourcing the parks was a costly mistake.", authors=("Ada Lowe",))
    assert (found.voice, found.holder, found.stance) == ("author", "Ada Lowe", "against")


def test_what_somebody_did_not_say_shows_no_side(nlp: Language) -> None:
    (found,) = statements(nlp, "Ada Lowe did not say that outsourcing the parks had failed.")
    assert (found.holder, found.stance) == ("Ada Lowe", "unclear")


def test_a_supposed_view_is_the_authors_thought(nlp: Language) -> None:
    (found,) = statements(nlp, "If Slough Council were proposing outsourcing only payroll, I would support it.",
                          authors=("Ada Lowe",))
    assert found.holder == "Ada Lowe"


def test_what_a_noun_without_a_speaker_introduces_is_judged_by_the_author(nlp: Language) -> None:
    (found,) = statements(nlp, "There is no proof that outsourcing the parks improves them.", authors=("Ada Lowe",))
    assert (found.voice, found.holder) == ("author", "Ada Lowe")
    assert found.evidence.text.startswith("There is no proof")


def test_a_decision_told_in_the_passive_is_nobodys_by_name(nlp: Language) -> None:
    (found,) = statements(nlp, "The parks were outsourced in May to improve them.", authors=("Ada Lowe",))
    assert (found.voice, found.holder, found.holder_type) == ("indirect", "", "unknown")


def test_what_will_be_done_in_a_text_that_says_we_is_its_authors_programme(nlp: Language) -> None:
    text = "We love parks. We plant trees, and our trees grow. The parks will be outsourced."
    assert statements(nlp, text, authors=("Green Party",))[-1].holder == "Green Party"


def test_the_agent_of_a_passive_took_the_decision(nlp: Language) -> None:
    (found,) = statements(nlp, "The parks were outsourced by Slough Council.", authors=("Ada Lowe",))
    assert found.holder == "Slough Borough Council"


def test_an_author_named_in_the_third_person_is_still_the_author(nlp: Language) -> None:
    (found,) = statements(nlp, "Ada Lowe believes that outsourcing the parks was a mistake.", authors=("Ada Lowe",))
    assert (found.voice, found.holder_type) == ("author", "author")


def test_a_letter_is_its_signatorys(nlp: Language) -> None:
    (found,) = statements(nlp, "Dear Sir,\n\nOutsourcing the parks was a mistake.\n\nYours faithfully,\nMary Lowe\nHarnsea")
    assert (found.voice, found.holder) == ("author", "Mary Lowe")
