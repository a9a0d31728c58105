"""``articles.csv`` in, one row of metadata a path out.

A mistake here concerns the corpus, not one article: a misspelt column would silently lose the metadata of
all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from outsource_nlp.errors import CorpusError, InputError
from outsource_nlp.ingest.cells import header_of, rows_of
from outsource_nlp.ingest.encoding import read_text
from outsource_nlp.ingest.metadata import COLUMNS
from outsource_nlp.ingest.raw import MAX_BYTES

NAME = "articles.csv"

_COMMENTS = re.compile(r'\A(?:"?#[^\n]*\n|[ \t,;]*\r?\n)+')
"""Lines at the top that begin with #, as they are or as a spreadsheet writes them."""
_RECORD = re.compile(r"\.(?:jsonl|csv)#\d+$", re.IGNORECASE)


def path_key(path: str) -> str:
    """How two spellings of one path are compared: forward slashes, composed accents."""
    parts = (part for part in path.strip().replace("\\", "/").split("/") if part not in {"", "."})
    return unicodedata.normalize("NFC", "/".join(parts))


def read_listing(file: Path) -> dict[str, Mapping[str, str]]:
    """The rows of ``articles.csv`` by ``path_key``, in the order of the file.

    Raises: CorpusError: the file is not UTF-8 or another readable text, a column is unknown or missing, a
    row is broken, or two rows are for one path.
    """
    text = _text(file)
    header = header_of(text)
    unknown = sorted(set(header) - {"path", *COLUMNS})
    if "path" not in header:
        raise CorpusError.bad_metadata(file, "the column path is missing")
    if unknown:
        raise CorpusError.bad_metadata(file, f"unknown columns: {', '.join(map(repr, unknown))}")
    if len(set(header)) < len(header):
        raise CorpusError.bad_metadata(file, "a column is there twice")
    rows: dict[str, Mapping[str, str]] = {}
    for line in rows_of(text):
        key = path_key(line.cells.get("path", ""))
        if problem := line.problem or _problem(key, line.number, rows):
            raise CorpusError.bad_metadata(file, problem)
        rows[key] = {column: line.cells.get(column, "") for column in COLUMNS}
    return rows


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise CorpusError.bad_metadata(file, f"it has more than {MAX_BYTES:,} bytes")
        return _COMMENTS.sub("", read_text(file, kind="csv"))
    except InputError as error:
        raise CorpusError.bad_metadata(file, str(error).split(". Hint:", maxsplit=1)[0]) from error
    except OSError as error:
        raise CorpusError.bad_metadata(file, f"it cannot be opened ({error.strerror})") from error


def _problem(key: str, number: int, rows: Mapping[str, object]) -> str:
    if not key:
        return f"row {number} has no path"
    if key in rows:
        return f"row {number} is a second one for {key}"
    if _RECORD.search(key):
        return f"row {number} is for one record of a table; put its metadata into the table itself"
    return ""
