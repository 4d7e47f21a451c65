r"""Readers, one file per format: bytes → Source with labelled segments and exact offsets.

A reader gets a decoded file and a role and returns a :class:`kg.model.Source`; readers do not know
each other. What a file is, its content decides, unless the caller says so.

>>> from kg.model import DocumentRole
>>> source = read(b"TITLE: Walking\n\nRESULTS: It helped ten men.", "r.txt", DocumentRole.RECORD)
>>> source.document.format, [segment.part.value for segment in source.segments]
('text', ['title', 'results'])
"""

from __future__ import annotations

from kg.sources.decoding import (
    MAX_BYTES,
    BinaryFileError,
    CompressedError,
    EmptyFileError,
    EncodingError,
    MissingFileError,
    NoRecordError,
    NotAFileError,
    SourceError,
    TooLargeError,
    UnreadableFileError,
)
from kg.sources.json_tree import JsonError
from kg.sources.pdf import PdfError
from kg.sources.reading import FORMATS, UnknownFormatError, detect, read, read_file, read_records
from kg.sources.references import FORMATS as BIBLIOGRAPHIES
from kg.sources.references import BibliographyError, read_bibliography, read_bibliography_file
from kg.sources.xml_tree import XmlError

__all__ = [
    "BIBLIOGRAPHIES",
    "FORMATS",
    "MAX_BYTES",
    "BibliographyError",
    "BinaryFileError",
    "CompressedError",
    "EmptyFileError",
    "EncodingError",
    "JsonError",
    "MissingFileError",
    "NoRecordError",
    "NotAFileError",
    "PdfError",
    "SourceError",
    "TooLargeError",
    "UnknownFormatError",
    "UnreadableFileError",
    "XmlError",
    "detect",
    "read",
    "read_bibliography",
    "read_bibliography_file",
    "read_file",
    "read_records",
]
