"""What a file is, its content decides, unless the caller says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import DocumentRole, Part
from kg.sources import FORMATS, detect, read, read_file

_PAGE = b". 2019 Mar;4(2):1-9.\nWalking\nAbstract\nIt helps.\nPMID: 12\n"


@pytest.mark.parametrize(
    ("data", "role", "fmt"),
    [
        (b"It helps.", DocumentRole.ANSWER, "answer-text"),
        (_PAGE, DocumentRole.ANSWER, "answer-text"),
        (_PAGE, DocumentRole.RECORD, "pubmed-page"),
        (b"It helps ten men.", DocumentRole.RECORD, "text"),
        (b"\xef\xbb\xbf  <!doctype html><p>", DocumentRole.RECORD, "html"),
        (b"<?xml version='1.0'?><article>", DocumentRole.RECORD, "jats"),
        (b"PMID- 123\nTI  - Walking", DocumentRole.RECORD, "nbib"),
        (b'{"a": 1}', DocumentRole.ANSWER, "json"),
        (b"[1] It helps.", DocumentRole.ANSWER, "answer-text"),
    ],
)
def test_content_decides(data: bytes, role: DocumentRole, fmt: str) -> None:
    assert detect(data, "a.txt", role) == fmt


def test_the_caller_decides_over_the_content() -> None:
    assert read(_PAGE, "a.txt", DocumentRole.RECORD, "text").document.format == "text"
    assert read(b"It helps ten men.", "a", DocumentRole.ANSWER, "text").segments[0].part is (
        Part.ABSTRACT
    )


def test_the_document_bears_the_file_name_and_not_its_path(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_bytes(b"It helps.")
    source = read_file(str(path), DocumentRole.ANSWER)
    assert source.document.name == "answer.txt"
    assert source == read(b"It helps.", "answer.txt", DocumentRole.ANSWER)


def test_formats_cannot_be_changed_by_a_caller() -> None:
    with pytest.raises(TypeError):
        FORMATS["docx"] = FORMATS["text"]  # type: ignore[index]
