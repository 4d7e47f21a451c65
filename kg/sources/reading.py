"""What a file is, and its readers: one document from a file, or every record of it.

>>> detect(b"TY  - JOUR", "r.ris", DocumentRole.RECORD)
'ris'
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from kg.model import DocumentRole, Source
from kg.sources import (
    answer_text,
    ctgov,
    html_page,
    jats,
    markdown_page,
    nbib,
    pdf,
    plain_text,
    pubmed_page,
    pubmed_xml,
)
from kg.sources.decoding import (
    GZIP,
    MAX_BYTES,
    BinaryFileError,
    Decoded,
    EncodingError,
    SourceError,
    decode,
    encoding_of,
    load,
    texts,
    unfolded,
)
from kg.sources.several import STREAMED, Cut, cuts

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
        html_page.PUBMED: html_page.read,
        markdown_page.FORMAT: markdown_page.read,
        ctgov.FORMAT: ctgov.read,
        pdf.FORMAT: pdf.read,
    }
)
_JSON = re.compile(r"[{\[]\s*(?:\"|\{)")
_STUDY = re.compile(r"\"(?:protocolSection|nctId)\"\s*:")
_CITED = re.compile(r"\"(?:type|container-title|issued|DOI)\"\s*:")
_LOOKED_AT = 20_000
_MARKUP = (
    (
        "html",
        re.compile(r"(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype html|<html[\s>])", re.IGNORECASE),
    ),
    (
        "pubmed-xml",
        re.compile(r"(?:<\?xml[^>]{0,200}>\s*)?<(?:!DOCTYPE\s+)?(?:PubmedArticle|MedlineCitation)"),
    ),
    ("jats", re.compile(r"<\?xml|<!DOCTYPE article|<article[\s>]")),
    ("nbib", re.compile(r"PMID- ?\d")),
    ("ris", re.compile(r"TY  - [A-Z]")),
    ("bibtex", re.compile(r"@(?:article|book|misc|inproceedings)\s*\{", re.IGNORECASE)),
    ("json", _JSON),
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
    return pdf.FORMAT if pdf.is_pdf(data) else _detected(decode(data, name), role)


def _detected(file: Decoded, role: DocumentRole) -> str:
    begin = file.text[:512].lstrip("\ufeff \t\r\n")
    for fmt, pattern in _MARKUP:
        if pattern.match(begin):
            return _kind_of_json(file.text) if fmt == "json" else fmt
    if role is DocumentRole.ANSWER:
        marked = markdown_page.looks_like(file.text)
        return markdown_page.FORMAT if marked else answer_text.FORMAT
    return pubmed_page.FORMAT if pubmed_page.looks_like(file.text) else plain_text.FORMAT


def _kind_of_json(text: str) -> str:
    begin = text[:_LOOKED_AT]
    if _STUDY.search(begin):
        return ctgov.FORMAT
    return "csl-json" if _CITED.search(begin) else "json"


def read(data: bytes, name: str, role: DocumentRole, fmt: str | None = None) -> Source:
    """Read a file's bytes.

    :param name: the file's name, for messages and for the document
    :param fmt: one of :data:`FORMATS`; by content if not given
    :raises SourceError: if the bytes are none, too many, no UTF-8 text, of a format that cannot be
        read, or, for a record, nothing that looks like one
    """
    printed = pdf.is_pdf(data) and fmt in {None, pdf.FORMAT}
    file = pdf.extracted(data, name) if printed else decode(data, name)
    known = pdf.FORMAT if printed else fmt or _detected(file, role)
    if known == pdf.FORMAT and not printed:
        raise pdf.PdfError(name, "no PDF file", expected="a file that begins with %PDF")
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


def read_records(
    path: Path | str, fmt: str | None = None, limit: int = MAX_BYTES
) -> Iterator[Source | SourceError]:
    """Read every record of a file; what cannot be read comes as an error in its place.

    A record in a file of several is a document of its own: its digest is that of its own bytes, and
    it begins where the file prints it. Sets of PubMed and PMC records in XML, gzip or not, are read
    as they stream by; any other file may hold no more than the limit (bytes, unfolded).
    """
    place = Path(path)
    try:
        if _is_one(place):
            yield read_file(place, DocumentRole.RECORD, fmt, limit)
            return
        if _is_long(place, limit):
            pieces = _pieces(place)
            first = next(pieces, "")
        else:
            pieces, first = iter(()), decode(load(place, limit), place.name).text
        known = fmt or _detected(Decoded(place.name, "", first), DocumentRole.RECORD)
        if known not in STREAMED:
            pieces, first = iter(()), decode(load(place, limit), place.name).text
        yield from _each(place, known, cuts(chain([first], pieces), known, place.name))
    except SourceError as error:
        yield error.at(str(place))


def _is_one(path: Path) -> bool:
    """Whether a file is of a kind that holds one document: PDF."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return pdf.is_pdf(file.read(1024))


def _is_long(path: Path, limit: int) -> bool:
    """Whether a file may hold more than fits, so that it is only read as it streams by."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(2) == GZIP or path.stat().st_size > limit


def _pieces(path: Path) -> Iterator[str]:
    """Yield a long file's text; one that begins as no text may be too large to be looked into."""
    with path.open("rb") as file:
        try:
            yield from texts(unfolded(file, path.name), path.name)
        except (BinaryFileError, EncodingError):
            load(path)
            raise


def _each(path: Path, fmt: str, found: Iterator[Cut]) -> Iterator[Source | SourceError]:
    """Read each cut; a file of one record is that record, whole."""
    first, second = next(found, None), next(found, None)
    with path.open("rb") as file:
        encoding = encoding_of(next(unfolded(file, path.name), b""))
    if second is None and (first is None or first.error is None):
        try:
            yield read_file(path, DocumentRole.RECORD, fmt)
        except SourceError as error:
            yield error
        return
    for cut in chain((c for c in (first, second) if c is not None), found):
        try:
            yield _read_cut(path, fmt, cut, encoding)
        except SourceError as error:
            yield error.at(str(path))


def _read_cut(path: Path, fmt: str, cut: Cut, encoding: str) -> Source:
    if cut.error is not None:
        raise cut.error
    digest = hashlib.sha256(cut.text.encode(encoding)).hexdigest()
    try:
        source = FORMATS[fmt](Decoded(path.name, digest, cut.text), DocumentRole.RECORD)
    except SourceError as error:
        where = f"the record at line {cut.line + 1}"
        error.place = f"{error.place} of {where}" if error.place else where
        raise
    return replace(source, document=replace(source.document, begins=cut.begins))
