"""Work for the engines under test; a module of its own, so that worker processes can import it."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from outsource_nlp.engines import limits


def doubled(batch: Sequence[int]) -> list[int]:
    return [2 * item for item in batch]


def slow_at_first(batch: Sequence[int]) -> list[int]:
    if 0 in batch:
        time.sleep(0.3)
    return list(batch)


def dies_on(poison: frozenset[int], batch: Sequence[int]) -> list[int]:
    if poison & set(batch):
        os._exit(9)
    return list(batch)


def dies_once(marker: Path, batch: Sequence[int]) -> list[int]:
    if 3 in batch and not marker.exists():
        marker.touch()
        os._exit(9)
    return list(batch)


def refuses_five(batch: Sequence[int]) -> list[int]:
    if 5 in batch:
        raise KeyError("five is refused")
    return list(batch)


def thread_limit(batch: Sequence[int]) -> list[str]:
    return [os.environ.get("OMP_NUM_THREADS", "") for _ in batch]


def process_ids(batch: Sequence[int]) -> list[int]:
    return [os.getpid() for _ in batch]


def deaf(poison: int, batch: Sequence[int]) -> list[int]:
    """Does not listen to the alarm when it meets the poison."""
    limits.GRACE = 0.2
    with limits.time_limit(0.5):
        until = time.monotonic() + (20 if poison in batch else 0)
        while time.monotonic() < until:
            try:
                time.sleep(1)
            except TimeoutError:
                continue
    return list(batch)


def greedy(batch: Sequence[int]) -> list[str]:
    """Asks for so many megabytes."""
    try:
        return [str(len(bytearray(1_000_000 * item)) and "had it") for item in batch]
    except MemoryError:
        return ["refused"]
