"""Writes small PDF files for tests, so that none has to be shipped."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

_ESCAPED = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})


def pdf_of(lines: Sequence[str]) -> bytes:
    """Print lines on one page."""
    shown = b"".join(b"(" + _encoded(line) + b") Tj T*\n" for line in lines)
    return pdf_drawing(b"BT /F1 10 Tf 14 TL 50 780 Td\n" + shown + b"ET", pages=1)


def pdf_drawing(content: bytes, *, pages: int) -> bytes:
    """Draw one content, packed, on each of so many pages."""
    packed = zlib.compress(content, 9)
    kids = b" ".join(b"%d 0 R" % (5 + page) for page in range(pages))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % pages,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream",
        *([page] * pages),
    ]
    return _file(objects)


def _encoded(line: str) -> bytes:
    return line.translate(_ESCAPED).encode("cp1252", "replace")


def _file(objects: Sequence[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    )  # fmt: skip
