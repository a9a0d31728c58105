"""Known names: what the files hold, what they refuse, how they are found."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from outsource_nlp.annotate.names.cues import forms, load_cues
from outsource_nlp.annotate.names.gazetteer import (
    COLUMNS,
    PACKAGED,
    Gazetteer,
    gazetteer_path,
    load_gazetteer,
    packaged_file,
    read_gazetteer,
)
from outsource_nlp.annotate.names.words import split_words
from outsource_nlp.errors import DataError


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(PACKAGED)


def strong(gazetteer: Gazetteer, text: str) -> set[str]:
    return {e.entity_id for h in gazetteer.find(split_words(text)) if not h.weak for e in h.entries}


def weak(gazetteer: Gazetteer, text: str) -> set[str]:
    return {e.entity_id for h in gazetteer.find(split_words(text)) if h.weak for e in h.entries}


def written(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("name", PACKAGED)
def test_every_packaged_gazetteer_is_well_formed(name: str) -> None:
    entries = list(read_gazetteer(gazetteer_path(name)))
    assert entries
    assert all(e.source for e in entries)
    if name != "offices":
        assert len({e.entity_id for e in entries}) == len(entries)


def test_ids_say_their_type_and_are_plain(gazetteer: Gazetteer) -> None:
    assert all(re.fullmatch(r"[a-z]+:[a-z0-9-]+", entity_id) for entity_id in gazetteer.by_id)


def test_all_current_councils_have_a_gss_code() -> None:
    councils = list(read_gazetteer(gazetteer_path("councils")))
    assert len(councils) >= 470
    current = [c for c in councils if not c.end and c.nation]
    assert len(current) == 397
    assert all(c.register == "GSS" and re.fullmatch(r"[ENSW]\d{8}", c.register_id) for c in current)


def test_no_register_id_stands_without_its_register_and_only_councils_have_any() -> None:
    for name in PACKAGED:
        for entry in read_gazetteer(gazetteer_path(name)):
            assert bool(entry.register) == bool(entry.register_id)
            assert not entry.register_id or name == "councils"


def test_successors_exist(gazetteer: Gazetteer) -> None:
    for entry in gazetteer.by_id.values():
        for successor in filter(None, entry.replaced_by.split("|")):
            assert successor in gazetteer.by_id, entry.entity_id


def test_an_office_belongs_to_a_known_body(gazetteer: Gazetteer) -> None:
    assert all(e.entity_id in gazetteer.by_id for e in read_gazetteer(gazetteer_path("offices")))


@pytest.mark.parametrize(("text", "expected"), [
    ("Barnet LBC", "council:barnet"), ("RBKC", "council:kensington-and-chelsea"),
    ("BaNES", "council:bath-and-north-east-somerset"), ("Tower Hamlets Council", "council:tower-hamlets"),
    ("Tower Hamlets council", "council:tower-hamlets"), ("London Borough of Hackney", "council:hackney"),
    ("the london borough of Hackney", "council:hackney"), ("STOKE-ON-TRENT CITY COUNCIL", "council:stoke-on-trent"),
    ("Hammersmith & Fulham council", "council:hammersmith-and-fulham"),
    ("Richmond upon\nThames Council", "council:richmond-upon-thames"),
    ("Kent\u00a0County\u00a0Council", "council:kent"), ("St. Helens Council", "council:st-helens"),
    ("King’s Lynn and West Norfolk Council", "council:kings-lynn-and-west-norfolk"),
    ("Somerset County Council", "council:somerset-county-council"), ("Somerset Council", "council:somerset"),
    ("Richmondshire District Council", "council:richmondshire"), ("Bradford Council", "council:bradford"),
])
def test_councils_are_known_as_newspapers_write_them(gazetteer: Gazetteer, text: str, expected: str) -> None:
    assert expected in strong(gazetteer, text)


@pytest.mark.parametrize(("text", "expected"), [
    ("Department of Health", "government:department-of-health-and-social-care"),
    ("the education secretary", "government:department-for-education"),
    ("the Secretary of State for Education", "government:department-for-education"),
    ("DfE", "government:department-for-education"), ("HMRC", "government:hm-revenue-and-customs"),
    ("Kings Fund", "organisation:the-kings-fund"), ("The King’s Fund", "organisation:the-kings-fund"),
    ("UNISON", "union:unison"), ("Sinn Féin", "party:sinn-fein"), ("theguardian.com", "publication:the-guardian"),
    ("Community Care Act", "work:nhs-and-community-care-act-1990"),
])
def test_other_bodies_are_known_under_their_usual_and_former_names(
        gazetteer: Gazetteer, text: str, expected: str) -> None:
    assert expected in strong(gazetteer, text)


@pytest.mark.parametrize("text", ["Slough", "Reading", "Kier", "Mears", "Community Care", "Circle", "Sense", "Mind"])
def test_names_that_are_also_something_else_are_weak(gazetteer: Gazetteer, text: str) -> None:
    assert not strong(gazetteer, text)
    assert weak(gazetteer, text)


@pytest.mark.parametrize("text", ["slough", "reading", "capita", "the guardian of the child", "circle", "per capita"])
def test_capitals_count(gazetteer: Gazetteer, text: str) -> None:
    assert not strong(gazetteer, text)
    assert not weak(gazetteer, text)


def test_a_name_does_not_run_on_over_a_sentence_end_or_a_comma(gazetteer: Gazetteer) -> None:
    assert "council:kent" not in strong(gazetteer, "He left Kent. County Council leaders met.")
    assert "council:kent" not in strong(gazetteer, "in Kent, County Council leaders met")


def test_a_users_file_adds_names_merges_and_refuses(tmp_path: Path) -> None:
    own = written(
        tmp_path / "own.csv",
        {"entity_id": "company:brightwell", "name": "Brightwell", "aliases": "Brightwell Care", "source": "me"},
        {"entity_id": "company:brightwell-group", "kind": "merge", "replaced_by": "company:brightwell", "source": "me"},
        {"entity_id": "company:capita", "kind": "ignore", "source": "me"},
    )
    gazetteer = load_gazetteer(("companies", str(own)))
    assert strong(gazetteer, "Brightwell Care") == {"company:brightwell"}
    assert gazetteer.canonical("company:brightwell-group") == "company:brightwell"
    assert "company:capita" in gazetteer.ignored


def test_the_readme_shows_a_file_that_is_honoured(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    shown = readme.split("```csv\n")[1].split("```")[0]
    (tmp_path / "own.csv").write_text(shown, encoding="utf-8")
    gazetteer = load_gazetteer((*PACKAGED, str(tmp_path / "own.csv")))
    assert strong(gazetteer, "Plumtree Homes") == {"company:plumtree"}
    assert strong(gazetteer, "Richmond") == {"council:richmond-upon-thames"}
    assert gazetteer.canonical("company:plumtree-group") == "company:plumtree"
    assert "company:circle" in gazetteer.ignored


def test_merges_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    own = written(
        tmp_path / "own.csv",
        {"entity_id": "company:a", "kind": "merge", "replaced_by": "company:b", "source": "me"},
        {"entity_id": "company:b", "kind": "merge", "replaced_by": "company:a", "source": "me"},
    )
    assert load_gazetteer((str(own),)).canonical("company:a") in {"company:a", "company:b"}


@pytest.mark.parametrize(("row", "words"), [
    ({"entity_id": "firm:x", "name": "X"}, "type:name"),
    ({"entity_id": "company:x", "name": ""}, "name is empty"),
    ({"entity_id": "company:x", "kind": "merge"}, "replaced_by"),
])
def test_a_malformed_row_is_named_with_its_line(tmp_path: Path, row: dict[str, str], words: str) -> None:
    path = written(tmp_path / "bad.csv", row)
    with pytest.raises(DataError, match=words) as caught:
        list(read_gazetteer(path))
    assert "line 2" in str(caught.value)
    assert "Hint:" in str(caught.value)


def test_a_wrong_header_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("name,alias\nx,y\n", encoding="utf-8")
    with pytest.raises(DataError, match="columns are"):
        list(read_gazetteer(path))
    with pytest.raises(DataError, match="cannot be read"):
        list(read_gazetteer(tmp_path / "none.csv"))


def test_an_unknown_cue_list_is_refused(tmp_path: Path) -> None:
    text = packaged_file("entity_cues.toml").read_text(encoding="utf-8")
    path = tmp_path / "cues.toml"
    path.write_text(text.replace("[people]", "[people]\nnick_names = []"), encoding="utf-8")
    with pytest.raises(DataError, match="nick_names"):
        load_cues(str(path))


def test_a_missing_cue_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cues.toml"
    path.write_text("[council]\nservices = []\n", encoding="utf-8")
    with pytest.raises(DataError, match="no list"):
        load_cues(str(path))


def test_verbs_are_inflected() -> None:
    assert set(forms("deny")) == {"deny", "denies", "denied", "denying"}
    assert set(forms("outsource")) == {"outsource", "outsources", "outsourced", "outsourcing"}
    assert {"plan", "plans", "planned", "planning"} <= set(forms("plan"))


@pytest.mark.parametrize(("text", "words"), [
    ("Stoke-on-Trent", ["stoke", "on", "trent"]), ("children’s", ["children", "'s"]), ("O’Brien", ["o'brien"]),
    ("the councilâ€™s view", ["the", "council", "'s", "view"]), ("J. B. Smith", ["j", "b", "smith"]),
    ("St. Helens", ["st", "helens"]), ("A & B", ["a", "and", "b"]), ("theguardian.com/x", ["theguardian.com", "/", "x"]),
])
def test_words_are_split_alike_however_they_are_typed(text: str, words: list[str]) -> None:
    assert list(split_words(text).fold) == words


def test_offsets_of_words_point_into_the_text() -> None:
    text = "Kent\u00a0County Council’s “plan”\n\nSlough"
    words = split_words(text)
    assert [text[s:e] for s, e in zip(words.start, words.end, strict=True)] == list(words.text)
    assert words.fresh[words.text.index("Slough")]
