"""Discourse networks against definitions written out loop by loop, and numbers worked out by hand."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest
from compare_tables import rows_of

from outsource_nlp import compare
from outsource_nlp.compare.networks import DUPLICATES, MODES, ONE_MODE, TWO_MODE, Wanted, matrix, one_mode, two_mode
from outsource_nlp.errors import ComparisonError

Maker = Callable[[dict[str, pd.DataFrame]], duckdb.DuckDBPyConnection]
STANCES = ("for", "against", "neutral")


def brute_one_mode(x: np.ndarray, i: int, k: int, sides: str, normalisation: str) -> float:
    """One tie by the loops of the definition: two sides, whose distance is 0 or 1."""
    concepts = range(x.shape[1])
    levels = range(1) if sides == "ignore" else range(2)
    count = (lambda row, c, q: sum(x[row][c])) if sides == "ignore" else (lambda row, c, q: x[row][c][q])
    congruence = conflict = 0.0
    for c in concepts:
        for p, q in itertools.product(levels, levels):
            congruence += count(i, c, p) * count(k, c, q) * (1 - abs(p - q))
            conflict += count(i, c, p) * count(k, c, q) * abs(p - q)
    weight = {"subtract": congruence - conflict, "conflict": conflict}.get(sides, congruence)
    pairs = [(count(i, c, q), count(k, c, q)) for c in concepts for q in levels]
    norm = {
        "none": 1.0,
        "average": (sum(a for a, _ in pairs) + sum(b for _, b in pairs)) / 2,
        "jaccard": sum(a for a, b in pairs if not b) + sum(b for a, b in pairs if not a) + sum(a * b for a, b in pairs),
        "cosine": (sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs)) ** .5,
    }[normalisation]
    return weight / norm if norm else 0.0


def brute_two_mode(x: np.ndarray, i: int, j: int, sides: str, normalisation: str) -> float:
    def weight(row: int, column: int) -> float:
        pro, con, none = x[row][column]
        if sides == "combine":
            return float(3 if pro and con else 1 if pro else 2 if con else 0)
        return float(pro - con if sides == "subtract" else pro + con + none)

    def size(row: int, column: int) -> float:
        return float(weight(row, column) > 0) if sides == "combine" else float(sum(x[row][column]))

    if normalisation == "none":
        return weight(i, j)
    total = sum(size(i, c) for c in range(x.shape[1])) if normalisation == "activity" else \
        sum(size(r, j) for r in range(x.shape[0]))
    return weight(i, j) / total if total else 0.0


def random_counts(seed: int, sides: str) -> np.ndarray:
    x = np.random.default_rng(seed).poisson(.7, (6, 5, 3)).astype(float)
    if sides != "ignore":
        x[..., 2] = 0
    return x


@pytest.mark.parametrize("normalisation", ONE_MODE)
@pytest.mark.parametrize("sides", MODES["actor-actor"])
def test_ties_of_one_mode_follow_the_definition(sides: str, normalisation: str) -> None:
    for seed in range(5):
        x = random_counts(seed, sides)
        found = one_mode(x, sides, normalisation)
        for i, k in itertools.permutations(range(6), 2):
            assert found[i, k] == pytest.approx(brute_one_mode(x, i, k, sides, normalisation))
        assert not found.diagonal().any()


@pytest.mark.parametrize("normalisation", TWO_MODE)
@pytest.mark.parametrize("sides", MODES["actor-aspect"])
def test_ties_of_two_modes_follow_the_definition(sides: str, normalisation: str) -> None:
    for seed in range(5):
        x = random_counts(seed, sides)
        found = two_mode(x, sides, normalisation)
        for i, j in itertools.product(range(6), range(5)):
            assert found[i, j] == pytest.approx(brute_two_mode(x, i, j, sides, normalisation))


def test_the_example_by_hand() -> None:
    x = np.array([[[2, 0, 0], [1, 0, 0]], [[1, 0, 0], [0, 1, 0]]], dtype=float)
    assert one_mode(x, "congruence")[0, 1] == 2
    assert one_mode(x, "conflict")[0, 1] == 1
    assert one_mode(x, "subtract")[0, 1] == 1
    assert one_mode(x, "subtract", "average")[0, 1] == pytest.approx(.4)
    assert one_mode(x, "congruence", "cosine")[0, 1] == pytest.approx(2 / (5 * 2) ** .5)
    assert one_mode(np.zeros((0, 0, 3)), "subtract", "jaccard").shape == (0, 0)


def test_holders_of_one_view_have_a_cosine_of_one_and_opponents_of_none() -> None:
    x = np.array([[[4, 0, 0], [0, 2, 0]], [[2, 0, 0], [0, 1, 0]], [[0, 4, 0], [2, 0, 0]]], dtype=float)
    found = one_mode(x, "subtract", "cosine")
    assert found[0, 1] == pytest.approx(1)
    assert found[0, 2] == pytest.approx(-1)


def corpus(seed: int = 3, n: int = 120) -> list[dict[str, str]]:
    """Statements of few holders on few aspects over two years, some of them alike."""
    draw = np.random.default_rng(seed)
    days = [date(2018, 12, 20).toordinal() + int(d) for d in draw.integers(0, 500, 40)]
    return [{
        "statement_id": f"s{i:03}", "article_id": f"a{i % 40:02}", "published": date.fromordinal(days[i % 40]).isoformat(),
        "holder_id": f"person:{'abcde'[draw.integers(5)]}", "stance": STANCES[draw.integers(3)],
        "aspects": "; ".join(sorted({"xyz"[draw.integers(3)] for _ in range(draw.integers(1, 3))})),
    } for i in range(n)]


@pytest.fixture
def argued(make: Maker, frames: dict[str, pd.DataFrame]) -> duckdb.DuckDBPyConnection:
    rows = pd.DataFrame(corpus())
    articles = rows.drop_duplicates("article_id")
    documents = rows_of("documents", article_id=list(articles["article_id"]), path=list(articles["article_id"]),
                        publisher=["P"] * len(articles), published=list(articles["published"]))
    said = rows.drop(columns="published").to_dict("list")
    statements = rows_of("statements", **said)
    return make({**frames, "documents": documents, "statements": statements})


def period(published: str, article: str, statement: str, duplicates: str) -> object:
    return {"include": statement, "document": article, "week": date.fromisoformat(published).isocalendar()[:2],
            "month": published[:7], "year": published[:4], "acrossrange": ""}[duplicates]


@pytest.mark.parametrize("duplicates", DUPLICATES)
def test_alike_statements_count_once_within_the_policy(argued: duckdb.DuckDBPyConnection, duplicates: str) -> None:
    wanted = Wanted("actor-aspect", "ignore", duplicates=duplicates, since="2019-01-01", until="2019-12")
    seen = {(r["holder_id"], aspect, r["stance"], period(r["published"], r["article_id"], r["statement_id"], duplicates))
            for r in corpus() for aspect in r["aspects"].split("; ") if r["published"][:4] == "2019"}
    made = matrix(argued, wanted)
    for i, j, k in np.ndindex(made.counts.shape):
        key = (made.rows[i], made.aspects[j], STANCES[k])
        assert made.counts[i, j, k] == sum(row[:3] == key for row in seen)
    assert made.counts.sum() == len(seen)


def test_the_policies_count_less_the_wider_they_are(argued: duckdb.DuckDBPyConnection) -> None:
    totals = [matrix(argued, Wanted("actor-aspect", "ignore", duplicates=name)).counts.sum() for name in DUPLICATES]
    assert totals == sorted(totals, reverse=True)
    assert totals[0] > totals[-1]


def test_rare_actors_and_aspects_are_left_out(argued: duckdb.DuckDBPyConnection) -> None:
    every = matrix(argued, Wanted("actor-aspect", "ignore"))
    least = int(sorted(every.counts.sum(axis=(1, 2)))[2])
    few = matrix(argued, Wanted("actor-aspect", "ignore", min_statements=least))
    assert len(few.rows) == sum(every.counts.sum(axis=(1, 2)) >= least)
    graph = compare.graph(argued, Wanted(most=2))
    assert len(graph.nodes) == 2
    assert graph.about["n_actors_left_out"] == 3


def test_time_windows_part_the_statements(argued: duckdb.DuckDBPyConnection) -> None:
    whole = Wanted("actor-aspect", "ignore", duplicates="include")
    for each in ("month", "quarter", "year"):
        parts = [matrix(argued, window).counts.sum() for _, window in compare.windows(argued, whole, each)]
        assert sum(parts) == matrix(argued, whole).counts.sum()
        assert len(parts) > 1
    names = [name for name, _ in compare.windows(argued, Wanted(since="2019-05-02", until="2019-09-10"), "quarter")]
    assert names == ["2019-Q2", "2019-Q3"]


def test_ties_and_nodes_carry_what_is_known(shared: duckdb.DuckDBPyConnection) -> None:
    graph = compare.graph(shared, Wanted("actor-aspect", "subtract", duplicates="include"))
    tie = graph.ties["person:ann-ashe", "aspect:cost"]
    assert (tie["weight"], tie["n_for"], tie["n_against"], tie["balance"]) == (2, 2, 0, 1)
    node = graph.nodes["person:ann-ashe"]
    assert (node["label"], node["mode"], node["n_articles"]) == ("Ann Ashe", "actor", 1)
    pair = compare.graph(shared, Wanted("actor-actor", "subtract")).ties["person:ann-ashe", "person:bo-birch"]
    assert (pair["weight"], pair["conflict"], pair["shared"]) == (-1, 1, "quality")


def test_near_copies_count_on_request(shared: duckdb.DuckDBPyConnection) -> None:
    once, twice = (compare.graph(shared, Wanted("actor-aspect", "ignore", copies=copies)).ties[
        "person:cy-cole", "aspect:profit"]["weight"] for copies in (False, True))
    assert (once, twice) == (2, 3)


@pytest.mark.parametrize("settings", [
    {"mode": "author-actor"}, {"sides": "combine"}, {"mode": "actor-aspect", "sides": "congruence"},
    {"normalisation": "activity"}, {"duplicates": "decade"}, {"colour": "red"}])
def test_settings_that_do_not_go_together_are_refused(settings: dict[str, str]) -> None:
    with pytest.raises(ComparisonError, match="Hint: use one of"):
        compare.wanted(**settings)


def test_a_corpus_without_statements_gives_an_empty_network(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("DELETE FROM statements")
    for mode in MODES:
        graph = compare.graph(connection, Wanted(mode, "ignore"))
        assert (len(graph.nodes), len(graph.ties)) == (0, 0)


@pytest.mark.parametrize("bound", ["20x", "2018-13", "2018-3-1", "last year"])
def test_a_bound_that_is_no_date_is_told(bound: str) -> None:
    with pytest.raises(ComparisonError, match="Hint: write a year, month or day"):
        compare.wanted(since=bound)
