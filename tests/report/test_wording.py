from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp.report import wording


@pytest.mark.parametrize(("published", "expected"), [
    ("2018-12-14", "14 December 2018"), ("2018-02", "February 2018"), ("2018", "2018"), ("", "no date"),
    ("spring 2018", "spring 2018"), ("2018-12-14T10:00:00", "14 December 2018"),
])
def test_dates_are_written_in_words(published: str, expected: str) -> None:
    assert wording.date(published) == expected


@pytest.mark.parametrize("url", [
    "javascript:alert(1)", "data:text/html,x", "//host/x", "file:///etc/passwd", "http://[", "",
])
def test_an_address_that_is_not_on_the_web_is_no_link(url: str) -> None:
    assert wording.link(url) == ""
    assert wording.link("https://example.org/a?b=1") == "https://example.org/a?b=1"


@given(st.integers(0, 10**9))
def test_an_axis_ends_at_or_above_the_largest_count(value: int) -> None:
    end = wording.ceiling(value)
    assert value <= end <= max(1, 2 * value)
    assert end == 1 or end % 2 == 0


@given(st.text(max_size=300), st.integers(10, 80))
def test_a_cut_text_is_short_and_on_one_line(text: str, longest: int) -> None:
    cut = wording.cut(text, longest)
    assert len(cut) <= longest
    assert "\n" not in cut


def test_numbers_are_written_for_people() -> None:
    assert wording.interval(0.154, 0.68) == "15 to 68%"
    assert wording.counted(1, "near-copy", "near-copies") == "1 near-copy"
    assert wording.counted(1200, "article") == "1,200 articles"
    assert wording.fixed(-0.04, 1) == "0.0"
    assert wording.fixed(-1.25, 2) == "−1.25"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
