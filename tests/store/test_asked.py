"""Questions are kept beside the tables they were put to."""

from __future__ import annotations

from pathlib import Path

from outsource_nlp.store import recall, remember


def test_a_question_is_kept_once_and_in_order(tmp_path: Path) -> None:
    for by in ("kind", "year", "kind"):
        remember(tmp_path, "compare", {"by": by, "split": ["aspect"]})
    assert recall(tmp_path) == [("compare", {"by": "kind", "split": ["aspect"]}),
                                ("compare", {"by": "year", "split": ["aspect"]})]


def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    remember(tmp_path, "compare", {"by": "kind"})
    with (tmp_path / "asked.jsonl").open("a") as file:
        file.write('{"kind": "comp')
    assert recall(tmp_path) == [("compare", {"by": "kind"})]


def test_nothing_asked_is_nothing_kept(tmp_path: Path) -> None:
    assert recall(tmp_path) == []


def test_a_question_after_a_line_that_was_cut_off_is_kept(tmp_path: Path) -> None:
    (tmp_path / "asked.jsonl").write_bytes('{"kind": "compare", "options": {"by": "é'.encode()[:-1])
    assert recall(tmp_path) == []
    remember(tmp_path, "compare", {"by": "kind"})
    assert recall(tmp_path) == [("compare", {"by": "kind"})]


def test_a_question_may_hold_any_character(tmp_path: Path) -> None:
    remember(tmp_path, "collocations", {"node": "a\u2028b\x85c\nd"})
    assert recall(tmp_path) == [("collocations", {"node": "a\u2028b\x85c\nd"})]
