"""What every engine is: the seam at which one process, many processes and many machines are exchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Lost(Generic[T]):
    """Stands in for the result of one item on which a worker process died, twice."""

    item: T


class MapBatches(Protocol):
    """Maps a function over batches of items."""

    def __call__(
        self, function: Callable[[Sequence[T]], R], batches: Iterable[Sequence[T]], *, processes: int,
        memory: int = 0,
    ) -> Iterator[R | Lost[T]]:
        """Results in the order of the batches, as they come; few batches are under way at a time.

        A batch during which a worker died is tried again item by item, each item alone: in place of its one
        result come as many as it has items, of batches of one, or ``Lost`` for an item that killed its worker again.

        Args:
            function: takes a batch; to be picklable it is a function of a module, or a partial of one.
            batches: read lazily, a few ahead of the results.
            processes: how many workers.
            memory: bytes that each worker may have of its own; 0 for no limit. Workers that others started keep theirs.

        Raises:
            ConfigurationError: workers cannot start.
            Exception: whatever ``function`` raises.
        """
        ...
