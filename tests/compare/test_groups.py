"""Who stands against whom."""

from __future__ import annotations

import duckdb
import pytest

from outsource_nlp import compare
from outsource_nlp.compare.groups import arenas, names
from outsource_nlp.compare.question import REST, Arena, Question
from outsource_nlp.errors import ComparisonError

GROUPS = {
    "publisher": ["Morning Lamp", "Trade Ledger"],
    "kind": ["newspaper", "trade press", "letter"],
    "author": ["Bo Birch", "Cy Cole", "Ann Ashe"],
    "year": ["2018", "2019"],
    "quarter": ["2018-Q1", "2018-Q2", "2018-Q4"],
    "stance": ["against", "for", "mixed", "neutral"],
    "month": ["2018-01", "2018-04", "2018-12"],
    "council": ["Harnsea Council", "Penhallow Council"],
    "company": ["Crestway"],
    "provider": [],
    "government": [],
}


def test_every_grouping_has_an_expectation_here() -> None:
    assert set(compare.BY) == set(GROUPS)


@pytest.mark.parametrize("by", GROUPS)
def test_groups_come_with_the_largest_first(shared: duckdb.DuckDBPyConnection, by: str) -> None:
    assert names(shared, Question(by, "words")) == GROUPS[by]


def test_near_copies_make_a_group_on_request_only(shared: duckdb.DuckDBPyConnection) -> None:
    assert "Evening Lamp" in names(shared, Question("publisher", "words", copies=True))
    assert "Evening Lamp" not in names(shared, Question("publisher", "words"))


def test_each_group_meets_the_rest_or_the_reference(shared: duckdb.DuckDBPyConnection) -> None:
    question = Question("kind", "words")
    assert arenas(shared, question) == [Arena(("letter", "newspaper", "trade press"), REST)]
    assert arenas(shared, question, target="letter") == [Arena(("letter",), REST)]
    assert arenas(shared, question, target="letter", reference="newspaper") == [Arena(("letter",), "newspaper")]
    assert arenas(shared, question, reference="newspaper") == [
        Arena(("letter",), "newspaper"), Arena(("trade press",), "newspaper")]


def test_an_unknown_name_is_answered_with_the_known_ones(shared: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ComparisonError, match="Morning Lamp, Trade Ledger"):
        compare.compare(shared, by="publisher", of="words", target="Noon Lamp")
    with pytest.raises(ComparisonError, match="publisher"):
        compare.compare(shared, by="colour", of="words")
    with pytest.raises(ComparisonError, match="lemmas"):
        compare.compare(shared, by="publisher", of="smells")
    with pytest.raises(ComparisonError, match="lemmas"):
        compare.keyness(shared, by="publisher", of="stance")


def test_one_group_cannot_be_compared(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("UPDATE documents SET publisher = 'Morning Lamp'")
    with pytest.raises(ComparisonError, match="needs two groups, found: Morning Lamp"):
        compare.compare(connection, by="publisher", of="words")
    with pytest.raises(ComparisonError, match="needs two groups"):
        compare.compare(connection, by="kind", of="words", target="letter", reference="letter")


def test_groups_without_an_article_of_their_own_cannot_be_compared(connection: duckdb.DuckDBPyConnection) -> None:
    for target, reference in (("Ann Ashe", "Bo Birch"), ("Bo Birch", "Ann Ashe")):
        with pytest.raises(ComparisonError, match="found: Bo Birch"):
            compare.compare(connection, by="author", of="words", target=target, reference=reference)
    frame = compare.compare(connection, by="author", of="words", reference="Ann Ashe")
    assert set(frame["group"]) == {"Cy Cole"}


def test_no_article_at_all_is_said(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("DELETE FROM documents")
    with pytest.raises(ComparisonError, match="found: none"):
        compare.compare(connection, by="kind", of="stance")
