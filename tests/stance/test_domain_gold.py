"""A quality floor for the trained scorer, on the held-back sentences that were written for this project."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import numpy as np
import pytest

from outsource_nlp.codebook import load_codebook
from outsource_nlp.stance import LABELS, load_stance_scorer

GOLD = Path(__file__).resolve().parents[2] / "pipelines" / "stance" / "domain" / "sentences.csv"
DIGEST = "667d21100befa42dee11cac8391e509961ca8b7df4a130307a8a2ac94ae26378"
BINS = 10


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["split"] == "test"]


def scored(rows: list[dict[str, str]], name: str) -> tuple[np.ndarray, np.ndarray]:
    p = load_stance_scorer(name).predict([row["text"] for row in rows], [load_codebook().target] * len(rows))
    return p, np.array([LABELS.index(row["label"]) for row in rows])


def macro_f1(p: np.ndarray, gold: np.ndarray) -> float:
    said = p.argmax(axis=1)
    return float(np.mean([2 * np.sum((said == k) & (gold == k)) / (np.sum(said == k) + np.sum(gold == k)) for k in range(3)]))


def calibration_error(p: np.ndarray, gold: np.ndarray) -> float:
    top, right = p.max(axis=1), p.argmax(axis=1) == gold
    at = np.minimum((top * BINS).astype(int), BINS - 1)
    return float(sum(abs(top[at == b].mean() - right[at == b].mean()) * np.mean(at == b) for b in range(BINS) if np.any(at == b)))


def test_the_gold_is_the_one_that_the_floors_were_set_on() -> None:
    assert hashlib.sha256(GOLD.read_bytes()).hexdigest() == DIGEST


def test_the_trained_scorer_keeps_its_quality(rows: list[dict[str, str]]) -> None:
    p, gold = scored(rows, "cross_encoder")
    assert macro_f1(p, gold) >= 0.74
    assert calibration_error(p, gold) <= 0.05


def test_the_trained_scorer_beats_the_word_lists(rows: list[dict[str, str]]) -> None:
    word_lists = macro_f1(*scored(rows, "rules"))
    assert macro_f1(*scored(rows, "cross_encoder")) >= word_lists + 0.25
