"""A document laid open for the finders: words, places, paragraphs and quoted passages, read off the Doc once.

A Doc enters, a ``Page`` leaves. Plain lists are much cheaper to walk than tokens, and every finder walks them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from outsource_nlp.annotate.speech.marks import Passage, paragraphs, passages

Bounds = tuple[int, int]
LONGEST = 200  # tokens of a sentence looked at on either side
TERMINAL = frozenset({".", "!", "?", "…", "...", ";"})
MARK_CHARS = "\"“”„«»‘’'`"
_TRIM_LEFT = frozenset(",;:.-–—―)…") | frozenset(MARK_CHARS)
_TRIM_RIGHT = frozenset(",;:-–—―(") | frozenset(MARK_CHARS)


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation before its speaker is resolved; all places count tokens, half open.

    Attributes:
        head: token that names the speaker, -1 if none was found.
        named: speaker given by a label, where no token of a sentence names it.
        passage: index of the quoted passage it was made from, -1 if none.
        follows: whether the speaker is that of the quotation before.
    """

    start: int
    end: int
    mode: str
    rule: str
    cue: Bounds | None = None
    cue_class: str = "neutral"
    head: int = -1
    named: str = ""
    flags: tuple[str, ...] = ()
    passage: int = -1
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage in tokens: ``start:end`` the content, ``open:close`` with its marks."""

    start: int
    end: int
    open: int
    close: int
    parent: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Page:
    """What the finders read.

    Attributes:
        raw: ``doc.text``, which spaCy joins anew at every call.
        quoted: passages in order, outer before inner.
        cover: per token the index of the outermost passage over it, marks included, or -1.
        inner: per token the index of the innermost passage over it, marks included, or -1.
        paragraphs: token bounds; ``paragraph``: per token the index of its paragraph.
        sentence: per token the first token of its sentence.
        parsed: whether the Doc has a dependency parse.
    """

    doc: Doc
    raw: str
    tokens: Sequence[Token]
    lower: Sequence[str]
    starts: Sequence[int]
    quoted: Sequence[Quoted]
    cover: Sequence[int]
    inner: Sequence[int]
    paragraphs: Sequence[Bounds]
    paragraph: Sequence[int]
    sentence: Sequence[int]
    parsed: bool

    def text(self, bounds: Bounds) -> str:
        """The characters of a stretch of tokens, white space after it left out."""
        start, end = bounds
        return self.raw[self.starts[start] : self.starts[end - 1] + len(self.tokens[end - 1])] if start < end else ""

    def is_verb(self, at: int) -> bool:
        """Whether a token may be a verb; without tags any word may."""
        return not self.parsed or self.tokens[at].pos_ in {"VERB", "AUX"}

    def is_space(self, at: int) -> bool:
        """Whether a token is white space."""
        return not self.lower[at].strip()

    def trim(self, start: int, end: int) -> Bounds:
        """Bounds without white space, marks and loose punctuation at their ends."""
        while (
            start < end
            and (self.is_space(start) or self.lower[start] in _TRIM_LEFT)
            and not self._opens_within(start, end)
        ):
            start += 1
        while (
            end > start
            and (self.is_space(end - 1) or self.lower[end - 1] in _TRIM_RIGHT)
            and not self._closes_within(start, end)
        ):
            end -= 1
        return start, end

    def _opens_within(self, start: int, end: int) -> bool:
        """Whether a passage that ends inside the stretch opens at its first token."""
        one = self.quoted[self.inner[start]] if self.inner[start] >= 0 else None
        return one is not None and one.open == start and one.close < end

    def _closes_within(self, start: int, end: int) -> bool:
        """Whether a passage that begins inside the stretch closes at its last token."""
        one = self.quoted[self.inner[end - 1]] if self.inner[end - 1] >= 0 else None
        return one is not None and one.close == end and start <= one.open

    def quoted_share(self, start: int, end: int, level: int = -1) -> float:
        """The share of the letters of a stretch that stand in marks inside the passage ``level``."""
        inside = total = 0
        for at in range(start, end):
            word = self.lower[at]
            if word[:1].isalnum():
                total += len(word)
                inside += len(word) if self.inner[at] != level else 0
        return inside / total if total else 0.0

    def mode(self, start: int, end: int, cue: int = -1) -> str:
        """Direct if at least nine tenths are quoted, indirect if nothing is, else mixed.

        Marks count from where the cue stands: what is reported inside a quoted passage has no marks of its own.
        """
        share = self.quoted_share(start, end, self.inner[cue] if cue >= 0 else -1)
        return "direct" if share >= 0.9 else "mixed" if share else "indirect"

    def snapped(self, start: int, end: int, level: int = -1) -> Bounds:
        """A stretch that cuts into a passage reaches over all of it."""
        first = self.child_at(start, level)
        last = self.child_at(end - 1, level)
        start = start if first is None else min(start, first.open)
        return start, end if last is None else max(end, last.close)

    def child_at(self, at: int, level: int) -> Quoted | None:
        """The passage over a token that stands directly inside the passage ``level``."""
        number = self.inner[at]
        while number >= 0 and self.quoted[number].parent != level:
            number = self.quoted[number].parent
        return self.quoted[number] if number >= 0 and number != level else None

    def sentence_around(self, at: int) -> Bounds:
        """The sentence of a token inside its paragraph, without its final mark; cut off where it is endless."""
        first, stop = self.sentence[at], self.paragraphs[self.paragraph[at]][1]
        last = at
        while last < min(stop, at + LONGEST) and self.sentence[last] == first:
            last += 1
        while last > at + 1 and (self.lower[last - 1] in TERMINAL or self.is_space(last - 1)):
            last -= 1
        return max(first, at - LONGEST), last

    def previous(self, at: int) -> int:
        """The last token before a place that is no white space, -1 if none."""
        at -= 1
        while at >= 0 and self.is_space(at):
            at -= 1
        return at


def open_page(doc: Doc) -> Page:
    """Read a Doc; it may be parsed, or have sentence bounds only, or neither."""
    tokens = list(doc)
    starts = [token.idx for token in tokens]
    lower = [token.lower_ for token in tokens]
    text = doc.text
    blocks = [(bisect_left(starts, a), bisect_left(starts, b)) for a, b in paragraphs(text)]
    paragraph = [0] * len(tokens)
    for number, (start, end) in enumerate(blocks):
        paragraph[start:end] = [number] * (end - start)
    quoted = _quoted(passages(text), starts)
    cover, inner = [-1] * len(tokens), [-1] * len(tokens)
    for number, one in enumerate(quoted):
        inner[one.open : one.close] = [number] * (one.close - one.open)
        if one.parent < 0:
            cover[one.open : one.close] = [number] * (one.close - one.open)
    return Page(
        doc,
        text,
        tokens,
        lower,
        starts,
        quoted,
        cover,
        inner,
        blocks,
        paragraph,
        _sentences(doc, lower, blocks),
        doc.has_annotation("DEP"),
    )


def _quoted(found: Sequence[Passage], starts: Sequence[int]) -> list[Quoted]:
    """Passages in tokens; marks glued to a word stay with it."""
    out: list[Quoted] = []
    for one in found:
        start, end = bisect_left(starts, one.start), bisect_left(starts, one.end)
        opening = max(0, bisect_right(starts, one.open) - 1)
        out.append(
            Quoted(
                start, max(start, end), min(opening, start), max(end, bisect_left(starts, one.close)), one.parent, one
            )
        )
    return out


def _sentences(doc: Doc, lower: Sequence[str], blocks: Sequence[Bounds]) -> list[int]:
    """First token of the sentence, per token."""
    first = [0] * len(lower)
    if doc.has_annotation("SENT_START"):
        for sentence in doc.sents:
            first[sentence.start : sentence.end] = [sentence.start] * (sentence.end - sentence.start)
        return first
    at = 0
    breaks = {start for start, _ in blocks}
    for i in range(len(lower)):
        if i in breaks or (i and lower[i - 1] in {".", "!", "?", "…"}):
            at = i
        first[i] = at
    return first
