"""Doc -> rows. One function a table; behind this wall nobody sees a spaCy ``Doc``."""

from __future__ import annotations

from outsource_nlp.tabulate.articles import tabulate

__all__ = ["tabulate"]
