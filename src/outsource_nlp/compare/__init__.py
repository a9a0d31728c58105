"""Tables in, statistics out: how groups of articles differ in words, voices, arguments and sides."""

from outsource_nlp.compare.comparing import BY, OF, compare, default_comparisons, keyness
from outsource_nlp.compare.evidence import evidence, rows_behind
from outsource_nlp.compare.question import REST
from outsource_nlp.compare.statistics import STATISTICS

__all__ = [
    "BY", "OF", "REST", "STATISTICS", "compare", "default_comparisons", "evidence", "keyness", "rows_behind",
]
