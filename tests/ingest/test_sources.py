from __future__ import annotations

import os
import pickle

import pytest

from outsource_nlp import ingest
from outsource_nlp.errors import CorpusError


def problems(corpus):
    return {source.path: source.problem for source in ingest.discover(corpus) if source.problem}


def paths(corpus):
    return [source.path for source in ingest.discover(corpus)]


def test_files_come_in_the_order_of_their_paths(put, tmp_path):
    for path in ("b/z.txt", "a.txt", "b/a.md", "B.txt", "b/c/d.html"):
        put(path)
    assert paths(tmp_path) == ["B.txt", "a.txt", "b/a.md", "b/c/d.html", "b/z.txt"]


def test_companions_at_the_top_and_hidden_files_are_left_out(put, tmp_path):
    for path in ("README.md", "LICENSE", "codebook.toml", ".hidden.txt", ".git/a.txt", "~$a.docx", "__MACOSX/a.txt",
                 "Thumbs.db", "post/README.md"):
        put(path)
    put("articles.csv", "path\n")
    assert paths(tmp_path) == ["post/README.md"]


def test_a_companion_that_is_listed_is_an_article(put, tmp_path):
    put("README.md")
    put("articles.csv", "path\nREADME.md\n")
    assert paths(tmp_path) == ["README.md"]


def test_a_source_carries_its_row_size_and_time(put, tmp_path):
    file = put("post/a.txt", "The council said no.")
    put("articles.csv", "\ufeffPath, Title ,kind\n.\\post\\a.txt,No,blog\n")
    (source,) = ingest.discover(tmp_path)
    assert source.file == file
    assert source.metadata["title"] == "No"
    assert source.metadata["publisher"] == ""
    assert (source.size, source.mtime_ns) == (20, file.stat().st_mtime_ns)
    assert pickle.loads(pickle.dumps(source)) == source


def test_one_file_is_a_corpus(put):
    file = put("post/a.txt")
    (source,) = ingest.discover(file)
    assert (source.path, source.file, source.problem) == ("a.txt", file, "")


def test_composed_and_decomposed_accents_are_one_path(put, tmp_path):
    put("cafe\u0301.txt")
    put("articles.csv", "path,title\ncafé.txt,Found\n")
    (source,) = ingest.discover(tmp_path)
    assert source.metadata["title"] == "Found"


def test_no_such_folder_is_told(tmp_path):
    with pytest.raises(CorpusError, match="no such file or folder"):
        ingest.discover(tmp_path / "nowhere")


def test_a_folder_without_articles_is_told(put, tmp_path):
    put("README.md")
    with pytest.raises(CorpusError, match="no article in it"):
        ingest.discover(tmp_path)


@pytest.mark.parametrize(("listing", "words"), [
    ("title\nx\n", "the column path is missing"),
    ("", "the column path is missing"),
    ("path,titel,Autor\na.txt,x,y\n", "unknown columns: 'autor', 'titel'"),
    ("path,title,title\na.txt,x,y\n", "a column is there twice"),
    ("path\na.txt\n./a.txt\n", "row 2 is a second one for a.txt"),
    ("path,title\n,x\n", "row 1 has no path"),
    ("path,title\na.txt,One, two\n", "row 1 has 3 cells, the header has 2"),
    ('path,title\na.txt,"One\n', "cannot be told apart"),
    ("path\nb.jsonl#3\n", "put its metadata into the table itself"),
    ("path\n\x00\x00\x00\x00a", "binary data"),
])
def test_a_wrong_articles_csv_is_told(listing, words, put, tmp_path):
    put("a.txt")
    put("articles.csv", listing)
    with pytest.raises(CorpusError, match="Hint: the header is path,title") as caught:
        ingest.discover(tmp_path)
    assert words in str(caught.value)


def test_an_articles_csv_too_large_to_be_one_is_told(put, tmp_path, monkeypatch):
    monkeypatch.setattr("outsource_nlp.ingest.listing.MAX_BYTES", 3)
    put("articles.csv", "path\n")
    with pytest.raises(CorpusError, match="more than 3 bytes"):
        ingest.discover(tmp_path)


def test_a_row_without_its_file_is_a_failure(put, tmp_path):
    put("a.txt")
    put("articles.csv", "path\na.txt\n../b.txt\ngone.txt\n")
    found = problems(tmp_path)
    assert set(found) == {"../b.txt", "gone.txt"}
    assert "articles.csv lists a file that is not there" in found["gone.txt"]


def test_an_unknown_suffix_is_a_failure(put, tmp_path):
    put("a.xlsx")
    put("post/noname")
    found = problems(tmp_path)
    assert "files ending in '.xlsx' are not read. Hint: convert it to one of .csv, .docx" in found["a.xlsx"]
    assert "post/noname" in found


def test_links_out_of_the_corpus_are_failures(tmp_path):
    corpus, outside = tmp_path / "corpus", tmp_path / "outside"
    corpus.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("The council said no.")
    (corpus / "file.txt").symlink_to(outside / "secret.txt")
    (corpus / "folder").symlink_to(outside)
    (corpus / "up.txt").symlink_to("../outside/secret.txt")
    assert all("leads out of the corpus" in problem for problem in problems(corpus).values())
    assert set(problems(corpus)) == {"file.txt", "folder", "up.txt"}


def test_links_inside_the_corpus_are_read_and_never_run_in_circles(put, tmp_path):
    put("post/a.txt")
    (tmp_path / "b.txt").symlink_to("post/a.txt")
    (tmp_path / "post" / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling.txt").symlink_to("gone.txt")
    (tmp_path / "self.txt").symlink_to("self.txt")
    assert paths(tmp_path) == ["b.txt", "dangling.txt", "post/a.txt", "post/loop", "self.txt"]
    found = problems(tmp_path)
    assert "No such file" in found["dangling.txt"]
    assert "links to folders are not followed" in found["post/loop"]
    assert "symbolic links" in found["self.txt"]


def test_a_pipe_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in problems(tmp_path)["a.txt"]


def test_a_folder_that_cannot_be_listed_is_a_failure(put, tmp_path, monkeypatch):
    put("a.txt")
    put("shut/b.txt")
    scandir = os.scandir

    def guarded(folder):
        if str(folder).endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", guarded)
    assert "the folder cannot be listed" in problems(tmp_path)["shut"]


def test_a_name_that_is_not_utf8_is_still_a_path(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("The council said no.")
    (found,) = ingest.read(ingest.discover(tmp_path))
    assert found.path == "caf\\xe9.txt"
    assert found.article_id.startswith("a")


def test_no_two_files_have_one_path_and_every_path_can_be_printed(tmp_path):
    names = [b"a\xff.txt", rb"a\xff.txt", b"a\\b.txt", b"red\x1b[31m.txt", b"two\nlines.txt", "\x9b.txt".encode(), b"\x9b.txt",
             "ü.txt".encode()]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text("The council said no.", encoding="utf-8")
    found = paths(tmp_path)
    assert len(set(found)) == len(names)
    assert all(path.isprintable() for path in found)
    assert {r"a\xff.txt", r"a\x5cxff.txt", r"red\x1b[31m.txt", "ü.txt"} <= set(found)


def test_a_corpus_that_cannot_be_listed_is_not_an_empty_one(put, tmp_path, monkeypatch):
    put("b/a.txt")
    put("c.txt")
    real = os.scandir

    def refusing(folder):
        if str(folder).endswith(refused):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    refused = "/b"
    assert problems(tmp_path) == {"b": problems(tmp_path)["b"]}
    assert paths(tmp_path) == ["b", "c.txt"]
    refused = tmp_path.name
    with pytest.raises(CorpusError, match=r"cannot be listed \(Permission denied\)"):
        ingest.discover(tmp_path)
