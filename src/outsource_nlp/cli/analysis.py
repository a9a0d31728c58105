"""The commands that begin the work: lay out a corpus, analyse it."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outsource_nlp.cli.options import AsJson

if TYPE_CHECKING:
    from outsource_nlp.results import Results
    from outsource_nlp.workflow import Progress

SOME_FAILED = 1


def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")]) -> None:
    """Lay out an empty corpus: articles.csv with its columns explained, a codebook to edit, a README."""
    from outsource_nlp.ingest import lay_out

    for path in lay_out(folder):
        typer.echo(path)
    results = "results" if folder.resolve() != Path.cwd() else "../results"
    typer.echo(f"Next: put articles into {folder}, a row for each into {folder / 'articles.csv'}, then\n"
               f"  outsource-nlp analyze {shlex.quote(str(folder))} --output {results}")


def analyze(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="Folder of articles, or one file.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Results folder; brought up to date if it exists.")] =
        Path("results"),
    pipeline: Annotated[str, typer.Option(help="default, rules (no statistical model), or a .cfg file.")] = "default",
    codebook: Annotated[str, typer.Option(metavar="TOML", help="A codebook of your own.")] = "",
    processes: Annotated[int, typer.Option(min=0, help="Worker processes; 0: as many as suit the corpus.")] = 0,
    batch_size: Annotated[int, typer.Option(min=1, help="Articles a batch.")] = 32,
    engine: Annotated[str, typer.Option(help="local or dask.")] = "local",
    scheduler: Annotated[str, typer.Option(metavar="ADDRESS", help="Dask scheduler, such as tcp://host:8786.")] = "",
    article_seconds: Annotated[float, typer.Option(min=0, help="Time limit of one article; 0: none.")] = 600,
    worker_memory: Annotated[int, typer.Option(min=0, metavar="MB", help="Memory limit of a worker; 0: none.")] = 4096,
    check_contents: Annotated[bool, typer.Option("--check-contents", help="Read every file, also those whose size, "
                                                 "times and inode are what they were.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read a corpus and write its tables.

    Exit code 0: all read. 1: finished, some inputs failed. 2: wrong usage. 70: a mistake of this program. 75: another
    run writes there.
    """
    from outsource_nlp import workflow

    with _progress(quiet or as_json) as progress:
        results = workflow.analyze(
            corpus, output, pipeline=pipeline, codebook=codebook, engine=engine, scheduler=scheduler,
            processes=processes, batch_size=batch_size, article_seconds=article_seconds, worker_memory=worker_memory,
            check_contents=check_contents, progress=progress,
        )
    failed = len(results.failures)
    if as_json:
        typer.echo(json.dumps(json.loads((output / "run.json").read_text(encoding="utf-8")), sort_keys=True))
    elif not quiet:
        typer.echo(_summary(results))
        typer.echo(_digest(results.folder), nl=False)
    for row in [] if as_json else results.failures.itertuples():
        typer.echo(f"not read: {row.path}: {row.error}", err=True)
    raise typer.Exit(SOME_FAILED if failed else 0)


@contextmanager
def _progress(silent: bool) -> Iterator[Progress | None]:
    """A progress bar on standard error, if that is a terminal."""
    if silent or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                  console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {"start": bar.add_task("start", total=None)}

        def advance(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                bar.stop_task(tasks[next(reversed(tasks))])
                tasks[stage] = bar.add_task(stage, total=of or None)
            bar.update(tasks[stage], completed=done)

        yield advance


def _summary(results: Results) -> str:
    from outsource_nlp.report import terminal

    return terminal.summary(results.documents, results.entities, results.quotations, results.statements,
                            results.failures, results.folder)


def _digest(folder: Path) -> str:
    """What the last run changed, as text; empty after a first run or one that changed nothing."""
    from outsource_nlp import store
    from outsource_nlp.report import digest
    from outsource_nlp.report.sections import changes

    reader = store.open_for_reading(folder)
    with reader.session() as connection:
        found, latest = changes.read(connection), reader.runs()[-1].run_id
    return "" if found.first or found.run_id != latest else f"\nWhat changed\n{digest.digest(found)}\n"
