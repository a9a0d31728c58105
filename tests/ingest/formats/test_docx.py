from __future__ import annotations

import zipfile

import pytest
from docx import Document

from outsource_nlp import ingest


def only(corpus):
    (found,) = ingest.read(ingest.discover(corpus))
    return found


def test_tables_are_read_in_their_place_and_merged_cells_once(tmp_path):
    document = Document()
    document.add_paragraph("Before the table.")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Cost of the baths"
    table.cell(1, 0).text = "In house"
    table.cell(1, 1).text = "£40,000"
    document.add_paragraph("After the table.")
    document.save(str(tmp_path / "a.docx"))
    assert only(tmp_path).text.split("\n\n") == [
        "Before the table.", "Cost of the baths", "In house", "£40,000", "After the table.",
    ]


def test_the_name_of_the_program_is_no_author(tmp_path):
    document = Document()
    document.add_paragraph("The council said no.")
    document.save(str(tmp_path / "a.docx"))
    assert only(tmp_path).authors == ()


def test_the_author_of_the_properties_is_used(tmp_path):
    document = Document()
    document.core_properties.author = "Edda Marsh; Piers Holloway"
    document.add_paragraph("The council said no.")
    document.save(str(tmp_path / "a.docx"))
    assert only(tmp_path).authors == ("Edda Marsh", "Piers Holloway")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    assert "60,000,000 bytes of XML when unpacked, the limit is 50,000,000" in only(tmp_path).error


@pytest.mark.parametrize(("limit", "unit"), [("_MAX_PARTS", "parts"), ("_MAX_UNPACKED", "bytes when unpacked")])
def test_the_other_limits_of_a_zip_are_kept(limit, unit, tmp_path, monkeypatch, writers):
    monkeypatch.setattr(f"outsource_nlp.ingest.formats.docx.{limit}", 3)
    writers[".docx"](tmp_path / "a.docx")
    assert f"{unit}, the limit is 3" in only(tmp_path).error


def test_a_zip_that_is_no_document_is_a_failure(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("holiday.txt", "sun")
    assert "not a readable docx file" in only(tmp_path).error
