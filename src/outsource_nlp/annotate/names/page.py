"""One text as the finders see it, and the shape of what they find.

In goes a Doc, out come its words with what a model said of them, if one ran. Finders read a page and never a Doc, so
that they work the same on a blank pipeline, where labels and parse are simply absent.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span

from outsource_nlp.annotate.names.words import Words, split_words


@dataclass(frozen=True, slots=True)
class Found:
    """A name at words ``start`` to ``end`` with the entity it stands for; ``rule`` is what found it.

    ``candidates`` are the ids of the bearers of a name that nothing decided between; ``entity_id`` is empty then.
    """

    start: int
    end: int
    type: str
    entity_id: str
    name: str
    rule: str
    register: str = ""
    register_id: str = ""
    candidates: tuple[str, ...] = ()

    def overlaps(self, other: Found) -> bool:
        """Whether both share a word."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Page:
    """Words of a document with the model's names.

    Attributes:
        words: the text as words.
        names: (start, end, label) of the model's entities in words; empty without a model.
        label: the model's label of each word, "" where none.
        lower: how often each word stands in lower case: a "name" that also does is a doubtful one.
        text: the text; a Doc builds its own anew each time it is asked.
        doc: the document, for the parse.
        starts: character offsets of its tokens.
        parsed: whether a parser ran.
    """

    words: Words
    names: tuple[tuple[int, int, str], ...]
    label: tuple[str, ...]
    lower: Counter[str]
    text: str
    doc: Doc
    starts: tuple[int, ...]
    parsed: bool

    def span(self, start: int, end: int) -> Span:
        """The tokens that hold words ``start`` to ``end``; whole tokens, so glued words come along."""
        first = bisect_right(self.starts, self.words.start[start]) - 1
        last = bisect_left(self.starts, self.words.end[end - 1])
        return self.doc[first:max(last, first + 1)]

    def tag(self, k: int) -> str:
        """The fine tag (Penn Treebank) of the token at word ``k``; empty without a tagger."""
        return self.doc[bisect_right(self.starts, self.words.start[k]) - 1].tag_

    def subject(self, start: int, end: int) -> tuple[str, bool]:
        """The folded verb of which the words are the subject by the parse, and whether it is passive.

        Returns:
            An empty verb if there is none or no parse.
        """
        if not self.parsed:
            return "", False
        root = self.span(start, end).root
        verb = root.head
        if root.dep_ not in {"nsubj", "nsubjpass"} or verb.pos_ != "VERB":
            return "", False
        return verb.lower_, root.dep_ == "nsubjpass"


@lru_cache(maxsize=1)
def _words_of(text: str) -> Words:
    """The words of a text; the components of one pipeline ask one after another."""
    return split_words(text)


def read_page(doc: Doc) -> Page:
    """Make the page of a document."""
    text = doc.text
    words = _words_of(text)
    label = [""] * len(words)
    names = []
    for ent in doc.ents:
        start = bisect_right(words.end, ent.start_char)
        end = bisect_left(words.start, ent.end_char)
        if start < end:
            names.append((start, end, ent.label_))
            label[start:end] = [ent.label_] * (end - start)
    lower = Counter(f for f, t in zip(words.fold, words.text, strict=True) if t[0].islower())
    starts = tuple(doc.to_array("IDX").tolist())
    return Page(words, tuple(names), tuple(label), lower, text, doc, starts, doc.has_annotation("DEP"))
