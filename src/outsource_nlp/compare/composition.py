"""How the statements, quotations and articles of a group divide into classes: sides, modes, cues, speakers.

Enters: a connection and an arena. Leaves: tidy rows. ``item`` is a class; ``share_…`` is its share, ``count_…`` the
number under it, ``balance_…`` the share for less the share against, ``difference_…`` a share less that of the
reference, ``p_…`` how often articles dealt out anew to the two sides differ as much, ``p_adjusted_…`` the same after
Benjamini-Hochberg over all tests of the group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from outsource_nlp.compare.facets import BALANCE, Facet, facets
from outsource_nlp.compare.facets import rows as facet_rows
from outsource_nlp.compare.groups import members
from outsource_nlp.compare.question import Arena, Question
from outsource_nlp.compare.statistics.dealing import Articles, Group, dealt, drawn_from_others
from outsource_nlp.compare.statistics.multiple import benjamini_hochberg
from outsource_nlp.compare.statistics.shares import (
    PERMUTATIONS,
    RESAMPLES,
    SEED,
    Estimate,
    difference,
    permutation_p,
    shares,
)

COLUMNS = ("group", "reference", "stratum", "item", "statistic", "value", "low", "high", "n", "unit")
Row = tuple[str, str, str, str, str, float, float, float, int, str]
Array = NDArray[np.float64]
NAN = float("nan")
AT_ONCE = 50
"""Groups for which articles are drawn at once, so that memory does not grow with the groups."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the articles of an arena hold of the classes of all facets within a stratum, and each group's part of it."""

    stratum: str
    everything: Articles
    groups: dict[str, Group]


@dataclass(frozen=True, slots=True)
class Sides:
    """A group and the rest of the arena: profiles, shape (kinds, classes), and articles of each kind on both sides.

    ``resampled`` and ``permuted`` are totals of the rest drawn anew, and of the group when all articles are dealt out
    anew, shapes (resamples, classes) and (permutations, classes).
    """

    profiles: Array
    first: Array
    second: Array
    resampled: Array
    permuted: Array

    def of(self, classes: slice) -> Sides:
        """The same for some of the classes."""
        return Sides(self.profiles[:, classes], self.first, self.second, self.resampled[:, classes],
                     self.permuted[:, classes])


def rows(connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena) -> pd.DataFrame:
    """Every figure of an arena as tidy rows."""
    chosen = facets(question.of, question.split)
    found: dict[str, list[Row]] = {group: [] for group in arena.groups}
    for tally in _tallies(connection, question, arena, chosen):
        groups = [group for group in arena.groups if not tally.stratum or tally.groups[group].counts.any()]
        with threadpool_limits(1, "blas"):      # the matrices are too narrow for more to be worth the waiting
            for group, sides in zip(groups, _sides(tally, groups), strict=True):
                found[group] += _group_rows(sides, (group, arena.reference, tally.stratum), chosen)
    return pd.DataFrame([row for own in found.values() for row in _adjusted(own)], columns=list(COLUMNS))


def _tallies(
    connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena, chosen: Sequence[Facet]
) -> Iterator[Tally]:
    """What articles hold, by stratum; without a split there is one. An article of several groups counts once in all."""
    head, parameters = members(question, arena)
    sources = " UNION ALL ".join(f"SELECT article_id, stratum, '{facet.name}:' || item AS class "
                                 f"FROM ({facet_rows(facet, question.split)})" for facet in chosen)
    names = [f"{facet.name}:{label}" for facet in chosen for label in facet.labels]
    sums = ", ".join(f"count(*) FILTER (WHERE class = '{name}') AS s{i}" for i, name in enumerate(names))
    columns = [f"s{i}" for i in range(len(names))]
    listed = ", ".join(columns)
    table = connection.execute(
        f"""WITH {head}, found AS ({sources}),
        per AS (SELECT article_id, stratum, {sums} FROM found JOIN (SELECT DISTINCT article_id FROM members)
                USING (article_id) GROUP BY article_id, stratum)
        SELECT stratum, NULL AS grp, {listed}, count(*) AS articles FROM per GROUP BY ALL
        UNION ALL SELECT stratum, grp, {listed}, count(*) FROM per JOIN members USING (article_id) GROUP BY ALL
        ORDER BY stratum, {listed}, grp NULLS FIRST""", parameters).df()
    sizes: dict[str | None, int] = dict(connection.execute(
        f"WITH {head} SELECT grp, count(*) FROM members GROUP BY grp "
        "UNION ALL SELECT NULL, count(DISTINCT article_id) FROM members", parameters).fetchall())
    strata = table.groupby("stratum", sort=True) if question.split else [("", table)]
    for stratum, held in strata:
        yield _tally(str(stratum), held, columns, sizes)


def _tally(stratum: str, held: pd.DataFrame, columns: list[str], sizes: dict[str | None, int]) -> Tally:
    """A stratum from its rows: of each profile first that of the whole arena, then those of the groups."""
    whole = held["grp"].isna().to_numpy()
    kinds, articles = np.cumsum(whole) - 1, held["articles"].to_numpy(dtype=np.int64)
    everything = Articles(held.loc[whole, columns].to_numpy(dtype=np.float64), articles[whole], sizes[None])
    counts = {group: np.zeros(len(everything.counts), dtype=np.int64) for group in sizes if group is not None}
    for group, kind, n in zip(held["grp"].to_numpy(dtype=object)[~whole], kinds[~whole], articles[~whole], strict=True):
        counts[group][kind] = n
    return Tally(stratum, everything, {group: Group(own, sizes[group]) for group, own in counts.items()})


def _sides(tally: Tally, groups: Sequence[str]) -> Iterator[Sides]:
    """The sides of some groups, drawn and dealt out anew for many of them at once."""
    everything = tally.everything
    profiles = np.vstack([everything.profiles, np.zeros((1, everything.profiles.shape[1]))])
    for start in range(0, len(groups), AT_ONCE):
        some = [tally.groups[group] for group in groups[start:start + AT_ONCE]]
        resampled = drawn_from_others(everything, some, resamples=RESAMPLES, seed=SEED)
        permuted = dealt(everything, [group.size for group in some], permutations=PERMUTATIONS, seed=SEED)
        for group, drawn, totals in zip(some, resampled, permuted, strict=True):
            first = np.append(group.counts, group.size - group.counts.sum())
            second = np.append(everything.counts, everything.size - everything.counts.sum()) - first
            yield Sides(profiles, first.astype(np.float64), second.astype(np.float64), drawn, totals)


def _group_rows(sides: Sides, place: tuple[str, str, str], chosen: Sequence[Facet]) -> Iterator[Row]:
    """The rows of every facet; of a stratum none of a facet of which the group has nothing there."""
    start = 0
    for facet in chosen:
        own = sides.of(slice(start, start + len(facet.labels)))
        start += len(facet.labels)
        if not place[2] or (own.first @ own.profiles).any():
            yield from _facet_rows(own, place, facet)


def _facet_rows(sides: Sides, place: tuple[str, str, str], facet: Facet) -> Iterator[Row]:
    """Counts and shares of one facet; a share belongs to the group alone, so it names no reference."""
    group, reference, stratum = place
    names, unit = facet.labels, facet.unit
    parts = np.eye(len(names))
    if facet.sided:
        parts = np.vstack([parts, [{"for": 1.0, "against": -1.0}.get(name, 0.0) for name in names]])
    whole = np.ones(len(names))
    first = shares(sides.profiles, sides.first, parts=parts, whole=whole)
    second = shares(sides.profiles, sides.second, parts=parts, whole=whole, resampled=sides.resampled)
    chances = permutation_p((sides.profiles, sides.first), (sides.profiles, sides.second), parts=parts, whole=whole,
                            permuted=sides.permuted)
    counts = sides.first @ sides.profiles
    for i, item in enumerate((*names, BALANCE)[:len(parts)]):
        alone, apart = (group, "", stratum, item), (group, reference, stratum, item)
        if item == BALANCE:
            yield (*alone, f"balance_{facet.name}", *_cells(first[i]), "difference of shares")
        else:
            yield (*alone, f"count_{facet.name}", float(counts[i]), NAN, NAN, first[i].n, unit)
            yield (*alone, f"share_{facet.name}", *_cells(first[i]), f"share of {unit}")
        gap = difference(first[i], second[i])
        yield (*apart, f"difference_{facet.name}", *_cells(gap), "difference of shares")
        yield (*apart, f"p_{facet.name}", float(chances[i]), NAN, NAN, gap.n, "probability")


def _adjusted(own: list[Row]) -> Iterator[Row]:
    """The rows of a group, and for each test one with its p adjusted over all of them."""
    yield from own
    tests = [row for row in own if row[4].startswith("p_")]
    for row, value in zip(tests, benjamini_hochberg([row[5] for row in tests]), strict=True):
        yield (*row[:4], row[4].replace("p_", "p_adjusted_", 1), float(value), NAN, NAN, *row[8:])


def _cells(estimate: Estimate) -> tuple[float, float, float, int]:
    return estimate.value, estimate.low, estimate.high, estimate.n
