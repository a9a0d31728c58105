"""Arguments and options that several commands share, and how a command opens results."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from outsource_nlp.results import Results

AsJson = Annotated[bool, typer.Option("--json", help="Print one line of JSON instead of text.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print all rows as CSV.")]
Copies = Annotated[bool, typer.Option(help="Count near-copies as articles of their own.")]
Top = Annotated[int, typer.Option(min=1, help="Rows to show, of each group if there are groups.")]
Folder = Annotated[Path, typer.Argument(metavar="RESULTS", help="A folder that analyze wrote.")]


def opened(folder: Path) -> Results:
    """The results in a folder; says so if they are not whole."""
    from outsource_nlp.results import Results

    results = Results(folder)
    if not results.complete:
        typer.echo("note: the last run was cut off, so articles may be missing; run analyze again", err=True)
    return results
