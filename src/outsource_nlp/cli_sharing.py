"""The commands of the first and the last minutes: lay out a corpus, open the report, hand the tables on.

A part of ``cli``, which registers them; as there, nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NEXT = """outsource-nlp reads articles on outsourcing and writes tables: who is named, who says what, for or against.

  outsource-nlp init corpus                          an empty corpus, with a list of articles to fill in
  outsource-nlp analyze corpus/ --output results     read a folder of articles
  outsource-nlp report results --open                look at the results
  outsource-nlp compare results --by publisher       how do the groups differ?
  outsource-nlp kwic results outsourc*               a word in its contexts
  outsource-nlp explain results ID                   the sentences behind a row or a number
  outsource-nlp export results --to excel            the tables for another program

  outsource-nlp COMMAND --help                       all options
  outsource-nlp --install-completion                 let the shell complete commands and options
"""

FORMATS = {
    "excel": "workbook with a sheet a table", "sqlite": "database with full-text search, for Datasette",
    "refi-qda": "coded project and codebook, for NVivo, ATLAS.ti, MAXQDA, QualCoder",
    "release": "archive to share: no full texts",
}
GROUPINGS = ("publisher", "kind", "author", "year")
Folder = Annotated[Path, typer.Argument(metavar="RESULTS", help="A folder that analyze wrote.")]


def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")]) -> None:
    """Lay out an empty corpus: articles.csv with its columns explained, a codebook to edit, a README."""
    from outsource_nlp.ingest import lay_out

    for path in lay_out(folder):
        typer.echo(path)
    typer.echo(f"Next: put articles into {folder}, a row for each into {folder / 'articles.csv'}, then\n"
               f"  outsource-nlp analyze {folder} --output results")


def report(
    results: Folder,
    by: Annotated[str, typer.Option(help="Groups: publisher, kind, author or year; publisher and kind if not given.",
                                    autocompletion=lambda: list(GROUPINGS))] = "",
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Write the report, report.html, anew; with --by another page beside it."""
    from outsource_nlp.results import Results

    path = Results(results).report(by)
    typer.echo(path)
    if show:
        typer.launch(path.resolve().as_uri())


def export(
    results: Folder,
    to: Annotated[str, typer.Option(help="; ".join(f"{name}: {told}" for name, told in FORMATS.items()) + ".",
                                    autocompletion=lambda: list(FORMATS.items()))],
    output: Annotated[str, typer.Option("--output", "-o", metavar="PATH", help="The file; the ending may be left out. "
                                        "Else RESULTS/exports/outsource-nlp.")] = "",
) -> None:
    """Write the tables for another program. Networks have a command of their own, network."""
    from outsource_nlp.results import Results

    for path in Results(results).export(to, output):
        typer.echo(path)
