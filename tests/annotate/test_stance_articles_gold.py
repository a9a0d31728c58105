"""Quality floors on whole articles: which passages are statements, whose, which way, and what the author holds.

64 invented articles of many kinds, labelled before the program saw them: half of them subtle, a third without any word of
the debate in them, and every clause with a view is listed, so the figures are far below those on plain articles.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

import outsource_nlp as onlp
from outsource_nlp.annotate import layers
from outsource_nlp.annotate.layers import ArticleFacts, Statement

GOLD = Path(__file__).resolve().parents[1] / "gold" / "stance_articles.jsonl"
FEWEST_SHARED = 0.6
"""Share of the shorter of two passages from which they are the same statement, if they also share
``FEWEST_OF_BOTH`` of what they cover together."""
FEWEST_OF_BOTH = 0.3


@dataclass
class Tally:
    """What was found in some articles."""

    articles: int = 0
    right_articles: int = 0
    gold: int = 0
    found: int = 0
    matched: int = 0
    right: int = 0
    held: int = 0

    @property
    def detection(self) -> float:
        return 2 * self.matched / (self.gold + self.found)


@pytest.fixture(scope="module")
def tally() -> Tally:
    nlp, total = onlp.load_pipeline("default"), Tally()
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        doc = nlp.make_doc(row["text"])
        layers.set_article(doc, ArticleFacts(row["title"], row["publisher"], row["kind"], tuple(row["authors"])))
        found = onlp.statements(nlp(doc))
        total.articles += 1
        total.right_articles += layers.document_stance(doc).stance == row["stance"]
        total.gold += len(row["statements"])
        total.found += len(found)
        for start, end, holder, _, stance in row["statements"]:
            match = max(found, key=lambda s: shared(s, start, end), default=None)
            if match is None or shared(match, start, end) == 0:
                continue
            found.remove(match)
            total.matched += 1
            total.right += match.stance == stance
            total.held += match.holder_type == "author" if holder == "author" else holder.split()[-1] in match.holder
    return total


def shared(statement: Statement, start: int, end: int) -> float:
    """The overlap of a statement's evidence with a passage, over both; 0 if it is not the same statement."""
    first, last = statement.evidence.start_char, statement.evidence.end_char
    common = max(0, min(end, last) - max(start, first))
    both = common / (max(end, last) - min(start, first))
    return both if common >= FEWEST_SHARED * min(end - start, last - first) and both >= FEWEST_OF_BOTH else 0.0


def test_statements_are_found(tally: Tally) -> None:
    assert tally.matched / tally.found >= 0.60
    assert tally.detection >= 0.36


def test_their_side_and_holder_are_told(tally: Tally) -> None:
    assert tally.right / tally.matched >= 0.58
    assert tally.held / tally.matched >= 0.75


def test_the_authors_stance_is_told(tally: Tally) -> None:
    assert tally.right_articles / tally.articles >= 0.40
