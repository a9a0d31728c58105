"""One holder, one article: what else somebody says in it bears on how each of their statements is read.

Statements read one by one enter, the same statements read in each other's light leave. Speakers rarely change sides
within one text, so that links between statements of one speaker correct what a single clause leaves open (Thomas,
Pang and Lee 2006, "Get out the vote: determining support or opposition from Congressional floor-debate transcripts").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from outsource_nlp.annotate.layers import Statement
from outsource_nlp.stance import LABELS

CONTEXT = "context"
"""The flag of a statement whose label its holder's other statements changed."""


def read_together(statements: Sequence[Statement], threshold: float, consistency: float) -> list[Statement]:
    """Move each statement towards the side that its holder's other statements take.

    The log odds of for to against grow by ``consistency`` times the sum of the others' leans (p_for - p_against) over
    the number of the holder's statements: one other statement counts half of many that agree. The probability
    of neutral stays, and so does a statement that says no side although its words are clear. A statement whose label
    changes is flagged ``context``.

    Args:
        statements: of one article, with the probabilities that their own words give.
        threshold: a label whose probability is below it is ``unclear``.
        consistency: weight of the others; 0 leaves every statement as it is.
    """
    by_holder: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, s in enumerate(statements):
        by_holder[s.holder_type, s.holder_id or s.holder].append(i)
    read = list(statements)
    for (_, holder), places in by_holder.items():
        if not consistency or not holder or len(places) == 1:
            continue
        leans = [statements[i].p_for - statements[i].p_against for i in places]
        for i, lean in zip(places, leans, strict=True):
            read[i] = _moved(statements[i], consistency * (sum(leans) - lean) / len(places), threshold)
    return read


def _moved(s: Statement, by: float, threshold: float) -> Statement:
    """The statement with its log odds of for to against moved."""
    before = max(s.p_against, s.p_neutral, s.p_for)
    sided = s.p_against + s.p_for
    if not sided or (s.stance == "unclear" and before >= threshold):
        return s
    share = s.p_for * np.exp(by) / (s.p_for * np.exp(by) + s.p_against)
    p = (float(sided * (1 - share)), s.p_neutral, float(sided * share))
    best = int(np.argmax(p))
    stance = LABELS[best] if p[best] >= threshold else "unclear"
    return replace(s, p_against=p[0], p_for=p[2], certainty=s.certainty * p[best] / before, stance=stance,
                   flags=s.flags if stance == s.stance else (*s.flags, CONTEXT))
