"""Fingerprints of everything that decides a result, one for each step, so that a change redoes what depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from outsource_nlp.annotate import stages
from outsource_nlp.annotate.pipeline import own_file
from outsource_nlp.records import fingerprint
from outsource_nlp.settings import PipelineSpec

READERS = ("trafilatura", "htmldate", "pypdf", "python-docx", "charset-normalizer", "ftfy", "lxml")
"""The libraries that decide what text a file holds."""


@dataclass(frozen=True, slots=True)
class Recipes:
    """What decides the reading of a file, its parse, an article's rows, and the tables of the whole corpus.

    ``annotate.stages`` tells the rows' recipe apart by stage, where the work is done.
    """

    read: str
    parse: str
    rows: str
    tables: str


def recipes_of(spec: PipelineSpec) -> Recipes:
    """All recipes under a spec; no model is loaded."""
    marks, package = stages.fingerprints(spec), Path(__file__).parent
    rooms = sorted(path for path in package.rglob("*") if path.suffix in {".py", ".html", ".css", ".js"})
    code = {name: own_file(name) for name in (path.relative_to(package).as_posix() for path in rooms)}
    reading = {name: content for name, content in code.items() if name.startswith("ingest/")}
    read = fingerprint(**{name: version(name) for name in READERS}, **reading)
    tables = fingerprint(rows=marks.rows, duckdb=version("duckdb"), pandas=version("pandas"), **code)
    return Recipes(read, marks.parse, marks.rows, tables)
