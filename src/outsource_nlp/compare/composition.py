"""How the statements, quotations and articles of a group divide into classes: sides, modes, cues, speakers.

Enters: a connection and an arena. Leaves: tidy rows. ``item`` is a class; ``share_…`` is its share, ``count_…`` the
number under it, ``balance_…`` the share for less the share against, ``difference_…`` a share less that of the
reference, ``p_…`` how often articles dealt out anew to the two sides differ as much, ``p_adjusted_…`` the same after
Benjamini-Hochberg over all tests of the group.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from outsource_nlp.compare.facets import BALANCE, Facet, facets
from outsource_nlp.compare.facets import rows as facet_rows
from outsource_nlp.compare.groups import members
from outsource_nlp.compare.question import Arena, Question
from outsource_nlp.compare.statistics.multiple import benjamini_hochberg
from outsource_nlp.compare.statistics.shares import Estimate, difference, permutation_p, shares

COLUMNS = ("group", "reference", "stratum", "item", "statistic", "value", "low", "high", "n", "unit")
Row = tuple[str, str, str, str, str, float, float, float, int, str]
Profiles = dict[tuple[int, ...], int]
"""How many of each class an article holds, and how many articles hold just that."""
Tally = tuple[NDArray[np.float64], NDArray[np.float64]]
NAN = float("nan")


def rows(connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena) -> pd.DataFrame:
    """Every figure of an arena as tidy rows."""
    found: list[Row] = []
    tallies = [(facet, _tallies(connection, question, arena, facet)) for facet in facets(question.of, question.split)]
    for group in arena.groups:
        own = [row for facet, strata in tallies for stratum, tally in strata.items()
               if not stratum or _held(tally[group])
               for row in _facet_rows(*_sides(tally, group), (group, arena.reference, stratum), facet)]
        found.extend(_adjusted(own))
    return pd.DataFrame(found, columns=list(COLUMNS))


def _held(profiles: Profiles) -> bool:
    """Whether any article holds anything; a group does not tell of strata that it does not have."""
    return any(any(profile) for profile in profiles)


def _tallies(
    connection: duckdb.DuckDBPyConnection, question: Question, arena: Arena, facet: Facet
) -> dict[str, dict[str | None, Profiles]]:
    """What articles hold, by stratum and group; the group ``None`` is the whole arena, where each counts once.

    An article without statements is a profile of zeros.
    """
    head, parameters = members(question, arena)
    sums = ", ".join(f"count(*) FILTER (WHERE item = '{name}') AS s{i}" for i, name in enumerate(facet.labels))
    columns = ", ".join(f"s{i}" for i in range(len(facet.labels)))
    found = connection.execute(
        f"""WITH {head}, found AS ({facet_rows(facet, question.split)}),
        per AS (SELECT article_id, stratum, {sums} FROM found JOIN (SELECT DISTINCT article_id FROM members)
                USING (article_id) GROUP BY article_id, stratum)
        SELECT stratum, grp, {columns}, count(*) FROM per JOIN members USING (article_id) GROUP BY ALL
        UNION ALL SELECT stratum, NULL, {columns}, count(*) FROM per GROUP BY ALL ORDER BY ALL""",
        parameters).fetchall()
    sizes: dict[str | None, int] = dict(connection.execute(
        f"WITH {head} SELECT grp, count(*) FROM members GROUP BY grp "
        "UNION ALL SELECT NULL, count(DISTINCT article_id) FROM members", parameters).fetchall())
    nothing = (0,) * len(facet.labels)
    strata: dict[str, dict[str | None, Profiles]] = {} if question.split else {"": {}}
    for stratum, group, *profile, articles in found:
        strata.setdefault(stratum, {}).setdefault(group, {})[tuple(profile)] = articles
    for tally in strata.values():
        for group, size in sizes.items():
            held = tally.setdefault(group, {})
            if size > (seen := sum(held.values())):
                held[nothing] = held.get(nothing, 0) + size - seen
    return strata


def _sides(tally: dict[str | None, Profiles], group: str) -> tuple[Tally, Tally]:
    """The profiles of a group, and those of the rest of the arena."""
    inside = tally[group]
    rest = {profile: n - inside.get(profile, 0) for profile, n in tally[None].items()}
    width = len(next(iter(inside)))
    return _arrays(inside, width), _arrays({profile: n for profile, n in rest.items() if n}, width)


def _arrays(profiles: Profiles, width: int) -> Tally:
    """Profiles, shape (profiles, classes), and the number of articles of each; both may be empty."""
    ordered = sorted(profiles.items())
    keys = np.array([key for key, _ in ordered], dtype=np.float64).reshape(-1, width)
    return keys, np.array([n for _, n in ordered], dtype=np.float64)


def _facet_rows(first_side: Tally, second_side: Tally, place: tuple[str, str, str], facet: Facet) -> Iterator[Row]:
    """Counts and shares of one facet; a share belongs to the group alone, so it names no reference."""
    group, reference, stratum = place
    names, unit = facet.labels, facet.unit
    parts = np.eye(len(names))
    if facet.sided:
        parts = np.vstack([parts, [{"for": 1.0, "against": -1.0}.get(name, 0.0) for name in names]])
    whole = np.ones(len(names))
    first, second = (shares(*side, parts=parts, whole=whole) for side in (first_side, second_side))
    chances = permutation_p(first_side, second_side, parts=parts, whole=whole)
    counts = first_side[1] @ first_side[0]
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
