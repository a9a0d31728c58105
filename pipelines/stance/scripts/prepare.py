"""Check the sources and count what one epoch of each stage will hold, before hours are spent on it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import examples as ex
import pandas as pd
import settings as s


def main() -> None:
    """Read the command line, write the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--domain", type=Path, nargs="+", required=True)
    parser.add_argument("--seed", type=int, default=s.SEED)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    pairs, domain = ex.read_pairs(options.pairs), ex.read_domain(*options.domain)
    check(domain)
    counts = {"public": table(ex.public_epoch(pairs, options.seed)),
              "domain": table(ex.domain_epoch(domain, pairs, options.seed, replay=s.REPLAY, composed=s.COMPOSED))}
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")


def check(domain: pd.DataFrame) -> None:
    """Refuse sentences that would make dev or test figures untrue.

    Raises:
        ValueError: an unknown label, or a group or a text that lies in two splits.
    """
    for column in ("label", "target_label"):
        if not domain[column].isin(s.LABELS).all():
            raise ValueError(f"unknown {column}: {sorted(set(domain[column]) - set(s.LABELS))}")
    for column in ("group", "text"):
        split = domain.groupby(column).split.nunique()
        if (split > 1).any():
            raise ValueError(f"in two splits by {column}: {list(split[split > 1].index[:5])}")


def table(rows: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Rows by source and label."""
    counts = rows.groupby(["source", "label"]).size()
    return {source: {s.LABELS[label]: int(n) for (_, label), n in part.items()}
            for source, part in counts.groupby(level=0)}


if __name__ == "__main__":
    main()
