"""A document's text as words and marks, apart from any tokenizer.

In goes the text, out come its words with offsets, their folded forms, sentence numbers and line breaks. Names are
looked up here and not in spaCy tokens, because gazetteers, blank pipelines and dirty text (no-break spaces, glued
words, hyphens, curly apostrophes) then need one notion of a word instead of one each.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_APOSTROPHE = "['’‘`´ʼ]"
_MOJIBAKE = (("â€™", "  ’"), ("â€˜", "  ‘"), ("â€œ", "  “"), ('â€"', '  "'), ("â€“", "  –"), ("â€”", "  —"))
"""Marks wrongly decoded, and replacements of the same length, so that offsets stay true."""
_PIECE = re.compile(
    r"(?P<domain>[A-Za-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|info|(?:co|gov|org|ac|nhs)\.uk)\b)"
    rf"|(?P<possessive>{_APOSTROPHE}[sS]\b)"
    rf"|(?P<word>[^\W_]+(?:{_APOSTROPHE}(?![sS]\b)[^\W_]+)*)"
    r"|(?P<mark>[^\w\s\u00ad\u200b-\u200d\u2060\ufeff]|_)"    # signs without width are no marks
)
_GLUED = re.compile(r"[a-z](?=(?:County|City|Borough|District|Metropolitan|Council|Authority)(?![a-z]))")
"""Where a word lacks the space before the next one: "KentCounty Council"."""
_HYPHENS = frozenset("-‐‑")
_ENDS = frozenset(".!?…")
_ABBREVIATIONS = frozenset(
    "wm chas geo thos jas ll st mr mrs ms dr prof rev sir cllr hon gen col capt lt sgt jr sr co no vs eg ie al "
    "ed eds pp vol dept govt rt".split()
)
_RUNNING_ON = frozenset("and of the for to in on with by at a an from van von de der den la le upon".split())
CONNECTORS = frozenset({"of", "for", "and", "the", "'s", "on", "to", "in"})
"""Small words inside the names of bodies, papers and laws."""
_BLOCK = 1000
"""How many characters of a block of lines are looked at to see whether it is a narrow column."""
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
        capitals: whether it opens with a capital letter.
    """

    text: tuple[str, ...]
    fold: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    sentence: tuple[int, ...]
    fresh: tuple[bool, ...]
    paragraph: tuple[bool, ...]
    joined: tuple[bool, ...]
    capitals: tuple[bool, ...]

    def __len__(self) -> int:
        """Number of words and marks."""
        return len(self.text)

    def capital(self, i: int) -> bool:
        """Whether word ``i`` opens with a capital letter; False outside the text."""
        return 0 <= i < len(self.capitals) and self.capitals[i]

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
            if self.text[j][0].isalnum() and not self._note(j):
                return False
            j -= 1
        return True

    def _note(self, j: int) -> bool:
        """Whether word ``j`` is the number of a note, glued to the stop before it: "scathing.2 In"."""
        return j > 0 and self.text[j].isdigit() and self.end[j - 1] == self.start[j] and self.text[j - 1] in ".,”’"

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
        new_line = before == 0 or (not tied and _breaks(text, gap, before))
        if words and (new_line or (stopped and gap and not piece[0].islower())):
            sentence += 1
        if kind == "mark" and piece in _HYPHENS and not gap and (
                text[end:end + 1].isalnum() or _double_barrelled(text, end)):
            tied, before = True, end
            continue
        if piece == "." and not gap and words and _abbreviates(words[-1], text[end:end + 1]):
            before = end
            continue
        noted = piece.isdigit() and not gap and len(words) > 1 and words[-2].isalpha() and words[-2].islower()
        stopped = piece in _ENDS or (stopped and (noted or (kind == "mark" and piece not in ",;:(")))
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
                 tuple(paragraph), tuple(joined), tuple([word[0].isupper() for word in words]))


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    cuts = [match.end() for match in _GLUED.finditer(text)]
    for match in _PIECE.finditer(text):
        kind, start, end = match.lastgroup or "mark", match.start(), match.end()
        if cuts:
            for cut in cuts[bisect_right(cuts, start):bisect_left(cuts, end)]:
                yield kind, start, cut
                start = cut
        yield kind, start, end


def _breaks(text: str, gap: str, before: int) -> bool:
    if "\n" not in gap:
        return False
    if gap.count("\n") > 1:
        return True
    begin = text.rfind("\n", 0, before) + 1
    return before - begin < WRAPPED_LINE and not _narrow(text, begin, before)


def _narrow(text: str, begin: int, end: int) -> bool:
    """Whether a short line is one of a narrow column.

    It ends amid a phrase, or most lines below begin in lower case, or all are about as wide and some begin so.
    """
    line = text[begin:end].split()
    if line and line[-1] in _RUNNING_ON:
        return True
    stop = text.find("\n\n", end, end + _BLOCK)
    first = max(text.rfind("\n\n", max(0, begin - _BLOCK), begin), 0)
    lines = text[first:stop if stop > 0 else end + _BLOCK].strip().split("\n")
    small = sum(row.lstrip()[:1].islower() for row in lines[1:])
    widths = [len(row) for row in lines[:-1]]
    even = len(lines) > 3 and small > 0 and min(widths) > 0.6 * max(widths)
    return len(line) > 1 and (even or (len(line) > 2 and len(lines) > 2 and 2 * small >= len(lines) - 1))


def _double_barrelled(text: str, end: int) -> bool:
    """Whether a hyphen that closes a line ties two capital words: "Adeyemi-", "Pratt" on the next line."""
    word = text[max(0, end - 20):end - 1].split()[-1:]
    return text[end:end + 1] == "\n" and text[end + 1:end + 2].isupper() and bool(word) and word[0][0].isupper()


def _abbreviates(word: str, following: str) -> bool:
    loud = len(word) > 2 and word.isupper()
    return (len(word) == 1 and word.isupper()) or (
        word.lower() in _ABBREVIATIONS and not loud and following in {" ", "\u00a0"})
