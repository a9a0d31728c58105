"""How often a promise or demand in our own sentences takes the side that its grammar says.

The package weighs that grammar beside the scorer, and this is where its odds come from. Two lines, for the author's own
and for those of others: found, right, of the other side, neutral. A sentence has one label, its author's: where others
are told to hold the opposite, the grammar is right about them and counts as wrong here.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import pandas as pd

import outsource_nlp
from outsource_nlp.annotate.statements.find import Finder
from outsource_nlp.annotate.statements.targets import Words, find_targets
from outsource_nlp.codebook import Lexicon, load_codebook

SIDES = {1: "for", -1: "against"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--domain", nargs="+", required=True, type=Path)
    args = parser.parse_args()
    rows = pd.concat([pd.read_csv(f, dtype=str, keep_default_na=False) for f in args.domain]).drop_duplicates("text")
    nlp, codebook = outsource_nlp.load_pipeline("default"), load_codebook()
    lexicon, finder = Lexicon(codebook.targets), Finder(codebook.references)
    found: dict[str, Counter[str]] = {"author": Counter(), "others": Counter()}
    texts = zip(rows["text"], rows["label"], strict=True)
    for doc, label in nlp.pipe(texts, as_tuples=True, disable=["outsource_stance"]):
        for candidate in finder.find(doc, find_targets(doc, Words(doc), lexicon)):
            if candidate.committed:
                side = SIDES[candidate.committed]
                voice = "author" if candidate.voice == "author" else "others"
                found[voice]["right" if side == label else "neutral" if label == "neutral" else "other side"] += 1
    for voice, n in found.items():
        sys.stdout.write(f"{voice}: {n.total()} found, {n['right']} right, {n['other side']} of the other side, "
                         f"{n['neutral']} neutral in {len(rows)} sentences\n")


if __name__ == "__main__":
    main()
