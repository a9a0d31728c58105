"""``changes`` follows from the tables of the last run that ended and those of now, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from outsource_nlp import store
from outsource_nlp.records import ArticleRows
from outsource_nlp.schema import TABLES
from outsource_nlp.store import Writer

Fill = Callable[..., ArticleRows]
Said = tuple[str, str]


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with store.open_for_writing(tmp_path / "results") as opened:
        yield opened


@pytest.fixture
def article(fill: Fill) -> Callable[..., ArticleRows]:
    """An article with a stance, and holders with their sides."""

    def make(article_id: str, *said: Said, stance: str = "neutral", text: str = "", recipe: str = "r1") -> ArticleRows:
        rows = fill(article_id, n=0, text=text, recipe=recipe, documents__stance=stance, documents__copy_of="",
                    documents__n_words=7)
        table = TABLES["statements"]
        for k, (holder, side) in enumerate(said):
            cells = {"statement_id": f"s{article_id}{k}", "article_id": article_id, "start": 0, "end": 1, "holder": holder,
                     "holder_id": f"person:{holder}", "stance": side, "p_for": 0.1, "p_against": 0.1,
                     "p_neutral": 0.8, "certainty": 0.8}
            rows.tables["statements"].append(tuple(cells.get(name, "") for name in table.names))
            rows.tables["roles"].append((article_id, f"person:{holder}", holder, "quoted", "")) if (
                article_id, f"person:{holder}", holder, "quoted", "") not in rows.tables["roles"] else None
        return rows

    return make


def run(writer: Writer, *articles: ArticleRows, gone: tuple[str, ...] = (), end: bool = True,
        words: dict[str, float] | None = None) -> pd.DataFrame:
    """One run, as the workflow does it; its changes, as change, table, id, before, after, cause."""
    run_id = writer.begin("{}")
    writer.put(articles)
    writer.remove(gone)
    names = set(writer.connection.table("article.roles").df()["name"])
    writer.replace("entities", [(f"person:{name}", "person", name, "", "", "", 1, 1) for name in sorted(names)])
    if words:
        cells = {"by": "publisher", "of": "words", "group": "publisher 0", "reference": "rest", "stratum": "",
                 "statistic": "g2", "low": None, "high": None, "n": 1, "unit": "G2"}
        writer.replace("comparisons", [
            tuple((cells | {"comparison_id": f"c{word}", "item": word, "value": value})[name]
                  for name in TABLES["comparisons"].names) for word, value in words.items()])
    writer.note_changes()
    if end:
        writer.finish(run_id, "{}")
    frame = writer.frame("changes")
    return frame[frame["run_id"] == run_id].drop(columns="run_id").reset_index(drop=True)


def rows(frame: pd.DataFrame, table: str) -> set[tuple[str, ...]]:
    return {tuple(row) for row in frame[frame["table"] == table].drop(columns="table").itertuples(index=False)}


def test_the_first_run_tells_its_articles_only(writer: Writer, article: Callable[..., ArticleRows]) -> None:
    found = run(writer, article("a1", ("ada", "for"), stance="for"))
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        ("added", "documents", "a1", "", "a1.txt (7 words)", "new text")]


def test_a_run_that_changed_nothing_tells_nothing(writer: Writer, article: Callable[..., ArticleRows]) -> None:
    run(writer, article("a1", ("ada", "for"), stance="for"))
    assert run(writer).empty


def test_articles_that_came_changed_and_went_are_told_apart(
    writer: Writer, article: Callable[..., ArticleRows]
) -> None:
    run(writer, article("a1", text="one"), article("a2", text="two"), article("a3", text="three"))
    found = run(writer, article("a2", text="deux"), article("a4", text="four"), article("a5", text="three"),
                gone=("a1", "a3"))
    assert {(row[0], row[1], row[4]) for row in rows(found, "documents")} == {
        ("added", "a4", "new text"), ("edited", "a2", "changed text"), ("removed", "a1", "removed text"),
        ("renamed", "a5", "renamed file")}


def test_a_renamed_article_changes_nothing_else(writer: Writer, article: Callable[..., ArticleRows]) -> None:
    run(writer, article("a1", ("ada", "for"), stance="for", text="one"))
    found = run(writer, article("a2", ("ada", "for"), stance="for", text="one"), gone=("a1",))
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        ("renamed", "documents", "a2", "a1.txt", "a2.txt", "renamed file")]


@pytest.mark.parametrize(("before", "after", "change"), [
    ("neutral", "for", "appeared"), ("for", "against", "flipped"), ("against", "mixed", "withdrawn")])
def test_the_stance_of_an_article_appears_flips_and_goes(
    writer: Writer, article: Callable[..., ArticleRows], before: str, after: str, change: str
) -> None:
    run(writer, article("a1", stance=before))
    found = run(writer, article("a1", stance=after, recipe="r2"))
    assert rows(found, "documents") == {(change, "a1", before, after, "changed recipe")}


def test_holders_take_turn_and_give_up_sides_with_their_cause(
    writer: Writer, article: Callable[..., ArticleRows]
) -> None:
    run(writer, article("a1", ("ada", "for"), ("bob", "for")), article("a2", ("cyd", "against")))
    found = run(writer, article("a1", ("ada", "for"), ("bob", "against"), text="edited"), article("a3", ("dot", "for")),
                gone=("a2",))
    assert rows(found, "statements") == {
        ("flipped", "person:bob", "for (1 for, 0 against)", "against (0 for, 1 against)", "changed text"),
        ("withdrawn", "person:cyd", "against (0 for, 1 against)", "", "removed text"),
        ("appeared", "person:dot", "", "for (1 for, 0 against)", "new text")}


def test_actors_come_and_go_with_their_cause(writer: Writer, article: Callable[..., ArticleRows]) -> None:
    run(writer, article("a1", ("ada", "for")), article("a2", ("cyd", "for")))
    found = run(writer, article("a3", ("dot", "for")), gone=("a2",))
    assert rows(found, "entities") == {("added", "person:dot", "", "dot", "new text"),
                                       ("removed", "person:cyd", "cyd", "", "removed text")}


def test_key_words_that_rise_and_fall_are_told_if_they_are_key(
    writer: Writer, article: Callable[..., ArticleRows]
) -> None:
    run(writer, article("a1"), words={"bins": 50.0, "baths": 40.0, "roads": 30.0, "trees": 20.0, "dust": 1.0})
    found = run(writer, article("a2"), words={"baths": 40.0, "roads": 30.0, "trees": 20.0, "bins": 15.0, "ash": 2.0})
    assert rows(found, "comparisons") == {
        ("fell", "cbins", "publisher 0, bins: rank 1 (G2 50.0)", "publisher 0, bins: rank 4 (G2 15.0)", "new text")}


def test_a_run_that_was_cut_off_is_told_by_the_next_one(writer: Writer, article: Callable[..., ArticleRows]) -> None:
    run(writer, article("a1"))
    assert len(run(writer, article("a2"), end=False)) == 1
    found = run(writer, article("a3"))
    assert [row[1] for row in sorted(rows(found, "documents"))] == ["a2", "a3"]
    assert set(writer.frame("changes")["run_id"]) == {"run-0001", "run-0003"}
