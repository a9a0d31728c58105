"""What a careful reader finds in the one real article that ships with the project."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import outsource_nlp as onlp

PATH = "chris-mills-blog/2018-12-14-outsourcing.txt"
COUNCILS = {
    "Richmond upon Thames": "E09000027", "Kingston upon Thames": "E09000021", "Doncaster": "E08000017",
    "Slough": "E06000039", "Sandwell": "E08000028", "Worcestershire": "E10000034",
}


@pytest.fixture(scope="module")
def results(shipped: Path) -> onlp.Results:
    return onlp.open_results(shipped)


@pytest.fixture(scope="module")
def article_id(results: onlp.Results) -> str:
    return str(results.documents.set_index("path").loc[PATH, "article_id"])


@pytest.fixture(scope="module")
def mentions(results: onlp.Results, article_id: str) -> pd.DataFrame:
    return results.mentions[results.mentions.article_id == article_id]


def test_the_councils_are_found_with_their_codes(results: onlp.Results, mentions: pd.DataFrame) -> None:
    found = set(mentions.loc[mentions.type == "council", "entity_id"])
    entities = results.entities.set_index("entity_id").loc[sorted(found)]
    assert set(entities.register) == {"GSS"}
    assert set(entities.register_id) == set(COUNCILS.values())


def test_one_surface_names_two_councils(mentions: pd.DataFrame) -> None:
    both = mentions[mentions.surface == "Richmond-and-Kingston"]
    assert len(both) == 2
    assert both.start.nunique() == 1


def test_ray_jones_is_one_person_under_his_three_names(mentions: pd.DataFrame) -> None:
    surfaces = mentions[mentions.surface.str.contains("Jones")]
    assert surfaces.entity_id.nunique() == 1
    assert {"Ray Jones", "Jones"} <= {s.removeprefix("Professor ") for s in surfaces.surface}
    assert any(s == "Professor Ray Jones" for s in surfaces.surface)


def test_the_authors_of_the_handbook_are_found(mentions: pd.DataFrame) -> None:
    people = set(mentions.loc[mentions.type == "person", "name"])
    assert {"Ilan Oshri", "Julia Kotlarsky", "Leslie P. Willcocks"} <= people
    oshri = mentions[mentions.name == "Ilan Oshri"]
    assert set(oshri.surface) == {"Oshri", "Ilan Oshri"}


def test_both_periodicals_and_the_handbook_are_found(mentions: pd.DataFrame) -> None:
    assert set(mentions.loc[mentions.type == "publication", "name"]) == {"Community Care", "The Guardian"}
    works = set(mentions.loc[mentions.type == "work", "name"])
    assert "The Handbook of Global Outsourcing and Offshoring" in works


def test_the_author_is_against(results: onlp.Results) -> None:
    assert results.documents.set_index("path").loc[PATH, "stance"] == "against"


def test_the_views_belong_to_more_than_the_author(results: onlp.Results, article_id: str) -> None:
    holders = set(results.statements.loc[results.statements.article_id == article_id, "holder"])
    assert {"Chris Mills", "Ray Jones"} <= holders
