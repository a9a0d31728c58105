"""Who is one person across articles: full names are, lone surnames are not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from outsource_nlp.annotate.names.gazetteer import COLUMNS
from outsource_nlp.records import Article, Row
from outsource_nlp.schema import TABLES
from outsource_nlp.tabulate import tabulate

ONE, OTHER = "Ada Lowe met Mr Smith.", "Ada Lowe sued Dr Smith and J. Smith of Serco."


@pytest.fixture(scope="module")
def blank() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    for pipe in ("outsource_entities", "outsource_roles"):
        pipeline.add_pipe(pipe)
    return pipeline


def rows(nlp: Language, text: str, path: str) -> dict[str, list[Row]]:
    return tabulate(nlp(text), Article(path, text))


def ids(table: str, found: dict[str, list[Row]]) -> set[object]:
    at = TABLES[table].names.index("entity_id")
    return {row[at] for row in found[table]}


def test_a_full_name_is_one_person_everywhere(blank: Language) -> None:
    assert "person:ada-lowe" in ids("mentions", rows(blank, ONE, "a.txt")) & ids("mentions", rows(blank, OTHER, "b.txt"))


def test_a_lone_surname_is_its_articles_own(blank: Language) -> None:
    one, other = (ids("mentions", rows(blank, text, path)) for text, path in ((ONE, "a.txt"), (OTHER, "b.txt")))
    assert one & other == {"person:ada-lowe"}
    assert {str(i) for i in one - other} == {f"person:smith@{Article('a.txt', ONE).article_id}"}


def test_an_initial_is_a_name(blank: Language) -> None:
    assert "person:j-smith" in ids("mentions", rows(blank, "J. Smith of Serco and Dr J. Smith left.", "b.txt"))


def test_all_tables_of_an_article_agree(blank: Language) -> None:
    found = rows(blank, ONE, "a.txt")
    assert ids("roles", found) == ids("mentions", found)


def test_a_lone_surname_keeps_its_id_when_the_article_is_edited(blank: Language) -> None:
    assert ids("mentions", rows(blank, ONE, "a.txt")) == ids("mentions", rows(blank, ONE + " It rained.", "a.txt"))


def test_a_users_merge_makes_it_somebody(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, restval="")
        writer.writeheader()
        writer.writerow({"entity_id": "person:smith", "kind": "merge", "replaced_by": "person:jane-smith", "source": "me"})
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("outsource_entities", config={"extra_gazetteers": [str(path)]})
    assert ids("mentions", rows(nlp, ONE, "a.txt")) == {"person:ada-lowe", "person:jane-smith"}


def test_a_listed_person_of_one_word_is_one_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, restval="")
        writer.writeheader()
        writer.writerow({"entity_id": "person:plato", "name": "Plato", "source": "me"})
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("outsource_entities", config={"extra_gazetteers": [str(path)]})
    assert ids("mentions", rows(nlp, "Plato said so.", "a.txt")) == {"person:plato"}


def test_pronouns_are_no_mentions(blank: Language) -> None:
    """A count of namings must not depend on how often a writer says "she"."""
    found = rows(blank, "Ada Lowe left. She said that she had been told, and they agreed with her.", "a.txt")
    at = TABLES["mentions"].names.index("surface")
    assert [row[at] for row in found["mentions"]] == ["Ada Lowe"]
