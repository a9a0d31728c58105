"""Graphs as files: GraphML for visone, igraph and networkx, GEXF for Gephi, CSV for spreadsheets and R.

A graph enters, text leaves. XML is written line by line, not by a library: the network of a large corpus has half a
million elements, and names come from articles and may hold characters that XML forbids, which are replaced here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import duckdb

from outsource_nlp.compare.graphs import DEFAULTS, Attributes, Graph, Value, graph
from outsource_nlp.errors import ComparisonError

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://gexf.net/1.3"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
IN_ATTRIBUTES = IN_TEXT | str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})
TYPES = {str: "string", int: "long", float: "double"}


def default_networks(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The networks that a run writes, as GraphML, by path in the results folder."""
    return {f"networks/{name}.graphml": graphml(graph(connection, wanted)) for name, wanted in DEFAULTS.items()}


def graphml(network: Graph) -> str:
    """The graph as GraphML; its attributes are those of the graph."""
    parts: dict[str, list[Attributes]] = {
        "graph": [network.about], "node": [*network.nodes.values()], "edge": [*network.ties.values()]}
    columns = [(part, name, kind) for part, rows in parts.items() for name, kind in _columns(rows).items()]
    starts: dict[str, dict[str, str]] = {part: {} for part in parts}
    lines = []
    for i, (part, name, kind) in enumerate(columns):
        starts[part][name] = _start("data", {"key": f"d{i}"})
        lines.append(_leaf(1, _start("key", {"id": f"d{i}", "for": part, "attr.name": name, "attr.type": kind})))

    def data(depth: int, part: str, row: Attributes) -> list[str]:
        return [_leaf(depth, starts[part][name], value) for name, value in row.items()]

    body = data(2, "graph", network.about)
    for node, row in network.nodes.items():
        body += _branch(2, "node", {"id": node}, data(3, "node", row))
    for (one, other), row in network.ties.items():
        body += _branch(2, "edge", {"source": one, "target": other}, data(3, "edge", row))
    lines += _branch(1, "graph", {"edgedefault": "undirected"}, body)
    return _written(_branch(0, "graphml", {"xmlns": GRAPHML}, lines))


def gexf(network: Graph) -> str:
    """The graph as GEXF 1.3. Gephi lays out by weight, so let it filter negative ones."""
    about = "; ".join(f"{name}={value}" for name, value in network.about.items())
    lines = _branch(1, "meta", {}, [_leaf(2, "description", about)])
    body, nodes, edges = [], [], []
    for part, rows in (("node", network.nodes), ("edge", network.ties)):
        listed = [_leaf(3, _start("attribute", {"id": name, "title": name, "type": kind}))
                  for name, kind in _columns([*rows.values()]).items()]
        body += _branch(2, "attributes", {"class": part}, listed)
    for node, row in network.nodes.items():
        nodes += _branch(3, "node", {"id": node, "label": row["label"]}, _values(row))
    for (one, other), row in network.ties.items():
        ends = {"id": row["id"], "source": one, "target": other, "weight": row["weight"]}
        edges += _branch(3, "edge", ends, _values(row))
    body += [*_branch(2, "nodes", {}, nodes), *_branch(2, "edges", {}, edges)]
    lines += _branch(1, "graph", {"defaultedgetype": "undirected", "mode": "static"}, body)
    return _written(_branch(0, "gexf", {"xmlns": GEXF, "version": "1.3"}, lines))


def _values(row: Attributes) -> list[str]:
    """The attributes of a node or tie in GEXF."""
    listed = [_leaf(5, _start("attvalue", {"for": name, "value": value})) for name, value in row.items()]
    return _branch(4, "attvalues", {}, listed)


def ties_csv(network: Graph) -> str:
    """The ties as CSV: Source, Target, Type and Weight as Gephi names them, then the rest."""
    frame = network.frame().rename(columns={"source": "Source", "target": "Target", "weight": "Weight"})
    frame.insert(2, "Type", "Undirected")
    return frame[["Source", "Target", "Type", *(c for c in frame if c not in ("Source", "Target", "Type"))]].to_csv(
        index=False, lineterminator="\n")


def nodes_csv(network: Graph) -> str:
    """The nodes as CSV: Id and Label as Gephi names them, then the rest."""
    return network.node_frame().rename(columns={"id": "Id", "label": "Label"}).to_csv(index=False, lineterminator="\n")


FORMATS: Mapping[str, Callable[[Graph], str]] = {
    "graphml": graphml, "gexf": gexf, "ties.csv": ties_csv, "nodes.csv": nodes_csv,
}
"""Writers by file ending."""


def graph_texts(network: Graph, formats: Sequence[str] = ()) -> dict[str, str]:
    """The graph in some formats, or in all, by file ending.

    Raises:
        ComparisonError: a format is not known.
    """
    for name in formats:
        if name not in FORMATS:
            raise ComparisonError.unknown("networks written as", name, FORMATS)
    return {name: FORMATS[name](network) for name in formats or FORMATS}


def _columns(rows: Sequence[Attributes]) -> dict[str, str]:
    """Names and types of the attributes; rows that have one all have it of one type."""
    kinds: dict[str, str] = {}
    for row in rows:
        if not row.keys() <= kinds.keys():
            kinds |= {name: TYPES[type(value)] for name, value in row.items()}
    return kinds


def _written(lines: Sequence[str]) -> str:
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *lines, ""])


def _branch(depth: int, name: str, attributes: Attributes, inside: Sequence[str]) -> list[str]:
    """An element that holds others, as lines."""
    indent, start = "  " * depth, _start(name, attributes)
    return [f"{indent}<{start}>", *inside, f"{indent}</{name}>"] if inside else [f"{indent}<{start} />"]


def _leaf(depth: int, start: str, value: Value = "") -> str:
    """An element that holds a value, or nothing."""
    indent, text = "  " * depth, _legal(value, IN_TEXT)
    return f"{indent}<{start}>{text}</{start.partition(' ')[0]}>" if text else f"{indent}<{start} />"


def _start(name: str, attributes: Attributes) -> str:
    return " ".join([name, *(f'{key}="{_legal(value, IN_ATTRIBUTES)}"' for key, value in attributes.items())])


def _legal(value: Value, escapes: Mapping[int, str]) -> str:
    """A value without the characters that XML forbids, its marks escaped."""
    return NOT_XML.sub("\ufffd", value).translate(escapes) if isinstance(value, str) else str(value)
