"""What all scripts agree on: labels, targets, column names, and the numbers that a run depends on."""

from __future__ import annotations

LABELS = ("against", "neutral", "for")
COLUMNS = ["text", "target", "label", "weight", "source"]
MAX_TOKENS = 128
SEED = 20

TARGET = "outsourcing of public services to private companies"   # the codebook's target
SHORT = "outsourcing of public services"   # what our own sentences are asked about in training
AUTHOR = "the author's own view of outsourcing public services"   # what paragraphs of articles are asked about
SAME_SIDE = (
    TARGET, "outsourcing", "contracting out public services",
    "private provision of public services", "privatisation of public services",
    "handing public services to outside providers",
)
OTHER_SIDE = (
    "public provision of services", "keeping services in house", "bringing services back in house",
    "public services run by the public sector", "keeping public services in public hands",
)

# how much a training row of a source counts, and which share of its rows is kept
WEIGHTS = {
    "CSTA": 0.7, "DSE": 0.4, "IBM-ArgKP": 1.0, "IBM-ClaimStance": 1.0, "NewsMTSC": 0.9, "Perspectrum": 1.0,
    "ValueEval23": 1.0,
}
KEPT_OF_NO_RELATION = 0.3
SHARE_NOUN_PHRASE = 0.6
SHARE_SWAPPED = 1 / 14
SHARE_MIRRORED = 0.1

# of our own sentences, an epoch: asked about their own target, about another wording, about the opposite
SHARE_OWN_TARGET = 0.5
SHARE_REWORDED = 0.25
SHARE_OPPOSITE = 0.4
COMPOSED = 1500   # sentences from frames an epoch
WEIGHT_COMPOSED = 0.5
SHARE_COMPOSED_OPPOSITE = 0.25
REPLAY = 2500   # public examples an epoch beside our own sentences

# an epoch of our own articles: wordings of the target, and what is learnt beside them against forgetting
SHARE_SHORT = 0.6
SHARE_CLAUSE_OPPOSITE = 0.3
SENTENCES_BESIDE = 0.35   # share of an epoch of our own sentences
COMPOSED_BESIDE = 300
REPLAY_BESIDE = 1500

# early exits: behind which layers, how wide their heads, what they are fitted on, how often they agree with the end
EXITS = (4,)
EXIT_WIDTH = 96
EXIT_ROWS = 6000   # of our own sentences, of our articles' sentences, of public pairs
EXIT_SHARE_TARGET = 0.8
EXIT_HELD_OUT = 0.25
EXIT_EPOCHS = 12
EXIT_AGREEMENT = 0.99
