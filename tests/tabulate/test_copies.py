"""Near-copies are found, the earliest is the original, and the order of reading does not matter."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from outsource_nlp.tabulate.copies import find_copies, signature

WORDS = [f"word{i}" for i in range(400)]


def article(seed: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=300))


def copies(texts: dict[str, str], dates: dict[str, str]) -> dict[str, str]:
    signatures = {key: signature(text.split()) for key, text in texts.items()}
    return find_copies(signatures, {key: (dates.get(key, "9999"), key) for key in texts},
                       lambda wanted: {key: texts[key] for key in wanted})


def test_a_shortened_copy_is_found() -> None:
    text = article(1)
    texts = {"a": text, "b": " ".join(text.split()[:250]), "c": article(2)}
    assert copies(texts, {"a": "2020-01-02", "b": "2020-01-03"}) == {"b": "a"}


def test_the_earliest_is_the_original_whatever_its_name() -> None:
    texts = {"a": article(1), "b": article(1)}
    assert copies(texts, {"a": "2020-01-02", "b": "2020-01-01"}) == {"a": "b"}


def test_three_copies_have_one_original() -> None:
    texts = {"a": article(1), "b": article(1), "c": article(1)}
    assert copies(texts, {}) == {"b": "a", "c": "a"}


def test_different_articles_are_nobodys_copy() -> None:
    assert copies({str(i): article(i) for i in range(20)}, {}) == {}


def test_the_order_of_reading_does_not_matter() -> None:
    texts = {"a": article(1), "b": article(1), "c": article(3)}
    assert copies(dict(reversed(texts.items())), {}) == copies(texts, {})


def test_articles_without_words_are_nobodys_copy() -> None:
    assert copies({"a": "", "b": ""}, {}) == {}


def test_texts_shorter_than_a_sequence_are_copies_if_they_are_the_same() -> None:
    assert copies({"a": "Parks go private", "b": "Parks go private", "c": "Parks go"}, {}) == {"b": "a"}


def test_texts_of_signs_are_nobodys_copy() -> None:
    assert copies({"a": "£ £", "b": "£ £", "c": "$ +"}, {}) == {}


def test_texts_are_asked_for_where_articles_may_be_alike_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outsource_nlp.tabulate.copies.AT_ONCE", 2)
    texts = {str(i): article(i // 2 if i < 6 else i) for i in range(20)}
    asked: list[list[str]] = []

    def look_up(wanted: Sequence[str]) -> dict[str, str]:
        asked.append(sorted(wanted))
        return {key: texts[key] for key in wanted}

    signatures = {key: signature(text.split()) for key, text in texts.items()}
    assert find_copies(signatures, {key: ("9999", key) for key in texts}, look_up) == {"1": "0", "3": "2", "5": "4"}
    assert sorted(asked) == [["0", "1"], ["2", "3"], ["4", "5"]]


def test_a_copy_of_a_copy_is_compared_with_its_own_original() -> None:
    words = article(1).split()
    texts = {"a": " ".join(words), "b": " ".join(words[100:] + article(2).split()[:60]),
             "c": " ".join(words[240:] + article(2).split()[:60] + article(3).split()[:60])}
    found = copies(texts, {})
    assert found["b"] == "a"
    assert found.get("c") != "b"
