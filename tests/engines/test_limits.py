"""A limit costs the item that meets it, in this process and in workers."""

from __future__ import annotations

import functools
import itertools
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

from outsource_nlp import engines
from outsource_nlp.engines import Lost, limits

HERE = Path(__file__).parent


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.setenv("PYTHONPATH", str(HERE) + os.pathsep + os.environ.get("PYTHONPATH", ""))
    import engine_jobs

    return engine_jobs


def test_a_block_that_takes_too_long_is_interrupted() -> None:
    began = time.monotonic()
    with pytest.raises(TimeoutError), limits.time_limit(0.2):
        all(k >= 0 for k in itertools.count())
    assert time.monotonic() - began < 5


def test_a_block_in_time_is_left_alone_and_so_is_what_follows() -> None:
    with limits.time_limit(0.2):
        pass
    time.sleep(0.3)


def test_no_limit_is_no_limit() -> None:
    with limits.time_limit(0):
        time.sleep(0.01)


def test_code_that_never_looks_up_costs_its_worker_and_no_other_item(jobs: ModuleType) -> None:
    results = list(engines.get("local")(functools.partial(jobs.deaf, 4), [[1, 2], [3, 4], [5]], processes=2))
    assert [result.item for result in results if isinstance(result, Lost)] == [4]
    assert [item for result in results if not isinstance(result, Lost) for item in result] == [1, 2, 3, 5]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_memory_that_a_worker_may_not_have_is_refused(jobs: ModuleType) -> None:
    results = list(engines.get("local")(jobs.greedy, [[1], [4000]], processes=2, memory=2_000_000_000))
    assert results == [["had it"], ["refused"]]


def test_an_alarm_that_was_swallowed_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "AGAIN", 0.1)
    began = time.monotonic()
    with pytest.raises(TimeoutError), limits.time_limit(0.1):
        _sleeps_through_the_first()
    assert time.monotonic() - began < 5


def _sleeps_through_the_first() -> None:
    with suppress(TimeoutError):
        time.sleep(20)
    time.sleep(20)
