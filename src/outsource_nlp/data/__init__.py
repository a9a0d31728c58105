"""The data files of the project, and the one way to read them.

Gazetteers, cue lists and lexicons are CSV files with a fixed header; SOURCES.md tells where each comes from.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

from outsource_nlp.errors import DataError


def read_bytes(name: str | Path) -> bytes:
    """The bytes of a file of this package, or of a path of the user's own.

    Raises:
        DataError: it cannot be read.
    """
    try:
        own = resources.files(__name__).joinpath(str(name))
        return own.read_bytes() if Path(name).name == str(name) and own.is_file() else Path(name).read_bytes()
    except OSError as error:
        raise DataError.unreadable(str(name), str(error)) from error


def rows(name: str | Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row of a CSV file.

    Raises:
        DataError: unreadable, not UTF-8, another header than ``columns``, or a row of another length.
    """
    try:
        text = read_bytes(name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError.unreadable(str(name), str(error)) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if list(reader.fieldnames or ()) != list(columns):
        raise DataError.bad_columns(str(name), reader.fieldnames or (), columns)
    for row in reader:
        if None in row or None in row.values():
            raise DataError.bad_row(str(name), reader.line_num, f"expected {len(columns)} cells")
        yield reader.line_num, row
