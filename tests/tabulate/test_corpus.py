"""Entities get one name, one row and their register id, whatever the order of reading."""

from __future__ import annotations

import pandas as pd
from article_tables import stored

from outsource_nlp.schema import TABLES
from outsource_nlp.tabulate.corpus import ALIASES, entities

MENTIONS = pd.DataFrame(
    [("m1", "a1", "person:jo-bell", "person", "JO BELL", "JO BELL"), ("m2", "a1", "person:jo-bell", "person", "Jo Bell", "Bell"),
     ("m3", "a2", "person:jo-bell", "person", "Jo Bell", "Jo Bell"), ("m4", "a2", "council:x", "council", "X Council", "X")],
    columns=["mention_id", "article_id", "entity_id", "type", "name", "surface"])
ROLES = pd.DataFrame([("a1", "person:an-author", "An Author", "author", "")],
                     columns=["article_id", "entity_id", "name", "role", "affiliation"])
REGISTERED = pd.DataFrame([("a2", "council:x", "GSS", "E1")], columns=["article_id", "entity_id", "register", "register_id"])


def table(mentions: pd.DataFrame = MENTIONS) -> pd.DataFrame:
    return entities(stored(mentions=mentions, roles=ROLES, registrations=REGISTERED)).set_index("entity_id")


def test_columns_are_those_of_the_schema() -> None:
    assert list(entities(stored(mentions=MENTIONS, roles=ROLES)).columns) == list(TABLES["entities"].names)


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
    assert len(entities(stored())) == 0


def test_aliases_are_the_surfaces_the_most_frequent_first_and_not_too_many() -> None:
    assert table().loc["person:jo-bell", "aliases"] == "Bell; JO BELL; Jo Bell"
    many = pd.DataFrame([(f"m{i}", "a1", "council:x", "council", "X", f"X{i % 30:02}") for i in range(31)],
                        columns=MENTIONS.columns)
    aliases = table(many).loc["council:x", "aliases"].split("; ")
    assert (len(aliases), aliases[:3]) == (ALIASES, ["X00", "X01", "X02"])


def test_of_names_as_frequent_the_longest_wins_then_the_first_in_the_alphabet() -> None:
    rows = [("person:a", "J Bell"), ("person:a", "Jo Bell"), ("person:b", "Ann Vane"), ("person:b", "Amy Vane"),
            ("person:c", "🦆🦆"), ("person:c", "abc")]
    mentions = pd.DataFrame([(f"m{i}", "a1", key, "person", name, name) for i, (key, name) in enumerate(rows)],
                            columns=MENTIONS.columns)
    assert table(mentions)["name"].to_dict() == {
        "person:a": "Jo Bell", "person:an-author": "An Author", "person:b": "Amy Vane", "person:c": "abc"}
