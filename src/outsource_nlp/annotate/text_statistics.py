"""How long a text is, how easy to read and how varied in its words.

A parsed Doc enters, ``layers.TextStatistics`` leaves; nothing that our components find counts.
"""

from __future__ import annotations

from spacy.tokens import Doc
from textacy.text_stats import diversity, readability

from outsource_nlp.annotate.layers import TextStatistics

READABLE = 100
"""Fewest words for a reading-ease or diversity score; below it the formulas mean nothing."""
DIGITS = 6


def text_statistics(doc: Doc) -> TextStatistics:
    """Counts, Flesch's reading ease and MTLD of a Doc, by textacy."""
    n_words = sum(not (t.is_punct or t.is_space) for t in doc)
    n_sentences = sum(1 for _ in doc.sents)
    if n_words < READABLE:
        return TextStatistics(n_words, n_sentences)
    ease, mtld = float(readability.flesch_reading_ease(doc)), float(diversity.mtld(doc))
    return TextStatistics(n_words, n_sentences, round(ease, DIGITS), round(mtld, DIGITS))
