"""Fine-tune the cross-encoder: public pairs first, our own sentences and articles after.

The seed fixes the draw of examples and the order; bfloat16 arithmetic on another processor may still
change figures in the third decimal.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import examples as ex
import measures
import network
import numpy as np
import pandas as pd
import settings as s
import torch
from articles import read_articles
from torch import nn
from torch.nn.functional import cross_entropy


def main() -> None:
    """Read the command line and train one stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=("public", "domain", "articles"))
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--domain", type=Path, nargs="+", required=True)
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="our own articles, for their stage")
    parser.add_argument("--start", type=Path, help="weights to go on from; the plain encoder if not given")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--rate", type=float, required=True)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--replay", type=int, default=s.REPLAY)
    parser.add_argument("--composed", type=int, default=s.COMPOSED)
    parser.add_argument("--seed", type=int, default=s.SEED)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    pairs = ex.read_pairs(options.pairs)
    domain = ex.read_domain(*options.domain)
    model = network.load(options.start) if options.start else network.CrossEncoder()
    marked = read_articles(*options.articles)
    draw = {
        "public": lambda seed: ex.public_epoch(pairs, seed),
        "domain": lambda seed: ex.domain_epoch(domain, pairs, seed, replay=options.replay, composed=options.composed),
        "articles": lambda seed: ex.article_epoch(marked, domain, pairs, seed),
    }[options.stage]
    draws = [draw(options.seed + epoch) for epoch in range(options.epochs)]
    watch = {"NewsMTSC": ex.plain(pairs[(pairs.source == "NewsMTSC") & (pairs.split == "dev")]),
             "Perspectrum": ex.plain(pairs[(pairs.source == "Perspectrum") & (pairs.split == "dev")]),
             "domain": ex.domain_part(domain, "dev")}
    average = fit(model, draws, watch, rate=options.rate, size=options.batch, seed=options.seed)
    network.save(average, options.output)


def fit(model: network.CrossEncoder, draws: list[pd.DataFrame], watch: dict[str, pd.DataFrame], *,
        rate: float, size: int, seed: int) -> network.CrossEncoder:
    """Train over the drawn epochs; returns the running average of the weights, which is kept."""
    tokenizer = network.load_tokenizer()
    steps = sum(math.ceil(len(d) / size) for d in draws)
    optimiser = torch.optim.AdamW(_groups(model), lr=rate, betas=(0.9, 0.98), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda i: min((i + 1) / (0.06 * steps), max(0.02, (steps - i) / (0.94 * steps))))
    decay = 1 - 1 / max(50, steps // 20)
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(decay))
    for epoch, rows in enumerate(draws):
        model.train()
        begun, loss_sum = time.time(), 0.0
        labels, weights = torch.tensor(rows.label.to_numpy()), torch.tensor(rows.weight.to_numpy(), dtype=torch.float32)
        for at, ids, segments, mask in network.batches(rows, tokenizer, size, shuffle=seed + epoch):
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(ids, segments, mask)
            loss = cross_entropy(scores.float(), labels[at], reduction="none", label_smoothing=0.05)
            loss = (loss * weights[at]).sum() / len(at)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            schedule.step()
            average.update_parameters(model)
            loss_sum += loss.item() * len(at)
        _tell(epoch, rows, loss_sum, begun, average.module, watch)
    return average.module


def _groups(model: nn.Module) -> list[dict[str, object]]:
    """No weight decay on vectors (biases, layer norms)."""
    return [{"params": [p for p in model.parameters() if p.ndim > 1], "weight_decay": 0.01},
            {"params": [p for p in model.parameters() if p.ndim == 1], "weight_decay": 0.0}]


def _tell(epoch: int, rows: pd.DataFrame, loss_sum: float, begun: float, model: network.CrossEncoder,
          watch: dict[str, pd.DataFrame]) -> None:
    """One line an epoch on the error stream: loss, and figures on dev."""
    tokenizer = network.load_tokenizer()
    parts = [f"epoch {epoch + 1}: {len(rows)} rows, {time.time() - begun:.0f} s, loss {loss_sum / len(rows):.4f}"]
    for name, part in watch.items():
        if len(part):
            z, labels = network.logits(model, part, tokenizer, half=True), part.label.to_numpy()
            parts.append(f"{name} f1 {measures.macro_f1(np.argmax(z, 1), labels):.4f} "
                         f"two-way {measures.two_way_accuracy(z, labels):.4f}")
    sys.stderr.write("; ".join(parts) + "\n")


if __name__ == "__main__":
    main()
