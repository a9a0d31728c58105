"""The statistics, one file a family; importing the room fills the register."""

from outsource_nlp.compare.statistics import (
    agreement,
    association,
    concentration,
    dispersion,
    effects,
    keyness,
    means,
    multiple,
    shares,
)
from outsource_nlp.compare.statistics.registry import STATISTICS, Statistic, of_family

__all__ = [
    "STATISTICS", "Statistic", "agreement", "association", "concentration", "dispersion", "effects", "keyness",
    "means", "multiple", "of_family", "shares",
]
