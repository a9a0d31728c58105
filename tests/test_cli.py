"""The command line says what it did, what went wrong, and what to do next."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).with_name("outsource-nlp"))
ARTICLE = "“Outsourcing the parks was a mistake,” said Ada Lowe of Barnet Council.\n"


def outsource(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "corpus"
    folder.mkdir()
    (folder / "one.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def results(corpus: Path) -> Path:
    folder = corpus.parent / "results"
    assert outsource("analyze", corpus, "-o", folder, "--pipeline", "rules", "--quiet").returncode == 0
    return folder


def test_alone_it_says_what_to_do() -> None:
    done = outsource()
    assert done.returncode == 0
    assert "outsource-nlp analyze corpus/" in done.stdout


def test_help_is_quick() -> None:
    outsource("--help")
    times = []
    for _ in range(5):
        started = time.perf_counter()
        assert outsource("--help").returncode == 0
        times.append(time.perf_counter() - started)
    assert min(times) <= 0.35


@pytest.mark.parametrize("command", ["analyze", "compare", "explain"])
def test_every_command_has_help(command: str) -> None:
    done = outsource(command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_the_version_is_told() -> None:
    assert outsource("--version").stdout.startswith("outsource-nlp 0.")


def test_quiet_says_nothing(corpus: Path, results: Path) -> None:
    done = outsource("analyze", corpus, "-o", results, "--pipeline", "rules", "--quiet")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_json_is_one_line(corpus: Path, results: Path) -> None:
    done = outsource("analyze", corpus, "-o", results, "--pipeline", "rules", "--json")
    assert len(done.stdout.splitlines()) == 1
    assert json.loads(done.stdout)["articles"]["same"] == 1


def test_the_summary_tells_articles_names_sides_and_files(corpus: Path, results: Path) -> None:
    out = outsource("analyze", corpus, "-o", results, "--pipeline", "rules").stdout
    for expected in ("1 article,", "1 council", "against", "tables", "outsource-nlp explain"):
        assert expected in out


def test_a_failed_input_is_told_and_the_exit_code_is_one(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "corpus" / "bad.docx").write_bytes(b"not a zip")
    done = outsource("analyze", tmp_path / "corpus", "-o", tmp_path / "out", "--pipeline", "rules", "--quiet")
    assert done.returncode == 1
    assert "bad.docx" in done.stderr


def test_an_error_is_one_line_with_a_way_out(tmp_path: Path) -> None:
    done = outsource("analyze", tmp_path / "none", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert len(done.stderr.splitlines()) == 1
    assert "Hint:" in done.stderr


def test_explain_shows_the_sentence(results: Path) -> None:
    statement = (results / "tables" / "statements.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    done = outsource("explain", results, statement)
    assert "Outsourcing the parks was a mistake" in done.stdout
    assert "Ada Lowe" in done.stdout


def test_one_group_cannot_be_compared_and_the_error_says_so(results: Path) -> None:
    done = outsource("compare", results, "--by", "publisher")
    assert done.returncode == 2
    assert "two groups" in done.stderr


def test_a_comparison_is_printed_as_text_and_as_csv(shipped: Path) -> None:
    assert "newspaper" in outsource("compare", shipped, "--by", "kind", "--of", "stance").stdout
    assert outsource("compare", shipped, "--by", "kind", "--of", "stance", "--csv").stdout.startswith("comparison_id,")
