"""A batch gives rows or failures, and does again only what must be done again."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from outsource_nlp import worker
from outsource_nlp.annotate import layers, stages
from outsource_nlp.errors import ConfigurationError
from outsource_nlp.records import Article, ArticleRows, Failure
from outsource_nlp.schema import TABLES
from outsource_nlp.settings import PipelineSpec
from outsource_nlp.worker import Work, annotate_batch

RULES = PipelineSpec("rules")
RECIPE = stages.fingerprints(RULES).rows
ONE = Article("one.txt", "“Outsourcing the parks was a mistake,” said Ada Lowe of Barnet Council.")
TWO = Article("two.txt", "The council brought its parks back in house. Ministers oppose the move.")


def rows(work: Work) -> ArticleRows:
    (found,) = annotate_batch(RULES, RECIPE, 0, [work])
    assert isinstance(found, ArticleRows)
    return found


def slow_on_two(doc: object, article: Article, only: object = ()) -> dict[str, list[tuple[str]]]:
    if article == TWO:
        time.sleep(30)
    return {}


def hungry_on_two(doc: object, article: Article, only: object = ()) -> dict[str, list[tuple[str]]]:
    if article == TWO:
        raise MemoryError
    return {}


@pytest.mark.parametrize(("tabulate", "told"), [(slow_on_two, "longer than 2 seconds"), (hungry_on_two, "more memory")])
def test_an_article_that_meets_a_limit_costs_itself_only(
    monkeypatch: pytest.MonkeyPatch, tabulate: Callable[..., object], told: str
) -> None:
    annotate_batch(RULES, RECIPE, 0, [Work(ONE)])
    monkeypatch.setattr(worker, "tabulate", tabulate)
    one, two = annotate_batch(RULES, RECIPE, 2, [Work(ONE), Work(TWO)])
    assert isinstance(one, ArticleRows)
    assert isinstance(two, Failure)
    assert told in two.error
    assert "Hint:" in two.error


def test_a_stored_parse_gives_the_same_rows() -> None:
    fresh = rows(Work(ONE))
    again = rows(Work(ONE, fresh.parsed, stored=True))
    assert (again.parsed, again.partial) == (b"", False)
    assert again.tables == fresh.tables


def test_the_parse_of_another_article_is_stored_with_the_one_that_borrows_it() -> None:
    fresh = rows(Work(ONE))
    moved = rows(Work(Article("moved.txt", ONE.text), fresh.parsed))
    assert moved.parsed == fresh.parsed
    assert moved.tables["texts"] != fresh.tables["texts"]


@pytest.mark.parametrize("stage", range(len(stages.NAMES)))
def test_a_changed_stage_is_done_again_with_what_follows_and_the_rows_are_the_same(
    monkeypatch: pytest.MonkeyPatch, stage: int
) -> None:
    fresh = rows(Work(ONE))
    staged = worker._staged(RULES, RECIPE)
    marks = staged.marks
    changed = replace(
        marks, stages=tuple(mark if k < stage else f"new {mark}" for k, mark in enumerate(marks.stages)))
    monkeypatch.setattr(staged, "marks", changed)
    run = []
    for k, part in staged._parts:
        monkeypatch.setattr(type(part), "__call__", _noting(run, k, type(part).__call__))
    again = rows(Work(ONE, fresh.parsed, fresh.layers, stored=True))
    assert run == [k for k, _ in staged._parts if k >= stage]
    assert set(again.tables) == (set(worker.OF_STANCE) if stage == stages.STANCE else set(fresh.tables))
    assert all(again.tables[name] == fresh.tables[name] for name in again.tables)
    assert again.partial == (stage == stages.STANCE)


def _noting(run: list[int], k: int, call: Callable[..., object]) -> Callable[..., object]:
    def noted(self: object, doc: object) -> object:
        run.append(k)
        return call(self, doc)

    return noted


def test_a_worker_that_would_make_other_rows_is_told() -> None:
    with pytest.raises(ConfigurationError, match="another version"):
        annotate_batch(RULES, "another recipe", 0, [Work(ONE)])


def test_threads_of_one_process_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    within: list[str] = []

    def noting(doc: object, article: Article, only: object = ()) -> dict[str, list[tuple[str]]]:
        within.append("in")
        time.sleep(0.2)
        within.append("out")
        return {}

    annotate_batch(RULES, RECIPE, 0, [Work(ONE)])
    monkeypatch.setattr(worker, "tabulate", noting)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda work: annotate_batch(RULES, RECIPE, 0, [work]), [Work(ONE), Work(TWO)]))
    assert within == ["in", "out", "in", "out"]


def test_passages_that_were_scored_and_texts_that_were_measured_are_not_again(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = rows(Work(ONE))
    staged = worker._staged(RULES, RECIPE)
    monkeypatch.setattr(staged, "marks", replace(
        staged.marks, stages=(*staged.marks.stages[:stages.STANCE], "new", "new")))
    monkeypatch.setattr(staged._scores, "scorer", None)
    monkeypatch.setattr(stages, "text_statistics", None)
    again = rows(Work(ONE, fresh.parsed, fresh.layers, stored=True))
    assert all(again.tables[name] == fresh.tables[name] for name in worker.OF_STANCE)


def test_the_statistics_of_a_text_are_made_again_if_what_makes_them_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = rows(Work(ONE))
    staged = worker._staged(RULES, RECIPE)
    monkeypatch.setattr(staged, "marks", replace(
        staged.marks, stages=(*staged.marks.stages[:-1], "new"), statistics="new"))
    made = layers.TextStatistics(3, 1)
    monkeypatch.setattr(stages, "text_statistics", lambda doc: made)
    again = rows(Work(ONE, fresh.parsed, fresh.layers, stored=True))
    words = [column.name for column in TABLES["documents"].columns].index("n_words")
    assert again.tables["documents"][0][words] == 3
