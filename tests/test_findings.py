"""From a question on the command line or in Python to figures, and from a figure back to its sentences."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

import outsource_nlp as onlp
from outsource_nlp.errors import ComparisonError

COMMAND = str(Path(sys.executable).with_name("outsource-nlp"))


def outsource(*arguments: str | Path) -> str:
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def results(shipped: Path) -> onlp.Results:
    return onlp.open_results(shipped)


@pytest.mark.parametrize("arguments", [
    ("compare", "--by", "kind", "--of", "ngrams", "--size", "3"), ("compare", "--by", "year", "--of", "stance"),
    ("compare", "--by", "kind", "--of", "stance", "--split", "aspect", "--split", "holder_type"),
    ("compare", "--by", "kind", "--of", "voices"), ("compare", "--by", "kind", "--of", "style"),
    ("dispersion", "--by", "kind"),
])
def test_a_line_ends_with_an_id_that_can_be_explained(shipped: Path, arguments: tuple[str, ...]) -> None:
    lines = outsource(arguments[0], shipped, *arguments[1:]).splitlines()
    row_id = next(line.split()[-1] for line in lines[2:] if line.split()[-1][:1] in "cd")
    assert outsource("explain", shipped, row_id)


def test_collocations_and_concordances_are_printed(shipped: Path) -> None:
    assert "log_dice" in outsource("collocations", shipped, "council")
    lines = outsource("kwic", shipped, "outsourc*", "--sort", "right").splitlines()
    assert all("outsourc" in line.lower() for line in lines[:5])
    assert outsource("kwic", shipped, "[entity=\"company\"]", "--csv").startswith("left,match,right,path,publisher")
    assert outsource("kwic", shipped, "zzzz").strip() == "No match."


def test_networks_are_written_in_every_format(shipped: Path, tmp_path: Path) -> None:
    outsource("network", shipped, "-o", tmp_path, "--each", "year", "--mode", "actor-aspect", "--sides", "combine")
    outsource("network", shipped, "-o", tmp_path, "--normalisation", "cosine", "--format", "gexf")
    names = {path.name for path in tmp_path.iterdir()}
    assert {"actor_aspect_2018.graphml", "actor_aspect_2018.gexf", "actor_aspect_2018.ties.csv",
            "actor_aspect_2018.nodes.csv", "actor_actor.gexf"} <= names
    assert "actor_actor.graphml" not in names
    assert len(nx.read_gexf(tmp_path / "actor_actor.gexf"))


@pytest.mark.parametrize("name", ["actor_actor", "actor_aspect", "publisher_publisher"])
def test_a_run_writes_networks_whose_ties_lead_to_statements(
    shipped: Path, results: onlp.Results, name: str
) -> None:
    graph = nx.read_graphml(shipped / "networks" / f"{name}.graphml")
    _, _, tie = next(iter(graph.edges(data=True)))
    found = results.explain(tie["id"])
    assert len(found)
    assert (found["context"] != "").all()
    assert {"holder", "stance", "evidence"} <= set(found.columns)
    assert all({"label", "n_statements", "n_articles", "balance"} <= set(row) for _, row in graph.nodes(data=True))


def test_a_question_is_answered_by_another_reader_of_the_folder(shipped: Path, results: onlp.Results) -> None:
    frame = results.compare("kind", "ngrams", size=4)
    row = frame[(frame["statistic"] == "frequency") & (frame["value"] > 0)].iloc[0]
    found = onlp.open_results(shipped).explain(row["comparison_id"])
    assert len(found) == row["value"]
    for passage in found.itertuples():
        words = results.text(passage.article_id)[passage.start:passage.end]
        assert " ".join(words.split()) in passage.context


def test_words_are_where_the_table_counts_them(results: onlp.Results) -> None:
    stored = results.comparisons
    rows = stored[(stored["of"] == "words") & (stored["statistic"] == "frequency") & (stored["value"] > 0)]
    for row in rows.iloc[::40].itertuples():
        assert len(results.explain(row.comparison_id)) == row.value


def test_a_word_list_is_an_option(shipped: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("word,count\nthe,60000\nsaid,900\n", encoding="utf-8")
    assert "against list list.csv" in outsource("compare", shipped, "--by", "kind", "--reference-list", path)


def test_what_is_not_known_is_refused(results: onlp.Results) -> None:
    for ask in (lambda: results.network("actor-actor", colour="red"), lambda: results.kwic("[colour=\"red\"]"),
                lambda: results.collocations("council", window=99), lambda: results.network(each="week")):
        with pytest.raises(ComparisonError, match="Hint"):
            ask()
