"""Whether a file must be read again: what it looked like at its last reading, and what it looks like now.

Size, times and inode are trusted, as make, rsync and git trust them, and with git's caution: a file that was changed
just before it was read may have been changed again within one tick of its file system's clock, so it is read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from outsource_nlp.records import fingerprint

TICK_NS = 2_000_000_000
"""The coarsest clock of a file system in use, that of FAT: two seconds."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file at its last reading.

    Attributes:
        state: size, times, inode, and what decides how it is read.
        checked: nanoseconds since 1970 when the run began that read it.
        content: see ``content_of``; ties the file to the articles that are stored.
    """

    state: str
    checked: int
    content: str

    def holds(self, state: str, mtime_ns: int) -> bool:
        """Whether the file is as it was."""
        return self.state == state and mtime_ns + TICK_NS <= self.checked


def content_of(articles: Iterable[tuple[str, str]]) -> str:
    """The identity of the articles of a file, from pairs of article_id and content."""
    return fingerprint(**dict(sorted(articles)))
