"""The bench measures what it says; how fast things are is for people to read, not for tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from outsource_nlp import bench
from outsource_nlp.bench import Row
from outsource_nlp.cli import app
from outsource_nlp.errors import CorpusError, ResultsError


def test_every_budget_is_measured_on_a_small_corpus() -> None:
    rows = list(bench.measure(None, 20, "rules"))
    told = " ".join(row.what for row in rows)
    for what in ("--help", "codebook edit", "gazetteer edit", "peak memory", "nothing changed", "1 new in", "keyness", "size"):
        assert what in told
    assert all(row.figure > 0 for row in rows)


def test_the_share_of_statements_is_measured_beside_the_parse(tmp_path: Path) -> None:
    bench._fill(tmp_path, None, 4)
    shares = bench._output([sys.executable, "-c", bench.STANCE, str(tmp_path), "default"]).split()
    assert all(0.01 < float(share) < 5 for share in shares)
    assert len(shares) == 2


def test_a_row_says_on_which_side_of_its_budget_it_is() -> None:
    assert Row("a", 2.0, 1.7, "times", at_least=True).met
    assert not Row("a", 2.0, 1.7, "seconds").met
    assert bench.table([Row("a", 2.0, 1.7, "seconds")]).splitlines()[-1] == "| a | 2.00 seconds | ≤ 1.70 | no |"


def test_a_corpus_that_is_too_small_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("One.", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"1 \.txt files, expected 20 or more"):
        next(bench.measure(tmp_path, 20, "rules"))


def test_a_table_that_cannot_be_written_is_printed_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "measure", lambda *_: [Row("a", 2.0, 1.7, "seconds")])
    (tmp_path / "file").touch()
    done = CliRunner().invoke(app, ["bench", "-o", str(tmp_path / "file" / "bench.md")])
    assert "| a | 2.00 seconds |" in done.stdout
    assert isinstance(done.exception, ResultsError)


def test_the_same_seed_writes_the_same_articles(tmp_path: Path) -> None:
    for name in ("one", "two"):
        bench._fill(tmp_path / name, None, 3)
    one, two = ([p.read_bytes() for p in sorted((tmp_path / name).rglob("*.txt"))] for name in ("one", "two"))
    assert one == two
    assert len(set(one)) == 3
