"""The command line: parse, call, print. The only module that prints and the only one that ends the process.

Nothing heavy is imported before a command needs it, so that ``--help`` is instant.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outsource_nlp.errors import OutsourceError

if TYPE_CHECKING:
    from outsource_nlp.results import Results
    from outsource_nlp.workflow import Progress

SOME_FAILED = 1

app = typer.Typer(
    add_completion=True, no_args_is_help=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Who says what about the outsourcing of public services, for or against, with which arguments.",
)

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one line of JSON instead of text.")]
Folder = Annotated[Path, typer.Argument(metavar="RESULTS", help="A folder that analyze wrote.")]

NEXT = """outsource-nlp reads articles on outsourcing and writes tables: who is named, who says what, for or against.

  outsource-nlp analyze corpus/ --output results     read a folder of articles
  outsource-nlp compare results --by publisher       how do the groups differ?
  outsource-nlp explain results ID                   the sentences behind a row or a number

  outsource-nlp COMMAND --help                       all options
"""


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Say what to do next if no command is given."""
    if show_version:
        from importlib.metadata import version

        typer.echo(f"outsource-nlp {version('outsource-nlp')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(NEXT, nl=False)


@app.command()
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
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Read a corpus and write its tables.

    Exit code 0: all read. 1: finished, some inputs failed. 2: wrong usage. 75: another run writes there.
    """
    from outsource_nlp import workflow

    with _progress(quiet or as_json) as progress:
        results = workflow.analyze(
            corpus, output, pipeline=pipeline, codebook=codebook, engine=engine, scheduler=scheduler,
            processes=processes, batch_size=batch_size, progress=progress,
        )
    failed = len(results.failures)
    if as_json:
        typer.echo(json.dumps(json.loads((output / "run.json").read_text(encoding="utf-8")), sort_keys=True))
    elif not quiet:
        typer.echo(_summary(results))
    for row in [] if as_json else results.failures.itertuples():
        typer.echo(f"not read: {row.path}: {row.error}", err=True)
    raise typer.Exit(SOME_FAILED if failed else 0)


@app.command()
def compare(
    results: Folder,
    by: Annotated[str, typer.Option(help="What the groups are: publisher, kind, author, year, ...")] = "publisher",
    of: Annotated[str, typer.Option(help="What is counted: words, lemmas, entities, aspects, stance, ...")] = "words",
    target: Annotated[str, typer.Option(help="One group; else every group in turn.")] = "",
    reference: Annotated[str, typer.Option(help="The group it is held against; else all the rest.")] = "",
    copies: Annotated[bool, typer.Option(help="Count near-copies as articles of their own.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print all rows as CSV.")] = False,
    top: Annotated[int, typer.Option(min=1, help="Rows a group to show.")] = 10,
) -> None:
    """Say how the groups of a corpus differ."""
    from outsource_nlp.report import terminal
    from outsource_nlp.results import Results

    frame = Results(results).compare(by, of, target=target or None, reference=reference or None, copies=copies)
    typer.echo(frame.to_csv(index=False), nl=False) if csv else typer.echo(terminal.comparison(frame, top))


@app.command()
def explain(
    results: Folder,
    row_id: Annotated[str, typer.Argument(metavar="ID", help="An id from any table in RESULTS/tables.")],
    as_json: AsJson = False,
) -> None:
    """Show the sentences behind a row or a number."""
    from outsource_nlp.report import terminal
    from outsource_nlp.results import Results

    frame = Results(results).explain(row_id)
    typer.echo(frame.to_json(orient="records", force_ascii=False) if as_json else terminal.passages(frame))


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


def main() -> None:
    """Run a command; an expected error becomes one line and its exit code."""
    try:
        app()
    except OutsourceError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
