"""Research code gets tables, comparisons, and the way back to the text."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import outsource_nlp as onlp
from outsource_nlp.errors import ComparisonError, ResultsError
from outsource_nlp.report import passages_shown
from outsource_nlp.schema import TABLES


@pytest.fixture(scope="module")
def results(shipped: Path) -> onlp.Results:
    return onlp.open_results(shipped)


@pytest.mark.parametrize("table", ["documents", "entities", "mentions", "roles", "quotations", "statements", "comparisons",
                                   "changes", "failures"])
def test_every_table_is_an_attribute(results: onlp.Results, table: str) -> None:
    assert tuple(getattr(results, table).columns) == TABLES[table].names


def test_a_comparison_is_tidy(results: onlp.Results) -> None:
    frame = results.compare(by="kind", of="words")
    assert {"group", "item", "statistic", "value", "low", "high", "n", "unit"} <= set(frame.columns)


def test_an_unknown_grouping_is_refused(results: onlp.Results) -> None:
    with pytest.raises(ComparisonError, match="Hint"):
        results.compare(by="weather", of="words")


@pytest.mark.parametrize(("table", "key"), [("statements", "statement_id"), ("quotations", "quotation_id"),
                                            ("mentions", "mention_id")])
def test_a_row_leads_back_to_its_sentence(results: onlp.Results, table: str, key: str) -> None:
    row = results.frame(table).iloc[0]
    (told,) = results.explain(row[key]).to_dict("records")
    words = " ".join(results.text(row["article_id"])[row["start"]:row["end"]].split())
    assert words in told["context"]
    assert told["path"]


def test_an_entity_leads_to_all_its_mentions(results: onlp.Results) -> None:
    entity = results.entities.sort_values("n_mentions").iloc[-1]
    assert len(results.explain(entity["entity_id"])) == entity["n_mentions"]


def test_a_number_of_a_comparison_leads_back_to_rows(results: onlp.Results) -> None:
    stances = results.comparisons[(results.comparisons.of == "stance") & (results.comparisons.n > 0)]
    told = results.explain(stances["comparison_id"].iloc[0])
    assert isinstance(told, pd.DataFrame)
    assert len(told) > 0


def test_an_unknown_id_is_refused(results: onlp.Results) -> None:
    with pytest.raises(ResultsError, match="no row"):
        results.explain("s000000000000")


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="no results"):
        onlp.open_results(tmp_path)


def test_a_notebook_shows_results_and_passages_with_their_marks(results: onlp.Results) -> None:
    assert "<b>13 articles</b> and 1 near-copy" in results._repr_html_()
    row = results.statements[results.statements.holder == "Ray Jones"].iloc[0]
    html = results.show(row["statement_id"])._repr_html_()
    assert html.count("<mark") >= 2
    assert f">{row['stance']}</span></mark>" in html
    assert ">holder</span></mark>" in html


def test_a_notebook_shows_hostile_words_as_text(results: onlp.Results) -> None:
    frame = results.explain(results.statements.statement_id[0]).assign(
        context="<script>x</script> said <b>so</b>", evidence="<b>so</b>", publisher="<img src=x>")
    html = passages_shown(frame).html
    assert "<script" not in html
    assert "<img" not in html
