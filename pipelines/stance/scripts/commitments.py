"""How often a promise or demand in our own sentences takes the side that its grammar says.

The package weighs that grammar beside the scorer, and this is where its odds come from. One line: sentences read, rule
found, right, other side, neutral.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import pandas as pd

import outsource_nlp
from outsource_nlp.annotate.statements.commitments import committed, load_aims
from outsource_nlp.annotate.statements.find import clauses
from outsource_nlp.annotate.statements.targets import Words, find_targets
from outsource_nlp.codebook import Lexicon, load_codebook

SIDES = {1: "for", -1: "against"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--domain", nargs="+", required=True, type=Path)
    args = parser.parse_args()
    rows = pd.concat([pd.read_csv(f, dtype=str, keep_default_na=False) for f in args.domain]).drop_duplicates("text")
    nlp, lexicon, aims = outsource_nlp.load_pipeline("default"), Lexicon(load_codebook().targets), load_aims()
    found: Counter[str] = Counter()
    texts = zip(rows["text"], rows["label"], strict=True)
    for doc, label in nlp.pipe(texts, as_tuples=True, disable=["outsource_quotations", "outsource_stance"]):
        targets = [t for t in find_targets(doc, Words(doc), lexicon) if not t.weak]
        for clause in clauses(doc[:]):
            inside = [t for t in targets if clause.start <= t.start < clause.end]
            sides = {committed(clause, t, aims, ours=True) for t in inside} - {0}
            if len(sides) == 1:
                side = SIDES[sides.pop()]
                found["right" if side == label else "neutral" if label == "neutral" else "other side"] += 1
    sys.stdout.write(f"{len(rows)} sentences; {found.total()} found, {found['right']} right, "
                     f"{found['other side']} of the other side, {found['neutral']} neutral\n")


if __name__ == "__main__":
    main()
