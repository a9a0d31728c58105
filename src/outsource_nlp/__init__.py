"""Evidence about a public debate: who says what on outsourcing, for or against, with which arguments.

The public names are looked up when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from outsource_nlp.annotate.layers import (
        Mention,
        Quotation,
        Role,
        Statement,
        mentions,
        quotations,
        roles,
        statements,
    )
    from outsource_nlp.annotate.pipeline import load_pipeline
    from outsource_nlp.annotate.showing import show
    from outsource_nlp.codebook import Codebook, load_codebook
    from outsource_nlp.errors import OutsourceError
    from outsource_nlp.results import Results, open_results
    from outsource_nlp.stance import load_stance_scorer
    from outsource_nlp.workflow import analyze

_HOMES = {
    "analyze": ("workflow", "analyze"),
    "open_results": ("results", "open_results"),
    "Results": ("results", "Results"),
    "load_pipeline": ("annotate.pipeline", "load_pipeline"),
    "show": ("annotate.showing", "show"),
    "load_stance_scorer": ("stance", "load_stance_scorer"),
    "load_codebook": ("codebook", "load_codebook"),
    "Codebook": ("codebook", "Codebook"),
    "OutsourceError": ("errors", "OutsourceError"),
    **{name: ("annotate.layers", name) for name in (
        "Mention", "Quotation", "Role", "Statement", "mentions", "quotations", "roles", "statements")},
}

__all__ = [
    "Codebook", "Mention", "OutsourceError", "Quotation", "Results", "Role", "Statement", "analyze", "load_codebook",
    "load_pipeline", "load_stance_scorer", "mentions", "open_results", "quotations", "roles", "show", "statements",
]


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'outsource_nlp' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(f"outsource_nlp.{module}"), attribute)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
