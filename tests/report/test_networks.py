from __future__ import annotations

import io
from collections.abc import Callable

import duckdb
import networkx as nx
from report_tables import Piece, Said, pieces

from outsource_nlp.report import networks

Maker = Callable[..., duckdb.DuckDBPyConnection]


def graphs(connection: duckdb.DuckDBPyConnection) -> dict[str, nx.Graph]:
    return {name: nx.read_graphml(io.BytesIO(networks.graphml(network).encode()))
            for name, network in networks.read(connection).items()}


def test_networkx_reads_actors_and_arguments_with_their_attributes(connection: duckdb.DuckDBPyConnection) -> None:
    graph = graphs(connection)["actor_aspect"]
    quill = graph.nodes["person:marta-quill"]
    assert (quill["label"], quill["mode"], quill["n_for"]) == ("Marta Quill", "actor", 0)
    tie = graph["person:marta-quill"]["aspect:accountability"]
    assert tie["weight"] == tie["n_against"] == quill["n_statements"]
    assert tie["balance"] == -1.0
    wanted = {"label", "type", "n_statements", "n_articles", "balance"}
    assert all(wanted <= set(row) for _, row in graph.nodes(data=True))


def test_actors_who_share_an_argument_are_tied_with_their_agreement(make: Maker) -> None:
    said = [Said("against", "Ida Vane", "person", "it costs more", "cost; quality"),
            Said("for", "Hallam Works", "organisation", "it costs less", "cost"),
            Said("against", "Otto Reed", "person", "it is worse", "quality; cost")]
    graph = graphs(make([Piece("One", said=said)]))["actor_actor"]
    assert graph["organisation:hallam-works"]["person:ida-vane"] == {
        "weight": 1, "n_aspects": 1, "n_agree": 0, "n_conflict": 1, "balance": -1, "aspects": "cost"}
    agreed = graph["person:ida-vane"]["person:otto-reed"]
    assert (agreed["n_agree"], agreed["n_conflict"], agreed["aspects"]) == (2, 0, "cost; quality")


def test_near_copies_and_unnamed_holders_are_left_out(make: Maker) -> None:
    articles = [Piece("One", said=[Said("against", "Ida Vane", "person", "no", "cost")]),
                Piece("Two", copy_of="a0000", said=[Said("against", "Ida Vane", "person", "no", "cost")]),
                Piece("Three", said=[Said("for", "", "unknown", "yes", "cost")])]
    graph = graphs(make(articles))["actor_aspect"]
    assert graph["person:ida-vane"]["aspect:cost"]["weight"] == 1
    assert graph.graph["n_statements_without_named_holder"] == 1


def test_no_statement_gives_a_graph_without_nodes(make: Maker) -> None:
    assert all(len(graph) == 0 for graph in graphs(make(pieces(2, statements=0))).values())


def test_characters_that_xml_forbids_are_replaced(make: Maker) -> None:
    article = Piece("One", said=[Said("for", "Ida\x0b <Vane> & Co\ufffe", "person", "yes", "co\x01st")])
    graph = graphs(make([article]))["actor_aspect"]
    assert {row["label"] for _, row in graph.nodes(data=True)} == {"Ida\ufffd <Vane> & Co\ufffd", "co\ufffdst"}
