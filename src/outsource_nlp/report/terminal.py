"""Tables as plain text for a terminal: the end of a run, the passages behind a row.

DataFrames enter, one string leaves; whoever calls prints it.
"""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from outsource_nlp.schema import DOCUMENT_STANCES, STANCES

WIDTH = 100
MOST_ARTICLES = 20
MOST_PASSAGES = 20
LABEL = 14
COUNTED = {
    "council": ("council", "councils"), "company": ("company", "companies"), "provider": ("provider", "providers"),
    "government": ("government body", "government bodies"), "person": ("person", "people"),
    "publication": ("publication", "publications"), "work": ("work", "works"), "union": ("union", "unions"),
    "party": ("party", "parties"), "organisation": ("other organisation", "other organisations"),
}


def summary(
    documents: pd.DataFrame, entities: pd.DataFrame, quotations: pd.DataFrame, statements: pd.DataFrame,
    failures: pd.DataFrame, folder: Path,
) -> str:
    """What a run found, on one screen."""
    lines = [_labelled("Read", _corpus(documents, failures)), _labelled("Named", _named(entities))]
    lines.append(_labelled("Said", _said(quotations)))
    lines.append(_labelled("Statements", f"{len(statements)} on the target: {_counted(statements['stance'], STANCES)}"))
    lines.append(_labelled("Articles", _counted(documents["stance"], DOCUMENT_STANCES)))
    shown = documents.sort_values(["published", "path"])[["stance", "published", "publisher", "title"]]
    lines += ["", columns(shown.head(MOST_ARTICLES), indent="  ")]
    if len(documents) > MOST_ARTICLES:
        lines.append(f"  and {len(documents) - MOST_ARTICLES} more, in {folder / 'tables' / 'documents.csv'}")
    lines += ["", _labelled("Tables", f"{folder / 'tables'}  (CSV and Parquet)")]
    lines.append(_labelled("Report", str(folder / "report.html")))
    if len(statements):
        first = statements["statement_id"].iloc[0]
        lines.append(_labelled("Next", f"outsource-nlp explain {shlex.quote(str(folder))} {first}"))
    return "\n".join(lines)


def passages(frame: pd.DataFrame) -> str:
    """Each passage under its source, with who holds it and which side."""
    if frame.empty:
        return "No row lies behind this figure: there is nothing of it on that side."
    blocks = [_passage(row) for row in frame.head(MOST_PASSAGES).to_dict("records")]
    if len(frame) > MOST_PASSAGES:
        blocks.append(f"and {len(frame) - MOST_PASSAGES} more; --json shows all")
    return "\n\n".join(blocks)


def _passage(row: Mapping[Hashable, object]) -> str:
    source = ", ".join(str(row[key]) for key in ("publisher", "published", "path") if row.get(key))
    lines = [source]
    lines += textwrap.wrap(str(row.get("context") or row.get("evidence") or ""), WIDTH, initial_indent="  ",
                           subsequent_indent="  ")
    told = [("evidence", "evidence"), ("holder", "holder"), ("stance", "stance"), ("voice", "voice"),
            ("aspects", "aspects"), ("flags", "flags"), ("speaker", "speaker"), ("cue", "cue"), ("mode", "mode"),
            ("name", "entity"), ("surface", "surface"), ("rule", "rule")]
    lines += [f"  {label + ':':<10}{row[key]}" for key, label in told if row.get(key)]
    return "\n".join(lines)


def columns(frame: pd.DataFrame, *, indent: str = "") -> str:
    """A DataFrame as aligned columns, numbers to the right, long cells cut."""
    cells = [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
    heads = [str(name) for name in frame.columns]
    widths = [min(44, max(len(text) for text in [head, *(row[i] for row in cells)])) for i, head in enumerate(heads)]
    numeric = [all(not row[i] or row[i][0] in "-<0123456789" for row in cells) and i > 0 for i in range(len(heads))]
    return "\n".join(indent + _row(texts, widths, numeric) for texts in [heads, *cells])


def _row(texts: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    cut = (text if len(text) <= width else text[:width - 1] + "…" for text, width in zip(texts, widths, strict=True))
    return "  ".join(t.rjust(w) if n else t.ljust(w) for t, w, n in zip(cut, widths, numeric, strict=True)).rstrip()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:,.0f}" if value.is_integer() else f"{value:,.3f}"
    return str(value)


def _some(n: int, noun: str, plural: str = "") -> str:
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def _labelled(label: str, text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=f"{label:<{LABEL}}", subsequent_indent=" " * LABEL,
                         break_long_words=False, break_on_hyphens=False)


def _corpus(documents: pd.DataFrame, failures: pd.DataFrame) -> str:
    parts = [_some(len(documents), "article"), _some(int(documents["n_words"].sum()), "word")]
    parts.append(_some(documents.loc[documents["publisher"] != "", "publisher"].nunique(), "publisher"))
    dates = sorted(d for d in documents["published"] if d)
    parts += [f"{dates[0]} to {dates[-1]}"] if dates else []
    n_copies = int((documents["copy_of"] != "").sum())
    parts += [_some(n_copies, "near-copy", "near-copies")] if n_copies else []
    parts += [f"{_some(len(failures), 'input')} not read"] if len(failures) else []
    return ", ".join(parts)


def _named(entities: pd.DataFrame) -> str:
    found = entities["type"].value_counts()
    counts = ", ".join(_some(found[key], *labels) for key, labels in COUNTED.items() if found.get(key))
    frequent = entities.sort_values(["n_mentions", "name"], ascending=[False, True]).head(5)
    return f"{counts or 'nobody'}" + (f"; most often {', '.join(frequent['name'])}" if len(frequent) else "")


def _said(quotations: pd.DataFrame) -> str:
    speakers = quotations.loc[quotations["speaker_id"] != "", "speaker_id"].nunique()
    modes = _counted(quotations["mode"], ("direct", "indirect", "mixed"))
    return f"{len(quotations)} quotations and reports ({modes}) by {speakers} known speakers"


def _counted(values: pd.Series, names: Sequence[str]) -> str:
    return ", ".join(_counts(values, names)) or "none"


def _counts(values: pd.Series, names: Sequence[str]) -> Iterator[str]:
    found = values.value_counts()
    for name in names:
        if found.get(name):
            yield f"{found[name]} {name}"
