"""Articles drawn and dealt out for many groups at once keep to the laws of chance of single groups."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from outsource_nlp.compare.statistics import dealing
from outsource_nlp.compare.statistics.dealing import Articles, Group, dealt, drawn_from_others
from outsource_nlp.compare.statistics.shares import resample

CODES = [[1], [2], [4], [8], [16]]
"""Five articles; a sum tells which of them are in it."""
FIVE = Articles.of(CODES, np.ones(5))


def corpus(n: int, idle: int = 0, seed: int = 3) -> tuple[np.ndarray, Articles]:
    rows = np.random.default_rng(seed).poisson([.5, 1, 3], (n, 3)) + np.array([1, 0, 0])
    return rows, Articles.of(np.vstack([rows, np.zeros((idle, 3))]), np.ones(n + idle))


def group(everything: Articles, rows: np.ndarray, idle: int = 0) -> Group:
    kinds = {tuple(profile): i for i, profile in enumerate(everything.profiles.tolist())}
    counts = np.bincount([kinds[tuple(row)] for row in rows.astype(float).tolist()], minlength=len(kinds))
    return Group(counts, len(rows) + idle)


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_every_hand_is_dealt_equally_often(size: int) -> None:
    seen = Counter(dealt(FIVE, [size], permutations=20_000, seed=1)[0, :, 0].astype(int).tolist())
    assert set(seen) == {sum(hand) for hand in combinations((1, 2, 4, 8, 16), size)}
    assert stats.chisquare(list(seen.values())).pvalue > .001


def test_articles_that_hold_nothing_are_dealt_too() -> None:
    few = Articles.of([[1], [0]], [3, 7])
    n = dealt(few, [4, 9], permutations=20_000, seed=1)[:, :, 0]
    for drawn, size in zip(n, (4, 9), strict=True):
        expected = stats.hypergeom(10, 3, size)
        assert drawn.mean() == pytest.approx(expected.mean(), abs=.03)
        assert drawn.var() == pytest.approx(expected.var(), abs=.03)


def test_a_group_of_all_gets_all_and_a_group_of_none_nothing() -> None:
    assert dealt(FIVE, [5, 0], permutations=3, seed=1)[:, :, 0].tolist() == [[31] * 3, [0] * 3]
    assert not drawn_from_others(FIVE, [Group(FIVE.counts, 5)], resamples=3, seed=1).any()


def test_from_two_others_every_pair_is_drawn_as_chance_has_it() -> None:
    drawn = drawn_from_others(FIVE, [Group(np.array([1, 1, 1, 0, 0]), 3)], resamples=20_000, seed=1)[0, :, 0]
    seen = Counter(drawn.astype(int).tolist())
    assert stats.chisquare([seen[16], seen[24], seen[32]], [5_000, 10_000, 5_000]).pvalue > .001


@pytest.mark.parametrize(("n", "idle", "own", "own_idle"), [
    (400, 0, 40, 0), (400, 0, 380, 0), (300, 100, 30, 30), (30, 970, 3, 0), (400, 5, 1, 5)])
def test_drawing_from_the_others_is_drawing_from_them_alone(n: int, idle: int, own: int, own_idle: int) -> None:
    rows, everything = corpus(n, idle)
    together = drawn_from_others(
        everything, [group(everything, rows[:own], own_idle)], resamples=4_000, seed=1)[0]
    others = np.vstack([rows[own:], np.zeros((idle - own_idle, 3))])
    alone = resample(others, np.ones(len(others)), resamples=4_000)
    assert together.mean(axis=0) == pytest.approx(alone.mean(axis=0), rel=.03)
    assert together.std(axis=0) == pytest.approx(alone.std(axis=0), rel=.06)
    for one, other in zip(together.T, alone.T, strict=True):
        assert stats.ks_2samp(one, other).pvalue > .001


def test_as_many_articles_are_drawn_as_there_are_others() -> None:
    everything = Articles.of([[1, 0], [1, 1]], [60, 40])
    drawn = drawn_from_others(everything, [Group(np.array([9, 1]), 10), Group(np.array([50, 40]), 90)],
                              resamples=500, seed=1)
    assert np.unique(drawn[0, :, 0]).tolist() == [90]
    assert np.unique(drawn[1, :, 0]).tolist() == [10]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=4), st.integers(0, 99))
def test_what_a_group_gets_depends_neither_on_other_groups_nor_on_the_order_of_rows(sizes: list[int], seed: int) -> None:
    rows, everything = corpus(30, 10)
    mixed = Articles.of(np.random.default_rng(seed).permutation(np.vstack([rows, np.zeros((10, 3))])), np.ones(40))
    together = dealt(everything, sizes, permutations=20, seed=seed)
    for found, size in zip(together, sizes, strict=True):
        assert np.array_equal(found, dealt(mixed, [size], permutations=20, seed=seed)[0])
    groups = [group(everything, rows[:min(size, 30)], max(0, size - 30)) for size in sizes]
    for found, one in zip(drawn_from_others(everything, groups, resamples=20, seed=seed), groups, strict=True):
        assert np.array_equal(found, drawn_from_others(mixed, [one], resamples=20, seed=seed)[0])


def test_a_corpus_larger_than_a_block_is_dealt_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dealing, "BLOCK", 500)
    rows, everything = corpus(200)
    drawn = dealt(everything, [50], permutations=2_000, seed=1)[0]
    assert drawn.mean(axis=0) == pytest.approx(rows.sum(axis=0) / 4, rel=.02)
    assert len(np.unique(drawn, axis=0)) > 1_000
    others = drawn_from_others(everything, [group(everything, rows[:50])], resamples=2_000, seed=1)[0]
    assert others.mean(axis=0) == pytest.approx(rows[50:].sum(axis=0), rel=.02)
