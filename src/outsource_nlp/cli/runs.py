"""The commands about runs: when they were, when they shall be, how fast they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from outsource_nlp.cli.options import AsJson, Folder
from outsource_nlp.errors import CorpusError


def history(
    results: Folder,
    as_json: AsJson = False,
) -> None:
    """List the runs: when, how long, how many articles were new, edited, read by another recipe or gone."""
    from outsource_nlp import store
    from outsource_nlp.report import digest

    runs = [run.told() for run in store.open_for_reading(results).runs()]
    typer.echo(json.dumps(runs) if as_json else digest.history(runs))


def schedule(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="Folder of articles.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Results folder.")] = Path("results"),
    daily: Annotated[str, typer.Option(metavar="HH:MM", help="Time of day.")] = "06:00",
    form: Annotated[str, typer.Option("--format", help="systemd, cron, or github: a workflow file for a repository "
                                      "that keeps its corpus in git.")] = "systemd",
    option: Annotated[list[str] | None, typer.Option(help="One more word for outsource-nlp analyze, such as "
                                                     "--option=--pipeline --option=rules.")] = None,
    install: Annotated[bool, typer.Option("--install", help="Write it for the current user as well.")] = False,
) -> None:
    """Print what runs the analysis every day, for the scheduler of your machine or repository."""
    from outsource_nlp import schedule as schedules

    if not corpus.exists():
        raise CorpusError.missing(corpus)
    wanted = schedules.Schedule(corpus.resolve(), output.resolve(), daily, tuple(option or ()))
    for name, text in schedules.texts(wanted, form).items():
        typer.echo(text if form == "cron" else f"# {name}\n{text}", nl=form == "systemd")
    for command in schedules.install(wanted, form) if install else ():
        typer.echo(f"next: {command}", err=True)


def bench(
    corpus: Annotated[Path | None, typer.Argument(metavar="[CORPUS]", help="Articles to measure on; invented ones if "
                                                  "not given.")] = None,
    articles: Annotated[int, typer.Option(min=20, help="Articles of the large corpus.")] = 10_000,
    quick: Annotated[bool, typer.Option("--quick", help="A few small corpora: whether it works, not how fast it is.")] =
        False,
    pipeline: Annotated[str, typer.Option(help="default, rules, or a .cfg file.")] = "default",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the table there, as "
                                                "Markdown, too.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure the budgets of this program on this machine, side by side in one run; takes hours unless --quick."""
    from outsource_nlp import bench as benches
    from outsource_nlp import store

    rows = []
    for row in benches.measure(corpus, 60 if quick else articles, pipeline):
        rows.append(row)
        if not as_json:
            typer.echo(row.line(), err=True)
    table = benches.table(rows)
    typer.echo(json.dumps([row.told() for row in rows]) if as_json else table)
    if output is not None:
        store.write_text(output, table)
