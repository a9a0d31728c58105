from __future__ import annotations

import pytest
from fpdf import FPDF

from outsource_nlp import ingest
from outsource_nlp.ingest.formats.pdf import without_running_heads

PARAGRAPH = (
    "The council asked several firms to say what they would do with the {what} on a wet day in November, and only "
    "two of them said that they would keep the doors open. It then asked those who use the {what}, who had a good "
    "deal more to say, and who said most of it at the same time. "
)
SUBJECTS = ("baths", "country parks", "museums of the old town")


class Paper(FPDF):
    def header(self):
        self.set_font("Times", size=9)
        self.cell(0, 8, "Baths and Libraries Quarterly, volume 7", new_x="LMARGIN", new_y="NEXT")

    def footer(self):
        self.set_y(-15)
        self.set_font("Times", size=9)
        self.cell(0, 8, f"Page {self.page_no()} of 3")


def paper(file, **encryption):
    pdf = Paper()
    pdf.set_font("Times", size=11)
    for what in SUBJECTS:
        pdf.add_page()
        pdf.set_font("Times", size=11)
        pdf.multi_cell(0, 6, PARAGRAPH.format(what=what) * 3, align="L")
    if encryption:
        pdf.set_encryption(**encryption)
    pdf.output(str(file))
    return next(ingest.read(ingest.discover(file)))


def test_running_heads_and_page_numbers_are_left_out(tmp_path):
    text = paper(tmp_path / "a.pdf").text
    assert "Quarterly" not in text
    assert "Page" not in text
    assert text.count("The council asked") == 9


def test_lines_become_paragraphs(tmp_path):
    text = paper(tmp_path / "a.pdf").text
    assert PARAGRAPH.format(what="baths").strip() in text
    assert all(len(line) > 200 for line in text.split("\n") if line)


def test_a_password_is_a_failure(tmp_path):
    found = paper(tmp_path / "a.pdf", owner_password="o", user_password="secret")
    assert "protected by a password" in found.error


def test_a_pdf_that_anyone_may_open_is_read(tmp_path):
    assert "The council asked" in paper(tmp_path / "a.pdf", owner_password="o", user_password="").text


def test_pages_without_text_are_told_as_empty(tmp_path):
    pdf = FPDF()
    pdf.add_page()
    pdf.output(str(tmp_path / "scan.pdf"))
    (found,) = ingest.read(ingest.discover(tmp_path))
    assert "no text was found" in found.error


def test_too_many_pages_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("outsource_nlp.ingest.formats.pdf._MAX_PAGES", 2)
    assert "it has 3 pages, the limit is 2" in paper(tmp_path / "a.pdf").error


def test_too_many_characters_are_refused_before_all_pages_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr("outsource_nlp.ingest.formats.pdf.MAX_CHARACTERS", 300)
    assert "the limit is 300" in paper(tmp_path / "a.pdf").error


@pytest.mark.parametrize("number", ["12", "- 4 -", "Page 3 of 10", "iv", "3/8"])
def test_page_numbers_of_many_kinds_are_left_out(number):
    pages = [["A first line of the text.", "More text.", "An end.", number]]
    assert list(without_running_heads(pages)) == [["A first line of the text.", "More text.", "An end."]]


def test_a_line_that_stands_on_one_page_only_stays():
    pages = [["Heading one", "text a", "text b", "text c", "end a"], ["Heading two", "text d", "text e", "f", "end b"]]
    assert list(without_running_heads(pages)) == pages


def test_heads_that_change_from_left_to_right_page_are_left_out():
    pages = [[("Left head", "Right head")[n % 2], f"one {'abcd'[n]}", f"two {'abcd'[n]}", "mid", f"x{'abcd'[n]}",
              f"y{'abcd'[n]}"] for n in range(4)]
    assert all("head" not in line for page in without_running_heads(pages) for line in page)
