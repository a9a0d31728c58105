"""What every stance scorer is: the seam at which a rule-based and a trained one are exchanged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

LABELS = ("against", "neutral", "for")


class Scorer(Protocol):
    """Says which way a text leans on a target."""

    @property
    def threshold(self) -> float:
        """The probability of the likeliest label below which an answer should be called ``unclear``."""
        ...

    def predict(self, texts: Sequence[str], targets: Sequence[str]) -> NDArray[np.float64]:
        """Probabilities for each pair of text and target.

        Args:
            texts: n passages, a clause to a few sentences each.
            targets: n noun phrases, such as ``outsourcing of public services``.

        Returns:
            Shape (n, 3): p_against, p_neutral, p_for towards the target; rows sum to 1.
        """
        ...
