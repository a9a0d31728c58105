"""Results in the file formats of other programs: spreadsheet, database, qualitative analysis, shareable release.

A connection to the tables enters, files leave. Each format is a module with a ``write``; nothing is left half written.
Networks are not here: ``outsource-nlp network`` writes them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from outsource_nlp.errors import ConfigurationError, ResultsError
from outsource_nlp.report.exports import excel, refi_qda, release, sqlite
from outsource_nlp.report.exports.source import About

FOLDER = "exports"


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it is called on disk, and what writes it into an empty folder under these names."""

    files: tuple[str, ...]
    write: Callable[[duckdb.DuckDBPyConnection, tuple[Path, ...], About], None]


FORMATS: Mapping[str, Format] = {
    "excel": Format((".xlsx",), excel.write),
    "sqlite": Format((".db",), sqlite.write),
    "refi-qda": Format((".qdpx", ".qdc"), refi_qda.write),
    "release": Format((".zip",), release.write),
}
"""Formats by name; a format with two files gives them one name and two endings."""


def export(connection: duckdb.DuckDBPyConnection, to: str, path: Path, about: About) -> list[Path]:
    """Write the results in one format; equal tables give equal bytes.

    Args:
        connection: its ``main`` schema has the tables of ``schema``; it is only read.
        to: one of ``FORMATS``.
        path: the file; a missing ending is added. Folders are made.
        about: what the tables do not say of themselves.

    Returns:
        The files, made or replaced.

    Raises:
        ConfigurationError: the format is not known.
        ResultsError: the files cannot be written.
    """
    if to not in FORMATS:
        raise ConfigurationError.unknown_format(to, FORMATS)
    wanted = FORMATS[to]
    stem = path.with_suffix("") if path.suffix.lower() in wanted.files else path
    targets = [stem.with_name(stem.name + ending) for ending in wanted.files]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=path.parent) as name:
            drafts = tuple(Path(name) / target.name for target in targets)
            wanted.write(connection, drafts, about)
            for draft, target in zip(drafts, targets, strict=True):
                draft.replace(target)
    except OSError as error:
        raise ResultsError.unwritable(path.parent, error.strerror or type(error).__name__) from error
    return targets


__all__ = ["FOLDER", "FORMATS", "About", "export"]
