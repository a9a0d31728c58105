"""Stance: text and target in, probabilities out. No spaCy in this room.

Rules of other rooms decide whose view it is and what it is about; a scorer only decides which way.
"""

from __future__ import annotations

from outsource_nlp.errors import ConfigurationError
from outsource_nlp.stance.protocol import LABELS, Scorer

__all__ = ["LABELS", "SCORERS", "Scorer", "load_stance_scorer"]

SCORERS = ("cross_encoder", "rules")


def load_stance_scorer(name: str = "cross_encoder") -> Scorer:
    """A stance scorer; each loads only what it needs.

    Args:
        name: ``cross_encoder``, the trained network that ships with the program, or ``rules``, word lists.

    Raises:
        ConfigurationError: no such scorer.
        ModelError: the network's files are missing or were changed.
    """
    if name == "cross_encoder":
        from outsource_nlp.stance.cross_encoder import CrossEncoderScorer

        return CrossEncoderScorer()
    if name == "rules":
        from outsource_nlp.stance.rules import RuleScorer

        return RuleScorer()
    raise ConfigurationError.unknown_scorer(name, SCORERS)
