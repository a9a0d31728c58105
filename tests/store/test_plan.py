"""What is to be done follows from content and recipe."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp import store
from outsource_nlp.store import Known

IDS = st.sampled_from([f"a{number}" for number in range(6)])
CONTENTS = st.sampled_from(["x", "y", "z"])
RECIPES = st.sampled_from(["old", "now"])
STORED = st.dictionaries(IDS, st.builds(Known, path=IDS, content=CONTENTS, parse_recipe=RECIPES, recipe=RECIPES))


def known(content: str = "x", recipe: str = "now") -> Known:
    return Known("a.txt", content, "now", recipe)


def planned(stored: dict[str, Known], current: dict[str, str]) -> store.Plan:
    return store.plan(stored, current, recipe="now")


def test_articles_are_told_apart_by_content_and_recipe() -> None:
    stored = {"edited": known("old"), "stale": known(recipe="old"), "same": known(), "gone": known("z")}
    found = planned(stored, {"new": "x", "edited": "x", "stale": "x", "same": "x"})
    assert (found.new, found.edited, found.stale, found.same, found.gone) == (
        ("new",), ("edited",), ("stale",), ("same",), ("gone",))


def test_an_unchanged_corpus_asks_for_nothing() -> None:
    assert planned({"a": known()}, {"a": "x"}).is_empty
    assert not planned({"a": known()}, {}).is_empty


@given(stored=STORED, current=st.dictionaries(IDS, CONTENTS))
def test_every_article_has_exactly_one_place_in_the_plan(stored: dict[str, Known], current: dict[str, str]) -> None:
    found = planned(stored, current)
    assert sorted(found.new + found.edited + found.stale + found.same) == sorted(current)
    assert sorted(found.edited + found.stale + found.same + found.gone) == sorted(stored)


@given(current=st.dictionaries(IDS, CONTENTS))
def test_a_plan_that_was_carried_out_leaves_nothing_to_do(current: dict[str, str]) -> None:
    after = {article_id: Known("", content, "now", "now") for article_id, content in current.items()}
    assert planned(after, current).is_empty
