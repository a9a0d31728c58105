"""Early exits: heads on inner layers that answer the easy rows, so that these need no further layers.

Trained weights enter; the same weights with a head behind some layers leave. The network itself is not touched: each
head learns, from what its layer knows, the answer that the last layer gives, and answers where it is sure enough to
agree with it nearly always (Xin et al. 2020, "DeeBERT: dynamic early exiting for accelerating BERT inference").
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import examples as ex
import network
import numpy as np
import pandas as pd
import settings as s
import torch
from articles import Article, read_articles
from safetensors.torch import save_file
from torch import Tensor, nn


def main() -> None:
    """Read the command line, train the heads, write all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--domain", type=Path, nargs="+", required=True)
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    torch.manual_seed(s.SEED)
    model = network.load(options.weights)
    rows = sample(ex.read_domain(*options.domain), ex.read_pairs(options.pairs), read_articles(*options.articles))
    inner, answers = states(model, rows)
    held = torch.rand(len(rows)) < s.EXIT_HELD_OUT
    tensors = {name: t.contiguous() for name, t in model.state_dict().items()}
    for layer, known in inner.items():
        head = fit(known[~held], answers[~held])
        with torch.inference_mode():
            threshold = least_threshold(head(known[held]).softmax(-1), answers[held])
        _tell(layer, threshold, head, known[held], answers[held])
        for name, tensor in head.state_dict().items():
            tensors[f"exits.{layer}.{name}"] = tensor.contiguous()
        tensors[f"exits.{layer}.threshold"] = torch.tensor(threshold)
    save_file(tensors, str(options.output))


def sample(domain: pd.DataFrame, pairs: pd.DataFrame, marked: list[Article]) -> pd.DataFrame:
    """Texts and targets of training parts, as many of each kind; labels are not needed."""
    rng = random.Random(s.SEED)
    own = domain.loc[domain.split == "train", "text"].tolist()
    sentences = [text for article in marked for text in _sentences(article)]
    public = ex.plain(pairs[pairs.split == "train"])[["text", "target"]]
    asked = [(text, s.TARGET if rng.random() < s.EXIT_SHARE_TARGET else rng.choice((s.SHORT, *s.OTHER_SIDE)))
             for part in (own, sentences) for text in rng.sample(part, min(s.EXIT_ROWS, len(part)))]
    mine = pd.DataFrame(asked, columns=["text", "target"])
    return pd.concat([mine, public.sample(s.EXIT_ROWS, random_state=s.SEED)], ignore_index=True)


@torch.inference_mode()
def states(model: network.CrossEncoder, rows: pd.DataFrame) -> tuple[dict[int, Tensor], Tensor]:
    """What each exit sees, shape (rows, 2 x width), and what the network answers, probabilities of shape (rows, 3)."""
    width = model.inner.out_features
    inner = {layer: torch.zeros(len(rows), 2 * width) for layer in s.EXITS}
    answers = torch.zeros(len(rows), len(s.LABELS))
    for at, ids, segments, mask in network.batches(rows, network.load_tokenizer(), 64):
        with torch.autocast("cpu", torch.bfloat16):
            hidden = model.layers(ids, segments, mask)
            for layer in s.EXITS:
                inner[layer][at] = network.seen_by_head(hidden[layer], mask).float()
            answers[at] = model.head(hidden[-1], mask).float().softmax(-1)
    return inner, answers


def fit(known: Tensor, answers: Tensor) -> network.ExitHead:
    """A head that gives the network's answers."""
    head = network.ExitHead(known.shape[1])
    mean, deviation = known.mean(0), known.std(0) + 1e-6
    known = (known - mean) / deviation
    optimiser = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.05)
    for _ in range(s.EXIT_EPOCHS):
        head.train()
        for part in torch.randperm(len(known)).split(64):
            loss = nn.functional.cross_entropy(head(known[part]), answers[part])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    head.absorb(mean, deviation)
    return head.eval()


def least_threshold(p: Tensor, answers: Tensor) -> float:
    """The lowest probability from which upward the head has the network's label in as many rows as it should."""
    top, order = p.max(-1).values.sort(descending=True)
    agrees = (p.argmax(-1) == answers.argmax(-1))[order].float().cumsum(0) / torch.arange(1, len(p) + 1)
    enough = torch.nonzero(agrees >= s.EXIT_AGREEMENT).flatten()
    return float(np.ceil(float(top[enough[-1]]) * 100) / 100) if len(enough) else 1.01


def _sentences(article: Article) -> Iterator[str]:
    for paragraph in article.paragraphs:
        yield from (text for text in re.split(r"(?<=[.!?])\s+", paragraph.text) if len(text.split()) > 4)


def _tell(layer: int, threshold: float, head: network.ExitHead, known: Tensor, answers: Tensor) -> None:
    with torch.inference_mode():
        p = head(known).softmax(-1)
    leaves = p.max(-1).values >= threshold
    same = (p.argmax(-1) == answers.argmax(-1))[leaves].float().mean()
    sys.stderr.write(f"exit behind layer {layer}: from {threshold:.2f}, {leaves.float().mean():.3f} of held-out rows, "
                     f"{same:.3f} with the network's label\n")


if __name__ == "__main__":
    main()
