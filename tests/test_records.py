"""Identity: equal parts agree, and nothing else does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp.records import Article, fingerprint, short_id

PARTS = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text(max_size=5), max_size=4)


@given(PARTS, PARTS)
def test_fingerprints_agree_only_for_equal_parts_in_equal_order(one: dict[str, str], other: dict[str, str]) -> None:
    assert (fingerprint(**one) == fingerprint(**other)) == (list(one.items()) == list(other.items()))


def test_moving_a_letter_from_one_part_to_the_next_changes_the_fingerprint() -> None:
    assert fingerprint(a="xy", b="z") != fingerprint(a="x", b="yz")


def test_an_edited_article_keeps_its_id_and_changes_its_content() -> None:
    before, after = Article("p/a.txt", "one"), Article("p/a.txt", "two")
    assert before.article_id == after.article_id
    assert before.content != after.content


def test_new_metadata_is_new_content() -> None:
    assert Article("a.txt", "x", title="t").content != Article("a.txt", "x").content


def test_a_renamed_article_keeps_its_content() -> None:
    assert Article("a.txt", "x").content == Article("b.txt", "x").content


def test_ids_show_what_they_are_of() -> None:
    assert short_id("s", x="1").startswith("s")
    assert len(short_id("s", x="1")) == 13
