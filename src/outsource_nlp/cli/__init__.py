"""The command line: parse, call, print. The only room that prints and the only one that ends the process.

One file holds the commands of one kind. Nothing heavy is imported before a command needs it, so that ``--help`` is
instant.
"""

from __future__ import annotations

import io
import sys
import traceback
from typing import Annotated

import typer

from outsource_nlp.cli import analysis, outputs, questions, runs
from outsource_nlp.errors import OutsourceError

INTERNAL_ERROR = 70
"""EX_SOFTWARE of sysexits.h."""

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

app = typer.Typer(
    add_completion=True, no_args_is_help=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Who says what about the outsourcing of public services, for or against, with which arguments.",
)
for _command in (
    analysis.init, analysis.analyze, outputs.report, questions.explain, questions.compare, questions.dispersion,
    questions.collocations, questions.kwic, outputs.network, outputs.export, runs.history, runs.schedule, runs.bench,
):
    app.command()(_command)


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


def main() -> None:
    """Run a command; an expected error becomes one line and its exit code.

    Any other error is a mistake of this program. It is shown whole and has an exit code of its own, for 1 tells a
    scheduler that the run is complete.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")   # what the user's encoding lacks
    try:
        app()
    except OutsourceError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except Exception:  # noqa: BLE001 - the last line of defence
        traceback.print_exc()
        sys.exit(INTERNAL_ERROR)
