"""The commands that write files from results: the report, networks, tables for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from outsource_nlp.cli.options import Copies, Folder, opened

FORMATS = {
    "excel": "workbook with a sheet a table", "sqlite": "database with full-text search, for Datasette",
    "refi-qda": "coded project and codebook, for NVivo, ATLAS.ti, MAXQDA, QualCoder",
    "release": "archive to share: no full texts",
}
GROUPINGS = ("publisher", "kind", "author", "year")


def report(
    results: Folder,
    by: Annotated[str, typer.Option(help="Groups: publisher, kind, author or year; publisher and kind if not given.",
                                    autocompletion=lambda: list(GROUPINGS))] = "",
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Write the report, report.html, anew; with --by another page beside it."""
    path = opened(results).report(by)
    typer.echo(path)
    if show:
        typer.launch(path.resolve().as_uri())


def network(
    results: Folder,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the files.")] = Path("networks"),
    mode: Annotated[str, typer.Option(help="actor-aspect, actor-actor, aspect-aspect or publisher-publisher.")] =
        "actor-actor",
    sides: Annotated[str, typer.Option(help="ignore, subtract, combine, congruence or conflict.")] = "subtract",
    normalisation: Annotated[str, typer.Option(help="none; activity or prominence; average, jaccard or cosine.")] =
        "none",
    duplicates: Annotated[str, typer.Option(help="Count alike statements once in each: document, week, month, year, "
                                            "acrossrange; or include.")] = "document",
    min_statements: Annotated[int, typer.Option(min=1, help="Leave out actors and aspects with fewer.")] = 1,
    since: Annotated[str, typer.Option(metavar="DATE", help="First date, such as 2018 or 2018-03-01.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Last date, included.")] = "",
    each: Annotated[str, typer.Option(help="One network each month, quarter or year.")] = "",
    most: Annotated[int, typer.Option(min=2, help="Nodes of one kind at most, the most heard first.")] = 150,
    formats: Annotated[list[str] | None, typer.Option("--format", help="graphml, gexf, ties.csv or nodes.csv; all if "
                                                      "not given.")] = None,
    copies: Copies = False,
) -> None:
    """Write who shares arguments with whom as a network for Gephi, visone or R."""
    from outsource_nlp.compare import graph_texts
    from outsource_nlp.store import write_text

    found = opened(results).network(
        mode, sides=sides, normalisation=normalisation, duplicates=duplicates, min_statements=min_statements,
        since=since, until=until, each=each, most=most, copies=copies)
    for time, made in found.items():
        name = "_".join(part for part in (mode.replace("-", "_"), time) if part)
        for ending, text in graph_texts(made, formats or ()).items():
            write_text(output / f"{name}.{ending}", text)
        typer.echo(f"{output / name}: {len(made.nodes)} nodes, {len(made.ties)} ties")


def export(
    results: Folder,
    to: Annotated[str, typer.Option(help="; ".join(f"{name}: {told}" for name, told in FORMATS.items()) + ".",
                                    autocompletion=lambda: list(FORMATS.items()))],
    output: Annotated[str, typer.Option("--output", "-o", metavar="PATH", help="The file; the ending may be left out. "
                                        "Else RESULTS/exports/outsource-nlp.")] = "",
) -> None:
    """Write the tables for another program. Networks have a command of their own, network."""
    for path in opened(results).export(to, output):
        typer.echo(path)
