"""Every engine does the same: the tests run over all of them."""

from __future__ import annotations

import functools
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from outsource_nlp import engines
from outsource_nlp.engines import Lost, MapBatches
from outsource_nlp.errors import ConfigurationError

HERE = Path(__file__).parent
BATCHES = [list(range(start, start + 3)) for start in range(0, 21, 3)]


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Importable here and in worker processes."""
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.setenv("PYTHONPATH", str(HERE) + os.pathsep + os.environ.get("PYTHONPATH", ""))
    import engine_jobs

    return engine_jobs


@pytest.fixture(params=engines.NAMES)
def map_batches(request: pytest.FixtureRequest) -> MapBatches:
    return engines.get(request.param)


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_the_order_of_the_batches(map_batches: MapBatches, jobs: ModuleType, processes: int) -> None:
    assert list(map_batches(jobs.slow_at_first, BATCHES, processes=processes)) == BATCHES
    if processes == 1:
        assert list(map_batches(jobs.doubled, [(1, 2), (), (3,)], processes=1)) == [[2, 4], [], [6]]


def test_batches_are_read_a_few_ahead_of_the_results(map_batches: MapBatches, jobs: ModuleType) -> None:
    read = itertools.count()
    latest = 0

    def endless() -> Iterator[list[int]]:
        nonlocal latest
        for latest in read:
            yield [latest]

    results = map_batches(jobs.doubled, endless(), processes=2)
    first = [next(results) for _ in range(5)]
    results.close()  # type: ignore[attr-defined]
    assert first == [[0], [2], [4], [6], [8]]
    assert latest <= 5 + 3 * 2


def test_an_error_of_the_function_reaches_the_caller(map_batches: MapBatches, jobs: ModuleType) -> None:
    results = map_batches(jobs.refuses_five, BATCHES, processes=2)
    assert next(results) == [0, 1, 2]
    with pytest.raises(KeyError, match="five is refused"):
        list(results)


def test_items_that_kill_their_worker_are_lost_and_no_others(map_batches: MapBatches, jobs: ModuleType) -> None:
    results = list(map_batches(functools.partial(jobs.dies_on, frozenset({4, 10})), BATCHES, processes=2))
    lost = [result.item for result in results if isinstance(result, Lost)]
    in_order = [item for result in results for item in ([result.item] if isinstance(result, Lost) else result)]
    assert lost == [4, 10]
    assert in_order == list(range(21))


def test_a_worker_that_dies_once_costs_nothing(map_batches: MapBatches, jobs: ModuleType, tmp_path: Path) -> None:
    results = map_batches(functools.partial(jobs.dies_once, tmp_path / "died"), BATCHES, processes=2)
    assert [item for result in results for item in result] == list(range(21))  # type: ignore[union-attr]


def test_local_workers_compute_on_one_thread(jobs: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert list(engines.get("local")(jobs.thread_limit, [[1], [2]], processes=2)) == [["1"], ["1"]]
    assert "OMP_NUM_THREADS" not in os.environ


def test_one_local_process_is_this_process(jobs: ModuleType) -> None:
    assert list(engines.get("local")(jobs.process_ids, [[1]], processes=1)) == [[os.getpid()]]


@pytest.mark.usefixtures("jobs")
def test_workers_that_cannot_start_are_told_from_lost_items(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(
        "from engine_jobs import doubled\n"
        "from outsource_nlp import engines, errors\n"
        "try:\n"
        "    list(engines.get('local')(doubled, [[1], [2]], processes=2))\n"
        "except errors.ConfigurationError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=True)
    assert "none of 2 worker processes could start" in done.stdout


@pytest.mark.usefixtures("jobs")
def test_workers_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import itertools\n"
        "from engine_jobs import process_ids\n"
        "from outsource_nlp import engines\n"
        "if __name__ == '__main__':\n"
        "    for numbers in engines.get('local')(process_ids, ([n] for n in itertools.count()), processes=2):\n"
        "        print(*numbers, flush=True)\n"
    )
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent, parent.stdout as lines:
        worker = int(next(iter(lines)))
        parent.kill()
        parent.wait()
        assert _ends(lambda: _alive(worker))


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="engine is 'cloud', expected local or dask"):
        engines.get("cloud")


def test_the_local_engine_takes_no_scheduler() -> None:
    with pytest.raises(ConfigurationError, match="scheduler is 'tcp://host:8786'"):
        engines.get("local", scheduler="tcp://host:8786")


def test_dask_without_its_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outsource_nlp.engines.dask.find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"pip install 'outsource-nlp\[dask\]'"):
        engines.get("dask")


def test_dask_says_that_there_is_no_scheduler(jobs: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outsource_nlp.engines.dask.SECONDS_TO_CONNECT", 0.5)
    with pytest.raises(ConfigurationError, match="expected the address of a running scheduler"):
        list(engines.get("dask", scheduler="tcp://127.0.0.1:9")(jobs.doubled, [[1]], processes=1))


def test_dask_works_on_a_cluster_that_runs_already(jobs: ModuleType) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, processes=True, host="127.0.0.1",
                      dashboard_address="127.0.0.1:0", silence_logs="CRITICAL") as cluster:
        map_batches = engines.get("dask", scheduler=cluster.scheduler_address)
        assert list(map_batches(jobs.doubled, [[1], [2]], processes=1)) == [[2], [4]]


def test_dask_says_that_a_scheduler_went_away(jobs: ModuleType) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, processes=True, host="127.0.0.1",
                      dashboard_address="127.0.0.1:0", silence_logs="CRITICAL") as cluster:
        results = engines.get("dask", scheduler=cluster.scheduler_address)(
            jobs.slow_at_first, ([0] for _ in range(100)), processes=1)
        assert next(results) == [0]
        cluster.close()
        with pytest.raises(ConfigurationError, match="connection to the scheduler was lost"):
            list(results)


def _alive(process: int) -> bool:
    """Whether it runs; one that has ended but was not collected yet counts as ended."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def _ends(alive: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive()


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_while_workers_start_counts_once_they_have_started(
    jobs: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = ProcessPoolExecutor.submit
    started: list[Future[Any]] = []

    def interrupted(*given: Any) -> Future[Any]:
        signal.raise_signal(signal.SIGINT)     # as early as can be
        future = submit(*given)
        started.append(future)
        return future

    monkeypatch.setattr(ProcessPoolExecutor, "submit", interrupted)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        list(engines.get("local")(jobs.doubled, [[1], [2]], processes=2))
    assert len(started) == 1
    assert signal.getsignal(signal.SIGINT) is before
