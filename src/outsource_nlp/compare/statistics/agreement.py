"""Agreement between coders on nominal labels.

Enter: two sequences of labels of one length, or a coders x units array; a missing label is ``None`` or
``""``. Leaves: one number. Units that fewer than two coders labelled say nothing and are left out;
``compared`` counts them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from outsource_nlp.compare.statistics.registry import statistic

Labels = Sequence[str | None]


def _pairs(first: Labels, second: Labels) -> tuple[NDArray[np.float64], int]:
    """Cross table of the two coders' labels over the units that both labelled, and how many those are."""
    both = [(x, y) for x, y in zip(first, second, strict=True) if x and y]
    names = {label: i for i, label in enumerate(sorted({label for pair in both for label in pair}))}
    table = np.zeros((len(names), len(names)))
    for x, y in both:
        table[names[x], names[y]] += 1
    return table, len(both)


def compared(first: Labels, second: Labels) -> tuple[int, int]:
    """How many units both coders labelled, and how many not."""
    _, both = _pairs(first, second)
    return both, len(first) - both


@statistic(name="percent_agreement", family="agreement", unit="percent", undefined="no unit labelled twice")
def percent_agreement(first: Labels, second: Labels) -> float:
    """Percent of the units labelled by both coders on which they agree.

    Not alone: two coders who always say the same common label agree often by chance.
    """
    table, n = _pairs(first, second)
    return float(100 * np.trace(table) / n) if n else float("nan")


@statistic(name="cohen_kappa", family="agreement", unit="-1 to 1",
           undefined="no unit labelled twice, or one label throughout")
def cohen_kappa(first: Labels, second: Labels) -> float:
    """Agreement of two coders beyond what their own label frequencies would give by chance.

    Not for more than two coders or missing labels by design: use Krippendorff's alpha. Reference: Cohen 1960.
    """
    table, n = _pairs(first, second)
    if not n:
        return float("nan")
    seen = np.trace(table) / n
    chance = float(table.sum(axis=0) @ table.sum(axis=1)) / n**2
    return float((seen - chance) / (1 - chance)) if chance < 1 else float("nan")


@statistic(name="krippendorff_alpha", family="agreement", unit="-1 to 1",
           undefined="no unit labelled twice, or one label throughout")
def krippendorff_alpha(coders: Sequence[Labels]) -> float:
    """Agreement of any number of coders, with gaps, beyond what the pooled labels would give by chance
    (nominal).

    Not for labels with an order, whose distances it ignores. Reference: Krippendorff 2011.

    Args:
        coders: one sequence of labels a coder, all of one length.
    """
    units = [[label for label in unit if label] for unit in zip(*coders, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    names = {label: i for i, label in enumerate(sorted({label for unit in units for label in unit}))}
    table = np.zeros((len(names), len(names)))
    for unit in units:
        counts = np.bincount([names[label] for label in unit], minlength=len(names)).astype(float)
        table += (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    totals = table.sum(axis=1)
    n = totals.sum()
    wanted = n * n - float(totals @ totals)
    if wanted <= 0:
        return float("nan")
    return float(1 - (n - 1) * (n - np.trace(table)) / wanted)
