"""The codebook is checked when it is loaded, and its patterns match words."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_nlp.codebook import Entry, Lexicon, load_codebook
from outsource_nlp.errors import DataError

SMALL = """
[codebook]
name = "rail"
target = "rail franchising"
[[targets]]
name = "franchising"
side = 1
patterns = ["rail franchis*"]
"""


def found(pattern: str, text: str) -> list[tuple[int, int]]:
    return [(start, end) for start, end, _ in Lexicon([Entry("x", (pattern,))]).find(text.lower().split())]


def test_a_star_ends_a_word() -> None:
    assert found("outsourc*", "they outsourced it") == [(1, 2)]


def test_a_word_without_a_star_matches_whole() -> None:
    assert found("contract", "the contractor left") == []


def test_a_hyphen_in_a_pattern_counts_as_a_space() -> None:
    assert found("in-house", "keep it in house") == [(2, 4)]


def test_dots_skip_up_to_three_words() -> None:
    assert found("hand* over ... to", "will hand over the whole service to a firm") == [(1, 7)]
    assert found("hand* over ... to", "will hand over the whole very large service to a firm") == []


def test_the_shipped_codebook_has_targets_on_both_sides() -> None:
    assert {target.side for target in load_codebook().targets} == {1, -1}


def test_every_aspect_of_the_shipped_codebook_finds_its_own_example() -> None:
    for aspect in load_codebook().aspects:
        words = "".join(c if c.isalnum() or c == "£" else " " for c in aspect.example.lower()).split()
        assert list(Lexicon([aspect]).find(words)), aspect.name


def test_a_codebook_for_another_debate_is_read(tmp_path: Path) -> None:
    file = tmp_path / "rail.toml"
    file.write_text(SMALL, encoding="utf-8")
    assert load_codebook(file).target == "rail franchising"


@pytest.mark.parametrize("broken", [
    SMALL.replace("patterns", "pattern"), SMALL.replace("side = 1", "side = 2"), SMALL.replace('"rail franchis*"', '""'),
    "[codebook]\nname = 'empty'\n", SMALL + "[other]\n", "no toml at all = = =",
])
def test_a_malformed_codebook_is_refused(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "broken.toml"
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(DataError, match="Hint:"):
        load_codebook(file)


def test_a_missing_codebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_codebook(tmp_path / "none.toml")


def test_nouns_that_point_back_are_read_and_may_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(SMALL, encoding="utf-8")
    assert load_codebook(path).references.patterns == ()
    path.write_text(SMALL + '[references]\npatterns = ["Franchise*"]\n', encoding="utf-8")
    assert load_codebook(path).references.patterns == ("franchise*",)


def test_nouns_that_point_back_need_patterns(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(SMALL + "[references]\npatterns = []\nnouns = 1\n", encoding="utf-8")
    with pytest.raises(DataError, match="references"):
        load_codebook(path)
