"""The trained stance scorer: a small network that reads text and target together.

Texts and targets enter, probabilities leave; the files lie in ``data/stance`` and their digest is checked at load.
One row goes through the network at a time: 8-bit arithmetic scales numbers by what it sees in one call, so rows
that share a call would change each other's probabilities. This way a row's result depends on that row alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from outsource_nlp.errors import DataError, ModelError
from outsource_nlp.records import fingerprint
from outsource_nlp.stance.protocol import LABELS

NETWORK, TOKENIZER, CARD = "model.onnx", "tokenizer.json", "card.json"
MOST_THREADS = 8
REMEMBERED = 10_000
"""Pairs whose result is kept: copies and later versions of an article repeat its passages."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What the program has to know of its model; MODEL_CARD.md tells people the rest.

    Attributes:
        digest: the fingerprint of network and tokenizer, 64 hexadecimal digits.
        target: the noun phrase that the model was mainly trained to be asked about.
        temperature: divides the logits; above 1 makes probabilities less sure.
        threshold: below this probability of the likeliest label an answer should be called ``unclear``.
        max_tokens: text and target together; of an overlong pair the longer part is cut.
        figures: what was measured when the model was made, as name and value.
    """

    name: str
    version: str
    digest: str
    labels: tuple[str, ...]
    target: str
    temperature: float
    threshold: float
    max_tokens: int
    figures: Mapping[str, Any] = field(default_factory=dict)


class CrossEncoderScorer:
    """Scores with the packaged network, or with another of the same make; can be shared between threads."""

    def __init__(self, folder: Path | None = None, *, threads: int = 0) -> None:
        """Load network, tokenizer and card.

        Args:
            folder: where ``model.onnx``, ``tokenizer.json`` and ``card.json`` lie; the packaged ones if not given.
            threads: rows scored at once; 0 for as many as suit the process, see ``threads_of_process``. It changes the
                speed, never a result.

        Raises:
            ModelError: a file is missing, or is not the one that the card was written for.
            DataError: the card is malformed.
        """
        place: Traversable = folder or resources.files("outsource_nlp.data").joinpath("stance")
        files = {name: _read(place, name) for name in (NETWORK, TOKENIZER, CARD)}
        self.card = _card(files[CARD], str(place.joinpath(CARD)))
        seen = digest(files[NETWORK], files[TOKENIZER])
        if seen != self.card.digest:
            raise ModelError.wrong_stance_files(str(place), seen, self.card.digest)
        self.threads = threads
        self._tokenizer = Tokenizer.from_str(files[TOKENIZER].decode())
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.card.max_tokens, strategy="longest_first")
        self._session = onnxruntime.InferenceSession(
            files[NETWORK], _single_threaded(), providers=["CPUExecutionProvider"])
        self._remembered = lru_cache(REMEMBERED)(self._logits)

    @property
    def threshold(self) -> float:
        """See ``Scorer.threshold``; chosen on the domain set's dev part."""
        return self.card.threshold

    def predict(self, texts: Sequence[str], targets: Sequence[str]) -> NDArray[np.float64]:
        """See ``Scorer.predict``; shape (n, 3). A pair met lately is not scored again."""
        pairs = list(zip(texts, targets, strict=True))
        threads = self.threads or threads_of_process()
        if threads > 1 and len(pairs) > 1:
            with ThreadPoolExecutor(threads) as pool:
                rows = list(pool.map(self._remembered, pairs))
        else:
            rows = [self._remembered(pair) for pair in pairs]
        logits = np.array(rows, dtype=np.float64).reshape(len(pairs), len(LABELS))
        return _softmax(logits / self.card.temperature)

    def _logits(self, pair: tuple[str, str]) -> tuple[float, ...]:
        """One number a label. Encoded row by row: a batch would start threads that a fork would break."""
        encoded = self._tokenizer.encode(*pair)
        feed = {"ids": np.array([encoded.ids], np.int64), "segments": np.array([encoded.type_ids], np.int64)}
        (logits,) = self._session.run(["logits"], feed)
        return tuple(np.asarray(logits)[0].tolist())


def threads_of_process() -> int:
    """How many threads may compute here: one in a process that another started, since those share the cores.

    Else what ``OMP_NUM_THREADS`` says, and without it one a core that the process may use, at most ``MOST_THREADS``.
    """
    if parent_process() is not None:
        return 1
    told = os.environ.get("OMP_NUM_THREADS", "")
    if told.isdecimal() and int(told):
        return int(told)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_THREADS)


def digest(network: bytes, tokenizer: bytes) -> str:
    """The identity of a model's files, as the card states it."""
    return fingerprint(network=network, tokenizer=tokenizer)


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _single_threaded() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def _read(place: Traversable, name: str) -> bytes:
    try:
        return place.joinpath(name).read_bytes()
    except OSError as error:
        raise ModelError.no_stance_files(str(place), name) from error


def _card(content: bytes, path: str) -> ModelCard:
    try:
        card = json.loads(content)
    except ValueError as error:
        raise DataError.unreadable(path, str(error)) from error
    known = [f.name for f in fields(ModelCard)]
    if not isinstance(card, dict) or set(card) != set(known):
        raise DataError.bad_columns(path, card if isinstance(card, dict) else (), known)
    if tuple(card["labels"]) != LABELS:
        raise DataError.bad_columns(path, card["labels"], LABELS)
    return ModelCard(**{**card, "labels": LABELS})
