r"""Readers, one file per format: bytes → Source with labelled segments and exact offsets.

A reader gets a decoded file and a role and returns a :class:`kg.model.Source`; readers do not know
each other. What a file is, its content decides, unless the caller says so.

>>> source = read(b"TITLE: Walking\n\nRESULTS: It helped ten men.", "r.txt", DocumentRole.RECORD)
>>> source.document.format, [segment.part.value for segment in source.segments]
('text', ['title', 'results'])
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from kg.model import DocumentRole, Source
from kg.sources import (
    answer_text,
    html_page,
    jats,
    markdown_page,
    nbib,
    plain_text,
    pubmed_page,
    pubmed_xml,
)
from kg.sources.decoding import (
    MAX_BYTES,
    BinaryFileError,
    Decoded,
    EmptyFileError,
    EncodingError,
    MissingFileError,
    NoRecordError,
    NotAFileError,
    SourceError,
    TooLargeError,
    UnreadableFileError,
    decode,
    load,
)
from kg.sources.xml_tree import XmlError

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "BinaryFileError",
    "EmptyFileError",
    "EncodingError",
    "MissingFileError",
    "NoRecordError",
    "NotAFileError",
    "SourceError",
    "TooLargeError",
    "UnknownFormatError",
    "UnreadableFileError",
    "XmlError",
    "detect",
    "read",
    "read_file",
]

Reader = Callable[[Decoded, DocumentRole], Source]

FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        answer_text.FORMAT: answer_text.read,
        pubmed_page.FORMAT: pubmed_page.read,
        plain_text.FORMAT: plain_text.read,
        pubmed_xml.FORMAT: pubmed_xml.read,
        nbib.FORMAT: nbib.read,
        jats.FORMAT: jats.read,
        html_page.FORMAT: html_page.read,
        markdown_page.FORMAT: markdown_page.read,
    }
)
_MARKUP = (
    ("html", re.compile(r"<!doctype html|<html[\s>]", re.IGNORECASE)),
    (
        "pubmed-xml",
        re.compile(r"(?:<\?xml[^>]{0,200}>\s*)?<(?:!DOCTYPE\s+)?(?:PubmedArticle|MedlineCitation)"),
    ),
    ("jats", re.compile(r"<\?xml|<!DOCTYPE article|<article[\s>]")),
    ("nbib", re.compile(r"PMID- ?\d")),
    ("ris", re.compile(r"TY  - [A-Z]")),
    ("bibtex", re.compile(r"@(?:article|book|misc|inproceedings)\s*\{", re.IGNORECASE)),
    ("json", re.compile(r"[{\[]\s*(?:\"|\{)")),
)


class UnknownFormatError(SourceError):
    """A format that this version does not read.

    :param format: the format's name
    """

    def __init__(self, name: str, fmt: str) -> None:
        self.format = fmt
        super().__init__(
            name,
            f"the format {fmt} cannot be read",
            expected=f"one of {', '.join(FORMATS)}",
            hint="save the document as plain text",
        )


def detect(data: bytes, name: str, role: DocumentRole) -> str:
    """Return the format of a file by its content; it may be one that cannot be read.

    :raises SourceError: if the bytes are no text

    >>> detect(b"Does it help?", "a.txt", DocumentRole.ANSWER)
    'answer-text'
    >>> detect(b"<!DOCTYPE html><title>Menu</title>", "a.html", DocumentRole.RECORD)
    'html'
    """
    return _detected(decode(data, name), role)


def _detected(file: Decoded, role: DocumentRole) -> str:
    begin = file.text[:512].lstrip("\ufeff \t\r\n")
    for fmt, pattern in _MARKUP:
        if pattern.match(begin):
            return fmt
    if role is DocumentRole.ANSWER:
        marked = markdown_page.looks_like(file.text)
        return markdown_page.FORMAT if marked else answer_text.FORMAT
    return pubmed_page.FORMAT if pubmed_page.looks_like(file.text) else plain_text.FORMAT


def read(data: bytes, name: str, role: DocumentRole, fmt: str | None = None) -> Source:
    """Read a file's bytes.

    :param name: the file's name, for messages and for the document
    :param fmt: one of :data:`FORMATS`; by content if not given
    :raises SourceError: if the bytes are none, too many, no UTF-8 text, of a format that cannot be
        read, or, for a record, nothing that looks like one
    """
    file = decode(data, name)
    known = fmt or _detected(file, role)
    if known not in FORMATS:
        raise UnknownFormatError(name, known)
    return FORMATS[known](file, role)


def read_file(
    path: Path | str, role: DocumentRole, fmt: str | None = None, limit: int = MAX_BYTES
) -> Source:
    """Read a file; one larger than the limit (bytes) is refused before it is read.

    :raises SourceError: as :func:`read`, and if the file is missing, a folder or unreadable
    """
    place = Path(path)
    data = load(place, limit)
    try:
        return read(data, place.name, role, fmt)
    except SourceError as error:
        raise error.at(str(place)) from None
