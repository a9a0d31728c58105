"""Bytes in, text out: byte order mark, UTF-8, a declared encoding, Windows-1252, then a guess.

English texts that are not UTF-8 are nearly always Windows-1252, and guessing on a short text goes wrong
more often than that; so the guess comes last, and only where Windows-1252 would not look like English.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from outsource_nlp.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = ((b"%PDF-", "PDF"), (b"PK\x03\x04", "zip"), (b"{\\rtf", "RTF"), (b"\xd0\xcf\x11\xe0", "old Office"))
_TYPOGRAPHY = frozenset("‘’“”–—…£€•é ")
_MEANT_AS_1252 = frozenset({"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "utf-8", "utf8"})
_SAMPLE = 100_000
_MOST_CONTROLS = 0.01
_ODD_BYTES = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


def read_text(file: Path, *, kind: str = "text") -> str:
    """The text of a file; ``kind`` names the format in the error.

    Raises:
        InputError: it holds binary data.
        OSError: it cannot be opened.
    """
    return decode(file.read_bytes(), kind=kind)


def decode(data: bytes, *, kind: str = "text", declared: str = "") -> str:
    """The text in ``data``; bytes that fit no encoding become U+FFFD.

    Args:
        data: the whole file.
        kind: names the format in the error.
        declared: the encoding the file names itself, used where it is not UTF-8.

    Raises:
        InputError: it is binary data.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _text(data[len(mark):].decode(encoding, "replace"), kind)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError.broken(kind, f"it is a {name} file under another name")
    if b"\x00" in data:
        return _text(_without_mark(data, kind), kind)
    try:
        return _text(data.decode("utf-8"), kind)
    except UnicodeDecodeError:
        return _text(_not_utf8(data, declared), kind)


def _text(text: str, kind: str) -> str:
    controls = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\v\f\x1b")
    if "\x00" in text or controls > _MOST_CONTROLS * len(text) + 2:
        raise InputError.broken(kind, "it holds binary data")
    return text


def _without_mark(data: bytes, kind: str) -> str:
    """UTF-16 that lost its mark: every other byte of Western text is NUL."""
    pairs = len(data) // 2
    for zeros, encoding in ((data[1::2], "utf-16-le"), (data[0::2], "utf-16-be")):
        if zeros.count(0) > 0.7 * pairs and data.count(0) < 1.05 * zeros.count(0):
            return data.decode(encoding, "replace")
    raise InputError.broken(kind, "it holds binary data")


def _not_utf8(data: bytes, declared: str) -> str:
    mixed = data.decode("utf-8", "surrogateescape")
    odd = sum(1 for character in mixed if "\udc80" <= character <= "\udcff")
    sound = sum(1 for character in mixed if character > "\x7f") - odd
    if sound >= odd:  # UTF-8 with a few bytes pasted from elsewhere
        return mixed.translate(_ODD_BYTES)
    for name in filter(None, (declared.lower(), _windows_1252(data))):
        try:
            return data.decode("cp1252" if name in _MEANT_AS_1252 else name, "replace")
        except LookupError:
            continue
    return data.decode(_guess(data), "replace")


def _windows_1252(data: bytes) -> str:
    """``cp1252`` if its characters beyond ASCII are mostly English typography, else nothing."""
    beyond = [character for character in data[:_SAMPLE].decode("cp1252", "replace") if character > "\x7f"]
    typical = sum(1 for character in beyond if character in _TYPOGRAPHY)
    return "cp1252" if typical >= 0.5 * len(beyond) else ""


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best is not None else "cp1252"
