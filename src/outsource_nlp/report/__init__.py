"""Tables in; out come a page, networks and plain text that people read."""

from outsource_nlp.report.writing import write

__all__ = ["write"]
