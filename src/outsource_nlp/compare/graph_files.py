"""Graphs as files: GraphML for visone, igraph and networkx, GEXF for Gephi, CSV for spreadsheets and R.

A graph enters, text leaves. Written with ElementTree, not by a graph library: names come from articles and may hold
characters that XML forbids, which are replaced here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from xml.etree import ElementTree

import duckdb

from outsource_nlp.compare.graphs import DEFAULTS, Attributes, Graph, graph
from outsource_nlp.errors import ComparisonError

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://gexf.net/1.3"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TYPES = {str: "string", int: "long", float: "double"}


def default_networks(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The networks that a run writes, as GraphML, by path in the results folder."""
    return {f"networks/{name}.graphml": graphml(graph(connection, wanted)) for name, wanted in DEFAULTS.items()}


def graphml(network: Graph) -> str:
    """The graph as GraphML; its attributes are those of the graph."""
    root = ElementTree.Element("graphml", {"xmlns": GRAPHML})
    parts = {"graph": [network.about], "node": [*network.nodes.values()], "edge": [*network.ties.values()]}
    keys = {(part, name): f"d{i}" for i, (part, name) in enumerate(
        (part, name) for part, rows in parts.items() for name in _columns(rows))}
    for (part, name), key in keys.items():
        ElementTree.SubElement(root, "key", {"id": key, "for": part, "attr.name": name,
                                             "attr.type": _columns(parts[part])[name]})
    body = ElementTree.SubElement(root, "graph", {"edgedefault": "undirected"})

    def fill(parent: ElementTree.Element, part: str, row: Attributes) -> None:
        for name, value in row.items():
            ElementTree.SubElement(parent, "data", {"key": keys[part, name]}).text = _legal(str(value))

    fill(body, "graph", network.about)
    for node, row in network.nodes.items():
        fill(ElementTree.SubElement(body, "node", {"id": _legal(node)}), "node", row)
    for (one, other), row in network.ties.items():
        fill(ElementTree.SubElement(body, "edge", {"source": _legal(one), "target": _legal(other)}), "edge", row)
    return _written(root)


def gexf(network: Graph) -> str:
    """The graph as GEXF 1.3. Gephi lays out by weight, so let it filter negative ones."""
    root = ElementTree.Element("gexf", {"xmlns": GEXF, "version": "1.3"})
    meta = ElementTree.SubElement(root, "meta")
    about = "; ".join(f"{name}={value}" for name, value in network.about.items())
    ElementTree.SubElement(meta, "description").text = _legal(about)
    body = ElementTree.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "static"})
    for part, rows in (("node", network.nodes), ("edge", network.ties)):
        listed = ElementTree.SubElement(body, "attributes", {"class": part})
        for name, kind in _columns([*rows.values()]).items():
            ElementTree.SubElement(listed, "attribute", {"id": name, "title": name, "type": kind})
    nodes, edges = (ElementTree.SubElement(body, part) for part in ("nodes", "edges"))
    for node, row in network.nodes.items():
        _gexf_values(ElementTree.SubElement(nodes, "node", {"id": _legal(node), "label": _legal(str(row["label"]))}),
                     row)
    for (one, other), row in network.ties.items():
        ends = {"id": str(row["id"]), "source": _legal(one), "target": _legal(other), "weight": str(row["weight"])}
        _gexf_values(ElementTree.SubElement(edges, "edge", ends), row)
    return _written(root)


def _gexf_values(parent: ElementTree.Element, row: Attributes) -> None:
    listed = ElementTree.SubElement(parent, "attvalues")
    for name, value in row.items():
        ElementTree.SubElement(listed, "attvalue", {"for": name, "value": _legal(str(value))})


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
    """Names and types of the attributes."""
    return {name: TYPES[type(value)] for row in rows for name, value in row.items()}


def _written(root: ElementTree.Element) -> str:
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _legal(text: str) -> str:
    """Text without the characters that XML forbids."""
    return NOT_XML.sub("\ufffd", text)
