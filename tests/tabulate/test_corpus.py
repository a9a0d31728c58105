"""Entities get one name, one row and their register id, whatever the order of reading."""

from __future__ import annotations

import pandas as pd

from outsource_nlp.schema import TABLES
from outsource_nlp.tabulate.corpus import entities

MENTIONS = pd.DataFrame(
    [("m1", "a1", "person:jo-bell", "person", "JO BELL", "JO BELL"), ("m2", "a1", "person:jo-bell", "person", "Jo Bell", "Bell"),
     ("m3", "a2", "person:jo-bell", "person", "Jo Bell", "Jo Bell"), ("m4", "a2", "council:x", "council", "X Council", "X")],
    columns=["mention_id", "article_id", "entity_id", "type", "name", "surface"])
ROLES = pd.DataFrame([("a1", "person:an-author", "An Author", "author", "")],
                     columns=["article_id", "entity_id", "name", "role", "affiliation"])
REGISTERED = pd.DataFrame([("a2", "council:x", "GSS", "E1")], columns=["article_id", "entity_id", "register", "register_id"])


def table(mentions: pd.DataFrame = MENTIONS) -> pd.DataFrame:
    return entities(mentions, ROLES, REGISTERED).set_index("entity_id")


def test_columns_are_those_of_the_schema() -> None:
    assert list(entities(MENTIONS, ROLES, REGISTERED).columns) == list(TABLES["entities"].names)


def test_the_most_frequent_name_wins() -> None:
    assert table().loc["person:jo-bell", "name"] == "Jo Bell"


def test_the_order_of_reading_does_not_matter() -> None:
    pd.testing.assert_frame_equal(table(), table(MENTIONS.iloc[::-1]))


def test_register_ids_are_kept_and_never_invented() -> None:
    assert table().loc["council:x", "register_id"] == "E1"
    assert table().loc["person:jo-bell", "register_id"] == ""


def test_an_author_without_a_mention_has_a_row() -> None:
    assert table().loc["person:an-author", "n_mentions"] == 0


def test_an_empty_corpus_gives_an_empty_table() -> None:
    assert len(entities(MENTIONS.head(0), ROLES.head(0), REGISTERED.head(0))) == 0
