"""Whatever happened before, the tables are those of one run from scratch; a run can be cut off anywhere.

``OUTSOURCE_EXAMPLES`` sets how many histories are tried; few by default.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import outsource_nlp as onlp
from outsource_nlp import ingest, store, worker, workflow
from outsource_nlp.errors import ResultsError
from outsource_nlp.ingest import formats
from outsource_nlp.recipes import recipes_of
from outsource_nlp.records import Article

EXAMPLES = int(os.environ.get("OUTSOURCE_EXAMPLES", "4"))
TEXTS = (
    "“Outsourcing the parks was a mistake,” said Ada Lowe of Barnet Council.\n",
    "The council brought its parks back in house. Ministers oppose the move.\n",
    "Privatisation failed in Slough. “It saved money,” said Bruno Vane of Capita.\n",
    "Contracting out the libraries has been a success, Clara Pell argued.\n",
)
NAMES = ("a/one.txt", "a/two.txt", "b/three.txt", "b/four.txt", "five.txt")
RUN = """
import os, signal, sys, time, threading
import outsource_nlp as onlp
from outsource_nlp.store import Writer
from outsource_nlp.report import writing
from outsource_nlp import workflow
point = int(sys.argv[3])
def counted(owner, name):
    real = getattr(owner, name)
    def call(*args, **options):
        global point
        point -= 1
        if point == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **options)
    setattr(owner, name, call)
for name in ("begin", "put", "remove", "put_failures", "put_files", "set_copies", "replace", "note_changes", "export", "finish"):
    counted(Writer, name)
counted(writing, "_move_into_place")
counted(workflow.store, "write_text")
onlp.analyze(sys.argv[1], sys.argv[2], pipeline="rules", processes=1, batch_size=1).close()
"""


def write(corpus: Path, name: str, text: str) -> None:
    path = corpus / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(corpus: Path, output: Path, **options: object) -> None:
    onlp.analyze(corpus, output, pipeline="rules", processes=1, **options).close()  # type: ignore[arg-type]


def tables(folder: Path) -> dict[str, bytes]:
    found = {p.name: p.read_bytes() for p in sorted((folder / "tables").iterdir()) if p.stem != "changes"}
    return found | {"datapackage.json": (folder / "datapackage.json").read_bytes()}


def killed(corpus: Path, output: Path, point: int) -> int:
    done = subprocess.run([sys.executable, "-c", RUN, corpus, output, str(point)], stderr=subprocess.PIPE, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return done.returncode


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name, text in zip(NAMES, TEXTS, strict=False):
        write(tmp_path / "corpus", name, text)
    return tmp_path / "corpus"


STEPS = st.lists(st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("break"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("fail"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("run"), st.just(""), st.just("")),
    st.tuples(st.just("die"), st.just(""), st.integers(1, 14).map(str)),
), min_size=3, max_size=9)


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_any_history_ends_with_the_tables_of_one_run(steps: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        corpus, output = Path(name) / "corpus", Path(name) / "out"
        write(corpus, "always.txt", TEXTS[0])
        for step in steps:
            _take(corpus, output, *step)
        run(corpus, output)
        run(corpus, Path(name) / "scratch")
        assert tables(output) == tables(Path(name) / "scratch")


def _take(corpus: Path, output: Path, step: str, name: str, other: str) -> None:
    path = corpus / name
    if step == "write":
        write(corpus, name, other)
    elif step == "break":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    elif step in ("remove", "rename") and path.exists():
        if step == "remove":
            path.unlink()
        else:
            (corpus / other).parent.mkdir(parents=True, exist_ok=True)
            path.replace(corpus / other)
    elif step == "run":
        run(corpus, output)
    elif step == "die":
        killed(corpus, output, int(other))
    elif step == "fail":
        with pytest.MonkeyPatch.context() as patch:
            real = worker.tabulate
            patch.setattr(worker, "tabulate", lambda doc, article, only=(): (
                real(doc, article, only) if article.path != name else 1 / 0))
            run(corpus, output)


def test_a_run_that_is_killed_at_any_step_is_completed_by_the_next(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "whole")
    points = range(1, 25) if EXAMPLES > 10 else (1, 3, 6, 10, 13, 16)
    for point in points:
        output = tmp_path / f"killed-{point}"
        killed(corpus, output, point)
        run(corpus, output)
        assert tables(output) == tables(tmp_path / "whole"), point
        assert (output / "report.html").read_bytes() == (tmp_path / "whole" / "report.html").read_bytes()


def test_a_run_with_workers_that_is_killed_at_any_time_is_completed_by_the_next(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "whole")
    command = [str(Path(sys.executable).with_name("outsource-nlp")), "analyze", str(corpus), "-o", str(tmp_path / "out"),
               "--pipeline", "rules", "--quiet", "--processes", "2", "--batch-size", "1"]
    times = random.Random(7)
    for _ in range(max(2, EXAMPLES // 2)):
        process = subprocess.Popen(command, start_new_session=True)
        time.sleep(times.uniform(1, 6))
        process.kill()
        process.wait()
    run(corpus, tmp_path / "out")
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


STAGES = [
    (ingest, "discover"), (workflow, "derive"), (workflow, "recipes_of"), (worker, "annotate_batch"),
    (store.Writer, "put"), (store.Writer, "remove"), (store.Writer, "put_files"), (store.Writer, "note_changes"),
    (store.Writer, "export"), (store.Writer, "finish"), (workflow.report, "write"),
]


@pytest.mark.parametrize(("owner", "name"), STAGES, ids=lambda part: getattr(part, "__name__", part))
def test_an_error_in_any_stage_loses_nothing(
    owner: object, name: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: object, **options: object) -> None:
        raise RuntimeError("made to fail")

    run(corpus, tmp_path / "out")
    before = tables(tmp_path / "out")
    write(corpus, "new.txt", TEXTS[2])
    (corpus / NAMES[0]).unlink()
    with monkeypatch.context() as patch:
        patch.setattr(workflow if name == "annotate_batch" else owner, name, fails)
        with pytest.raises(RuntimeError, match="made to fail"):
            run(corpus, tmp_path / "out")
    assert tables(tmp_path / "out").keys() == before.keys()
    run(corpus, tmp_path / "out")
    run(corpus, tmp_path / "scratch")
    assert tables(tmp_path / "out") == tables(tmp_path / "scratch")


@pytest.mark.parametrize("size", [0, 20_000, 600_000, 3_000_000])
def test_a_full_disk_is_told_and_leaves_whole_files(corpus: Path, tmp_path: Path, size: int) -> None:
    run(corpus, tmp_path / "out")
    before = tables(tmp_path / "out")
    write(corpus, "new.txt", TEXTS[2])
    code = ("import resource, sys\n"
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
            "sys.dont_write_bytecode = True\n"
            "from outsource_nlp.cli import main\n"
            f"sys.argv = ['x', 'analyze', {str(corpus)!r}, '-o', {str(tmp_path / 'out')!r}, '--pipeline', 'rules', "
            "'--processes', '1', '--quiet']\nmain()\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 2), done.stderr
    if done.returncode:
        assert "Traceback" not in done.stderr
        assert "cannot be written" in done.stderr or "cannot be opened" in done.stderr
        after = tables(tmp_path / "out")
        assert all(before[name] == after[name] for name in before if name not in after or size == 0)
    run(corpus, tmp_path / "out")
    run(corpus, tmp_path / "scratch")
    assert tables(tmp_path / "out") == tables(tmp_path / "scratch")


def test_a_place_that_is_for_reading_only_is_told(corpus: Path) -> None:
    place = Path("/sys/outsource-nlp-results" if sys.platform == "linux" else "/dev/null/results")
    with pytest.raises(ResultsError, match=r"cannot be written \(.+\)\. Hint:"):
        run(corpus, place)


def test_a_file_that_vanishes_while_the_corpus_is_read_is_a_failure_of_its_own(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ingest.discover

    def vanishing(folder: Path) -> list[ingest.Source]:
        found = real(folder)
        (corpus / NAMES[1]).unlink()
        return found

    monkeypatch.setattr(ingest, "discover", vanishing)
    run(corpus, tmp_path / "out")
    results = onlp.open_results(tmp_path / "out")
    assert list(results.failures.path) == [NAMES[1]]
    assert "cannot be opened" in results.failures.error[0]
    monkeypatch.undo()
    run(corpus, tmp_path / "out")
    assert onlp.open_results(tmp_path / "out").failures.empty


def test_a_file_that_grows_while_it_is_read_is_read_again_next_time(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    age(corpus)
    real = ingest.read

    def growing(sources: list[ingest.Source]) -> list[object]:
        found = list(real(sources))
        for source in sources:
            if source.path == NAMES[0]:
                with source.file.open("a", encoding="utf-8") as file:
                    file.write(TEXTS[3])
        return found

    monkeypatch.setattr(ingest, "read", growing)
    run(corpus, tmp_path / "out")
    monkeypatch.undo()
    run(corpus, tmp_path / "out")
    article = Article(path=NAMES[0], text="").article_id
    assert "Clara Pell" in onlp.open_results(tmp_path / "out").text(article)


def test_a_file_that_cannot_be_read_in_time_is_a_failure_of_its_own(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = formats.READERS[".txt"]

    def hangs_on_one(file: Path) -> object:
        if file.name == "two.txt":
            time.sleep(60)
        return real(file)

    with monkeypatch.context() as patch:
        patch.setitem(formats.READERS, ".txt", hangs_on_one)
        run(corpus, tmp_path / "out", article_seconds=2)
    results = onlp.open_results(tmp_path / "out")
    assert list(results.failures[["path", "stage"]].itertuples(index=False, name=None)) == [("a/two.txt", "read")]
    assert "longer than 2 seconds" in results.failures.error[0]
    run(corpus, tmp_path / "out")
    assert onlp.open_results(tmp_path / "out").failures.empty


def age(corpus: Path) -> None:
    """As if the files had lain there for an hour."""
    then = time.time() - 3600
    for path in corpus.rglob("*.txt"):
        os.utime(path, (then, then))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are opened."""
    real, seen = ingest.read, []

    def noting(sources: list[ingest.Source]) -> object:
        seen.extend(source.path for source in sources)
        return real(sources)

    monkeypatch.setattr(ingest, "read", noting)
    return seen


def test_files_that_look_as_they_did_are_not_opened(corpus: Path, tmp_path: Path, opened: list[str]) -> None:
    age(corpus)
    run(corpus, tmp_path / "out")
    opened.clear()
    run(corpus, tmp_path / "out")
    assert opened == []
    run(corpus, tmp_path / "out", check_contents=True)
    assert sorted(opened) == sorted(NAMES[:4])


def test_a_file_that_was_changed_just_before_it_was_read_is_opened_again(
    corpus: Path, tmp_path: Path, opened: list[str]
) -> None:
    age(corpus)
    write(corpus, NAMES[0], TEXTS[1])
    run(corpus, tmp_path / "out")
    opened.clear()
    run(corpus, tmp_path / "out")
    assert opened == [NAMES[0]]


def test_a_file_of_the_same_size_and_date_with_other_words_is_opened(
    corpus: Path, tmp_path: Path, opened: list[str]
) -> None:
    age(corpus)
    run(corpus, tmp_path / "out")
    opened.clear()
    before = (corpus / NAMES[0]).stat()
    write(corpus, NAMES[0], TEXTS[0].replace("mistake", "success"))
    os.utime(corpus / NAMES[0], ns=(before.st_atime_ns, before.st_mtime_ns))
    run(corpus, tmp_path / "out")
    assert opened == [NAMES[0]]


def test_new_metadata_opens_the_file_that_they_are_about(corpus: Path, tmp_path: Path, opened: list[str]) -> None:
    age(corpus)
    run(corpus, tmp_path / "out")
    opened.clear()
    (corpus / "articles.csv").write_text(f"path,title\n{NAMES[0]},A new title\n", encoding="utf-8")
    run(corpus, tmp_path / "out")
    assert opened == [NAMES[0]]
    assert "A new title" in set(onlp.open_results(tmp_path / "out").documents.title)


def test_a_renamed_article_is_not_parsed_again_even_if_its_old_name_has_new_words(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, tmp_path / "out")
    (corpus / NAMES[0]).rename(corpus / "a" / "zulu.txt")
    spec = worker.PipelineSpec("rules")
    staged = worker._staged(spec, recipes_of(spec).rows)
    with monkeypatch.context() as patch:
        patch.setattr(staged.annotator, "parse", lambda articles: iter([1 / 0 for _ in articles]))
        run(corpus, tmp_path / "out")
    assert onlp.open_results(tmp_path / "out").failures.empty
    (corpus / "a" / "zulu.txt").rename(corpus / "a" / "moved.txt")
    write(corpus, "a/zulu.txt", TEXTS[3])
    run(corpus, tmp_path / "out", batch_size=1)
    run(corpus, tmp_path / "scratch")
    assert tables(tmp_path / "out") == tables(tmp_path / "scratch")


def test_tables_that_somebody_deleted_are_written_again(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out")
    before = tables(tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / "tables")
    run(corpus, tmp_path / "out")
    assert tables(tmp_path / "out") == before
