"""The results for others, without the texts: an archive of tables with offsets, hashes and short excerpts.

Whoever has the articles can find every passage again by its offsets and check it by its hash; whoever has not sees no
more than short excerpts. Tables that tell of a run rather than of the articles, and remarks, are left out.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined

from outsource_nlp.report.exports.source import BATCH, About, quoted
from outsource_nlp.schema import TABLES, Table

SHARED = ("documents", "entities", "mentions", "roles", "quotations", "statements", "comparisons")
"""Tables of a release; a table must be named here to leave the house."""
LEFT_OUT = {"documents": ("note",)}
EXCERPTS = {"quotations": "text", "statements": "evidence"}
"""Columns that hold words of an article at length."""
LONGEST = 200
"""Characters of an excerpt."""
STAMP = (1980, 1, 1, 0, 0, 0)
ADDED = {
    "documents": (("n_characters", "integer", "length of the cleaned text in which all offsets count", "characters"),
                  ("text_sha256", "string", "SHA-256 of the cleaned text in UTF-8", "")),
    **{table: ((f"{column}_sha256", "string", f"SHA-256 of the whole passage in UTF-8; {column} holds its first "
                f"{LONGEST} characters", ""),) for table, column in EXCERPTS.items()},
}
"""Columns that a release has besides: name, type, meaning, unit."""


def write(connection: duckdb.DuckDBPyConnection, paths: tuple[Path, ...], about: About) -> None:
    """Write the archive."""
    package = _package(about)
    facts = {"version": about.version, "package": package, "longest": LONGEST, **_facts(connection)}
    templates = Environment(loader=PackageLoader("outsource_nlp.report", "templates/release"),
                            undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    with zipfile.ZipFile(paths[0], "w") as archive:
        for name in ("README.md", "CITATION.cff"):
            archive.writestr(_entry(name), templates.get_template(name).render(facts).encode())
        described = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
        archive.writestr(_entry("datapackage.json"), described.encode())
        for name in SHARED:
            with archive.open(_entry(f"tables/{name}.csv"), "w", force_zip64=True) as stream:
                text = io.TextIOWrapper(stream, "utf-8", newline="")
                csv.writer(text, lineterminator="\n").writerows(_lines(connection, TABLES[name]))
                text.flush()
                text.detach()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _lines(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[Any]:
    """The head and the rows of a table."""
    excerpt = EXCERPTS.get(table.name, "")
    kept = [name for name in table.names if name not in LEFT_OUT.get(table.name, ())]
    yield [*kept, *(name for name, *_ in ADDED.get(table.name, ()))]
    shown = [f"left({quoted(name)}, {LONGEST})" if name == excerpt else f"t.{quoted(name)}" for name in kept]
    shown += [f"sha256({quoted(excerpt)})"] if excerpt else []
    source = f"main.{quoted(table.name)} t"
    if table.name == "documents":
        shown += ["length(x.text)", "sha256(x.text)"]
        source += " LEFT JOIN main.texts x USING (article_id)"
    order = ", ".join(f"t.{quoted(name)}" for name in (*table.order, *table.key))
    found = connection.execute(f"SELECT {', '.join(shown)} FROM {source} ORDER BY {order}")
    while batch := found.fetchmany(BATCH):
        yield from batch


def _package(about: About) -> dict[str, Any]:
    """The descriptor of what is in the archive."""
    resources = []
    for resource in about.package["resources"]:
        name = resource["name"]
        if name in SHARED:
            fields = [f for f in resource["schema"]["fields"] if f["name"] not in LEFT_OUT.get(name, ())]
            fields += [{"name": column, "type": kind, "description": meaning, **({"unit": unit} if unit else {})}
                       for column, kind, meaning, unit in ADDED.get(name, ())]
            resources.append({**resource, "schema": {**resource["schema"], "fields": fields}})
    return {**about.package, "name": "outsource-nlp-release", "title": "Release of results of outsource-nlp",
            "resources": resources}


def _facts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    articles, publishers, first, last = connection.execute("""SELECT count(*), count(DISTINCT nullif(publisher, '')),
        coalesce(min(nullif(published, '')), ''), coalesce(max(nullif(published, '')), '')
        FROM main.documents""").fetchall()[0]
    (statements,) = connection.execute("SELECT count(*) FROM main.statements").fetchall()[0]
    return {"articles": articles, "publishers": publishers, "first": first, "last": last, "statements": statements}
