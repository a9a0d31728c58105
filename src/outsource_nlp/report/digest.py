"""What a re-run changed, and the run history, as plain text for a terminal.

The changes of one run, or the runs, enter; one string leaves.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from outsource_nlp.report.sections.changes import Change, Changes, Group
from outsource_nlp.report.terminal import WIDTH, columns

SHOWN = 5
"""Rows of a group on the screen; the report shows more, the table has all."""


def digest(changes: Changes) -> str:
    """What changed, a paragraph a kind; empty if nothing did."""
    return "\n".join(line for group in changes.groups for line in _told(group))


def history(runs: Sequence[Mapping[str, Any]]) -> str:
    """A line a run, the latest last; what a run that was cut off never wrote stays empty."""
    return columns(pd.DataFrame(runs, dtype=object).fillna("")) if runs else "No run yet."


def _told(group: Group) -> Iterator[str]:
    yield f"{group.title}: {', '.join(f'{n:,} {change}' for change, n in group.counts)}"
    for row in group.rows[:SHOWN]:
        yield from textwrap.wrap(_line(row), WIDTH, initial_indent="  ", subsequent_indent="    ",
                                 break_long_words=False, break_on_hyphens=False)
    if group.n > SHOWN:
        yield f"  and {group.n - SHOWN:,} more"


def _line(row: Change) -> str:
    states = [state.removeprefix(f"{row.what}: ") for state in (row.before, row.after) if state and state != row.what]
    shown = f": {' -> '.join(states)}" if states else ""
    return f"{row.change} {row.what}{shown} [{row.cause}]"
