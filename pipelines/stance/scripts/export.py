"""Weights in, the three files that the package ships out: network, tokenizer, card.

The temperature and the threshold for ``unclear`` are fitted here, on the dev part of our own sentences, scored
by the 8-bit network itself.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import examples as ex
import graph
import measures
import network
import numpy as np
import pandas as pd
import settings as s
from safetensors.numpy import load_file

from outsource_nlp.stance.cross_encoder import CARD, NETWORK, TOKENIZER, CrossEncoderScorer, ModelCard, digest


def main() -> None:
    """Read the command line, write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--domain", type=Path, nargs="+", required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--bits", type=int, default=7)
    parser.add_argument("--version", default="1")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    tensors = load_file(options.weights)
    model = graph.build(tensors, max_tokens=s.MAX_TOKENS, bits=options.bits).SerializeToString(deterministic=True)
    tokenizer = network.load_tokenizer().to_str(pretty=False).encode()
    (options.output / NETWORK).write_bytes(model)
    (options.output / TOKENIZER).write_bytes(tokenizer)
    card = ModelCard(name="minilm-l6-stance", version=options.version, digest=digest(model, tokenizer),
                     labels=s.LABELS, target=s.TARGET, temperature=1.0, threshold=0.0, max_tokens=s.MAX_TOKENS)
    write_card(options.output, card)
    write_card(options.output, fitted(card, options.output, ex.read_domain(*options.domain)))


def fitted(card: ModelCard, folder: Path, domain: pd.DataFrame) -> ModelCard:
    """The card with temperature and threshold from dev."""
    scorer = CrossEncoderScorer(folder, threads=2)
    parts = [ex.domain_part(domain, "dev"), ex.domain_part(domain, "dev", mirrored=True)]
    dev = pd.concat(parts, ignore_index=True)
    logits, labels = np.log(scorer.predict(dev.text, dev.target)), dev.label.to_numpy()
    temperature = measures.fit_temperature(logits, labels)
    asked = slice(0, len(parts[0]))
    p = measures.softmax(logits[asked], temperature)
    return replace(card, temperature=round(temperature, 4), threshold=measures.threshold_at(p))


def write_card(folder: Path, card: ModelCard) -> None:
    """Write card.json; keys sorted, so that equal cards are equal files."""
    text = json.dumps({**{f: getattr(card, f) for f in card.__slots__}, "figures": dict(card.figures)},
                      indent=1, sort_keys=True)
    (folder / CARD).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
