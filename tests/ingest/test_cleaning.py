from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp.ingest.cleaning import clean, clean_line

PIECES = st.sampled_from([
    "Â£", "â€˜", "â€™", "\xa0", "\u200b", "\xad", "\r\n", "\n", "\n\n", " ",
    "&amp;", "&lt;", "e\u0301", "\ufeff", "\u2028",
    "\x1b[31m", "\x00", "\ud800", "- ", "a-", "the council", "Mr Ash: ",
    "out-\nsourcing", "\f", "ﬁ", "Ã\xa0", "word " * 9,
])
TEXTS = st.one_of(st.text(), st.text(alphabet=st.characters(), max_size=50), st.lists(PIECES).map("".join))


@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(TEXTS)
def test_no_control_characters_are_left(text):
    left = {unicodedata.category(character) for character in clean(text).replace("\n", "")}
    assert not left & {"Cc", "Cs", "Zl", "Zp"}


@given(TEXTS)
def test_it_is_composed_and_stripped_and_leaves_one_blank_line_at_most(text):
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert "\n\n\n" not in cleaned
    assert "  " not in cleaned


@given(TEXTS)
def test_a_line_is_one_line(text):
    assert len(clean_line(text).splitlines()) <= 1


@pytest.mark.parametrize(("found", "expected"), [
    ("Â£500 million", "£500 million"),
    ("an â€˜independentâ€™ trust", "an ‘independent’ trust"),
    ("â€œScaredâ€\x9d, he said", "“Scared”, he said"),
    ("the councilâ€™s own", "the council’s own"),
])
def test_mojibake_is_repaired(found, expected):
    assert clean(found) == expected


@pytest.mark.parametrize("text", [
    "“Curly” and ‘single’ – and a dash…", "in- house", "alwaysbe", "Jones argument",
    'a "straight" quote', "£5m; 10% & more",
    "AT&T", "Zoë Müller’s café",
])
def test_what_the_author_wrote_stays(text):
    assert clean(text) == text


@pytest.mark.parametrize(("found", "expected"), [
    ("in\xa0 Community Care,\u2009Jones", "in Community Care, Jones"),
    ("out\xadsourcing\u200b \u202eback\u202c", "outsourcing back"),
    ("\ufeffOne\r\ntwo\rthree\u2028four\ffive", "One\ntwo\nthree\nfour\nfive"),
    ("One.  \n\n \n\n\tTwo.", "One.\n\nTwo."),
    ("cafe\u0301", "café"),
    ("Bread &amp; butter", "Bread & butter"),
    ("\uf0b7 a bullet of Word", "• a bullet of Word"),
    ("red \x1b[31malarm\x1b[0m", "red alarm"),
    ("", ""),
])
def test_odd_characters_become_plain_ones(found, expected):
    assert clean(found) == expected


def test_a_tower_of_accents_costs_no_time_and_a_word_keeps_its_own():
    began = time.monotonic()
    assert len(clean("a" + "\u0301\u0316" * 100_000 + " word")) < 40
    assert time.monotonic() - began < 5
    assert clean("Vie\u0302\u0323t Nam") == "Việt Nam"
