"""Which side the groups take, in the author's own voice and in the voices they report.

Enters: a connection and an arena. Leaves: tidy rows. ``item`` is a stance; the voice is in the statistic,
because the two voices are two figures and not two things counted: ``share_author``, ``share_reported`` and
``share_all`` are shares of statements, ``share_articles`` shares of articles by document stance,
``count_…`` the numbers under them, ``balance_…`` the share for less the share against, ``difference_…`` a
share less that of the reference.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from outsource_nlp.compare.groups import members
from outsource_nlp.compare.question import Arena, Question
from outsource_nlp.compare.statistics.shares import Estimate, difference, shares
from outsource_nlp.schema import DOCUMENT_STANCES, STANCES

BALANCE = "for - against"
"""The item of a balance of two sides."""

VOICES = {"author": "voice = 'author'", "reported": "voice <> 'author'", "all": "TRUE"}
"""Whose voice, as SQL over statements."""

FACETS = (*VOICES, "articles")
UNITS = {**dict.fromkeys(VOICES, "statements"), "articles": "articles"}

COLUMNS = ("group", "reference", "item", "statistic", "value", "low", "high", "n", "unit")
Row = tuple[str, str, str, str, float, float, float, int, str]
Profiles = dict[tuple[int, ...], int]
Tally = tuple[NDArray[np.float64], NDArray[np.float64]]


def labels(facet: str) -> tuple[str, ...]:
    """The stances that a facet distinguishes."""
    return DOCUMENT_STANCES if facet == "articles" else STANCES


def rows(connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena) -> pd.DataFrame:
    """Every stance figure of an arena as tidy rows."""
    found: list[Row] = []
    for facet in FACETS:
        tally = _tallies(connection, question, arena, facet)
        for group in arena.groups:
            found.extend(_facet_rows(*_sides(tally, group), group, arena.reference, facet))
    return pd.DataFrame(found, columns=list(COLUMNS))


def _tallies(
    connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena, facet: str
) -> dict[str | None, Profiles]:
    """What articles hold, by group; ``None`` is the whole arena, in which each article counts once.

    A profile is how many of each stance an article holds, with the number of articles that hold just that; an
    article without statements is a profile of zeros.
    """
    head, parameters = members(question, arena)
    names = labels(facet)
    sums = ", ".join(
        f"coalesce(sum(n) FILTER (WHERE stance = '{name}'), 0) AS s{i}" for i, name in enumerate(names))
    columns = ", ".join(f"s{i}" for i in range(len(names)))
    source = ("SELECT article_id, stance, 1 AS n FROM documents" if facet == "articles" else
              f"SELECT article_id, stance, count(*) AS n FROM statements WHERE {VOICES[facet]} GROUP BY ALL")
    found = connection.execute(
        f"""WITH {head}, found AS ({source}), present AS (SELECT DISTINCT article_id FROM members),
        per AS (SELECT article_id, {sums} FROM present LEFT JOIN found USING (article_id) GROUP BY article_id)
        SELECT grp, {columns}, count(*) FROM per JOIN members USING (article_id) GROUP BY ALL
        UNION ALL SELECT NULL, {columns}, count(*) FROM per GROUP BY ALL""", parameters).fetchall()
    tally: dict[str | None, Profiles] = {}
    for group, *profile, articles in found:
        tally.setdefault(group, {})[tuple(int(n) for n in profile)] = int(articles)
    return tally


def _sides(tally: dict[str | None, Profiles], group: str) -> tuple[Tally, Tally]:
    """The profiles of a group, and those of the rest of the arena."""
    inside = tally[group]
    rest = {profile: n - inside.get(profile, 0) for profile, n in tally[None].items()}
    width = len(next(iter(inside)))
    return _arrays(inside, width), _arrays({profile: n for profile, n in rest.items() if n}, width)


def _arrays(profiles: Profiles, width: int) -> Tally:
    """Profiles, shape (profiles, stances), and the number of articles of each; both may be empty."""
    ordered = sorted(profiles.items())
    keys = np.array([key for key, _ in ordered], dtype=np.float64).reshape(-1, width)
    return keys, np.array([n for _, n in ordered], dtype=np.float64)


def _facet_rows(first_side: Tally, second_side: Tally, group: str, reference: str, facet: str) -> Iterator[Row]:
    """Counts and shares of one facet; a share belongs to the group alone, so it names no reference."""
    names, unit = labels(facet), UNITS[facet]
    sided = [{"for": 1.0, "against": -1.0}.get(name, 0.0) for name in names]
    parts = np.vstack([np.eye(len(names)), sided])
    first, second = (shares(*side, parts=parts, whole=np.ones(len(names))) for side in (first_side, second_side))
    counts = first_side[1] @ first_side[0]
    for i, item in enumerate((*names, BALANCE)):
        if item == BALANCE:
            yield (group, "", item, f"balance_{facet}", *_cells(first[i]), "difference of shares")
        else:
            yield (group, "", item, f"count_{facet}", float(counts[i]), np.nan, np.nan, first[i].n, unit)
            yield (group, "", item, f"share_{facet}", *_cells(first[i]), f"share of {unit}")
        gap = difference(first[i], second[i])
        yield (group, reference, item, f"difference_{facet}", *_cells(gap), "difference of shares")


def _cells(estimate: Estimate) -> tuple[float, float, float, int]:
    return estimate.value, estimate.low, estimate.high, estimate.n
