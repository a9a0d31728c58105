"""Tables in; out come a page and plain text that people read, and files for other programs."""

from outsource_nlp.report.notebook import passages_shown, results_shown
from outsource_nlp.report.page import render
from outsource_nlp.report.queries import BY, GROUPINGS
from outsource_nlp.report.sections.keyness import MOST_WORDS, lacks_words
from outsource_nlp.report.writing import PAGE, write

__all__ = ["BY", "GROUPINGS", "MOST_WORDS", "PAGE", "lacks_words", "passages_shown", "render", "results_shown", "write"]
