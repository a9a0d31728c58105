"""The contract that every format keeps."""

from __future__ import annotations

import subprocess
import sys

import pytest

from outsource_nlp import ingest
from outsource_nlp.ingest.formats import READERS
from outsource_nlp.records import Article, Failure

every_format = pytest.mark.parametrize("suffix", sorted(READERS))


def only(corpus):
    (found,) = ingest.read(ingest.discover(corpus))
    return found


@every_format
def test_both_paragraphs_arrive_whole_and_apart(suffix, writers, paragraphs, tmp_path):
    writers[suffix](tmp_path / f"a{suffix}")
    found = only(tmp_path)
    lines = [line for line in found.text.split("\n") if line]
    assert lines[-2:] == list(paragraphs)


@every_format
def test_the_title_is_found(suffix, writers, tmp_path):
    writers[suffix](tmp_path / f"a{suffix}")
    assert only(tmp_path).title == "Librarians come back"


@every_format
def test_reading_twice_gives_the_same_article(suffix, writers, tmp_path):
    writers[suffix](tmp_path / f"a{suffix}")
    assert only(tmp_path) == only(tmp_path)


@every_format
def test_the_row_of_articles_csv_is_stronger_than_the_file(suffix, writers, tmp_path):
    writers[suffix](tmp_path / f"a{suffix}")
    (tmp_path / "articles.csv").write_text(f"path,title,publisher\na{suffix},From the row,The Gazette\n")
    found = only(tmp_path)
    assert (found.title, found.publisher) == ("From the row", "The Gazette")


@every_format
def test_an_upper_case_suffix_is_the_same_format(suffix, writers, tmp_path):
    writers[suffix](tmp_path / f"a{suffix.upper()}")
    assert isinstance(only(tmp_path), Article)


@every_format
@pytest.mark.parametrize("content", [b"", b" \n\t\n", bytes(range(256)) * 20, b"\x00" * 500, b"<" * 5000], ids=[
    "empty", "blank", "every byte", "zeros", "brackets",
])
def test_rubbish_is_one_failure_of_one_line(suffix, content, tmp_path):
    (tmp_path / f"a{suffix}").write_bytes(content)
    found = only(tmp_path)
    assert isinstance(found, Failure)
    assert found.path in {f"a{suffix}", f"a{suffix}#1"}
    assert found.stage == "read"
    assert "Hint:" in found.error
    assert "\n" not in found.error
    assert str(tmp_path) not in found.error


@every_format
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_truncated_file_is_never_a_traceback(suffix, share, writers, tmp_path):
    file = tmp_path / f"a{suffix}"
    writers[suffix](file)
    data = file.read_bytes()
    file.write_bytes(data[: int(share * len(data))])
    assert isinstance(next(ingest.read(ingest.discover(tmp_path))), Article | Failure)


def test_importing_ingest_loads_no_format_library():
    code = (
        "import sys; from outsource_nlp import ingest; "
        "heavy = {'spacy', 'trafilatura', 'ftfy', 'yaml', 'docx', 'pypdf', 'charset_normalizer', 'markdown_it'}; "
        "sys.exit(len(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
