"""What weakens or turns a statement: negation, condition, hedge, question, possible irony."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span

_PATTERNS = {
    "negation": re.compile(r"\b(?:not|no|never|nothing|nobody|none|without|hardly|cannot)\b|n['’]t\b", re.IGNORECASE),
    "condition": re.compile(r"\b(?:if|unless|provided that|as long as|were to|would have)\b", re.IGNORECASE),
    "hedge": re.compile(
        r"\b(?:may|might|could|perhaps|possibly|probably|seems?|appears?|suspect|arguably|likely|some would|in part)\b",
        re.IGNORECASE),
    "irony": re.compile(
        r"\bso[- ]called\b|\bof course\b.*!|\b(?:presumably|no doubt|naturally|surely|needless to say|how reassuring|"
        r"what could possibly|apparently)\b|[“\"‘'](?:efficien\w+|reform\w*|savings?|modernis\w+|independent|choice|"
        r"partner\w*|value for money)[”\"’']", re.IGNORECASE),
}


def flags(evidence: Span, sentence: Span) -> Iterator[str]:
    """The flags of a piece of evidence in its sentence."""
    text = evidence.text
    for name, pattern in _PATTERNS.items():
        if pattern.search(text):
            yield name
    if sentence.text.rstrip(" ”\"’'").endswith("?"):
        yield "question"
