"""A new corpus explains itself and reads as it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_nlp.codebook import load_codebook
from outsource_nlp.errors import CorpusError
from outsource_nlp.ingest import lay_out
from outsource_nlp.ingest.listing import read_listing


def test_a_new_corpus_has_a_list_a_codebook_and_a_readme(tmp_path: Path) -> None:
    made = lay_out(tmp_path / "new" / "corpus")
    assert [path.name for path in made] == ["articles.csv", "codebook.toml", "README.md"]
    assert read_listing(made[0]) == {}
    assert load_codebook(made[1]).identity == load_codebook().identity
    assert "analyze corpus --output results" in made[2].read_text(encoding="utf-8")


@pytest.mark.parametrize("top", ["# a remark\n", '"# one, with a comma",,,\r\n# two,,,\r\n', "\ufeff# after a mark\n", "\n# x\n\n"])
def test_remarks_at_the_top_of_the_list_are_passed_over(tmp_path: Path, top: str) -> None:
    (tmp_path / "articles.csv").write_text(top + "path,title\n#1.txt,One\n", encoding="utf-8")
    assert {key: row["title"] for key, row in read_listing(tmp_path / "articles.csv").items()} == {"#1.txt": "One"}


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "corpus").write_text("")
    with pytest.raises(CorpusError, match="Hint"):
        lay_out(tmp_path / "corpus")
    with pytest.raises(CorpusError, match="cannot be written"):
        lay_out(tmp_path / "corpus" / "inside")
