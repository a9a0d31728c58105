"""A document's text as words and marks, apart from any tokenizer.

In goes the text, out come its words with offsets, their folded forms, sentence numbers and line breaks. Names are
looked up here and not in spaCy tokens, because gazetteers, blank pipelines and dirty text (no-break spaces, glued
words, hyphens, curly apostrophes) then need one notion of a word instead of one each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_APOSTROPHE = "['’‘`´ʼ]"
_MOJIBAKE = (("â€™", "  ’"), ("â€˜", "  ‘"), ("â€œ", "  “"), ('â€"', '  "'), ("â€“", "  –"), ("â€”", "  —"))
"""Marks wrongly decoded, and replacements of the same length, so that offsets stay true."""
_PIECE = re.compile(
    r"(?P<domain>[A-Za-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|info|(?:co|gov|org|ac|nhs)\.uk)\b)"
    rf"|(?P<possessive>{_APOSTROPHE}[sS]\b)"
    rf"|(?P<word>[^\W_]+(?:{_APOSTROPHE}(?![sS]\b)[^\W_]+)*)"
    r"|(?P<mark>[^\w\s]|_)"
)
_HYPHENS = frozenset("-‐‑")
_ENDS = frozenset(".!?…")
_ABBREVIATIONS = frozenset(
    "st mr mrs ms dr prof rev sir cllr hon gen col capt lt sgt jr sr co no vs eg ie al "
    "ed eds pp vol dept govt rt".split()
)
WRAPPED_LINE = 45
"""A line at least this long (characters) is taken to be wrapped, so that a name may run on to the next one."""


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel tuples, one element a word or mark.

    Attributes:
        text: as written; a possessive ending is a word of its own, ``'s``.
        fold: lower case, no accents, ``&`` read as ``and``.
        start, end: offsets in characters, half open.
        sentence: number of the sentence, by punctuation and blank lines only.
        fresh: whether nothing may run on into this word: text start, blank line, or after a short line.
        paragraph: whether a blank line or the text's start comes before.
        joined: whether a hyphen ties it to the word before.
    """

    text: tuple[str, ...]
    fold: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    sentence: tuple[int, ...]
    fresh: tuple[bool, ...]
    paragraph: tuple[bool, ...]
    joined: tuple[bool, ...]

    def __len__(self) -> int:
        """Number of words and marks."""
        return len(self.text)

    def capital(self, i: int) -> bool:
        """Whether word ``i`` opens with a capital letter; False outside the text."""
        return 0 <= i < len(self.text) and self.text[i][0].isupper()

    def at(self, i: int) -> str:
        """The folded word at ``i``; empty outside the text."""
        return self.fold[i] if 0 <= i < len(self.fold) else ""

    def same_sentence(self, i: int, j: int) -> bool:
        """Whether both places exist and stand in one sentence."""
        return 0 <= i < len(self.text) and 0 <= j < len(self.text) and self.sentence[i] == self.sentence[j]

    def opens_sentence(self, i: int) -> bool:
        """Whether no word of the same sentence stands before ``i`` (marks do not count)."""
        j = i - 1
        while j >= 0 and self.sentence[j] == self.sentence[i]:
            if self.text[j][0].isalnum():
                return False
            j -= 1
        return True

    def written(self, i: int, j: int) -> str:
        """The words from ``i`` to ``j`` (excluded) as written, with plain spaces and apostrophes."""
        out: list[str] = []
        for k in range(i, j):
            word = "'s" if self.fold[k] == "'s" else self.text[k]
            glue = "" if k == i else "-" if self.joined[k] else "" if word == "'s" or word in ",.);:" else " "
            out.append(glue + word)
        return "".join(out)


def fold(text: str) -> str:
    """Lower case without accents; apostrophes straight, ``&`` as ``and``."""
    if not text.isascii():
        for mark in "’‘´ʼ":
            text = text.replace(mark, "'")
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "and" if text == "&" else text.lower().replace("`", "'")


def split_words(text: str) -> Words:
    """Split a text; hyphens inside a word and full stops of abbreviations are left out.

    Returns:
        The words of the text; linear in its length.
    """
    if "â€" in text:
        for wrong, right in _MOJIBAKE:
            text = text.replace(wrong, right)
    words: list[str] = []
    folds: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    fresh: list[bool] = []
    paragraph: list[bool] = []
    joined: list[bool] = []
    sentence, before, stopped, tied = 0, 0, False, False
    for kind, start, end in _pieces(text):
        piece = text[start:end]
        gap = text[before:start]
        new_line = before == 0 or _breaks(text, gap, before)
        if words and (new_line or (stopped and gap and (piece[0].isupper() or not piece[0].islower()))):
            sentence += 1
        if kind == "mark" and piece in _HYPHENS and not gap and text[end:end + 1].isalnum():
            tied, before = True, end
            continue
        if piece == "." and not gap and words and _abbreviates(words[-1], text[end:end + 1]):
            before = end
            continue
        stopped = piece in _ENDS or (stopped and kind == "mark" and piece not in ",;:(")
        words.append(piece)
        folds.append(fold(piece))
        starts.append(start)
        ends.append(end)
        sentences.append(sentence)
        fresh.append(new_line)
        paragraph.append(new_line and (before == 0 or gap.count("\n") > 1))
        joined.append(tied)
        tied, before = False, end
    return Words(tuple(words), tuple(folds), tuple(starts), tuple(ends), tuple(sentences), tuple(fresh),
                 tuple(paragraph), tuple(joined))


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _PIECE.finditer(text):
        yield match.lastgroup or "mark", match.start(), match.end()


def _breaks(text: str, gap: str, before: int) -> bool:
    if "\n" not in gap:
        return False
    if gap.count("\n") > 1:
        return True
    return before - (text.rfind("\n", 0, before) + 1) < WRAPPED_LINE


def _abbreviates(word: str, following: str) -> bool:
    return (len(word) == 1 and word.isupper()) or (word.lower() in _ABBREVIATIONS and following in {" ", "\u00a0"})
