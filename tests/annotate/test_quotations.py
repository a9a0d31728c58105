"""The component ``outsource_quotations``: alone, on bare and parsed texts, and what it leaves on a Doc."""

from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.components.quotations import Quotations


@pytest.fixture(scope="module")
def bare() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("outsource_quotations")
    return nlp


@pytest.fixture(scope="module")
def parsed(nlp: Language) -> Language:
    return nlp


def only(doc: Doc) -> layers.Quotation:
    found = layers.quotations(doc)
    assert len(found) == 1, [one.content.text for one in found]
    return found[0]


def test_the_component_is_found_by_its_entry_point_and_stands_alone(bare: Language) -> None:
    one = only(bare("“The contract has failed,” said Helen Ward."))
    assert (one.content.text, one.mode, one.speaker_name) == ("The contract has failed,", "direct", "Helen Ward")
    assert one.cue is not None
    assert one.cue.text == "said"


def test_a_misspelt_option_is_refused() -> None:
    with pytest.raises(ValueError, match="cuez"):
        spacy.blank("en").add_pipe("outsource_quotations", config={"cuez": "x"})


def test_a_doc_without_sentence_bounds_or_words_is_no_trouble() -> None:
    component = Quotations()
    blank = spacy.blank("en")
    assert layers.quotations(component(blank(""))) == []
    assert layers.quotations(component(blank("  \n\n "))) == []
    assert only(component(blank("Helen Ward said: “No.”"))).speaker_name == "Helen Ward"


def test_finding_leaves_the_doc_as_it_is(bare: Language) -> None:
    doc = bare.make_doc("“No,” said Helen Ward.")
    Quotations().find(doc)
    assert dict(doc.user_data) == {}


def test_quotations_survive_a_docbin(bare: Language) -> None:
    doc = bare("“The contract has failed,” said Helen Ward. She was angry.")
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    again = next(iter(DocBin(store_user_data=True).from_bytes(stored).get_docs(bare.vocab)))
    before, after = only(doc), only(again)
    assert (before.content.text, before.speaker_name, before.rule) == (
        after.content.text,
        after.speaker_name,
        after.rule,
    )


def test_without_a_parse_plain_reports_are_found(bare: Language) -> None:
    assert only(bare("According to Helen Ward, the contract has failed.")).content.text == "the contract has failed"
    assert only(bare("The council denied that it had failed.")).cue_class == "negating"


def test_the_speaker_is_the_entity_whose_mention_covers_the_name(bare: Language) -> None:
    doc = bare.make_doc("“No,” said Ward. ")
    entity = layers.Entity("p1", "person", "Helen Ward")
    layers.set_mentions(doc, [layers.Mention(Span(doc, 5, 6), "p1", "person", "test")], [entity])
    one = only(Quotations()(doc))
    assert (one.speaker_id, one.speaker_name, one.speaker_type) == ("p1", "Helen Ward", "person")
    assert one.speaker is not None
    assert one.speaker.text == "Ward"


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("council", "government"),
        ("government", "government"),
        ("company", "organisation"),
        ("person", "person"),
        ("publication", "organisation"),
    ],
)
def test_the_speaker_type_follows_the_entity_type(bare: Language, type_: str, expected: str) -> None:
    doc = bare.make_doc("“No,” said Corvane.")
    layers.set_mentions(
        doc, [layers.Mention(Span(doc, 5, 6), "e", type_, "test")], [layers.Entity("e", type_, "Corvane")]
    )
    assert only(Quotations()(doc)).speaker_type == expected


def test_the_council_is_the_only_council_named_before(parsed: Language) -> None:
    doc = parsed("Leeds City Council signed the contract. The council said it would save money.")
    assert [one.speaker_name for one in layers.quotations(doc)] == ["Leeds City Council"]


def test_a_description_that_fits_two_persons_stays_a_description(parsed: Language) -> None:
    doc = parsed("Professor Jane Moss met Professor Peter Lowe. The professor said that markets fail.")
    assert only(doc).speaker_name == "The professor"


def test_the_chain_is_kept(parsed: Language) -> None:
    doc = parsed("According to an article in the Evening Ledger, Jane Moss believes that markets fail.")
    outer, inner = layers.quotations(doc)
    assert (outer.within, inner.within) == (-1, 0)
    assert inner.speaker_name == "Jane Moss"
    assert outer.speaker is not None
    assert "Ledger" in outer.speaker.text


@pytest.mark.parametrize(("text", "speaker", "content"), [
    ("One of the councillors said that the trust hid the bill.", "One of the councillors", "that the trust hid the bill"),
    ("Those opposed to the plan say that it costs too much.", "Those opposed to the plan", "that it costs too much"),
    ("Helen Ward said: “A trust answers to its accounts, a council to its people.”", "Helen Ward",
     "A trust answers to its accounts, a council to its people."),
    ("A waste of public money, said the nurses' union before the vote.", "the nurses' union", "A waste of public money"),
    ("The leader argued that it had failed, that it had cost jobs and that nobody had been told.", "The leader",
     "that it had failed, that it had cost jobs and that nobody had been told"),
])
def test_who_says_what_in_sentences_of_other_shapes(parsed: Language, text: str, speaker: str, content: str) -> None:
    one = only(parsed(text))
    assert (one.speaker_name, one.content.text) == (speaker, content)


def test_an_if_inside_what_is_said_does_not_make_the_saying_conditional(parsed: Language) -> None:
    assert "conditional" not in only(parsed("People write that it works only if the client is clever.")).flags


def test_the_authors_own_voice_is_no_quotation(parsed: Language) -> None:
    assert layers.quotations(parsed("I think the contract has failed. We believe that care is a duty. One of us said that it was late.")) == []


def test_in_a_transcript_everything_belongs_to_the_turn(bare: Language) -> None:
    text = "Mr Reid: We were not asked.\n\nNobody rang us.\n\nMs Ward: Did you ask?\n\nMr Reid: I think so."
    found = layers.quotations(bare(text))
    assert [(one.speaker_name, one.rule) for one in found] == [("Reid", "turn"), ("Ward", "turn"), ("Reid", "turn")]
    assert found[0].content.text == "We were not asked.\n\nNobody rang us."


def test_a_heading_with_a_colon_is_no_turn(bare: Language) -> None:
    assert layers.quotations(bare("Location: High Street.\n\nNote: The library is free.\n\nNote: It is small.")) == []


def test_offsets_of_content_are_those_of_the_text(parsed: Language) -> None:
    text = "“It is over,” said Jane Moss.\n\nThe union fears that jobs will go."
    doc = parsed(text)
    for one in layers.quotations(doc):
        assert text[one.content.start_char : one.content.end_char] == one.content.text


WORDS = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        ",",
        ".",
        "?",
        ":",
        "—",
        "\n\n",
        "> ",
        "said",
        "told",
        "Jones",
        "he",
        "they",
        "that",
        "according",
        "to",
        "in",
        "view",
        "the",
        "council",
        "claims",
        "Q:",
        "Mr Hill:",
        "Dear Sir",
        "I",
        "not",
        "if",
        "as",
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_no_text_breaks_it_and_every_inner_quotation_lies_in_its_outer_one(pieces: list[str]) -> None:
    found = Quotations().find(spacy.blank("en")(" ".join(pieces)))
    for number, one in enumerate(found):
        assert len(one.content)
        assert one.within != number
        if one.within >= 0:
            around = found[one.within].content
            assert around.start <= one.content.start
            assert one.content.end <= around.end


@pytest.mark.parametrize(
    "piece", ["'a ", "He said “no. ", "He said “no.” ", "the council said that ministers claimed that "]
)
def test_hostile_repetition_is_read_to_its_end(bare: Language, piece: str) -> None:
    doc = bare.make_doc(piece * (40_000 // len(piece)))
    assert len(Quotations().find(doc)) <= len(doc)


def test_finding_costs_at_most_a_tenth_of_the_parse(parsed: Language) -> None:
    article = (
        "“The contract has failed,” said Helen Ward, who chairs the panel. The council denied that it had cut services.\n\n"
        "According to the auditors, costs rose by a tenth, and the buses that the firm bought in May stood idle all year.\n\n"
    )
    texts = [article * 20] * 3
    parse = [name for name in parsed.pipe_names if not name.startswith("outsource_")]
    with parsed.select_pipes(enable=parse):
        start = time.process_time()
        docs = list(parsed.pipe(texts))
        parsing = time.process_time() - start
    component = Quotations()
    start = time.process_time()
    for doc in docs:
        component.find(doc)
    assert time.process_time() - start <= parsing / 10


def test_a_firm_in_apposition_speaks_under_its_name(nlp: Language) -> None:
    (found,) = layers.quotations(nlp("The contractor, Capita, said that costs had fallen."))
    assert found.speaker_name == "Capita"
