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

from outsource_nlp import cli_runs, cli_sharing
from outsource_nlp.errors import OutsourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pandas import DataFrame

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
AsCsv = Annotated[bool, typer.Option("--csv", help="Print all rows as CSV.")]
Copies = Annotated[bool, typer.Option(help="Count near-copies as articles of their own.")]
Top = Annotated[int, typer.Option(min=1, help="Rows to show, of each group if there are groups.")]
Folder = Annotated[Path, typer.Argument(metavar="RESULTS", help="A folder that analyze wrote.")]


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
        typer.echo(cli_sharing.NEXT, nl=False)


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
    article_seconds: Annotated[float, typer.Option(min=0, help="Time limit of one article; 0: none.")] = 600,
    worker_memory: Annotated[int, typer.Option(min=0, metavar="MB", help="Memory limit of a worker; 0: none.")] = 4096,
    check_contents: Annotated[bool, typer.Option("--check-contents", help="Read every file, also those whose size, "
                                                 "times and inode are what they were.")] = False,
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
            processes=processes, batch_size=batch_size, article_seconds=article_seconds, worker_memory=worker_memory,
            check_contents=check_contents, progress=progress,
        )
    failed = len(results.failures)
    if as_json:
        typer.echo(json.dumps(json.loads((output / "run.json").read_text(encoding="utf-8")), sort_keys=True))
    elif not quiet:
        typer.echo(_summary(results))
        typer.echo(cli_runs.digest_of(results.folder), nl=False)
    for row in [] if as_json else results.failures.itertuples():
        typer.echo(f"not read: {row.path}: {row.error}", err=True)
    raise typer.Exit(SOME_FAILED if failed else 0)


@app.command()
def compare(
    results: Folder,
    by: Annotated[str, typer.Option(help="What the groups are: publisher, kind, author, year, ...")] = "publisher",
    of: Annotated[str, typer.Option(help="words, lemmas, ngrams, entities, speakers, holders, cues, aspects, services, "
                                    "stance, voices, style or overlap.")] = "words",
    target: Annotated[str, typer.Option(help="One group; else every group in turn.")] = "",
    reference: Annotated[str, typer.Option(help="The group it is held against; else all the rest.")] = "",
    reference_list: Annotated[str, typer.Option(metavar="CSV", help="A file word,count to hold words against.")] = "",
    split: Annotated[list[str] | None, typer.Option(help="Part stance or voices by aspect, service, holder_type, "
                                                    "year, ...; more than one if given again.")] = None,
    size: Annotated[int, typer.Option(help="Words of an n-gram.")] = 2,
    copies: Copies = False,
    csv: AsCsv = False,
    top: Top = 10,
) -> None:
    """Say how the groups of a corpus differ."""
    from outsource_nlp.report import compared
    from outsource_nlp.results import Results

    frame = Results(results).compare(
        by, of, target=target or None, reference=reference or None, copies=copies, split=split or (), size=size,
        word_list=reference_list)
    _print_table(frame, csv, lambda: compared.comparison(frame, top))


@app.command()
def dispersion(
    results: Folder,
    by: Annotated[str, typer.Option(help="What the groups are: publisher, kind, author, year, ...")] = "kind",
    of: Annotated[str, typer.Option(help="words, lemmas, ngrams, entities, aspects, ...")] = "words",
    target: Annotated[str, typer.Option(help="One group; else every group in turn.")] = "",
    size: Annotated[int, typer.Option(help="Words of an n-gram.")] = 2,
    copies: Copies = False,
    csv: AsCsv = False,
    top: Top = 10,
) -> None:
    """Say how evenly words are spread over the articles of each group."""
    from outsource_nlp.report import compared
    from outsource_nlp.results import Results

    frame = Results(results).dispersion(by, of, target=target or None, copies=copies, top=top, size=size)
    _print_table(frame, csv, lambda: compared.dispersion(frame, top))


@app.command()
def collocations(
    results: Folder,
    node: Annotated[str, typer.Argument(help="A word, or a pattern such as '[lemma=\"contract\"]'.")],
    window: Annotated[int, typer.Option(help="Words to each side; 0 follows the syntax instead.")] = 5,
    of: Annotated[str, typer.Option(help="lemmas or words.")] = "lemmas",
    by: Annotated[str, typer.Option(help="Apart for each publisher, kind, ...; else for the whole corpus.")] = "",
    target: Annotated[str, typer.Option(help="One group; else every group in turn.")] = "",
    min_frequency: Annotated[int, typer.Option(min=1, help="Leave out collocates that are rarer near it.")] = 3,
    copies: Copies = False,
    csv: AsCsv = False,
    top: Top = 10,
) -> None:
    """Say which words keep company with a word."""
    from outsource_nlp.report import compared
    from outsource_nlp.results import Results

    frame = Results(results).collocations(node, window=window, of=of, by=by, target=target or None, copies=copies,
                                          min_frequency=min_frequency)
    _print_table(frame, csv, lambda: compared.collocations(frame, top))


@app.command()
def kwic(
    results: Folder,
    pattern: Annotated[str, typer.Argument(help="Words (* for any letters), or '[lemma=\"outsource\"] [pos=\"NOUN\"]' "
                                           "by word, lemma, pos, tag, dep, entity or name.")],
    width: Annotated[int, typer.Option(min=1, help="Characters on each side.")] = 40,
    sort: Annotated[str, typer.Option(help="text, left, match, right, publisher, kind, published or stance.")] = "text",
    copies: Copies = False,
    csv: AsCsv = False,
    top: Top = 20,
) -> None:
    """Show a word or pattern in its contexts."""
    from outsource_nlp.report import compared
    from outsource_nlp.results import Results

    frame = Results(results).kwic(pattern, width=width, sort=sort, copies=copies)
    _print_table(frame, csv, lambda: compared.kwic(frame, top))


@app.command()
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
    from outsource_nlp.results import Results
    from outsource_nlp.store import write_text

    found = Results(results).network(
        mode, sides=sides, normalisation=normalisation, duplicates=duplicates, min_statements=min_statements,
        since=since, until=until, each=each, most=most, copies=copies)
    for time, made in found.items():
        name = "_".join(part for part in (mode.replace("-", "_"), time) if part)
        for ending, text in graph_texts(made, formats or ()).items():
            write_text(output / f"{name}.{ending}", text)
        typer.echo(f"{output / name}: {len(made.nodes)} nodes, {len(made.ties)} ties")


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


for _command in (cli_runs.history, cli_runs.schedule, cli_runs.bench, cli_sharing.init, cli_sharing.report,
                 cli_sharing.export):
    app.command()(_command)


def _print_table(frame: DataFrame, csv: bool, shown: Callable[[], str]) -> None:
    typer.echo(frame.to_csv(index=False), nl=False) if csv else typer.echo(shown())


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
