r"""PDF: the text that its pages print, as pypdf extracts it; pages are parted by a form feed.

Offsets count in the extracted text; a form feed before an offset is a page before it. A word that a
line's end divides is read whole. Needs the extra ``pdf``.

>>> whole("adminis-\ntered once").replace("\u200b", "")
'administered once'
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
from dataclasses import replace

from kg.model import DocumentRole, Source
from kg.sources import answer_text, plain_text, pubmed_page
from kg.sources.decoding import Decoded, SourceError
from kg.text.filler import FILLER

FORMAT = "pdf"
MAGIC = b"%PDF-"
PAGE_BREAK = "\f"
_LOOKED_AT = 1024
_MOST_PAGES = 5000
_MOST_DRAWN = 12 << 20  # about 25 s of extraction
_DIVIDED = re.compile(r"(?<=[a-zß-ÿ])-\n(?=[a-zß-ÿ])")


class PdfError(SourceError):
    """A PDF that is damaged, locked, a picture, or unfolds to more than fits."""


def is_pdf(data: bytes) -> bool:
    """Whether bytes are a PDF; a few bytes of another program may stand before it."""
    return MAGIC in data[:_LOOKED_AT]


def extracted(data: bytes, name: str) -> Decoded:
    """Return the text of a PDF.

    :raises PdfError: if it cannot be read, shows no text, or unfolds to more than fits
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise PdfError(
            name, "a PDF file", expected="the extra pdf", hint="pip install 'claimgraph[pdf]'"
        ) from error
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.ERROR)
    pages: list[str] = []
    drawn = 0
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise PdfError(name, "locked with a password", hint="save it without one")
        if len(reader.pages) > _MOST_PAGES:
            raise PdfError(name, f"{len(reader.pages)} pages", expected=f"at most {_MOST_PAGES}")
        for page in reader.pages:
            contents = page.get_contents()
            drawn += len(contents.get_data()) if contents is not None else 0
            if drawn > _MOST_DRAWN:
                raise PdfError(
                    name, f"unfolds to more than {_MOST_DRAWN >> 20} MiB of drawing",
                    place=f"page {len(pages) + 1}", expected="a document of text",
                    hint="save it as text, or cut out the pages that are meant",
                )  # fmt: skip
            pages.append(page.extract_text())
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError,
            RecursionError, OSError, AssertionError) as error:  # fmt: skip
        why = f"{type(error).__name__}: {error}".splitlines()[0][:120]
        raise PdfError(
            name, f"cannot be read as PDF ({why})", place=f"page {len(pages) + 1}",
            expected="a whole PDF file", hint="print it to PDF again, or save it as text",
        ) from error  # fmt: skip
    finally:
        log.setLevel(level)
    text = PAGE_BREAK.join(pages)
    if not text.strip():
        raise PdfError(
            name, "shows no text; its pages are pictures", expected="text",
            hint="recognise its text (OCR) first",
        )  # fmt: skip
    return Decoded(name, hashlib.sha256(data).hexdigest(), text)


def read(file: Decoded, role: DocumentRole) -> Source:
    """Read the extracted text as a pasted answer or a record's text.

    :raises SourceError: as the readers of pasted text do
    """
    shown = whole(file.text)
    laid = Decoded(file.name, file.sha256, shown.replace(PAGE_BREAK, "\n"))
    if role is DocumentRole.ANSWER:
        found = answer_text.read(laid, role)
    elif pubmed_page.looks_like(laid.text):
        found = pubmed_page.read(laid, role)
    else:
        found = plain_text.read(laid, role)
    document = replace(found.document, format=FORMAT, offsets="extracted", text=file.text)
    return replace(found, document=document, seen=laid.text)


def whole(text: str) -> str:
    """Return a text, as long as it was, in which a line's end divides no word."""
    return _DIVIDED.sub(FILLER * 2, text)
