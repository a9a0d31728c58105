"""Batches in, results in order out, for any pool that gives futures; what to do when a worker dies.

Which of the batches under way killed the worker cannot be told. So each of them is tried again item by item, with
nothing else under way, and then the death of a worker names the item.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from outsource_nlp.engines.protocol import Lost, R, T
from outsource_nlp.errors import ConfigurationError

AHEAD = 3
"""Batches under way per process: one at work, two waiting, so that no worker idles behind a slow one."""


class Pool(Protocol):
    """Workers, as an engine offers them."""

    died: type[Exception]
    """What a future raises whose worker died."""

    def submit(self, function: Callable[[Sequence[Any]], Any], batch: Sequence[Any]) -> Any:
        """Send a batch on its way; gives a future. Dead workers are replaced first."""
        ...

    def settle(self, futures: Sequence[Any]) -> None:
        """Wait until no future is under way any more."""
        ...


def in_order(
    pool: Pool, function: Callable[[Sequence[T]], R], batches: Iterable[Sequence[T]], *, processes: int
) -> Iterator[R | Lost[T]]:
    """The results of ``MapBatches``, by way of a pool."""
    flying: deque[tuple[Sequence[T], Any]] = deque()
    for batch in batches:
        flying.append((batch, pool.submit(function, batch)))
        if len(flying) >= AHEAD * processes:
            yield from _landed(pool, function, flying, processes)
    while flying:
        yield from _landed(pool, function, flying, processes)


def _landed(
    pool: Pool, function: Callable[[Sequence[T]], R], flying: deque[tuple[Sequence[T], Any]], processes: int
) -> Iterator[R | Lost[T]]:
    batch, future = flying.popleft()
    try:
        result = future.result()
    except pool.died:
        pool.settle([other for _, other in flying])
        yield from _one_by_one(pool, function, batch, processes)
    else:
        yield result


def _one_by_one(
    pool: Pool, function: Callable[[Sequence[T]], R], batch: Sequence[T], processes: int
) -> Iterator[R | Lost[T]]:
    for item in batch:
        try:
            result = pool.submit(function, [item]).result()
        except pool.died:
            _check_workers(pool, processes)
            yield Lost(item)
        else:
            yield result


def _check_workers(pool: Pool, processes: int) -> None:
    """Tell an item that kills workers from workers that cannot live."""
    try:
        pool.submit(len, ()).result()
    except pool.died as error:
        raise ConfigurationError.no_workers(processes) from error
