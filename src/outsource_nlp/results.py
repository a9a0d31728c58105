"""What research code holds after a run: every table as a DataFrame, comparisons, and the way back to the text.

A results folder enters; DataFrames leave. Nothing is loaded before it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from outsource_nlp import compare, report, store
from outsource_nlp.codebook import Codebook, load_codebook
from outsource_nlp.compare import Graph
from outsource_nlp.records import Shown
from outsource_nlp.report import exports
from outsource_nlp.tables import Tables

KEYS = {"statements": "statement_id", "quotations": "quotation_id", "mentions": "mention_id"}
"""Tables whose rows stand in the text, and their id columns."""

CONTEXT = 1
"""Sentences shown before and after the one that holds a row."""


class Results(Tables):
    """A results folder. ``results.statements`` and its like are the tables of the data dictionary."""

    def compare(
        self, by: str, of: str = "words", *, target: str | None = None, reference: str | None = None,
        copies: bool = False, split: Sequence[str] = (), size: int = 2, word_list: str | Path = "",
    ) -> pd.DataFrame:
        """Figures that tell the groups apart, each group against the rest or ``target`` against ``reference``.

        Args:
            by: what the groups are, such as ``publisher``.
            of: what is counted, such as ``words``, ``stance``, ``voices``, ``style`` or ``overlap``.
            target: one group.
            reference: the group it is held against; the rest if None.
            copies: whether near-copies count as articles of their own.
            split: for stance and voices, by what each group is parted, such as ``["aspect", "holder_type"]``.
            size: words of an n-gram.
            word_list: a CSV file ``word,count`` that each group is held against instead.

        Returns:
            Tidy: group, item, statistic, value, low, high, n, unit and more; see the table ``comparisons``.

        Raises:
            ComparisonError: an unknown name, or fewer than two groups.
        """
        return self._ask("compare", by=by, of=of, target=target, reference=reference, copies=copies,
                         split=list(split), size=size, word_list=str(word_list))

    def dispersion(
        self, by: str, of: str = "words", *, target: str | None = None, copies: bool = False, top: int = 100,
        size: int = 2,
    ) -> pd.DataFrame:
        """How evenly the most frequent items of each group are spread over its articles, by every measure.

        Returns:
            One row a group and item: dispersion_id, group, item, frequency, articles_all and a column a measure.

        Raises:
            ComparisonError: an unknown name.
        """
        return self._ask("dispersion", by=by, of=of, target=target, copies=copies, top=top, size=size)

    def collocations(
        self, node: str, *, window: int = 5, of: str = "lemmas", by: str = "", target: str | None = None,
        copies: bool = False, min_frequency: int = 3,
    ) -> pd.DataFrame:
        """The words that keep company with a word or pattern; ``window=0`` follows the syntax instead.

        Returns:
            One row a group and collocate, strongest first, with every measure; see ``compare.collocations``.

        Raises:
            ComparisonError: an unknown name, a pattern that cannot be read, or no parse to follow.
        """
        return self._ask("collocations", node=node, window=window, of=of, by=by, target=target, copies=copies,
                         min_frequency=min_frequency)

    def kwic(self, pattern: str, *, width: int = 60, sort: str = "text", copies: bool = False) -> pd.DataFrame:
        """Every place of a word or pattern, in its context.

        Args:
            pattern: words (``*`` for any letters), or tokens such as ``[lemma="outsource"] [pos="NOUN"]`` with the
                attributes word, lemma, pos, tag, dep, entity (type) and name.
            width: characters on each side.
            sort: text, left, match, right, publisher, kind, published or stance.
            copies: whether near-copies are shown.

        Returns:
            One row a hit: left, match, right, metadata, article_id, start, end.

        Raises:
            ComparisonError: a pattern that cannot be read.
        """
        with self._reader.session() as connection:
            return compare.kwic(connection, pattern, width=width, sort=sort, copies=copies)

    def network(self, mode: str = "actor-actor", *, each: str = "", **settings: str | int | bool) -> dict[str, Graph]:
        """Discourse networks.

        Args:
            mode: actor-aspect, actor-actor, aspect-aspect or publisher-publisher.
            each: month, quarter or year, for a network of each; empty for one of all.
            settings: sides, normalisation, duplicates, min_statements, since, until, copies, most: the fields of
                ``compare.Wanted``.

        Returns:
            Networks by time, "" where there is one; each has ``frame()`` of ties and ``node_frame()``.

        Raises:
            ComparisonError: an unknown name.
        """
        wanted = compare.wanted(mode=mode, **settings)
        with self._reader.session() as connection:
            asked = compare.windows(connection, wanted, each)
            made = {time: compare.graph(connection, window) for time, window in asked}
        for _, window in asked:
            store.remember(self.folder, "network", asdict(window))
        return made

    def export(self, to: str, path: str | Path = "") -> list[Path]:
        """Write the tables for another program.

        Args:
            to: ``excel``, ``sqlite``, ``refi-qda`` or ``release``; the last holds no full texts.
            path: the file; ``exports/outsource-nlp`` in the results folder if empty. The ending is added.

        Returns:
            The files written.

        Raises:
            ConfigurationError: an unknown format.
            ResultsError: a file cannot be written.
        """
        about = exports.About(version("outsource-nlp"), store.datapackage(), self._codebook())
        with self._reader.session() as connection:
            return exports.export(connection, to, Path(path or self.folder / exports.FOLDER / "outsource-nlp"), about)

    def report(self, by: str = "") -> Path:
        """Write the report anew, with publishers and kinds of source as groups, or with others.

        Args:
            by: publisher, kind, author or year; the page is then ``report-BY.html``, beside ``report.html``.

        Raises:
            ComparisonError: an unknown grouping.
            ResultsError: the page cannot be written.
        """
        with self._reader.session() as connection:
            more = None
            if by and report.lacks_words(connection, by):
                more = compare.compare(connection, by=by, of="words", top=report.MOST_WORDS)
                store.remember(self.folder, "compare", {"by": by, "of": "words"})
            page = report.render(connection, by=(by,) if by else report.BY, codebook=self._codebook(), compared=more)
        target = self.folder / (f"report-{by}.html" if by else report.PAGE)
        store.write_text(target, page)
        return target

    def show(self, row_id: str) -> Shown:
        """The passages behind a row or a number, marked, for a notebook; ``explain`` gives them as a table."""
        return report.passages_shown(self.explain(row_id))

    def text(self, article_id: str) -> str:
        """The cleaned text of an article, in which all offsets count."""
        return self._reader.text(article_id)

    def explain(self, row_id: str) -> pd.DataFrame:
        """The passages behind a row or a number.

        Args:
            row_id: a statement_id, quotation_id, mention_id, entity_id or article_id, or the id of a figure: a
                comparison_id, dispersion_id, collocation_id or tie_id, also of a question asked later.

        Returns:
            A row a passage: the columns of its own table, then path, publisher, published, and ``context``, the
            sentence that holds it with one before and one after. A figure of words gives a row an occurrence; one
            that counts articles a row an article, without context.

        Raises:
            ResultsError: no such id.
        """
        for table, key in KEYS.items():
            rows = self._rows(table, key, [row_id])
            if len(rows):
                return self._in_context(rows)
        for table, key in (("mentions", "entity_id"), ("statements", "article_id")):
            rows = self._rows(table, key, [row_id])
            if len(rows):
                return self._in_context(rows)
        return self._in_context(self._behind(row_id))

    def close(self) -> None:
        """Let go of the database, so that another run can write."""
        self._reader.close()

    def __repr__(self) -> str:
        """Folder and size."""
        return f"Results({str(self.folder)!r}: {len(self.documents)} articles, {len(self.statements)} statements)"

    def _repr_html_(self) -> str:
        """What a notebook shows: the size of the corpus and where articles and statements stand."""
        return report.results_shown(self.documents, self.statements, self.folder)

    def _codebook(self) -> Codebook | None:
        """The codebook of the last run, as its file is now; None if the file is gone."""
        runs = self._reader.runs()
        path = json.loads(runs[-1].settings)["spec"]["codebook"] if runs else ""
        return load_codebook(path or None) if not path or Path(path).is_file() else None

    def _rows(self, table: str, key: str, ids: list[str]) -> pd.DataFrame:
        frame = self.frame(table)
        return frame[frame[key].isin(ids)]

    def _ask(self, kind: str, **options: Any) -> pd.DataFrame:
        """Ask a question and write it down, so that its ids can be explained."""
        with self._reader.session() as connection:
            frame = compare.KINDS[kind].frame(connection, **options)
        store.remember(self.folder, kind, options)
        return frame

    def _behind(self, row_id: str) -> pd.DataFrame:
        """The rows behind a figure, with the cells of their own table."""
        stored = self._rows("comparisons", "comparison_id", [row_id])
        with self._reader.session() as connection:
            if len(stored):
                figure = {str(name): str(cell) for name, cell in stored.iloc[0].items()}
                question = compare.question_of({"by": figure["by"], "of": figure["of"]})
                rows = compare.rows_behind(connection, question, figure)
            else:
                rows = compare.behind(connection, row_id, store.recall(self.folder))
        for table, key in KEYS.items():
            if len(rows) and (rows["table"] == table).all():
                told = self.frame(table).drop(columns=["article_id", "start", "end"])
                return rows.merge(told, left_on="id", right_on=key, how="left")
        return rows

    def _in_context(self, rows: pd.DataFrame) -> pd.DataFrame:
        where = self.documents[["article_id", "path", "publisher", "published"]]
        joined = rows.merge(where, on="article_id", how="left")
        texts: dict[str, tuple[str, list[tuple[int, int]]]] = {}
        context = []
        with self._reader.session():
            for article, start, end in joined[["article_id", "start", "end"]].itertuples(index=False):
                if not pd.isna(start) and article not in texts:
                    texts[article] = self._reader.text(article), self._reader.sentences(article)
                context.append("" if pd.isna(start) else _context(*texts[article], int(start), int(end)))
        return joined.assign(context=context)


def _context(text: str, sentences: list[tuple[int, int]], start: int, end: int) -> str:
    """The sentences of a passage with one before and one after, on one line."""
    inside = [i for i, (first, last) in enumerate(sentences) if first < end and start < last]
    first = sentences[max(0, min(inside) - CONTEXT)][0] if inside else start
    last = sentences[min(len(sentences) - 1, max(inside) + CONTEXT)][1] if inside else end
    return " ".join(text[first:last].split())


def open_results(folder: str | Path) -> Results:
    """The results of an earlier run; see ``Results``."""
    return Results(folder)
