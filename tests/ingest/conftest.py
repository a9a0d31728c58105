"""Builders of small files in every format, all holding the same two paragraphs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

FIRST = (
    "Brackwater Borough Council has decided to end its contract with Lumley Street Services, which has run the "
    "borough’s libraries for nine years, and to bring the 140 librarians back on to its own payroll by the spring."
)
SECOND = (
    "“We were paying twice for one door to be opened,” said Councillor Edda Marsh. The company replied that the "
    "price had been agreed by both sides in 2011 and that it had never once been late with a single branch."
)
TITLE = "Librarians come back"


def write_text(file: Path) -> None:
    file.write_text(f"---\ntitle: {TITLE}\n---\n{FIRST}\n\n{SECOND}\n", encoding="utf-8")


def write_markdown(file: Path) -> None:
    file.write_text(f"# {TITLE}\n\n{FIRST.replace('libraries', '*libraries*')}\n\n> {SECOND}\n", encoding="utf-8")


def write_html(file: Path) -> None:
    file.write_text(
        f"<!doctype html><html><head><meta charset='utf-8'><title>{TITLE}</title></head><body><nav>Home News</nav>"
        f"<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></article><script>alert('boo')</script></body></html>",
        encoding="utf-8",
    )


def write_pdf(file: Path) -> None:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_title(TITLE)
    pdf.set_font("Times", size=11)
    pdf.set_text_shaping(False)
    pdf.core_fonts_encoding = "cp1252"
    pdf.add_page()
    for paragraph in (FIRST, SECOND):
        pdf.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT", align="L")
    pdf.output(str(file))


def write_docx(file: Path) -> None:
    from docx import Document

    document = Document()
    document.core_properties.title = TITLE
    document.add_paragraph(FIRST)
    document.add_paragraph(SECOND)
    document.save(str(file))


def write_jsonl(file: Path) -> None:
    file.write_text(json.dumps({"text": f"{FIRST}\n\n{SECOND}", "title": TITLE}) + "\n", encoding="utf-8")


def write_csv(file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["title", "text"], [TITLE, f"{FIRST}\n\n{SECOND}"]])


WRITERS: dict[str, Callable[[Path], None]] = {
    ".txt": write_text, ".md": write_markdown, ".html": write_html, ".htm": write_html, ".pdf": write_pdf,
    ".docx": write_docx, ".jsonl": write_jsonl, ".csv": write_csv,
}


@pytest.fixture
def writers() -> dict[str, Callable[[Path], None]]:
    return WRITERS


@pytest.fixture
def paragraphs() -> tuple[str, str]:
    return FIRST, SECOND


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file into the corpus ``tmp_path`` and returns its path."""

    def write(path: str, content: str | bytes = "The council said no.") -> Path:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write
