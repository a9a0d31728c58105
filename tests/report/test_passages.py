from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp.report.passages import LONGEST, Piece, Span, pieces, window

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from("abc")).map(
    lambda t: Span(t[0], t[0] + t[1], t[2])), max_size=6)


@given(st.text("ab \n.", max_size=60), SPANS)
def test_pieces_show_every_character_once(text: str, spans: list[Span]) -> None:
    shown = "".join(piece.text for piece in pieces(text, (0, len(text)), spans))
    assert "".join(shown.split()) == "".join(text.split())


def test_the_first_mark_wins_where_marks_overlap() -> None:
    found = pieces("one two three", (0, 13), [Span(4, 7, "evidence"), Span(0, 13, "holder"), Span(8, 13, "cue")])
    assert found == [Piece("one ", ""), Piece("two", "evidence"), Piece(" ", ""), Piece("three", "cue")]


def test_inner_marks_lie_within_their_piece_and_are_cut_at_its_end() -> None:
    found = pieces("one two three", (0, 13), [Span(0, 7, "evidence")], [Span(4, 7, "target"), Span(5, 10, "target")])
    assert found[0] == Piece("one two", "evidence", (Piece("one ", ""), Piece("two", "target")))
    assert found[1] == Piece(" three", "", (Piece(" th", "target"), Piece("ree", "")))


@given(st.text("ab \n.", max_size=60), SPANS, SPANS)
def test_parts_are_their_piece_over_again(text: str, spans: list[Span], inner: list[Span]) -> None:
    for piece in pieces(text, (0, len(text)), spans, inner):
        if piece.parts:
            assert "".join("".join(part.text for part in piece.parts).split()) == "".join(piece.text.split())


def test_a_cut_inside_a_word_is_marked() -> None:
    assert pieces("abcdef", (2, 4), []) == [Piece("… ", ""), Piece("cd", ""), Piece(" …", "")]


def test_neighbouring_sentences_are_shown_if_they_fit() -> None:
    short = [(0, 50), (51, 100), (101, 150)]
    assert window(Span(60, 70, ""), short) == (0, 150)
    long = [(0, 400), (401, 450), (451, 900)]
    assert window(Span(410, 420, ""), long) == (401, 450)


@given(st.integers(0, 3000), st.integers(1, 3000), st.lists(st.integers(1, 900), min_size=1, max_size=8))
def test_a_window_is_never_too_long(start: int, length: int, sizes: list[int]) -> None:
    edges = [sum(sizes[:i]) for i in range(len(sizes) + 1)]
    first, last = window(Span(start, start + length, ""), list(itertools.pairwise(edges)))
    assert last - first <= LONGEST
    assert first <= start < last
