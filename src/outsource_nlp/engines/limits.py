"""Limits of time and memory on what a process does, so that one item can cost itself but not the run.

Time has two lines. An alarm raises ``TimeoutError`` where Python code runs, and again each second, for a library may
swallow it; behind it, in worker processes, a watchdog that needs no Python ends the process, for code that never looks
up. Memory is the kernel's to refuse.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from pathlib import Path
from types import FrameType
from typing import NoReturn

AGAIN = 1.0
"""Seconds between an alarm that was not heeded and the next."""

GRACE = 5.0
"""Seconds after the alarm at which the watchdog ends a worker."""

if sys.platform == "win32":
    def limit_memory(size: int) -> None:
        """Not enforced on this system."""
        del size
else:
    import resource

    def limit_memory(size: int) -> None:
        """Let this process have so many bytes of memory of its own; 0 for no limit. Not enforced on macOS."""
        if size:
            _, hardest = resource.getrlimit(resource.RLIMIT_DATA)
            wanted = size if hardest == resource.RLIM_INFINITY else min(size, hardest)
            resource.setrlimit(resource.RLIMIT_DATA, (wanted, hardest))


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Let the block take so many seconds; 0 for no limit.

    Only a main thread can be interrupted by the alarm, and only a worker is ended by the watchdog: elsewhere the
    process is the user's own.

    Raises:
        TimeoutError: it took longer.
    """
    if not seconds:
        yield
        return
    alarm = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    worker = parent_process() is not None
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        if worker:
            faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=nowhere)
        before = signal.signal(signal.SIGALRM, _raise) if alarm else None
        if alarm:
            signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        try:
            yield
        finally:
            if alarm:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)
            if worker:
                faulthandler.cancel_dump_traceback_later()


def _raise(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    raise TimeoutError("the time limit is over")
