"""Bytes become text and nothing else happens to them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources import EncodingError
from kg.sources.decoding import SourceError, decode, load

_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(text=_TEXTS, encoding=st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]))
def test_decoding_undoes_encoding(text: str, encoding: str) -> None:
    marked = f"\ufeffp{text}"
    data = marked.encode(encoding)
    file = decode(data, "a.txt")
    assert file.text == marked
    assert file.text.encode(encoding) == data
    assert file.sha256 == hashlib.sha256(data).hexdigest()


@given(data=st.binary(max_size=200))
def test_any_bytes_are_text_or_refused_in_words(data: bytes) -> None:
    try:
        told = decode(data, "a.bin").text
    except SourceError as error:
        told = str(error)
    assert "\0" not in told
    assert told


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n", "a.txt").text == "\ufeffa\r\nb\rc\n"


def test_utf_16_without_its_mark_is_no_text() -> None:
    with pytest.raises(SourceError, match="NUL"):
        decode("It helps.".encode("utf-16-le"), "a.txt")


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(EncodingError, match="UTF-16-LE"):
        decode(b"\xff\xfea\x00\x00\xd8b\x00", "a.txt")


def test_load_gives_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"It\r\nhelps")
    assert load(path) == b"It\r\nhelps"
