"""The one place where text is cleaned; every offset in the tables counts in what comes out of here.

Encoding accidents are repaired (ftfy), odd spaces become plain ones, invisible characters go, hard-wrapped
lines become paragraphs. Curly quotes, dashes and the author's own mistakes stay: they are evidence. Each
step can lay bare work for an earlier one, so the steps repeat until nothing changes; that makes ``clean``
idempotent.
"""

from __future__ import annotations

import re
import unicodedata

from outsource_nlp.ingest.wrapping import unwrap

_ROUNDS = 25
_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_WORD_BULLETS = re.compile("[\uf0a7\uf0b7]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff0-\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_ACCENT = "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STACKED = re.compile(f"({_ACCENT}{{30}}){_ACCENT}+")
"""Accents beyond the thirtieth on one letter (UAX #15, Stream-Safe Text): their sorting takes quadratic time."""
_TERMINAL_ESCAPE = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]")
_MAYBE_BROKEN = re.compile("[^\x00-\x7f‘’“”–—…£•é\xa0]|&#?[0-9A-Za-z]{1,24};")
_EDGES = re.compile(r" *\n *")
_RUNS = re.compile(r" {2,}")
_GAPS = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """The text as it is analysed: NFC, line feeds, one blank line at most, stripped.

    Idempotent; takes any string, lone surrogates included, and never raises.
    """
    for _ in range(_ROUNDS):
        once = _clean_once(text)
        if once == text:
            break
        text = once
    return text


def clean_line(text: str) -> str:
    """The same for a title, a name or another cell: everything on one line."""
    return " ".join(clean(text).split())


def _clean_once(text: str) -> str:
    text = _STACKED.sub(r"\1", _TERMINAL_ESCAPE.sub("", text))
    if _MAYBE_BROKEN.search(text):  # most English texts show no sign of damage, and ftfy takes its time
        text = _repaired(text)
    text = _WORD_BULLETS.sub("•", _SPACES.sub(" ", _BREAKS.sub("\n", text)))
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _EDGES.sub("\n", _RUNS.sub(" ", text))
    return _GAPS.sub("\n\n", unwrap(text)).strip()


def _repaired(text: str) -> str:
    import ftfy

    return str(ftfy.fix_text(text, ftfy.TextFixerConfig(uncurl_quotes=False, explain=False)))
