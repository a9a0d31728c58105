"""The command line says what it did, what went wrong, and what to do next."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from outsource_nlp.cli import NEXT, app
from outsource_nlp.store import open_for_writing

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


COMMANDS = [str(command.callback.__name__) for command in app.registered_commands if command.callback]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    done = outsource(command, "--help")
    assert done.returncode == 0
    assert f"Usage: outsource-nlp {command}" in done.stdout


def test_what_to_do_next_and_the_help_name_every_command_that_there_is() -> None:
    assert set(re.findall(r"^  outsource-nlp ([a-z]+) ", NEXT, re.MULTILINE)) <= set(COMMANDS)
    assert all(f"\n  {command} " in outsource("--help").stdout for command in COMMANDS)


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


def test_a_mistake_of_the_program_is_not_told_as_a_complete_run() -> None:
    code = ("import sys\nfrom outsource_nlp import cli, workflow\n"
            "workflow.analyze = lambda *a, **k: 1 / 0\nsys.argv = ['x', 'analyze', 'corpus']\ncli.main()")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert "ZeroDivisionError" in done.stderr


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


@pytest.mark.parametrize(("words", "text", "header"), [
    (["dispersion", "--by", "kind"], "juilland_d", "dispersion_id,"),
    (["collocations", "council", "--window", "3"], "log_dice", "collocation_id,"),
    (["kwic", "outsourc*", "--sort", "left"], "outsourc", "left,match,right,"),
])
def test_every_question_is_answered_as_text_and_as_csv(shipped: Path, words: list[str], text: str, header: str) -> None:
    command, *rest = words
    shown, csv = outsource(command, shipped, *rest), outsource(command, shipped, *rest, "--csv")
    assert (shown.returncode, csv.returncode) == (0, 0), shown.stderr + csv.stderr
    assert text in shown.stdout.lower()
    assert csv.stdout.startswith(header)
    assert len(csv.stdout.splitlines()) > 2


def test_a_network_is_written_in_the_formats_that_are_asked_for(shipped: Path, tmp_path: Path) -> None:
    done = outsource("network", shipped, "-o", tmp_path / "nets", "--mode", "actor-aspect", "--format", "gexf", "--format", "ties.csv")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "nets").iterdir()) == ["actor_aspect.gexf", "actor_aspect.ties.csv"]
    assert re.search(r"actor_aspect: [1-9]\d* nodes, [1-9]\d* ties", done.stdout)


@pytest.mark.parametrize("words", [["report"], ["export", "--to", "excel"], ["kwic", "parks"], ["network"]], ids=" ".join)
def test_results_of_a_run_that_was_cut_off_are_shown_with_a_note(tmp_path: Path, words: list[str]) -> None:
    with open_for_writing(tmp_path / "out"):
        pass
    command, *rest = words
    done = subprocess.run([COMMAND, command, str(tmp_path / "out"), *rest], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "note: the last run was cut off" in done.stderr


def test_whole_results_are_shown_without_a_note(results: Path) -> None:
    assert outsource("kwic", results, "parks").stderr == ""


def test_a_terminal_that_lacks_a_character_is_no_reason_to_fail(results: Path) -> None:
    done = subprocess.run([COMMAND, "kwic", results, "mistake"], capture_output=True, check=False,
                          env=os.environ | {"PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 0, done.stderr
    assert b"\\u201cOutsourcing the parks" in done.stdout


def test_a_results_folder_whose_name_is_not_unicode_is_refused(corpus: Path, tmp_path: Path) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    done = outsource("analyze", corpus, "-o", odd, "--pipeline", "rules")
    assert (done.returncode, "its name is not UTF-8" in done.stderr) == (2, True)
    assert "no results in it" in outsource("kwic", odd, "parks").stderr


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_with_its_own_exit_code_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    for k in range(40):
        (tmp_path / "corpus" / f"{k}.txt").write_text(ARTICLE * 120, encoding="utf-8")
    command = ["analyze", str(tmp_path / "corpus"), "-o", str(tmp_path / "out"), "--pipeline", "rules", "--processes", "2",
               "--batch-size", "1"]
    process = subprocess.Popen([COMMAND, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while process.poll() is None and not list(tmp_path.glob("out/outsource.duckdb.wal")):     # until it stores
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)     # a terminal tells workers too
    _, errors = process.communicate()
    assert (process.returncode, "Traceback" in errors) == (130, False)
    assert outsource(*command, "--quiet").returncode == 0
    assert len(pd.read_csv(tmp_path / "out" / "tables" / "documents.csv")) == 40


def test_init_takes_the_folder_one_stands_in(tmp_path: Path) -> None:
    (tmp_path / "my corpus").mkdir()
    done = subprocess.run([COMMAND, "init", "."], cwd=tmp_path / "my corpus", capture_output=True, text=True, check=True)
    assert "outsource-nlp analyze . --output ../results" in done.stdout
    assert "outsource-nlp analyze 'my corpus' --output results" in (tmp_path / "my corpus" / "README.md").read_text()


def test_init_lays_out_a_corpus_that_analyze_takes_once_it_has_an_article(tmp_path: Path) -> None:
    folder = tmp_path / "my corpus"
    done = outsource("init", folder)
    assert done.returncode == 0
    assert sorted(path.name for path in folder.iterdir()) == ["README.md", "articles.csv", "codebook.toml"]
    assert "outsource-nlp analyze" in done.stdout
    empty = outsource("analyze", folder, "-o", tmp_path / "out", "--pipeline", "rules")
    assert (empty.returncode, "no article in it" in empty.stderr) == (2, True)
    (folder / "lantern").mkdir()
    (folder / "lantern" / "one.txt").write_text(ARTICLE, encoding="utf-8")
    with (folder / "articles.csv").open("a", encoding="utf-8") as listing:
        listing.write('lantern/one.txt,"Parks, again",Lantern,newspaper,,2019,,\n')
    codebook = folder / "codebook.toml"
    assert outsource("analyze", folder, "-o", tmp_path / "out", "--pipeline", "rules", "--codebook", codebook).returncode == 0
    assert '"Parks, again",Lantern' in (tmp_path / "out" / "tables" / "documents.csv").read_text(encoding="utf-8")


def test_init_touches_no_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = outsource("init", tmp_path)
    assert done.returncode == 2
    assert "Hint:" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_report_is_written_anew_with_other_groups(shipped: Path) -> None:
    before = (shipped / "report.html").read_bytes()
    assert outsource("report", shipped).stdout.strip() == str(shipped / "report.html")
    assert (shipped / "report.html").read_bytes() == before
    for by, head in (("year", "Statements by year"), ("author", "Statements by author"), ("kind", "By kind of source")):
        done = outsource("report", shipped, "--by", by)
        assert done.returncode == 0, done.stderr
        page = (shipped / f"report-{by}.html").read_text(encoding="utf-8")
        assert head in page
        assert "Statements by publisher" not in page
    assert "<code>explain c" in (shipped / "report-year.html").read_text(encoding="utf-8")


def test_an_unknown_group_of_the_report_is_refused(shipped: Path) -> None:
    done = outsource("report", shipped, "--by", "weather")
    assert (done.returncode, "author, kind, publisher, year" in done.stderr) == (2, True)


@pytest.mark.parametrize(("to", "names"), [
    ("excel", ["x.xlsx"]), ("sqlite", ["x.db"]), ("refi-qda", ["x.qdpx", "x.qdc"]), ("release", ["x.zip"]),
])
def test_results_are_exported(shipped: Path, tmp_path: Path, to: str, names: list[str]) -> None:
    done = outsource("export", shipped, "--to", to, "-o", tmp_path / "x")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(tmp_path / name) for name in names]
    assert all((tmp_path / name).is_file() for name in names)


def test_an_unknown_format_is_refused_with_those_that_are_known(shipped: Path) -> None:
    done = outsource("export", shipped, "--to", "word")
    assert (done.returncode, "excel, refi-qda, release, sqlite" in done.stderr) == (2, True)


@pytest.mark.parametrize(("words", "expected"), [
    ("outsource-nlp exp", "export"), ("outsource-nlp export results --to ", "refi-qda"),
    ("outsource-nlp report results --by ", "publisher"), ("outsource-nlp analyze --quie", "--quiet"),
])
def test_the_shell_completes_commands_options_and_values(words: str, expected: str) -> None:
    environment = {**os.environ, "_OUTSOURCE_NLP_COMPLETE": "complete_bash", "COMP_WORDS": words,
                   "COMP_CWORD": str(len(words.split(" ")) - 1)}
    done = subprocess.run([COMMAND], capture_output=True, text=True, check=False, env=environment)
    assert expected in done.stdout.split()


def test_the_history_lists_the_runs_as_text_and_as_json(results: Path) -> None:
    told = json.loads(outsource("history", results, "--json").stdout)
    assert (told[0]["run_id"], told[0]["new"], told[0]["end"], told[0]["pipeline"]) == ("run-0001", 1, "complete", "rules")
    assert outsource("history", results).stdout.splitlines()[1].startswith("run-0001")


def test_a_re_run_tells_what_changed(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "one.txt").write_text(ARTICLE, encoding="utf-8")
    command = ("analyze", tmp_path / "corpus", "-o", tmp_path / "out", "--pipeline", "rules")
    assert "What changed" not in outsource(*command).stdout
    (tmp_path / "corpus" / "two.txt").write_text(
        "“Privatisation has failed our children,” said Mary Smith of Slough Borough Council.\n", encoding="utf-8")
    told = outsource(*command).stdout
    for expected in ("What changed", "Articles: 1 new", "two.txt", "new Slough Borough Council [new text]",
                     "against (0 for, 1 against) [new text]"):
        assert expected in told
    assert "What changed" not in outsource(*command).stdout
