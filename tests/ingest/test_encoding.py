from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_nlp.errors import InputError
from outsource_nlp.ingest.encoding import decode

TEXT = "The council’s £5m “saving” – as it was called – went to Zoë’s café.\n"


@pytest.mark.parametrize("encoding", [
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252",
])
def test_the_usual_encodings_of_an_english_text_are_told_apart(encoding):
    assert decode(TEXT.encode(encoding)).removeprefix("\ufeff") == TEXT


def test_big_endian_with_a_mark_is_read():
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")) == TEXT


def test_a_byte_pasted_from_elsewhere_spoils_nothing_else():
    assert decode(TEXT.encode() + b"the council\x92s") == TEXT + "the council’s"


def test_a_text_that_is_neither_is_guessed():
    russian = "Совет решил вернуть библиотеки городу, потому что подрядчик не справился со своей работой. " * 5
    assert decode(russian.encode("cp1251")) == russian


def test_a_declared_encoding_goes_before_the_guess():
    assert decode("Łódź i Gdańsk".encode("iso-8859-2"), declared="ISO-8859-2") == "Łódź i Gdańsk"


@pytest.mark.parametrize(("data", "words"), [
    (b"%PDF-1.7 text", "it is a PDF file under another name"),
    (b"PK\x03\x04 text", "zip"),
    (b"{\\rtf1 text}", "RTF"),
    (b"\xd0\xcf\x11\xe0", "old Office"),
    (b"some text\x00\x00and\x00 zeros", "binary data"),
    (bytes(range(1, 32)) * 10, "binary data"),
])
def test_binary_data_under_another_name_are_refused(data, words):
    with pytest.raises(InputError, match=words):
        decode(data)


@given(st.binary())
def test_any_bytes_are_text_or_refused(data):
    with suppress(InputError):
        assert isinstance(decode(data), str)
