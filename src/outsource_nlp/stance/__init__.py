"""Stance: text and target in, probabilities out. No spaCy in this room.

Rules of other rooms decide whose view it is and what it is about; a scorer only decides which way.
"""

from __future__ import annotations

from outsource_nlp.errors import ConfigurationError
from outsource_nlp.stance.protocol import LABELS, Scorer
from outsource_nlp.stance.rules import RuleScorer

__all__ = ["LABELS", "SCORERS", "Scorer", "load_stance_scorer"]

SCORERS = {"rules": RuleScorer}


def load_stance_scorer(name: str = "rules") -> Scorer:
    """The scorer of that name; ``rules`` needs no model.

    Raises:
        ConfigurationError: no such scorer.
    """
    if name not in SCORERS:
        raise ConfigurationError.unknown_scorer(name, SCORERS)
    return SCORERS[name]()
