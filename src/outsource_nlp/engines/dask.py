"""The engine of many machines: batches travel to Dask workers, results come back in order.

``distributed`` is an extra and is imported only when this engine is asked for. Workers build what they need from
the function's own arguments; nothing but batches and results goes over the wire.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from outsource_nlp.engines.ordered import in_order
from outsource_nlp.engines.protocol import Lost, R, T
from outsource_nlp.errors import ConfigurationError

EXPECTED = "the address of a running scheduler, such as tcp://host:8786"
SECONDS_TO_CONNECT = 10


def require() -> None:
    """Check that the extra is there.

    Raises:
        ConfigurationError: it is not installed.
    """
    if find_spec("distributed") is None:
        raise ConfigurationError.missing_extra("dask")


def map_batches(
    function: Callable[[Sequence[T]], R], batches: Iterable[Sequence[T]], *, processes: int, scheduler: str = "",
    memory: int = 0,
) -> Iterator[R | Lost[T]]:
    """Map a function over batches; see ``MapBatches``.

    Args:
        function: must be importable on the workers.
        batches: read lazily.
        processes: workers of the local cluster; with a ``scheduler``, at least this many batches are kept at work.
        scheduler: address of a running scheduler; empty for a cluster of processes on this machine.
        memory: bytes that each worker of the local cluster may have; 0 for an equal share of this machine's.

    Raises:
        ConfigurationError: the extra is not installed, or there is no scheduler at the address, or no longer.
    """
    require()
    with _client(processes, scheduler, memory) as client:
        workers = max(processes, sum(client.nthreads().values())) if scheduler else processes
        try:
            yield from in_order(_Pool(client), function, batches, processes=workers)
        except (CancelledError, import_module("distributed.comm").CommClosedError) as error:
            raise ConfigurationError.lost_scheduler(scheduler or "the cluster of this machine") from error


class _Pool:
    """A Dask client; its scheduler replaces dead workers by itself."""

    def __init__(self, client: Any) -> None:
        self.died: type[Exception] = import_module("distributed").KilledWorker
        self._client = client

    def submit(self, function: Callable[[Sequence[Any]], Any], batch: Sequence[Any]) -> Any:
        return self._client.submit(function, batch, pure=False)

    def settle(self, futures: Sequence[Any]) -> None:
        if futures:
            import_module("distributed").wait(futures)


@contextmanager
def _client(processes: int, scheduler: str, memory: int) -> Iterator[Any]:
    """A client of the scheduler, or of a cluster of our own that ends with the block."""
    distributed, dask = import_module("distributed"), import_module("dask")
    with ExitStack() as stack:
        if not scheduler:
            # on a cluster of our own one death is enough: the batch is tried again item by item anyway
            stack.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": 0}))
            cluster = distributed.LocalCluster(
                n_workers=processes, threads_per_worker=1, processes=True, host="127.0.0.1",
                dashboard_address="127.0.0.1:0", silence_logs="CRITICAL", memory_limit=memory or "auto",
            )
            yield stack.enter_context(distributed.Client(stack.enter_context(cluster)))
            return
        try:
            client = distributed.Client(scheduler, timeout=SECONDS_TO_CONNECT)
        except (OSError, ValueError) as error:
            raise ConfigurationError.bad_setting("scheduler", scheduler, EXPECTED) from error
        yield stack.enter_context(client)
