"""Discourse networks as nodes and ties with all that is known of them.

A connection and a wanted network enter; a graph leaves, for ``graph_files`` to write. A tie carries its id, the rows
behind it can be asked for with it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import duckdb
import numpy as np
import pandas as pd

from outsource_nlp.compare.networks import Matrix, Wanted, matrix, one_mode, statements, two_mode
from outsource_nlp.records import short_id

Value = str | int | float
Attributes = Mapping[str, Value]
DECIMALS = 6
DEFAULTS = {
    "actor_aspect": Wanted("actor-aspect", "ignore"),
    "actor_actor": Wanted("actor-actor", "subtract"),
    "publisher_publisher": Wanted("publisher-publisher", "subtract"),
}
"""The networks that a run writes, by file name."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Undirected; attributes of the graph, the nodes by id and the ties by both ends."""

    about: Attributes
    nodes: Mapping[str, Attributes]
    ties: Mapping[tuple[str, str], Attributes]

    def frame(self) -> pd.DataFrame:
        """One row a tie: tie_id, source, target and its attributes."""
        rows = [{"tie_id": row["id"], "source": one, "target": other,
                 **{name: value for name, value in row.items() if name != "id"}}
                for (one, other), row in self.ties.items()]
        return pd.DataFrame(rows) if rows else pd.DataFrame(columns=["tie_id", "source", "target", "weight"])

    def node_frame(self) -> pd.DataFrame:
        """One row a node: id and its attributes."""
        return pd.DataFrame([{"id": name, **row} for name, row in self.nodes.items()])


def graph(connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> Graph:
    """The network that is asked for.

    Raises:
        ComparisonError: a setting is not known, or does not go with the mode.
    """
    x = matrix(connection, wanted.checked())
    ties = _between_modes(x, wanted) if wanted.mode == "actor-aspect" else _within_mode(x, wanted)
    facts = _facts(connection, wanted, () if wanted.mode == "aspect-aspect" else x.rows)
    ends = [_aspect(name) if wanted.mode == "aspect-aspect" else name for name in x.rows]
    if wanted.mode == "actor-aspect":
        ends += map(_aspect, x.aspects)
    head, parameters = statements(wanted)
    n, actors = connection.execute(
        f"WITH {head} SELECT count(DISTINCT statement_id), count(DISTINCT actor) FROM argued", parameters).fetchall()[0]
    about: dict[str, Value] = {**{k: v if isinstance(v, str) else int(v) for k, v in asdict(wanted).items()},
                               "n_statements": n, "n_actors": actors, "n_actors_left_out": 0}
    if wanted.mode != "aspect-aspect":
        about["n_actors_left_out"] = actors - len(x.rows)
    return Graph(about, {name: facts[name] for name in ends}, ties)


def tie_id(wanted: Wanted, one: str, other: str) -> str:
    """The id of a tie."""
    return short_id("t", one=one, other=other, **_settings(wanted))


@functools.lru_cache(maxsize=64)
def _settings(wanted: Wanted) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(wanted).items()}


def _aspect(name: str) -> str:
    return f"aspect:{name}"


def _between_modes(x: Matrix, wanted: Wanted) -> dict[tuple[str, str], dict[str, Value]]:
    """A tie for each row and aspect with a statement."""
    weights, aspects = two_mode(x.counts, wanted.sides, wanted.normalisation), [*map(_aspect, x.aspects)]
    places = np.nonzero(x.counts.sum(axis=-1))
    cells = zip(*(place.tolist() for place in places), weights[places].tolist(),
                x.counts[places].astype(np.int64).tolist(), strict=True)
    ties: dict[tuple[str, str], dict[str, Value]] = {}
    for i, j, weight, sides in cells:
        ends = x.rows[i], aspects[j]
        ties[ends] = {"id": tie_id(wanted, *ends), "weight": round(weight, DECIMALS), "n_statements": sum(sides),
                      **_sides(*sides)}
    return ties


def _within_mode(x: Matrix, wanted: Wanted) -> dict[tuple[str, str], dict[str, Value]]:
    """A tie for each pair that shares an aspect in the way asked for; products of counts are its attributes."""
    weights = one_mode(x.counts, wanted.sides, wanted.normalisation)
    together = {name: one_mode(x.counts, name) for name in ("congruence", "conflict")}
    shown = {"ignore": one_mode(x.counts, "ignore"), "subtract": sum(together.values()), **together}[wanted.sides]
    used = x.counts.sum(axis=-1) > 0
    names = [_aspect(name) for name in x.rows] if wanted.mode == "aspect-aspect" else x.rows
    ties: dict[tuple[str, str], dict[str, Value]] = {}
    for i, j in zip(*np.nonzero(np.triu(shown)), strict=True):
        shared = [x.aspects[k] for k in np.flatnonzero(used[i] & used[j])]
        ties[names[i], names[j]] = {
            "id": tie_id(wanted, names[i], names[j]), "weight": round(float(weights[i, j]), DECIMALS),
            **{name: int(values[i, j]) for name, values in together.items()},
            "n_shared": len(shared), "shared": "; ".join(shared),
        }
    return ties


def _facts(connection: duckdb.DuckDBPyConnection, wanted: Wanted, actors: Sequence[str]) -> dict[str, Attributes]:
    """What is known of some actors and of all aspects, by id."""
    head, parameters = statements(wanted)
    sums = ("count(DISTINCT statement_id), count(DISTINCT article_id), "
            + ", ".join(f"count(DISTINCT statement_id) FILTER (WHERE side = {side})" for side in range(3)))
    kind = "publisher" if wanted.mode.startswith("publisher") else "actor"
    holders = ("(SELECT holder_id AS entity_id, any_value(holder ORDER BY holder) AS holder, "
               "any_value(holder_type ORDER BY holder_type) AS holder_type FROM statements "
               "WHERE holder_id IN (SELECT unnest($actors)) GROUP BY holder_id)")
    found = connection.execute(
        f"""WITH {head} SELECT actor, coalesce(any_value(e.name), any_value(h.holder), actor),
        coalesce(any_value(e.type), any_value(h.holder_type), '{kind}'), coalesce(any_value(e.register), ''),
        coalesce(any_value(e.register_id), ''), coalesce(any_value(e.n_mentions), 0), {sums}
        FROM argued LEFT JOIN entities e ON e.entity_id = actor LEFT JOIN {holders} h ON h.entity_id = actor
        WHERE actor IN (SELECT unnest($actors)) GROUP BY actor ORDER BY actor""",
        {**parameters, "actors": list(actors)}).fetchall()
    facts: dict[str, Attributes] = {
        key: {"label": label, "mode": kind, "type": sort, "register": register, "register_id": register_id,
              "n_mentions": mentions, "n_statements": n, "n_articles": articles, **_sides(*sides)}
        for key, label, sort, register, register_id, mentions, n, articles, *sides in found}
    for aspect, n, articles, *sides in connection.execute(
            f"WITH {head} SELECT aspect, {sums} FROM argued GROUP BY aspect ORDER BY aspect", parameters).fetchall():
        facts[_aspect(aspect)] = {"label": aspect, "mode": "aspect", "type": "aspect", "n_statements": n,
                                  "n_articles": articles, **_sides(*sides)}
    return facts


def _sides(n_for: int, n_against: int, n_neutral: int) -> dict[str, Value]:
    """Counts by side, and the balance from -1 (all against) to 1 (all for); 0 where none takes a side."""
    sided = n_for + n_against
    return {"n_for": n_for, "n_against": n_against, "n_neutral": n_neutral,
            "balance": round((n_for - n_against) / sided, DECIMALS) if sided else 0.0}
