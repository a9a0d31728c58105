"""Figures of a labelled set: logits and labels enter, numbers leave. Pure numpy."""

from __future__ import annotations

import numpy as np


def softmax(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Rows that sum to 1."""
    z = logits / temperature
    z = np.exp(z - z.max(axis=1, keepdims=True))
    return z / z.sum(axis=1, keepdims=True)


def macro_f1(predicted: np.ndarray, labels: np.ndarray) -> float:
    """The mean of the three labels' F1; a label that never occurs in ``labels`` is left out."""
    scores = []
    for k in np.unique(labels):
        hit = np.sum((predicted == k) & (labels == k))
        scores.append(2 * hit / max(np.sum(predicted == k) + np.sum(labels == k), 1))
    return float(np.mean(scores))


def two_way_accuracy(logits: np.ndarray, labels: np.ndarray) -> float:
    """For or against only: how often the right one of the two is the likelier, where the label is one of them."""
    sided = labels != 1
    return float(np.mean((logits[sided, 2] > logits[sided, 0]) == (labels[sided] == 2)))


def calibration_error(p: np.ndarray, labels: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error of the likeliest label, equally wide bins (Guo et al. 2017)."""
    top, right = p.max(axis=1), p.argmax(axis=1) == labels
    which = np.minimum((top * bins).astype(int), bins - 1)
    gaps = [np.mean(which == b) * abs(top[which == b].mean() - right[which == b].mean())
            for b in range(bins) if (which == b).any()]
    return float(np.sum(gaps))


def fit_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature of the least negative log-likelihood, from a fine grid."""
    grid = np.exp(np.linspace(np.log(0.4), np.log(4.0), 400))
    losses = [-np.mean(np.log(softmax(logits, t)[np.arange(len(labels)), labels] + 1e-12)) for t in grid]
    return float(grid[int(np.argmin(losses))])


def coverage_curve(p: np.ndarray, labels: np.ndarray) -> list[dict[str, float]]:
    """What stays answered, and how well, if rows below a threshold are called unclear."""
    rows = []
    for threshold in np.arange(0.34, 0.96, 0.02):
        kept = p.max(axis=1) >= threshold
        if kept.sum() < 20:
            break
        predicted = p[kept].argmax(axis=1)
        rows.append({"threshold": round(float(threshold), 2), "coverage": round(float(kept.mean()), 4),
                     "accuracy": round(float(np.mean(predicted == labels[kept])), 4),
                     "macro_f1": round(macro_f1(predicted, labels[kept]), 4)})
    return rows


def threshold_at(p: np.ndarray, coverage: float = 0.95) -> float:
    """The highest threshold, to two digits, at which so many rows still get an answer.

    ``unclear`` is meant for the few passages that the network knows nothing about; who wants more certainty can filter
    by ``certainty``, with the coverage curve at hand.
    """
    return float(np.floor(np.quantile(p.max(axis=1), 1 - coverage) * 100) / 100)
