"""Discourse networks: a connection enters, GraphML that Gephi, visone, igraph and networkx read leaves.

``actor_aspect`` ties a named holder to each argument it uses. ``actor_actor`` ties two named holders who use the
same argument, and says whether they stand on the same side of it. Written by hand with ElementTree, not by
networkx: names come from articles and may hold characters that XML forbids, which are replaced here, and a page
should not wait for a graph library. Reference: Leifeld 2017, discourse network analysis.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

import duckdb

from outsource_nlp.report.queries import ASPECTS, SAID, ask, count

MOST_ACTORS = 150
"""Actors in ``actor_actor``, the most heard first: ties grow with their square."""

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TYPES = {str: "string", int: "long", float: "double"}

Value = str | int | float
Attributes = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Network:
    """Undirected; attributes of the graph, the nodes by id and the ties by both ends."""

    about: Attributes
    nodes: dict[str, dict[str, Value]]
    ties: dict[tuple[str, str], dict[str, Value]]


SIDES = ("count(*) FILTER (WHERE stance = 'for') AS n_for, count(*) FILTER (WHERE stance = 'against') AS n_against, "
         "count(*) FILTER (WHERE stance NOT IN ('for', 'against')) AS n_neutral")


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, Network]:
    """Both networks by file name; near-copies are left out."""
    return {"actor_aspect": actor_aspect(connection), "actor_actor": actor_actor(connection)}


def actor_aspect(connection: duckdb.DuckDBPyConnection) -> Network:
    """Named holders and arguments; a tie for each pair with a statement."""
    nodes: dict[str, dict[str, Value]] = {key: {**row, "mode": "actor"} for key, row in _actors(connection).items()}
    ties: dict[tuple[str, str], dict[str, Value]] = {}
    for aspect, n, articles, *sides in ask(connection, f"""WITH {ASPECTS}
            SELECT aspect, count(*), count(DISTINCT article_id), {SIDES}
            FROM argued WHERE aspect <> '' GROUP BY aspect ORDER BY aspect"""):
        nodes[f"aspect:{aspect}"] = {"label": aspect, "type": "aspect", "n_statements": n, "n_articles": articles,
                                     **_sides(*sides), "mode": "aspect"}
    for holder, aspect, n, articles, *sides in ask(connection, f"""WITH {ASPECTS} SELECT holder_id, aspect, count(*),
            count(DISTINCT article_id), {SIDES} FROM argued WHERE holder_id <> '' AND aspect <> ''
            GROUP BY ALL ORDER BY ALL"""):
        ties[holder, f"aspect:{aspect}"] = {"weight": n, "n_statements": n, "n_articles": articles, **_sides(*sides)}
    about = {"description": "named holders and the arguments they use; weight: statements", **_left_out(connection)}
    return Network(about, nodes, ties)


def actor_actor(connection: duckdb.DuckDBPyConnection) -> Network:
    """Named holders; a tie for each pair that shares an argument.

    A holder's side on an argument is the sign of its statements for less those against.
    """
    actors = dict(itertools.islice(_actors(connection).items(), MOST_ACTORS))
    ties: dict[tuple[str, str], dict[str, Value]] = {}
    for one, other, agree, conflict, shared in ask(connection, f"""WITH {ASPECTS}, sided AS (
            SELECT holder_id, aspect,
            sign(count(*) FILTER (WHERE stance = 'for') - count(*) FILTER (WHERE stance = 'against')) AS side
            FROM argued WHERE aspect <> '' AND holder_id IN (SELECT unnest(?)) GROUP BY ALL)
            SELECT a.holder_id, b.holder_id, count(*) FILTER (WHERE a.side * b.side > 0),
                   count(*) FILTER (WHERE a.side * b.side < 0), string_agg(a.aspect, '; ' ORDER BY a.aspect)
            FROM sided a JOIN sided b USING (aspect) WHERE a.holder_id < b.holder_id GROUP BY ALL ORDER BY ALL""",
            [list(actors)]):
        n_aspects = len(shared.split("; "))
        ties[one, other] = {"weight": n_aspects, "n_aspects": n_aspects, "n_agree": agree, "n_conflict": conflict,
                            "balance": agree - conflict, "aspects": shared}
    n_actors = count(connection, f"WITH {SAID} SELECT count(DISTINCT nullif(holder_id, '')) FROM said")
    about: dict[str, Value] = {
        "description": "named holders who use the same argument; weight: arguments shared",
        **_left_out(connection), "n_actors_left_out": n_actors - len(actors),
    }
    return Network(about, {key: dict(row) for key, row in actors.items()}, ties)


def _actors(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Value]]:
    """Named holders, the most heard first."""
    return {
        key: {"label": name or key, "type": kind, "register": register, "register_id": register_id,
              "n_mentions": mentions, "n_statements": n, "n_articles": articles, **_sides(*sides)}
        for key, name, kind, register, register_id, mentions, n, articles, *sides in ask(connection, f"""WITH {SAID}
            SELECT holder_id, coalesce(any_value(e.name), any_value(holder ORDER BY holder)),
                   coalesce(any_value(e.type), any_value(holder_type ORDER BY holder_type)),
                   coalesce(any_value(e.register), ''), coalesce(any_value(e.register_id), ''),
                   coalesce(any_value(e.n_mentions), 0), count(*) AS n, count(DISTINCT article_id), {SIDES}
            FROM said LEFT JOIN main.entities e ON e.entity_id = said.holder_id WHERE holder_id <> ''
            GROUP BY holder_id ORDER BY n DESC, holder_id""")
    }


def _sides(n_for: int, n_against: int, n_neutral: int) -> dict[str, Value]:
    """Counts by side, and the balance from -1 (all against) to 1 (all for); 0 where none takes a side."""
    sided = n_for + n_against
    balance = round((n_for - n_against) / sided, 6) if sided else 0.0
    return {"n_for": n_for, "n_against": n_against, "n_neutral": n_neutral, "balance": balance}


def _left_out(connection: duckdb.DuckDBPyConnection) -> dict[str, Value]:
    query = f"WITH {SAID} SELECT count(*) FROM said WHERE coalesce(holder_id, '') = ''"
    return {"n_statements_without_named_holder": count(connection, query)}


def graphml(network: Network) -> str:
    """The network as GraphML; the order is that of the network."""
    root = ElementTree.Element("graphml", {"xmlns": NAMESPACE})
    keys: dict[tuple[str, str], str] = {}
    parts: dict[str, Sequence[Attributes]] = {
        "graph": [network.about], "node": list(network.nodes.values()), "edge": list(network.ties.values()),
    }
    for part, rows in parts.items():
        for name, value in ((n, v) for row in rows for n, v in row.items()):
            if (part, name) not in keys:
                keys[part, name] = f"d{len(keys)}"
                ElementTree.SubElement(root, "key", {"id": keys[part, name], "for": part, "attr.name": name,
                                                     "attr.type": TYPES[type(value)]})
    graph = ElementTree.SubElement(root, "graph", {"edgedefault": "undirected"})
    _data(graph, "graph", network.about, keys)
    for node, row in network.nodes.items():
        _data(ElementTree.SubElement(graph, "node", {"id": _legal(node)}), "node", row, keys)
    for (one, other), row in network.ties.items():
        ends = {"source": _legal(one), "target": _legal(other)}
        _data(ElementTree.SubElement(graph, "edge", ends), "edge", row, keys)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n"))


def _data(parent: ElementTree.Element, part: str, row: Attributes, keys: Mapping[tuple[str, str], str]) -> None:
    for name, value in row.items():
        ElementTree.SubElement(parent, "data", {"key": keys[part, name]}).text = _legal(str(value))


def _legal(text: str) -> str:
    """Text without the characters that XML forbids."""
    return NOT_XML.sub("\ufffd", text)
