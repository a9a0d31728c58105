"""Docs and statements in, HTML for notebooks out: what our components wrote, over the words it stands on.

Drawn by displaCy, so it looks as spaCy's own displays do. The rows under a line of text are spans: who is named, who
speaks, with which cue, and the evidence of each statement with its side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy import displacy
from spacy.tokens import Doc, Span

from outsource_nlp.annotate import layers
from outsource_nlp.annotate.layers import Statement
from outsource_nlp.records import Shown

COLOURS = {"AGAINST": "#bcd4e6", "FOR": "#fbd9b0", "NEUTRAL": "#e6e3dc", "UNCLEAR": "#e6e3dc", "SPEAKER": "#e4dcf0",
           "CUE": "#e6e3dc", "QUOTATION": "#f4f2ed"}


def show(what: Doc | Statement | Iterable[Statement]) -> Shown:
    """Something to look at: a Doc, a statement, or several; the last line of a notebook cell displays it."""
    if isinstance(what, Doc):
        return Shown(_drawn(what, 0, len(what), list(_spans(what))))
    statements = [what] if isinstance(what, Statement) else list(what)
    return Shown("\n".join(_statement(statement) for statement in statements))


def _statement(statement: Statement) -> str:
    """The sentences of its evidence, with this statement, its cue and its speaker alone."""
    evidence, doc = statement.evidence, statement.evidence.doc
    sentences = [s for s in doc.sents if s.start < evidence.end and evidence.start < s.end]
    spans = [(evidence, _told(statement))]
    if statement.quotation >= 0:
        spans += _spoken(list(layers.quotations(doc))[statement.quotation])
    return _drawn(doc, sentences[0].start, sentences[-1].end, spans)


def _told(statement: Statement) -> str:
    return statement.stance.upper()


def _spans(doc: Doc) -> Iterator[tuple[Span, str]]:
    for mention in layers.mentions(doc):
        yield mention.span, mention.type
    for quotation in layers.quotations(doc):
        yield quotation.content, "QUOTATION"
        yield from _spoken(quotation)
    for statement in layers.statements(doc):
        yield statement.evidence, _told(statement)


def _spoken(quotation: layers.Quotation) -> list[tuple[Span, str]]:
    return [(span, label) for span, label in ((quotation.speaker, "SPEAKER"), (quotation.cue, "CUE"))
            if span is not None]


def _drawn(doc: Doc, first: int, last: int, spans: Iterable[tuple[Span, str]]) -> str:
    inside = sorted((max(span.start, first) - first, first - min(span.end, last), label)
                    for span, label in spans if span.start < last and first < span.end)
    drawn = {"text": doc[first:last].text, "tokens": [token.text for token in doc[first:last]], "title": None,
             "spans": [{"start_token": start, "end_token": -end, "label": label} for start, end, label in inside]}
    return displacy.render(drawn, style="span", manual=True, jupyter=False, options={"colors": COLOURS})
