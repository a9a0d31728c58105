"""Near-copies are found, the earliest is the original, and the order of reading does not matter."""

from __future__ import annotations

import random

from outsource_nlp.tabulate.copies import find_copies, signature

WORDS = [f"word{i}" for i in range(400)]


def article(seed: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=300))


def copies(texts: dict[str, str], dates: dict[str, str]) -> dict[str, str]:
    signatures = {key: signature(text.split()) for key, text in texts.items()}
    return find_copies(signatures, {key: (dates.get(key, "9999"), key) for key in texts}, texts.__getitem__)


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
