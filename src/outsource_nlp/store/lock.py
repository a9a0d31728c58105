"""One writer to a results folder: a lock that the operating system takes back when the process ends.

A lock file that merely exists would outlive a killed run; a held lock cannot.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outsource_nlp.errors import BusyError, ResultsError

LOCK = ".lock"

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold the folder's lock while the block runs; the file stays behind, empty.

    Raises:
        BusyError: another process, or another part of this one, holds it.
        ResultsError: the folder cannot be written.
    """
    try:
        handle = (folder / LOCK).open("ab")
    except OSError as error:
        raise ResultsError.unwritable(folder, error.strerror or str(error)) from error
    with handle:
        try:
            _take(handle.fileno())
        except BlockingIOError as error:
            raise BusyError.locked(folder) from error
        except OSError as error:
            raise ResultsError.unwritable(folder, error.strerror or str(error)) from error
        yield
