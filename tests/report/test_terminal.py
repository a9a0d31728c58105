"""Tables as text: aligned, cut, and honest about what is missing."""

from __future__ import annotations

import pandas as pd

from outsource_nlp.report import terminal


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    text = terminal.columns(pd.DataFrame({"item": ["a", "long"], "here": ["5", "1,200"]}))
    assert text.splitlines() == ["item   here", "a         5", "long  1,200"]


def test_a_long_cell_is_cut_with_an_ellipsis() -> None:
    assert terminal.columns(pd.DataFrame({"item": ["x" * 80]})).endswith("…")


def test_one_is_not_plural() -> None:
    documents = pd.DataFrame([{"n_words": 1, "publisher": "P", "published": "", "copy_of": "", "stance": "neutral",
                               "path": "a", "title": "T"}])
    none = pd.DataFrame(columns=["type", "name", "n_mentions", "mode", "speaker_id", "stance", "statement_id"])
    text = terminal.summary(documents, none, none, none, none, terminal.Path("out"))
    assert "1 article, 1 word, 1 publisher" in text
    assert "nobody" in text


def test_a_figure_of_nothing_says_so() -> None:
    assert terminal.passages(pd.DataFrame()).startswith("No row lies behind")


def test_many_passages_say_how_many_are_left() -> None:
    frame = pd.DataFrame([{"publisher": "P", "context": f"passage {i}"} for i in range(25)])
    assert "and 5 more" in terminal.passages(frame)
