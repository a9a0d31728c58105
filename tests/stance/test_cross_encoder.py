"""The trained scorer: a row's result is its own, and only the pinned files are used."""

from __future__ import annotations

import csv
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from outsource_nlp.errors import DataError, ModelError
from outsource_nlp.stance.cross_encoder import CARD, NETWORK, TOKENIZER, CrossEncoderScorer, threads_of_process
from outsource_nlp.stance.protocol import LABELS
from outsource_nlp.stance.rules import RuleScorer

PACKAGED = Path(str(resources.files("outsource_nlp.data").joinpath("stance")))
DOMAIN = Path(__file__).parents[2] / "pipelines" / "stance" / "domain" / "sentences.csv"
TARGET = "outsourcing of public services to private companies"
PAIRS = [
    ("The contractor has walked away and the town is left with the bill.", TARGET),
    ("Yes.", TARGET),
    ("", TARGET),
    ("", ""),
    ("Café, naïve — “quoted” 漢字 🙂 £3m", "a target nobody asked for"),
    ("Since the firm took over the repairs, tenants wait days rather than months. " * 40, TARGET),
    ("The council will publish its decision in May.", "keeping services in house"),
    ("word", "a very long target " * 100),
]


@pytest.fixture(scope="module")
def scorer() -> CrossEncoderScorer:
    return CrossEncoderScorer()


def predict(scorer: CrossEncoderScorer, pairs: list[tuple[str, str]]) -> np.ndarray:
    return scorer.predict([text for text, _ in pairs], [target for _, target in pairs])


def copy_of_model(folder: Path) -> Path:
    for name in (NETWORK, TOKENIZER, CARD):
        shutil.copy(PACKAGED / name, folder / name)
    return folder


def edited_card(folder: Path, **changes: object) -> Path:
    card = json.loads((folder / CARD).read_text()) | changes
    (folder / CARD).write_text(json.dumps(card))
    return folder


def test_each_row_is_three_probabilities(scorer: CrossEncoderScorer) -> None:
    p = predict(scorer, PAIRS)
    assert p.shape == (len(PAIRS), 3)
    assert p.dtype == np.float64
    assert ((p > 0) & (p < 1)).all()
    assert np.allclose(p.sum(axis=1), 1, atol=1e-12)


def test_no_pairs_give_no_rows(scorer: CrossEncoderScorer) -> None:
    assert scorer.predict([], []).shape == (0, 3)


def test_texts_and_targets_must_be_as_many(scorer: CrossEncoderScorer) -> None:
    with pytest.raises(ValueError, match="zip"):
        scorer.predict(["one", "two"], [TARGET])


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_the_batch_size_changes_no_bit(scorer: CrossEncoderScorer, size: int) -> None:
    whole = predict(scorer, PAIRS)
    parts = [predict(scorer, PAIRS[i:i + size]) for i in range(0, len(PAIRS), size)]
    assert np.concatenate(parts).tobytes() == whole.tobytes()


def test_order_and_repetition_change_no_bit(scorer: CrossEncoderScorer) -> None:
    whole = predict(scorer, PAIRS)
    again = predict(scorer, PAIRS[::-1] + PAIRS)
    assert again[:len(PAIRS)][::-1].tobytes() == whole.tobytes()
    assert again[len(PAIRS):].tobytes() == whole.tobytes()


def test_threads_change_no_bit(scorer: CrossEncoderScorer) -> None:
    assert predict(CrossEncoderScorer(threads=2), PAIRS).tobytes() == predict(scorer, PAIRS).tobytes()


def test_a_process_of_its_own_uses_the_cores_that_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert 1 <= threads_of_process() <= (os.cpu_count() or 1)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert threads_of_process() == 3


def test_processes_that_share_the_work_compute_on_one_thread_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(threads_of_process) == 1


def test_the_side_turns_with_the_target(scorer: CrossEncoderScorer) -> None:
    text = "Handing the care homes to a private firm was a costly blunder and residents suffered for it."
    outsourced, in_house = scorer.predict([text, text], [TARGET, "keeping services in house"])
    assert LABELS[outsourced.argmax()] == "against"
    assert LABELS[in_house.argmax()] == "for"


def test_a_plain_notice_takes_no_side(scorer: CrossEncoderScorer) -> None:
    p = scorer.predict(["Bids for the parking contract must reach the council by noon on 4 June."], [TARGET])
    assert LABELS[p[0].argmax()] == "neutral"


def test_it_beats_the_rules_on_our_own_test_sentences(scorer: CrossEncoderScorer) -> None:
    with DOMAIN.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "test"]
    texts, targets = [row["text"] for row in rows], [TARGET] * len(rows)
    labels = np.array([LABELS.index(row["label"]) for row in rows])
    trained, ruled = (np.mean(s.predict(texts, targets).argmax(axis=1) == labels) for s in (scorer, RuleScorer()))
    assert trained > ruled + 0.1


def test_the_card_says_how_to_read_it(scorer: CrossEncoderScorer) -> None:
    assert scorer.card.labels == LABELS
    assert scorer.card.target == TARGET
    assert 0 < scorer.card.temperature < 10
    assert 1 / 3 < scorer.card.threshold < 1


def test_the_network_fits_in_a_wheel() -> None:
    assert (PACKAGED / NETWORK).stat().st_size <= 25_000_000


@pytest.mark.parametrize("name", [NETWORK, TOKENIZER])
def test_a_changed_file_is_refused(tmp_path: Path, name: str) -> None:
    folder = copy_of_model(tmp_path)
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match="digest"):
        CrossEncoderScorer(folder)


@pytest.mark.parametrize("name", [NETWORK, TOKENIZER, CARD])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = copy_of_model(tmp_path)
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        CrossEncoderScorer(folder)


def test_a_card_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="columns"):
        CrossEncoderScorer(edited_card(copy_of_model(tmp_path), flavour="new"))


def test_a_card_with_other_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="columns"):
        CrossEncoderScorer(edited_card(copy_of_model(tmp_path), labels=["for", "neutral", "against"]))


def test_a_card_that_is_no_json_is_refused(tmp_path: Path) -> None:
    folder = copy_of_model(tmp_path)
    (folder / CARD).write_text("not json")
    with pytest.raises(DataError, match="cannot be read"):
        CrossEncoderScorer(folder)


def test_a_hotter_card_makes_it_less_sure(tmp_path: Path, scorer: CrossEncoderScorer) -> None:
    hotter = CrossEncoderScorer(edited_card(copy_of_model(tmp_path), temperature=scorer.card.temperature * 3))
    assert (predict(hotter, PAIRS).max(axis=1) < predict(scorer, PAIRS).max(axis=1)).all()


def test_scoring_loads_neither_torch_nor_spacy() -> None:
    code = ("import sys; from outsource_nlp.stance.cross_encoder import CrossEncoderScorer; "
            "CrossEncoderScorer().predict(['x'], ['y']); print({'torch', 'spacy', 'transformers'} & set(sys.modules))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
