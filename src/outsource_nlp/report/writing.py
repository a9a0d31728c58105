"""A connection to the tables in; ``report.html`` and ``networks/*.graphml`` in a results folder out.

Everything is drawn up first and moved into place when it is whole: somebody may have the last report open.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from outsource_nlp.errors import ResultsError
from outsource_nlp.report import networks, page

PAGE = "report.html"
NETWORKS = "networks"


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the report and the networks; equal tables give equal bytes.

    Args:
        connection: its ``main`` schema has the tables of ``schema``; it is only read.
        folder: the results folder; made if missing.

    Raises:
        ResultsError: the folder cannot be written.
    """
    files = {PAGE: page.render(connection)}
    for name, network in networks.read(connection).items():
        files[f"{NETWORKS}/{name}.graphml"] = networks.graphml(network)
    try:
        (folder / NETWORKS).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            _move_into_place(folder / name, content)
    except OSError as error:
        raise ResultsError.unwritable(folder, error.strerror or type(error).__name__) from error


def _move_into_place(path: Path, content: str) -> None:
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content.encode("utf-8"))
    draft.replace(path)
