from __future__ import annotations

import logging
import warnings

import pytest

from outsource_nlp import ingest
from outsource_nlp.ingest.formats import READERS
from outsource_nlp.records import Article, Failure


def read(corpus):
    return list(ingest.read(ingest.discover(corpus)))


def test_an_article_carries_all_its_metadata(put, tmp_path):
    put("post/a.txt", "The council said no.")
    put("articles.csv", (
        "path,title,publisher,kind,authors,published,url,note\n"
        "post/a.txt,No,The Post,blog,Edda Marsh; Una Ash,14 December 2018,https://example.org/no,short\n"
    ))
    assert read(tmp_path) == [Article(
        path="post/a.txt", text="The council said no.", title="No", publisher="The Post", kind="blog",
        authors=("Edda Marsh", "Una Ash"), published="2018-12-14", url="https://example.org/no", note="short",
    )]


def test_empty_cells_leave_the_word_to_the_file(put, tmp_path):
    put("a.txt", "---\ntitle: From the file\nkind: blog\n---\nThe council said no.")
    put("articles.csv", "path,title,kind\na.txt,,report\n")
    (found,) = read(tmp_path)
    assert (found.title, found.kind) == ("From the file", "report")


@pytest.mark.parametrize(("path", "publisher"), [
    ("a.txt", ""), ("the-post/a.txt", "the-post"), ("2018/the-post/a.txt", ""),
])
def test_the_folder_names_the_publisher_where_nothing_else_does(path, publisher, put, tmp_path):
    put(path)
    (found,) = read(tmp_path)
    assert found.publisher == publisher


def test_a_date_that_is_none_costs_the_date_only(put, tmp_path):
    put("a.txt", "---\npublished: soon\nurl: data:x\n---\nThe council said no.")
    article, failure = read(tmp_path)
    assert article == Article("a.txt", "The council said no.")
    assert failure.path == "a.txt"
    assert "published is 'soon', expected a date such as 2018-12-14" in failure.error
    assert "url is 'data:x'" in failure.error


def test_reading_is_lazy_and_in_order(put, tmp_path):
    for name in "abc":
        put(f"{name}.txt", f"Text {name}.")
    found = ingest.read(ingest.discover(tmp_path))
    assert next(found).path == "a.txt"
    (tmp_path / "b.txt").unlink()
    gone, last = found
    assert gone == Failure("b.txt", "read", gone.error)
    assert "cannot be opened (No such file or directory)" in gone.error
    assert last.path == "c.txt"


def test_broken_front_matter_is_a_failure(put, tmp_path):
    put("a.txt", "---\ntitle: a: b\n---\nText.")
    (found,) = read(tmp_path)
    assert "not a readable front matter file (mapping values are not allowed here, line 2)" in found.error


def test_a_large_file_is_not_opened(put, tmp_path, monkeypatch):
    monkeypatch.setattr("outsource_nlp.ingest.reading.MAX_BYTES", 10)
    put("a.txt")
    (found,) = read(tmp_path)
    assert "it has 20 bytes, the limit is 10. Hint: split it" in found.error


def test_a_long_text_is_a_failure(put, tmp_path):
    put("a.txt", "x" * 1_000_001)
    (found,) = read(tmp_path)
    assert "it has 1,000,001 characters, the limit is 1,000,000" in found.error


def test_a_text_that_cleaning_makes_too_long_is_a_failure(put, tmp_path, monkeypatch):
    monkeypatch.setattr("outsource_nlp.ingest.reading.MAX_CHARACTERS", 5)
    put("a.txt", "ﬃﬃﬃ")
    (found,) = read(tmp_path)
    assert "it has 9 characters" in found.error


def test_one_long_line_at_the_limit_is_read(put, tmp_path):
    put("a.txt", "word " * 199_999)
    (found,) = read(tmp_path)
    assert len(found.text) == 999_994


def test_a_failure_of_discovery_passes_through(put, tmp_path):
    put("a.xyz")
    (found,) = read(tmp_path)
    assert found.path == "a.xyz"
    assert found.stage == "read"


def test_a_library_that_fails_costs_one_article_and_gives_its_reason_on_one_line(put, tmp_path, monkeypatch):
    file = put("a.txt")
    put("b.md")

    def fail(path):
        raise RuntimeError(f"no luck\nwith {path}.\ud800")

    monkeypatch.setattr("outsource_nlp.ingest.reading.READERS", {".txt": fail, ".md": lambda _: iter([])})
    broken, empty = read(tmp_path)
    assert f"not a readable txt file (no luck with {file.name}.\\ud800)" in broken.error
    assert "no text was found" in empty.error


def test_libraries_neither_warn_nor_log_and_loggers_are_left_as_they_were(put, tmp_path, monkeypatch, capsys):
    put("a.txt")

    def noisy(_):
        warnings.warn("noise", stacklevel=1)
        logging.getLogger("pypdf._reader").error("noise")
        yield from ()

    monkeypatch.setattr("outsource_nlp.ingest.reading.READERS", {".txt": noisy})
    read(tmp_path)
    assert capsys.readouterr().err == ""
    assert logging.getLogger("pypdf").level == logging.NOTSET


def test_a_path_has_one_failure_at_most(put, tmp_path):
    put("a.jsonl", '{"text": "One.", "date": "soon", "url": "x:y"}\n{"text": 1}\n')
    failures = [item.path for item in read(tmp_path) if isinstance(item, Failure)]
    assert failures == ["a.jsonl#1", "a.jsonl#2"]


def test_what_a_library_says_of_a_file_is_printed_without_control_characters(put, tmp_path, monkeypatch):
    put("a.txt")

    def fails(file):
        raise ValueError("\x1b[31mred\x07 and\nmore")

    monkeypatch.setitem(READERS, ".txt", fails)
    (found,) = read(tmp_path)
    assert "(red and more)" in found.error


def test_a_limit_of_time_is_the_callers(put, tmp_path, monkeypatch):
    put("a.txt")

    def slow(file):
        raise TimeoutError

    monkeypatch.setitem(READERS, ".txt", slow)
    with pytest.raises(TimeoutError):
        read(tmp_path)
