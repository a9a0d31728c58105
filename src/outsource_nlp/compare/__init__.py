"""Tables in, statistics out: how groups of articles differ in words, voices, arguments and sides."""

from outsource_nlp.compare.asking import KINDS, behind
from outsource_nlp.compare.collocations import collocations
from outsource_nlp.compare.comparing import BY, OF, compare, default_comparisons, dispersion, keyness, question_of
from outsource_nlp.compare.concordance import kwic
from outsource_nlp.compare.evidence import rows_behind
from outsource_nlp.compare.graph_files import FORMATS, default_networks, graph_texts
from outsource_nlp.compare.graphs import Graph, graph
from outsource_nlp.compare.networks import Wanted, wanted, windows
from outsource_nlp.compare.question import REST
from outsource_nlp.compare.statistics import STATISTICS

__all__ = [
    "BY", "FORMATS", "KINDS", "OF", "REST", "STATISTICS", "Graph", "Wanted", "behind", "collocations", "compare",
    "default_comparisons", "default_networks", "dispersion", "graph", "graph_texts", "keyness", "kwic", "question_of",
    "rows_behind", "wanted", "windows",
]
