"""The engine of one machine: this process, or a pool of processes.

Workers are spawned, not forked, so that they are the same on every system and inherit no locks or open files.
Each computes on one thread, since there is one a core, within its share of memory; each ends when this process does,
however that ends.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

from outsource_nlp.engines.limits import limit_memory
from outsource_nlp.engines.ordered import in_order
from outsource_nlp.engines.protocol import Lost, R, T

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS"),
    "1",
)
"""Environment of a worker; it must stand before numpy is first imported there."""


def map_batches(
    function: Callable[[Sequence[T]], R], batches: Iterable[Sequence[T]], *, processes: int, memory: int = 0
) -> Iterator[R | Lost[T]]:
    """Map a function over batches; see ``MapBatches``.

    One process means this one, where nothing can be ``Lost`` and memory is not limited.
    """
    if processes == 1:
        yield from map(function, batches)
        return
    pool = _Pool(processes, memory)
    try:
        yield from in_order(pool, function, batches, processes=processes)
    finally:
        pool.close()


class _Pool:
    """A process pool that is made again when one of its workers died."""

    died: type[Exception] = BrokenProcessPool

    def __init__(self, processes: int, memory: int) -> None:
        self.processes, self.memory = processes, memory
        self._executor = self._fresh()

    def submit(self, function: Callable[[Sequence[Any]], Any], batch: Sequence[Any]) -> Future[Any]:
        with _interrupts_wait():
            try:
                return self._executor.submit(function, batch)
            except BrokenProcessPool:
                self._executor.shutdown()
                self._executor = self._fresh()
                return self._executor.submit(function, batch)

    def settle(self, futures: Sequence[Future[Any]]) -> None:
        wait(futures)

    def close(self) -> None:
        self._executor.shutdown(cancel_futures=True)

    def _fresh(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.processes, mp_context=_Context(), initializer=_prepare, initargs=(self.memory,))


class _Process(SpawnProcess):
    """A worker that is started with the environment of one thread."""

    def start(self) -> None:
        with _environment(ONE_THREAD):
            super().start()


class _Context(SpawnContext):
    Process = _Process


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set environment variables while the block runs; the user's own settings stand."""
    added = {name: value for name, value in values.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Ctrl+C counts once the block is done: it would leave a pool half started, or a worker that reads from nobody.

    Workers that start meanwhile never see one, where the system lets a process pass that on.
    """
    elsewhere = threading.current_thread() is not threading.main_thread()     # only a main thread is interrupted
    if elsewhere or signal.getsignal(signal.SIGINT) is None:     # a handler of another language could not be put back
        yield
        return
    came: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
        if came:
            signal.raise_signal(came[0])


def _prepare(memory: int) -> None:
    """In a worker, before its first batch: leave interrupts to the parent, end with it, and keep within its memory."""
    limit_memory(memory)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
