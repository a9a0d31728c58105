"""Tables in, one self-contained HTML page out.

The charts are inline SVG drawn by Jinja macros into the rows of their own tables. Vega would add about one
megabyte of script that draws only where scripts run; SVG in a table prints, scales, is read out with its
numbers, and needs nothing. The page carries a content policy with the hash of its one script and one style sheet:
nothing that an article brings can run, and nothing can be fetched.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files

import duckdb
import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from outsource_nlp.codebook import Codebook
from outsource_nlp.report import wording
from outsource_nlp.report.queries import BY, COMPARED, NAMES
from outsource_nlp.report.sections import (
    aspects,
    changes,
    corpus,
    evidence,
    finding,
    keyness,
    profiles,
    speech,
    stances,
)
from outsource_nlp.schema import CUE_CLASSES, DOCUMENT_STANCES, MODES, STANCES

TEMPLATES = "templates"


def render(
    connection: duckdb.DuckDBPyConnection, *, by: Sequence[str] = BY, codebook: Codebook | None = None,
    compared: pd.DataFrame | None = None,
) -> str:
    """The page; equal tables give equal text.

    Args:
        connection: its ``main`` schema has the tables of ``schema``; only views of its own are made.
        by: groupings of the articles, of ``GROUPINGS``.
        codebook: tells the words of the targets; without it they are not marked.
        compared: rows of ``comparisons`` for groupings that the run did not compare.
    """
    style, script = _asset("report.css"), _asset("report.js")
    _view(connection, compared)
    sided, argued = stances.read(connection, by), aspects.read(connection)
    return _environment().get_template("report.html").render(
        style=Markup(style), script=Markup(script), policy=_policy(style, script),
        corpus=corpus.read(connection), stances=sided, aspects=argued, finding=finding.read(sided, argued, by[0]),
        speech=speech.read(connection), profiles=profiles.read(connection), keyness=keyness.read(connection, by),
        changes=changes.read(connection), evidence=evidence.read(connection, codebook), by=by, NAMES=NAMES,
        STANCES=STANCES, DOCUMENT_STANCES=DOCUMENT_STANCES, MODES=MODES, CUE_CLASSES=CUE_CLASSES,
    )


def _view(connection: duckdb.DuckDBPyConnection, compared: pd.DataFrame | None) -> None:
    more = ""
    if compared is not None:
        connection.register("compared_besides", compared)
        more = " UNION ALL BY NAME SELECT * FROM compared_besides"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {COMPARED} AS SELECT * FROM main.comparisons{more}")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("outsource_nlp.report", TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=wording.shown, keep_trailing_newline=True,
    )
    environment.filters.update(wording.FILTERS)
    return environment


def _asset(name: str) -> str:
    return (files("outsource_nlp.report") / TEMPLATES / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A content security policy under which only these two texts have effect."""
    return (f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "base-uri 'none'; form-action 'none'")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
