"""What a format reader hands over: text as it stood in the file, and what the file says of itself.

Also the limits that every reader keeps. They stand apart from the readers because the readers, the registry
and ``read`` all need them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from outsource_nlp.errors import InputError

MAX_BYTES = 20_000_000
"""The largest file that is opened."""

MAX_CHARACTERS = 1_000_000
"""The longest text of one article."""


@dataclass(frozen=True, slots=True)
class Raw:
    """One article as found in a file, not yet cleaned.

    Attributes:
        metadata: any of the columns of ``articles.csv`` but ``path``, as found; other keys are ignored.
        record: its number in a file of many articles, from 1; 0 where the file is the article.
        error: why this record cannot be used; the other records of the file can.
    """

    text: str = ""
    metadata: Mapping[str, object] = field(default_factory=dict)
    record: int = 0
    error: InputError | None = None
