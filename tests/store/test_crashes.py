"""A run may be killed at any instant: the store opens, and the next run completes it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from outsource_nlp import store
from outsource_nlp.records import ArticleRows

Fill = Callable[..., ArticleRows]

RUN = """
import os, signal, sys
from pathlib import Path
from outsource_nlp import store
from outsource_nlp.records import ArticleRows

def die(here):
    if here == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

def rows(article_id):
    return ArticleRows(article_id, article_id, "c", "p", "r", b"doc",
                       {"texts": [(article_id, "text")], "sentences": [(article_id, 0, 4)]})

if sys.argv[2] == "in create":
    store.writer.database.duckdb.connect = lambda *a, **k: (Path(a[0]).write_text("half a file"), die("in create"))
if sys.argv[2] == "in export":
    replace = Path.replace
    Path.replace = lambda draft, target: die("in export") if draft.suffix == ".json" else replace(draft, target)
with store.open_for_writing(Path(sys.argv[1])) as writer:
    die("after opening")
    run_id = writer.begin("{}")
    die("after begin")
    writer.put([rows("a1"), rows("a2")])
    die("after put")
    writer.connection.execute("BEGIN TRANSACTION")
    store.articles.put(writer.connection, [rows("a2"), rows("a3")])
    die("in put")
    writer.connection.execute("COMMIT")
    writer.remove(["a1"])
    writer.replace("entities", [("e1", "council", "Brook", "", "", "Brook", 1, 1)])
    die("after replace")
    writer.export()
    die("after export")
    writer.finish(run_id, "{}")
"""
STORED = {
    "in create": [], "after opening": [], "after begin": [], "after put": ["a1", "a2"], "in put": ["a1", "a2"],
    "after replace": ["a2", "a3"], "in export": ["a2", "a3"], "after export": ["a2", "a3"],
}


def run(folder: Path, kill: str) -> int:
    done = subprocess.run([sys.executable, "-c", RUN, folder, kill], stderr=subprocess.PIPE, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return done.returncode


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables of a run that nobody killed."""
    folder = tmp_path_factory.mktemp("whole")
    assert run(folder, "never") == 0
    return {path.name: path.read_bytes() for path in (folder / "tables").iterdir()}


@pytest.mark.parametrize("kill", STORED)
def test_a_killed_run_is_completed_by_the_next(tmp_path: Path, kill: str, whole: dict[str, bytes]) -> None:
    folder = tmp_path / "killed"
    assert run(folder, kill) == -signal.SIGKILL
    if kill != "in create":
        assert list(store.open_for_reading(folder).frame("texts")["article_id"]) == STORED[kill]
    with store.open_for_writing(folder) as writer:
        assert list(writer.known()) == STORED[kill]
        assert [article_id for article_id, _ in writer.parsed(["a1", "a2", "a3"])] == STORED[kill]
        assert writer.interrupted() == (kill not in ("in create", "after opening"))
        writer.remove(["a1", "a2", "a3"])
    assert run(folder, "never") == 0
    assert {path.name: path.read_bytes() for path in (folder / "tables").iterdir()} == whole
    assert not list(folder.glob(".export-*"))


def test_the_lock_of_a_killed_run_is_free_again(tmp_path: Path) -> None:
    code = ("import sys, time, pathlib\nfrom outsource_nlp import store\n"
            "with store.open_for_writing(pathlib.Path(sys.argv[1])):\n    print('open', flush=True); time.sleep(60)")
    with subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        other.kill()
    with store.open_for_writing(tmp_path) as writer:
        assert writer.known() == {}


def test_a_full_disk_is_told_and_what_was_stored_before_stays(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    code = (
        "import os, pathlib, resource, signal, sys\n"
        "from outsource_nlp import store\n"
        "from outsource_nlp.errors import ResultsError\n"
        "from outsource_nlp.records import ArticleRows\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try:\n"
        "    with store.open_for_writing(pathlib.Path(sys.argv[1])) as writer:\n"
        "        writer.put([ArticleRows('a1', 'a1', 'c', 'p', 'r', b'doc')])\n"
        "        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))\n"
        "        for n in range(40):\n"
        "            writer.put([ArticleRows(f'b{n}', 'b', 'c', 'p', 'r', os.urandom(200_000))])\n"
        "except ResultsError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False)
    assert "cannot be written" in done.stdout, done.stderr
    with store.open_for_writing(tmp_path) as writer:
        known = writer.known()
        assert "a1" in known
        assert len(known) < 41
        assert len(dict(writer.parsed(known))) == len(known)


@pytest.mark.parametrize("size", [0, 10_000, 60_000, 200_000, 400_000])
def test_a_store_that_did_not_fit_on_the_disk_is_made_when_there_is_room(tmp_path: Path, size: int) -> None:
    pytest.importorskip("resource")
    code = (
        "import pathlib, resource, signal, sys\n"
        "from outsource_nlp import store\n"
        "from outsource_nlp.errors import ResultsError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
        "try:\n"
        "    with store.open_for_writing(pathlib.Path(sys.argv[1])):\n"
        "        pass\n"
        "except ResultsError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False)
    assert (done.returncode, "cannot be written" in done.stdout) == (0, True), done.stderr
    with store.open_for_writing(tmp_path) as writer:
        assert writer.known() == {}


def test_a_thousand_articles_are_stored_in_seconds(tmp_path: Path, fill: Fill) -> None:
    template = fill("a", n=2)
    batches = [
        [ArticleRows(f"a{number}", f"a{number}", "c", "p", "r", b"doc" * 5000, {
            "terms": [(f"a{number}", "words", f"w{k}", k) for k in range(400)],
            "mentions": [(f"m{number}-{k}", f"a{number}", *template.tables["mentions"][0][2:]) for k in range(40)],
        }) for number in range(start, start + 32)]
        for start in range(0, 1000, 32)
    ]
    with store.open_for_writing(tmp_path) as writer:
        began = time.perf_counter()
        for batch in batches:
            writer.put(batch)
        seconds = time.perf_counter() - began
        assert writer.counts()["terms"] == 32 * 32 * 400 - (32 * 32 - len(batches) * 32) * 400
    assert seconds < 10


def test_an_interrupt_that_the_database_notices_is_an_interrupt(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), store.open_for_writing(tmp_path):
        raise RuntimeError("Query interrupted")     # so DuckDB tells of Ctrl+C
