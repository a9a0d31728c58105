from __future__ import annotations

import csv

import pytest

from outsource_nlp import ingest


def read(corpus):
    return list(ingest.read(ingest.discover(corpus)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_separate(delimiter, put, tmp_path):
    put("a.csv", delimiter.join(["text", "publisher"]) + "\n" + delimiter.join(["One.", "Post"]) + "\n")
    (found,) = read(tmp_path)
    assert (found.path, found.text, found.publisher) == ("a.csv#1", "One.", "Post")


def test_a_table_without_a_text_column_is_one_failure(put, tmp_path):
    put("a.csv", "title,publisher\nOne,Post\n")
    (found,) = read(tmp_path)
    assert "no column is called text or body" in found.error


def test_a_row_with_too_many_cells_costs_itself(put, tmp_path):
    put("a.csv", "text,title\nOne, two,x\nTwo.,y\n\n ,\nThree.\n")
    bad, two, three = read(tmp_path)
    assert "row 1 has 3 cells, the header has 2" in bad.error
    assert (two.path, two.text) == ("a.csv#2", "Two.")
    assert (three.text, three.title) == ("Three.", "")


def test_a_quotation_mark_that_never_ends_costs_the_rest_only(put, tmp_path):
    put("a.csv", 'text\nOne.\n"Two and more\nThree.\n')
    one, bad = read(tmp_path)
    assert one.text == "One."
    assert "row 2 and what follows cannot be told apart" in bad.error


def test_a_long_cell_is_read_and_the_global_limit_is_left_alone(put, tmp_path):
    before = csv.field_size_limit()
    put("a.csv", "text\n" + "word " * 60_000 + "\n")
    (found,) = read(tmp_path)
    assert len(found.text) == 299_999
    assert csv.field_size_limit() == before
