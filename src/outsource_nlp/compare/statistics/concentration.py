"""Concentration: do few speakers have most of the say?

Enter: ``v``, how often each speaker is quoted, shape (speakers,) or (samples, speakers); speakers who are not quoted
do not count. Leaves: a number a sample, NaN where nobody is quoted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from outsource_nlp.compare.statistics.keyness import Array, ratio
from outsource_nlp.compare.statistics.registry import statistic


@statistic(name="herfindahl", family="concentration", unit="0 many speakers to 1 one speaker",
           undefined="nobody is quoted")
def herfindahl(v: ArrayLike) -> Array:
    """Herfindahl-Hirschman index: the chance that two quotations drawn with replacement are of one speaker.

    Not comparable where one group has far fewer quotations: few quotations alone make it large. Reference:
    Hirschman 1945; Herfindahl 1950.
    """
    v = np.asarray(v, dtype=np.float64)
    return ratio((v**2).sum(axis=-1), v.sum(axis=-1) ** 2)


@statistic(name="effective_speakers", family="concentration", unit="speakers", undefined="nobody is quoted")
def effective_speakers(v: ArrayLike) -> Array:
    """How many equally quoted speakers would give the same Herfindahl index: 1 over it.

    Not the number of speakers, which it reaches only where all are quoted alike. Reference: Laakso & Taagepera 1979.
    """
    return ratio(1, herfindahl(v))


@statistic(name="gini", family="concentration", unit="0 all alike to 1 one has all", undefined="nobody is quoted")
def gini(v: ArrayLike) -> Array:
    """Gini coefficient of the quotations over the speakers who are quoted; 0 where all are quoted alike.

    Not where one or two speakers are quoted: it is 0 for one, however much is said. Reference: Gini 1912.
    """
    v = np.sort(np.asarray(v, dtype=np.float64), axis=-1)
    quoted = (v > 0).sum(axis=-1, keepdims=True)
    ranks = np.arange(1, v.shape[-1] + 1) - (v.shape[-1] - quoted)
    return ratio(((2 * ranks - quoted - 1) * v).sum(axis=-1), quoted[..., 0] * v.sum(axis=-1))
