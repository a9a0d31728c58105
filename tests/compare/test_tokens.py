"""Words in their order: patterns, concordances and collocations."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest
from compare_tables import TEXTS, tokens_of

from outsource_nlp import compare
from outsource_nlp.compare.patterns import Pattern
from outsource_nlp.compare.statistics import association
from outsource_nlp.compare.tokens import Sentence
from outsource_nlp.errors import ComparisonError

FORMS = "The councils had outsourced their cheap Services to a firm".split()
LEMMAS = "the council have outsource their cheap service to a firm".split()
POS = "DET NOUN AUX VERB PRON ADJ NOUN ADP DET NOUN".split()
ENTITY = [(), ("council",), (), (), (), (), (), (), (), ("company", "provider")]
SENTENCE = Sentence("a", 0, FORMS, [0] * 10, [0] * 10, {
    "word": [(x,) for x in FORMS], "lemma": [(x,) for x in LEMMAS], "pos": [(x,) for x in POS], "entity": ENTITY})


@pytest.mark.parametrize(("pattern", "wanted"), [
    ("services", ["Services"]), ("outsourc*", ["outsourced"]), ("a firm", ["a firm"]), ('"counc.*"', ["councils"]),
    ('[lemma="outsource"] []{0,2} [pos="NOUN"]', ["outsourced their cheap Services"]),
    ('[pos="ADJ"]? [pos="NOUN"]', ["councils", "cheap Services", "firm"]),
    ('[pos="NOUN" & lemma!="c.*"]', ["Services", "firm"]), ('[entity="company"]', ["firm"]),
    ('[entity!=".*" & pos="NOUN"]', ["Services"]), ("(cheap services) | firm", ["cheap Services", "firm"]),
    ('[pos="DET"] [pos!="VERB|NOUN"]', []), ("*d", ["had", "outsourced"]), ('[pos="NO"]', []),
])
def test_a_pattern_finds_ranges_of_tokens(pattern: str, wanted: list[str]) -> None:
    assert [" ".join(FORMS[a:b]) for a, b in Pattern(pattern).find(SENTENCE)] == wanted


@pytest.mark.parametrize("pattern", [
    "", '[lemma="x"', '[lemma=x]', '[colour="red"]', '[lemma="("]', "(a", "a b c d e f g h i j k", '[pos="X" &]', "a ]"])
def test_a_pattern_that_cannot_be_read_is_said(pattern: str) -> None:
    with pytest.raises(ComparisonError, match="Hint"):
        Pattern(pattern)


def test_key_words_stand_in_their_context_with_metadata(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.kwic(shared, "profit", width=12)
    assert frame[["left", "match", "right", "publisher"]].values.tolist() == [
        ["", "Profit", "is a good th", "Trade Ledger"], ["en are not a", "profit", "line.", "Morning Lamp"],
        ["ers say that", "profit", "harms childr", "Morning Lamp"]]
    for row in frame.itertuples():
        assert TEXTS[row.article_id][row.start:row.end] == row.match


def test_lines_are_sorted_from_the_match_outwards(shared: duckdb.DuckDBPyConnection) -> None:
    assert compare.kwic(shared, "children", sort="right")["right"].str.split().str[0].tolist() == [
        ".", "and", "are", "know"]
    assert compare.kwic(shared, "children", sort="left")["left"].str.split().str[-1].tolist()[1:] == ["and", "harms", "the"]
    assert compare.kwic(shared, "children", sort="kind")["kind"].tolist() == ["letter", *["newspaper"] * 3]
    with pytest.raises(ComparisonError, match="published"):
        compare.kwic(shared, "children", sort="colour")


def test_near_copies_are_shown_on_request(shared: duckdb.DuckDBPyConnection) -> None:
    assert [len(compare.kwic(shared, "harms", copies=copies)) for copies in (False, True)] == [1, 2]
    assert compare.kwic(shared, "nowhere").empty


def test_names_are_found_by_their_entity(connection: duckdb.DuckDBPyConnection) -> None:
    found = compare.kwic(connection, '[entity="council"]')
    assert found["article_id"].tolist() == ["a1", "b1", "b2"]
    assert compare.kwic(connection, '[name="Crestway"]')["article_id"].tolist() == ["a2"]


def neighbours(node: str, window: int) -> dict[str, int]:
    """Words within the window of the node, each place once, near copies left out."""
    found: dict[str, int] = {}
    for article, text in TEXTS.items():
        for sentence in text.lower().split(".") if article != "b3" else ():
            words = sentence.split()
            near = {j for i, w in enumerate(words) if w == node for j in range(max(0, i - window), i + window + 1)}
            for j in sorted(near & set(range(len(words)))):
                if words[j] != node:
                    found[words[j]] = found.get(words[j], 0) + 1
    return found


@pytest.mark.parametrize("window", [1, 3, 5])
def test_collocates_are_counted_once_a_place_within_the_sentence(
    shared: duckdb.DuckDBPyConnection, window: int
) -> None:
    for node in ("children", "the", "profit"):
        frame = compare.collocations(shared, node, window=window, of="words", min_frequency=1)
        assert dict(zip(frame["collocate"], frame["f"], strict=True)) == neighbours(node, window)
        assert set(frame["f1"]) == {sum(neighbours(node, window).values())}


def test_measures_are_those_of_the_counts_in_the_row(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.collocations(shared, "children", of="words", min_frequency=1)
    words = [w for key, text in TEXTS.items() if key != "b3" for w in text.lower().replace(".", "").split()]
    row = frame[frame["collocate"] == "the"].iloc[0]
    assert (row["f2"], row["n"], row["node_frequency"]) == (words.count("the"), len(words) - words.count("children"), 4)
    table = tuple(float(row[name]) for name in ("f", "f1", "f2", "n"))
    assert row["expected"] == pytest.approx(table[1] * table[2] / table[3])
    for name in ("mi", "mi3", "t_score", "z_score", "ll", "delta_p"):
        assert row[name] == pytest.approx(float(getattr(association, name)(*table)))
    assert row["log_dice"] == pytest.approx(14 + np.log2(2 * row["f"] / (4 + row["f2"])))
    assert frame["log_dice"].max() <= 14
    assert (frame["p_adjusted"] >= frame["p"]).all()
    assert frame["ll"].is_monotonic_decreasing


def test_collocations_are_made_for_each_group(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.collocations(shared, "children", by="kind", min_frequency=1)
    assert set(frame["group"]) == {"letter", "newspaper"}
    alone = compare.collocations(shared, "children", by="kind", target="newspaper", min_frequency=1)
    pd.testing.assert_frame_equal(alone, frame[frame["group"] == "newspaper"].reset_index(drop=True))


@pytest.fixture
def parsed(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Every token depends on the first of its sentence, as its own form names it."""
    frame = tokens_of(TEXTS, deps=lambda form: f"d:{form.lower()}")
    connection.execute("DELETE FROM tokens")
    connection.register("incoming", frame)
    connection.execute("INSERT INTO tokens SELECT * FROM incoming")
    return connection


def test_dependencies_tie_a_head_to_its_dependents(parsed: duckdb.DuckDBPyConnection) -> None:
    frame = compare.collocations(parsed, "profit", window=0, of="words", min_frequency=1).set_index("collocate")
    assert frame.loc["is", "relations"] == "d:is 2"
    assert frame.loc["children", ["relations", "f"]].tolist() == ["d:profit of 1", 1]
    assert "not" not in frame.index


def test_without_a_parse_dependencies_are_refused(shared: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ComparisonError, match="dependencies"):
        compare.collocations(shared, "children", window=0)


def test_a_node_that_is_nowhere_has_no_collocates(shared: duckdb.DuckDBPyConnection) -> None:
    frame = compare.collocations(shared, "nowhere")
    assert frame.empty
    assert "log_dice" in frame.columns


@pytest.mark.parametrize("options", [{"window": -1}, {"of": "tags"}, {"by": "colour"}, {"by": "kind", "target": "poem"}])
def test_an_unknown_option_is_refused(shared: duckdb.DuckDBPyConnection, options: dict[str, object]) -> None:
    with pytest.raises(ComparisonError, match="Hint"):
        compare.collocations(shared, "children", **options)
