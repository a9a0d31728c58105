"""What research code holds after a run: every table as a DataFrame, comparisons, and the way back to the text.

A results folder enters; DataFrames leave. Nothing is loaded before it is asked for.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from outsource_nlp import compare, store
from outsource_nlp.errors import ResultsError
from outsource_nlp.schema import TABLES

KEYS = {"statements": "statement_id", "quotations": "quotation_id", "mentions": "mention_id"}
"""Tables whose rows stand in the text, and their id columns."""

CONTEXT = 1
"""Sentences shown before and after the one that holds a row."""


class Results:
    """A results folder. ``results.statements`` and its like are the tables of the data dictionary."""

    def __init__(self, folder: str | Path) -> None:
        """Open a folder that ``analyze`` wrote.

        Raises:
            ResultsError: it holds no results, or those of another version.
        """
        self.folder = Path(folder)
        self._reader = store.open_for_reading(self.folder)
        self._frames: dict[str, pd.DataFrame] = {}

    def frame(self, table: str) -> pd.DataFrame:
        """One table, columns and order as in ``schema``; read once."""
        if table not in TABLES:
            raise ResultsError.no_row(table)
        if table not in self._frames:
            self._frames[table] = self._reader.frame(table)
        return self._frames[table]

    @property
    def documents(self) -> pd.DataFrame:
        """A row an article."""
        return self.frame("documents")

    @property
    def entities(self) -> pd.DataFrame:
        """A row a canonical entity."""
        return self.frame("entities")

    @property
    def mentions(self) -> pd.DataFrame:
        """A row a naming of an entity."""
        return self.frame("mentions")

    @property
    def roles(self) -> pd.DataFrame:
        """A row a person in an article."""
        return self.frame("roles")

    @property
    def quotations(self) -> pd.DataFrame:
        """A row a quotation."""
        return self.frame("quotations")

    @property
    def statements(self) -> pd.DataFrame:
        """A row a statement on the target."""
        return self.frame("statements")

    @property
    def comparisons(self) -> pd.DataFrame:
        """A row a figure for one group, as the run made them."""
        return self.frame("comparisons")

    @property
    def changes(self) -> pd.DataFrame:
        """A row a difference from an earlier run."""
        return self.frame("changes")

    @property
    def failures(self) -> pd.DataFrame:
        """A row an input that could not be read in the last run."""
        return self.frame("failures")

    def compare(
        self, by: str, of: str = "words", *, target: str | None = None, reference: str | None = None,
        copies: bool = False,
    ) -> pd.DataFrame:
        """Figures that tell the groups apart, each group against the rest or ``target`` against ``reference``.

        Args:
            by: what the groups are, such as ``publisher``.
            of: what is counted, such as ``words`` or ``stance``.
            target: one group.
            reference: the group it is held against; the rest if None.
            copies: whether near-copies count as articles of their own.

        Returns:
            Tidy: group, item, statistic, value, low, high, n, unit and more; see the table ``comparisons``.

        Raises:
            ComparisonError: an unknown name, or fewer than two groups.
        """
        with self._reader.session() as connection:
            return compare.compare(connection, by=by, of=of, target=target, reference=reference, copies=copies)

    def text(self, article_id: str) -> str:
        """The cleaned text of an article, in which all offsets count."""
        return self._reader.text(article_id)

    def explain(self, row_id: str) -> pd.DataFrame:
        """The passages behind a row or a number.

        Args:
            row_id: a statement_id, quotation_id, mention_id, comparison_id, entity_id or article_id.

        Returns:
            A row a passage: the columns of its own table, then path, publisher, published, and ``context``, the
            sentence that holds it with one before and one after. A comparison of words gives a row an occurrence; a
            figure that counts articles gives a row an article, without context.

        Raises:
            ResultsError: no such id.
        """
        for table, key in KEYS.items():
            rows = self._rows(table, key, [row_id])
            if len(rows):
                return self._in_context(rows)
        if row_id in set(self.comparisons["comparison_id"]):
            with self._reader.session() as connection:
                return self._in_context(compare.evidence(connection, row_id))
        for table, key in (("mentions", "entity_id"), ("statements", "article_id")):
            rows = self._rows(table, key, [row_id])
            if len(rows):
                return self._in_context(rows)
        raise ResultsError.no_row(row_id)

    def close(self) -> None:
        """Let go of the database, so that another run can write."""
        self._reader.close()

    def __repr__(self) -> str:
        """Folder and size."""
        return f"Results({str(self.folder)!r}: {len(self.documents)} articles, {len(self.statements)} statements)"

    def _rows(self, table: str, key: str, ids: list[str]) -> pd.DataFrame:
        frame = self.frame(table)
        return frame[frame[key].isin(ids)]

    def _in_context(self, rows: pd.DataFrame) -> pd.DataFrame:
        where = self.documents[["article_id", "path", "publisher", "published"]]
        joined = rows.merge(where, on="article_id", how="left")
        with self._reader.session():
            context = ["" if pd.isna(start) else self._context(str(article), int(start), int(end)) for
                       article, start, end in joined[["article_id", "start", "end"]].itertuples(index=False)]
        return joined.assign(context=context)

    def _context(self, article_id: str, start: int, end: int) -> str:
        bounds = self._sentences(article_id)
        inside = [i for i, (first, last) in enumerate(bounds) if first < end and start < last]
        first = bounds[max(0, min(inside) - CONTEXT)][0] if inside else start
        last = bounds[min(len(bounds) - 1, max(inside) + CONTEXT)][1] if inside else end
        return " ".join(self.text(article_id)[first:last].split())

    def _sentences(self, article_id: str) -> list[tuple[int, int]]:
        return self._reader.sentences(article_id)


def open_results(folder: str | Path) -> Results:
    """The results of an earlier run; see ``Results``."""
    return Results(folder)
