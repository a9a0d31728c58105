"""Every table of a results folder as a DataFrame, read when it is asked for."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from outsource_nlp import store
from outsource_nlp.errors import ResultsError
from outsource_nlp.schema import TABLES


class Tables:
    """``tables.statements`` and its like are the tables of the data dictionary."""

    def __init__(self, folder: str | Path) -> None:
        """Open a folder that ``analyze`` wrote.

        Raises:
            ResultsError: it holds no results, or those of another version.
        """
        self.folder = Path(folder)
        self._reader = store.open_for_reading(self.folder)
        self._frames: dict[str, pd.DataFrame] = {}

    @property
    def complete(self) -> bool:
        """Whether the last run came to its end; if not, articles may be missing until the next one."""
        runs = self._reader.runs()
        return bool(runs) and bool(runs[-1].finished)

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
    def unresolved(self) -> pd.DataFrame:
        """A row a name that a curator should settle, most frequent first."""
        return self.frame("unresolved")

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
