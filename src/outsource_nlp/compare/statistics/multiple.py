"""Many tests at once.

Enters: an array of p values. Leaves: an array of that shape. It stands alone because every family uses it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from outsource_nlp.compare.statistics.registry import statistic


@statistic(name="p_adjusted", family="multiple", unit="probability")
def benjamini_hochberg(p: ArrayLike) -> NDArray[np.float64]:
    """The smallest share of false discoveries at which each test would still be called one
    (Benjamini-Hochberg).

    Not where the tests were picked by looking at the p values: adjust over all that were made. NaN stays
    NaN and does not count as a test. Reference: Benjamini & Hochberg 1995.
    """
    values = np.asarray(p, dtype=np.float64)
    flat = values.ravel()
    result = np.full(flat.shape, np.nan)
    made = np.flatnonzero(~np.isnan(flat))
    order = made[np.argsort(flat[made], kind="stable")]
    scaled = flat[order] * (order.size / np.arange(1, order.size + 1))
    result[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return result.reshape(values.shape)
