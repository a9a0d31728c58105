"""DataFrames in, small pieces of HTML for notebooks out: results at a glance, passages with their marks.

Styles stand on the elements, as displaCy does it, because a notebook keeps nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from outsource_nlp.records import Shown
from outsource_nlp.report import wording
from outsource_nlp.report.passages import Piece, Span, pieces
from outsource_nlp.schema import DOCUMENT_STANCES, STANCES

MOST = 20
CORE = ("evidence", "text", "surface", "match")
"""Columns that hold the words a row stands for; the first that is there."""
COLOURS = {"against": "#bcd4e6", "for": "#fbd9b0", "holder": "#e4dcf0", "cue": "#e6e3dc"}
PLAIN = "#fde9a9"


def results_shown(documents: pd.DataFrame, statements: pd.DataFrame, folder: Path) -> str:
    """Where articles and statements stand, by publisher, as a table; at most 20 publishers."""
    counted = documents[documents["copy_of"] == ""]
    said = statements[statements["article_id"].isin(counted["article_id"])]
    articles = pd.crosstab(counted["publisher"], counted["stance"]).reindex(columns=DOCUMENT_STANCES, fill_value=0)
    largest = articles.assign(n=articles.sum(axis=1)).sort_values("n", ascending=False, kind="stable").head(MOST)
    return _template("results.html").render(
        articles=len(counted), copies=len(documents) - len(counted), statements=len(said), folder=str(folder),
        sides={name: int((said["stance"] == name).sum()) for name in STANCES}, stances=DOCUMENT_STANCES,
        n_publishers=len(articles), publishers=largest.reset_index().to_dict("records"))


def passages_shown(frame: pd.DataFrame) -> Shown:
    """The passages that ``explain`` found, each with its words, holder and cue marked; at most 20."""
    rows = [dict(zip(frame.columns, row, strict=True)) for row in frame.head(MOST).itertuples(index=False, name=None)]
    told = [{"pieces": _marked(row), **{name: str(row.get(name) or "") for name in (
        "publisher", "published", "path", "holder", "voice", "aspects", "stance")}} for row in rows]
    return Shown(_template("passages.html").render(rows=told, n=len(frame), colours=COLOURS, plain=PLAIN))


def _marked(row: Mapping[Any, Any]) -> list[Piece]:
    context = str(row.get("context") or "")
    words = next((str(row[name]) for name in CORE if isinstance(row.get(name), str) and row[name]), "")
    kind = str(row.get("stance") or "here")
    holder = str(row.get("holder") or row.get("speaker") or "")
    marks = [*_found(context, words, kind), *_found(context, holder, "holder"),
             *_found(context, str(row.get("cue") or ""), "cue")]
    return pieces(context, (0, len(context)), marks)


def _found(context: str, words: str, kind: str) -> Iterator[Span]:
    folded = " ".join(words.split())
    if folded:
        for match in re.finditer(rf"(?<!\w){re.escape(folded)}(?!\w)", context):
            yield Span(match.start(), match.end(), kind)


def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("outsource_nlp.report", "templates/notebook"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=wording.shown)
    environment.filters.update(wording.FILTERS)
    return environment.get_template(name)
