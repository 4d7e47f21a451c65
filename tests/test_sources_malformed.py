"""Every kind of bad input is refused in words: file, place, what was expected, what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import sources
from kg.errors import KgError
from kg.model import DocumentRole
from kg.sources import (
    EncodingError,
    SourceError,
    TooLargeError,
    UnknownFormatError,
    UnreadableFileError,
    read,
    read_file,
)

_FOLDER = Path(__file__).parent / "malformed"
_ROWS = [
    line.split("\t")
    for line in (_FOLDER / "expected.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("name", "role", "error", "words"), _ROWS, ids=[row[0] for row in _ROWS])
def test_a_bad_file_is_refused_by_name(name: str, role: str, error: str, words: str) -> None:
    path = _FOLDER / name
    with pytest.raises(SourceError) as caught:
        read_file(path, DocumentRole(role))
    assert type(caught.value) is getattr(sources, error)
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.name == str(path)


def test_every_bad_file_has_its_row() -> None:
    files = {path.name for path in _FOLDER.iterdir()} - {"expected.tsv"}
    assert files == {row[0] for row in _ROWS} - {".", "absent.txt"}


def test_a_bad_file_is_no_fault_of_the_command() -> None:
    assert issubclass(SourceError, KgError)
    assert SourceError("a.txt", "off").exit_code == 3


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"It helped.\n" * 10)
    with pytest.raises(TooLargeError, match=r"110 bytes is too large; expected at most 109 bytes"):
        read_file(path, DocumentRole.ANSWER, limit=109)
    assert read_file(path, DocumentRole.ANSWER, limit=110).document.chars == 110


def test_the_limit_is_32_mib_unless_given(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(32 * 1024 * 1024 + 1)
    with pytest.raises(TooLargeError) as caught:
        read_file(path, DocumentRole.RECORD)
    assert (caught.value.size, caught.value.limit) == (33_554_433, 33_554_432)


def test_bytes_over_the_limit_are_refused_too() -> None:
    with pytest.raises(TooLargeError):
        read(b"a" * (sources.MAX_BYTES + 1), "large.txt", DocumentRole.ANSWER)


def test_a_file_that_the_system_refuses_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("It helped.", encoding="utf-8")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFileError, match=r"closed\.txt: cannot be read: Permission"):
        read_file(path, DocumentRole.ANSWER)


def test_a_format_that_is_none_is_refused_with_the_formats_that_are() -> None:
    with pytest.raises(UnknownFormatError) as caught:
        read(b"It helped.", "a.txt", DocumentRole.ANSWER, "docx")
    assert caught.value.format == "docx"
    assert "answer-text, pubmed-page, text" in str(caught.value)


def test_an_encoding_error_tells_where_the_first_wrong_byte_stands() -> None:
    with pytest.raises(EncodingError) as caught:
        read(b"Ten men\xe9", "a.txt", DocumentRole.ANSWER)
    assert (caught.value.offset, caught.value.encoding) == (7, "utf-8")
    assert "iconv" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "Home\nAbout\nSign in\n",
        "Safety\n",
        "?",
        "1.\n2.\n",
        "•\n",
        "References\n",
        "| | |\n",
        "-" * 70,
        "Last updated: 2026",
        "A\n\nB\n\nC\n\nD\n\nE",
    ],
)
def test_an_answer_without_statements_is_still_read(text: str) -> None:
    source = read(text.encode(), "a.txt", DocumentRole.ANSWER)
    assert source.segments
    assert source.work is None


def test_a_line_of_megabytes_is_one_segment() -> None:
    text = "It helped ten men. " * 100_000
    source = read(text.encode(), "a.txt", DocumentRole.ANSWER)
    assert [(s.start, s.end) for s in source.segments] == [(0, len(text) - 1)]
