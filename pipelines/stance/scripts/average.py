"""Several trained networks in, one whose weights are their weighted mean out.

Networks that were fine-tuned from the same start can be averaged; the mean forgets less of the start than each.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from safetensors.numpy import load_file, save_file


def main() -> None:
    """Read the command line, write the mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, nargs="+", required=True)
    parser.add_argument("--shares", type=float, nargs="+", required=True, help="one a file, in the same order")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    pairs = zip(map(load_file, options.weights), options.shares, strict=True)
    networks = [(tensors, share / sum(options.shares)) for tensors, share in pairs]
    mean = {name: sum(tensors[name] * share for tensors, share in networks).astype(first.dtype)
            for name, first in networks[0][0].items()}
    save_file(mean, options.output)


if __name__ == "__main__":
    main()
