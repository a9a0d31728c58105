"""Networks as files that other programs open."""

from __future__ import annotations

import io

import duckdb
import networkx as nx
import pandas as pd
import pytest

from outsource_nlp import compare
from outsource_nlp.compare.graph_files import default_networks, gexf, graphml, nodes_csv, ties_csv
from outsource_nlp.compare.graphs import DEFAULTS, Graph, graph
from outsource_nlp.errors import ComparisonError

ODD = Graph({"description": "odd"}, {"a\x0b": {"label": "Ida\x0b <Vane> & Co\ufffe"}, "b": {"label": "=b"}},
            {("a\x0b", "b"): {"id": "t1", "weight": -1.5, "shared": "co\x01st"}})


@pytest.mark.parametrize("name", DEFAULTS)
def test_networkx_reads_every_attribute_of_both_xml_formats(shared: duckdb.DuckDBPyConnection, name: str) -> None:
    made = graph(shared, DEFAULTS[name])
    read = (nx.read_graphml(io.BytesIO(graphml(made).encode())), nx.read_gexf(io.BytesIO(gexf(made).encode())))
    for found in read:
        assert set(found.nodes) == set(made.nodes)
        for node, row in made.nodes.items():
            assert {key: found.nodes[node][key] for key in row} == dict(row)
        assert found.number_of_edges() == len(made.ties) > 0
        for (one, other), row in made.ties.items():
            assert {key: found[one][other][key] for key in row} == dict(row)
    assert read[0].graph["n_statements"] == made.about["n_statements"]


def test_tables_of_nodes_and_ties_have_the_heads_that_gephi_reads(shared: duckdb.DuckDBPyConnection) -> None:
    made = graph(shared, DEFAULTS["actor_actor"])
    ties, nodes = pd.read_csv(io.StringIO(ties_csv(made))), pd.read_csv(io.StringIO(nodes_csv(made)))
    assert list(ties.columns[:3]) == ["Source", "Target", "Type"]
    assert {"Weight", "congruence", "conflict", "shared", "tie_id"} <= set(ties.columns)
    assert set(ties["Source"]) | set(ties["Target"]) <= set(nodes["Id"])
    assert len(ties) == len(made.ties)


def test_a_run_writes_its_networks_as_graphml(shared: duckdb.DuckDBPyConnection) -> None:
    assert list(default_networks(shared)) == [f"networks/{name}.graphml" for name in DEFAULTS]


def test_characters_that_xml_forbids_are_replaced() -> None:
    for read, text in ((nx.read_graphml, graphml(ODD)), (nx.read_gexf, gexf(ODD))):
        found = read(io.BytesIO(text.encode()))
        assert set(found.nodes) == {"a\ufffd", "b"}
        assert found.nodes["a\ufffd"]["label"] == "Ida\ufffd <Vane> & Co\ufffd"


def test_an_empty_network_is_a_file_too(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("DELETE FROM statements")
    texts = compare.graph_texts(graph(connection, DEFAULTS["actor_actor"]))
    assert len(nx.read_graphml(io.BytesIO(texts["graphml"].encode()))) == 0
    assert texts["ties.csv"].startswith("Source,Target,Type")
    with pytest.raises(ComparisonError, match="gexf"):
        compare.graph_texts(ODD, ["pajek"])
