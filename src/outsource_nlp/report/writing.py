"""A connection to the tables in; ``report.html``, and files that others drew up, in a results folder out.

Everything is drawn up first and moved into place when it is whole: somebody may have the last report open.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from outsource_nlp.codebook import Codebook
from outsource_nlp.errors import ResultsError
from outsource_nlp.report import page

PAGE = "report.html"


def write(
    connection: duckdb.DuckDBPyConnection, folder: Path, files: Mapping[str, str] | None = None, *,
    codebook: Codebook | None = None,
) -> None:
    """Write the report and some more files; equal tables give equal bytes.

    Args:
        connection: its ``main`` schema has the tables of ``schema``; it is only read.
        folder: the results folder; made if missing.
        files: texts by path in the folder, to be written with it.
        codebook: the one of the run.

    Raises:
        ResultsError: the folder cannot be written.
    """
    write_files(folder, {PAGE: page.render(connection, codebook=codebook), **(files or {})})


def write_files(folder: Path, contents: Mapping[str, str]) -> None:
    """Write texts by path in a folder; each is the old one or the new one, never half of it.

    Raises:
        ResultsError: the folder cannot be written.
    """
    try:
        for name, content in contents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            _move_into_place(folder / name, content)
    except OSError as error:
        raise ResultsError.unwritable(folder, error.strerror or type(error).__name__) from error


def _move_into_place(path: Path, content: str) -> None:
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content.encode("utf-8"))
    draft.replace(path)
