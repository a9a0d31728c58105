"""The author's own position, from the statements in the author's voice.

Statements of one article enter, a ``DocumentStance`` leaves. Quoted opponents do not tip it; in a transcript or
speech without an author's voice the main speaker's statements are the piece's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.layers import DocumentStance, Statement
from outsource_nlp.annotate.statements.find import ABOUT

Floats = NDArray[np.float64]

SEED = 20181214
RESAMPLES = 1000
MAIN_SPEAKER = 0.4
"""Share of the words from which a speaker is the piece's own voice."""
FEWEST = 3
"""Fewest statements of one's own that make a position: a report lets one or two slip, and two that agree are clear."""
SIDED = 0.5
"""Mean probability of taking a side below which a piece without a clear score is neutral and not mixed."""
REPORTING = 2.0
"""The same for a piece that tells so many views of others for each of its own: it reports."""


def document_stance(doc: Doc, statements: Sequence[Statement], aboutness: float) -> DocumentStance:
    """The author's stance with a 95 % percentile bootstrap interval over statements.

    A piece takes a side only where the interval of its score leaves 0 out; else it is mixed, or neutral where its
    statements are few, hardly take sides, or are mostly those of others.

    Args:
        doc: the article, for its words and quotations.
        statements: all statements of the article.
        aboutness: how much the text speaks of the targets, see ``find.aboutness``.
    """
    own = own_statements(doc, statements)
    if not statements or aboutness < ABOUT:
        return DocumentStance("not-about")
    if not own:
        return DocumentStance("neutral")
    p = np.array([(s.p_for, s.p_against) for s in own])
    weights = np.array([max(s.certainty, 0.05) for s in own])
    score, low, high = _bootstrap(p[:, 0] - p[:, 1], weights)
    mass_for, mass_against = (p * weights[:, None]).sum(axis=0) / weights.sum()
    sided = float(mass_for + mass_against)
    reports = len(statements) - len(own) >= REPORTING * len(own)
    if len(own) >= FEWEST and not low <= 0 <= high:
        return DocumentStance("for" if score > 0 else "against", score, low, high)
    without_position = len(own) < FEWEST or sided < SIDED or reports
    return DocumentStance("neutral" if without_position else "mixed", score, low, high)


def own_statements(doc: Doc, statements: Sequence[Statement]) -> list[Statement]:
    """The author's statements, and those of a speaker who has most of the words."""
    own = [s for s in statements if s.holder_type == "author"]
    words: Counter[str] = Counter()
    for quotation in layers.quotations(doc):
        if quotation.mode == "direct" and quotation.within < 0:
            words[quotation.speaker_id or quotation.speaker_name] += len(quotation.content)
    if not words:
        return own
    speaker, n = words.most_common(1)[0]
    if not speaker or n < MAIN_SPEAKER * len(doc):
        return own
    return own + [s for s in statements if s not in own and (s.holder_id or s.holder) == speaker]


def _bootstrap(leans: Floats, weights: Floats) -> tuple[float, float, float]:
    """Weighted mean, and the 2.5 and 97.5 percentiles of it over resampled statements."""
    draws = np.random.default_rng(SEED).integers(0, len(leans), size=(RESAMPLES, len(leans)))
    means = (leans[draws] * weights[draws]).sum(axis=1) / weights[draws].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float((leans * weights).sum() / weights.sum()), float(low), float(high)
