"""Where the text speaks of the codebook's targets.

A Doc enters, ``TargetHit`` spans leave. Words inside the name of an organisation, person or work do not count:
"Birmingham Children's Trust" names a body, it does not argue about trusts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from outsource_nlp.annotate import layers
from outsource_nlp.codebook import Lexicon

HYPHENS = frozenset("-‐‑–")


@dataclass(frozen=True, slots=True)
class TargetHit:
    """One target word or phrase; offsets count tokens. ``side`` is -1 for the reverse of outsourcing.

    Attributes:
        weak: alone it makes no statement.
        named: it is the name of a company or provider; that a text names some does not make it one about the debate.
    """

    start: int
    end: int
    name: str
    side: int
    weak: bool
    named: bool = False


class Words:
    """The words of a Doc in lower case, hyphens and spaces left out, with the tokens they come from."""

    def __init__(self, doc: Doc) -> None:
        """Read the Doc once; every lexicon then works on the same list."""
        codes: list[int] = doc.to_array("LOWER").tolist()
        spelt = {code: doc.vocab.strings[code].replace("’", "'") for code in set(codes)}
        words = ((spelt[code], i) for i, code in enumerate(codes))
        self.lower, self._tokens = _glue_possessives((word, i) for word, i in words
                                                     if word not in HYPHENS and not word.isspace())

    def find(self, lexicon: Lexicon) -> Iterator[tuple[int, int, str, int, bool]]:
        """Matches as token start, token end, entry name, side, weak."""
        for start, end, entry in lexicon.find(self.lower):
            yield self._tokens[start][0], self._tokens[end - 1][1], entry.name, entry.side, entry.weak


def _glue_possessives(kept: Iterable[tuple[str, int]]) -> tuple[list[str], list[tuple[int, int]]]:
    words: list[str] = []
    tokens: list[tuple[int, int]] = []
    for word, i in kept:
        if words and word in ("'s", "n't", "'") and tokens[-1][1] == i:
            words[-1] += word
            tokens[-1] = (tokens[-1][0], i + 1)
        else:
            words.append(word)
            tokens.append((i, i + 1))
    return words, tokens


def find_targets(doc: Doc, words: Words, lexicon: Lexicon) -> list[TargetHit]:
    """The targets of a Doc in text order, the longest of overlapping ones."""
    mentions = [m for m in layers.mentions(doc) if m.type in NAMES]
    named = {i for m in mentions for i in range(m.span.start, m.span.end)}
    hits = [TargetHit(*h) for h in words.find(lexicon) if h[0] not in named]
    hits += [TargetHit(m.span.start, m.span.end, PROVIDERS, 1, weak=True, named=True) for m in mentions
             if m.type in {"company", "provider"}]
    taken: set[int] = set()
    found: list[TargetHit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.weak, h.start)):
        if taken.isdisjoint(range(hit.start, hit.end)):
            taken.update(range(hit.start, hit.end))
            found.append(hit)
    return sorted(found, key=lambda h: h.start)


PROVIDERS = "outsourcing contracts"
"""The target that a named company or provider bears on, weakly."""
NAMES = frozenset({"company", "provider", "council", "government", "union", "publication", "work", "person",
                   "organisation", "party"})
