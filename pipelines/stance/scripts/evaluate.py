"""Figures of the exported model, of the network before rounding to 8 bits, and of the rules; metrics.json leaves.

Parts called ``test`` are only reported; nothing is chosen by them.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import examples as ex
import measures
import network
import numpy as np
import pandas as pd
from export import write_card

from outsource_nlp.stance.cross_encoder import CrossEncoderScorer
from outsource_nlp.stance.rules import RuleScorer


def main() -> None:
    """Read the command line, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the exported model")
    parser.add_argument("--weights", type=Path, help="the weights it was exported from")
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--domain", type=Path, nargs="+", required=True)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    domain = ex.read_domain(*options.domain)
    scorer = CrossEncoderScorer(options.model, threads=2)
    metrics: dict[str, Any] = {"digest": scorer.card.digest, "temperature": scorer.card.temperature,
                               "threshold": scorer.card.threshold, "parts": {}}
    full = network.load(options.weights) if options.weights else None
    for name, part in parts(ex.read_pairs(options.pairs), domain).items():
        begun = time.perf_counter()
        p = scorer.predict(part.text, part.target)
        found = {"int8": figures(p, part.label.to_numpy()), "rows": len(part),
                 "rows_per_second": round(len(part) / (time.perf_counter() - begun), 1)}
        if full is not None:
            z = network.logits(full, part, network.load_tokenizer())
            found["fp32"] = figures(measures.softmax(z, scorer.card.temperature), part.label.to_numpy())
            found["same_label"] = round(float(np.mean(z.argmax(1) == p.argmax(1))), 4)
        if name.startswith("domain"):
            found["rules"] = figures(RuleScorer().predict(part.text, part.target), part.label.to_numpy())
            found["coverage"] = measures.coverage_curve(p, part.label.to_numpy())
        metrics["parts"][name] = found
    test = domain[domain.split == "test"].reset_index(drop=True)
    metrics["by_phenomenon"] = by_group(scorer, test, "phenomenon")
    metrics["by_register"] = by_group(scorer, test, "register")
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    write_card(options.model, replace(scorer.card, figures=summary(metrics)))


def summary(metrics: dict[str, Any]) -> dict[str, float]:
    """The few figures that the card carries."""
    wanted = (("NewsMTSC dev", "macro_f1"), ("Perspectrum dev", "accuracy"), ("domain test", "macro_f1"),
              ("domain test", "calibration_error"))
    return {f"{part}, {figure}": metrics["parts"][part]["int8"][figure] for part, figure in wanted}


def parts(pairs: pd.DataFrame, domain: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """What is measured, by name."""
    def public(source: str, split: str) -> pd.DataFrame:
        return ex.plain(pairs[(pairs.source == source) & (pairs.split == split)])

    named = {f"{source} {split}": public(source, split) for source, split in (
        ("NewsMTSC", "dev"), ("Perspectrum", "dev"), ("IBM-ArgKP", "dev"), ("ValueEval23", "dev"), ("CSTA", "dev"),
        ("DSE", "dev"), ("Perspectrum", "test"), ("ValueEval23", "test"), ("IBM-ClaimStance", "test"))}
    ours = {f"domain {split}": ex.domain_part(domain, split) for split in ("dev", "test")}
    ours["domain test, opposite target"] = ex.domain_part(domain, "test", mirrored=True)
    return named | ours


def figures(p: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Accuracy, macro-F1, two-way accuracy and calibration error; four decimals."""
    values = {"accuracy": float(np.mean(p.argmax(1) == labels)), "macro_f1": measures.macro_f1(p.argmax(1), labels),
              "two_way_accuracy": measures.two_way_accuracy(p, labels),
              "calibration_error": measures.calibration_error(p, labels)}
    return {name: round(value, 4) for name, value in values.items()}


def by_group(scorer: CrossEncoderScorer, rows: pd.DataFrame, column: str) -> dict[str, dict[str, float]]:
    """Rows and accuracy for each value of a column of our own sentences."""
    part = ex.domain_part(rows.assign(split="all"), "all")
    right = scorer.predict(part.text, part.target).argmax(1) == part.label.to_numpy()
    return {name: {"rows": int(g.size), "accuracy": round(float(g.mean()), 3)}
            for name, g in pd.Series(right).groupby(rows[column])}


if __name__ == "__main__":
    main()
