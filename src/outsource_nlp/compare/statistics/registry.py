"""The register of statistics: what each is called, its unit, its meaning and where it is undefined.

A function enters through the decorator ``statistic`` and comes out unchanged; frames, the report and the
contract tests read the register, so that a new statistic is one decorated function and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

Family = Literal["keyness", "dispersion", "association", "agreement", "shares", "multiple", "means",
                 "concentration"]
Symmetry = Literal["none", "odd", "even"]
Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Statistic:
    """One registered statistic.

    Attributes:
        symmetry: what happens when target and reference change places: ``odd`` changes the sign only,
            ``even`` nothing, ``none`` no such rule.
        undefined: where it has no value, in words; empty where it always has one. An undefined value is NaN,
            never infinite, and leaves a frame as a missing value.
        meaning: first sentence of the function's docstring.
    """

    name: str
    family: Family
    unit: str
    function: Callable[..., Any]
    symmetry: Symmetry
    undefined: str
    meaning: str


STATISTICS: dict[str, Statistic] = {}


def statistic(
    *, name: str, family: Family, unit: str, symmetry: Symmetry = "none", undefined: str = ""
) -> Callable[[Function], Function]:
    """Register a function under a name that is taken once."""

    def register(function: Function) -> Function:
        if name in STATISTICS:
            raise ValueError(f"two statistics are called {name!r}")
        meaning = " ".join((function.__doc__ or "").split("\n\n", 1)[0].split())
        STATISTICS[name] = Statistic(name, family, unit, function, symmetry, undefined, meaning)
        return function

    return register


def of_family(family: Family) -> dict[str, Statistic]:
    """The statistics of one family by name."""
    return {name: entry for name, entry in STATISTICS.items() if entry.family == family}
