"""The commands that ask results something: how groups differ, where words stand, what lies behind a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outsource_nlp.cli.options import AsCsv, AsJson, Copies, Folder, Top, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from pandas import DataFrame


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

    frame = opened(results).compare(
        by, of, target=target or None, reference=reference or None, copies=copies, split=split or (), size=size,
        word_list=reference_list)
    _print_table(frame, csv, lambda: compared.comparison(frame, top))


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

    frame = opened(results).dispersion(by, of, target=target or None, copies=copies, top=top, size=size)
    _print_table(frame, csv, lambda: compared.dispersion(frame, top))


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

    frame = opened(results).collocations(node, window=window, of=of, by=by, target=target or None, copies=copies,
                                          min_frequency=min_frequency)
    _print_table(frame, csv, lambda: compared.collocations(frame, top))


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

    frame = opened(results).kwic(pattern, width=width, sort=sort, copies=copies)
    _print_table(frame, csv, lambda: compared.kwic(frame, top))


def explain(
    results: Folder,
    row_id: Annotated[str, typer.Argument(metavar="ID", help="An id from any table in RESULTS/tables.")],
    as_json: AsJson = False,
) -> None:
    """Show the sentences behind a row or a number."""
    from outsource_nlp.report import terminal

    frame = opened(results).explain(row_id)
    typer.echo(frame.to_json(orient="records", force_ascii=False) if as_json else terminal.passages(frame))


def _print_table(frame: DataFrame, csv: bool, shown: Callable[[], str]) -> None:
    typer.echo(frame.to_csv(index=False), nl=False) if csv else typer.echo(shown())
