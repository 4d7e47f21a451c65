r"""Bytes → text, or a refusal that says why: the first step of every reader.

The text is the bytes decoded and nothing else: no newline is translated and a byte order mark
stays, as one code point, so that offsets count in the file as given.

>>> decode("p = .02\r\n".encode("utf-8-sig"), "a.txt").text
'\ufeffp = .02\r\n'
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from kg.errors import KgError

MAX_BYTES = 32 * 1024 * 1024
_PIECE = 1 << 20
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive (perhaps a .docx file)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
)
GZIP = b"\x1f\x8b"
_UTF32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_UTF16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_TEXT_HINT = "save it as UTF-8 text, for example with `iconv -f WINDOWS-1252 -t UTF-8`"


class SourceError(KgError):
    """A file that cannot be read as the document it should be.

    :param name: the file's name
    """

    def __init__(
        self,
        name: str,
        problem: str,
        *,
        place: str | None = None,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.name = name
        super().__init__(f"{name}: {problem}", place=place, expected=expected, hint=hint)

    def at(self, path: str) -> Self:
        """Return this error with the file named by its path.

        >>> str(EmptyFileError("a.txt", "the file is empty").at("x/a.txt"))
        'x/a.txt: the file is empty'
        """
        self.what = path + self.what.removeprefix(self.name)
        self.name = path
        self.args = (self.what,)
        return self


class MissingFileError(SourceError):
    """There is no such file."""


class NotAFileError(SourceError):
    """A folder, a socket or the like."""


class UnreadableFileError(SourceError):
    """The system refuses to read the file."""


class TooLargeError(SourceError):
    """More bytes than the limit; the file was not read."""

    def __init__(self, name: str, size: int, limit: int) -> None:
        self.size, self.limit = size, limit
        super().__init__(
            name,
            f"{size:,} bytes is too large",
            expected=f"at most {limit:,} bytes",
            hint="cut out the document that is meant",
        )


class EmptyFileError(SourceError):
    """No character but white space."""


class BinaryFileError(SourceError):
    """Not text at all."""


class EncodingError(SourceError):
    """Text in another encoding than UTF-8, or UTF-16 with a byte order mark.

    :param offset: the first byte that does not fit
    """

    def __init__(self, name: str, encoding: str, offset: int, why: str) -> None:
        self.encoding, self.offset = encoding, offset
        super().__init__(
            name,
            f"not valid {encoding.upper()}: {why}",
            place=f"byte {offset}",
            expected="UTF-8, or UTF-16 with a byte order mark",
            hint=_TEXT_HINT,
        )


class NoRecordError(SourceError):
    """Text in which nothing looks like a record."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "not a record: no title, abstract or identifier in it",
            expected="the text of a publication",
            hint="save the record's own page or text, not a link, a menu or an error page",
        )


class CompressedError(SourceError):
    """A compressed file that is cut off or damaged."""

    def __init__(self, name: str, why: str, offset: int) -> None:
        self.offset = offset
        super().__init__(
            name, f"a damaged gzip file: {why}", place=f"byte {offset:,} of what it unfolds to",
            expected="a whole gzip file", hint="download the file again",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's name, the SHA-256 of its bytes, and its text unchanged.

    Of a gzip file, the bytes are those that it unfolds to.
    """

    name: str
    sha256: str
    text: str


def load(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return a file's bytes.

    :raises SourceError: if it is missing, a folder, unreadable, or larger than the limit
    """
    name = str(path)
    if not path.exists():
        raise MissingFileError(name, "no such file", hint="check the path")
    if not path.is_file():
        kind = "a folder" if path.is_dir() else "not a regular file"
        raise NotAFileError(name, kind, expected="one file", hint="name the files one by one")
    try:
        size = path.stat().st_size
        if size > limit:
            raise TooLargeError(name, size, limit)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(name, f"cannot be read: {error.strerror}") from error


def decode(data: bytes, name: str, limit: int = MAX_BYTES) -> Decoded:
    """Return the text of a file's bytes.

    :raises SourceError: if they are too many, none, no text, or in another encoding
    """
    if data.startswith(GZIP):
        data = b"".join(unfolded(io.BytesIO(data), name, limit))
    if len(data) > limit:
        raise TooLargeError(name, len(data), limit)
    text = _text(data, name)
    if all(c.isspace() or c in _INVISIBLE for c in text):
        raise EmptyFileError(name, "the file is empty", expected="text")
    return Decoded(name, hashlib.sha256(data).hexdigest(), text)


def unfolded(file: BinaryIO, name: str, limit: int | None = None) -> Iterator[bytes]:
    """Yield the bytes of a file piece by piece, those of a gzip file unfolded.

    :param limit: the most bytes that it may unfold to
    :raises CompressedError: if it is cut off or damaged
    :raises TooLargeError: if it holds more than the limit
    """
    start = file.read(len(GZIP))
    file.seek(0)
    opened = gzip.GzipFile(fileobj=file) if start == GZIP else file
    seen = 0
    while True:
        try:
            piece = opened.read(_PIECE)
        except (EOFError, OSError, zlib.error) as error:
            raise CompressedError(name, str(error), seen) from error
        if not piece:
            return
        seen += len(piece)
        if limit is not None and seen > limit:
            raise TooLargeError(name, seen, limit)
        yield piece


def encoding_of(start: bytes) -> str:
    """Return the encoding of a text by its first bytes."""
    return next((e for mark, e in _UTF16 if start.startswith(mark)), "utf-8")


def texts(pieces: Iterator[bytes], name: str) -> Iterator[str]:
    """Yield the text of a file piece by piece, as :func:`decode` would decode the whole.

    :raises SourceError: if the bytes are no text, or in another encoding
    """
    seen = 0
    decoder: codecs.IncrementalDecoder | None = None
    for piece in pieces:
        if decoder is None:
            _refuse_magic(piece, name)
            decoder = codecs.getincrementaldecoder(encoding_of(piece))()
        yield _next(decoder, piece, name, seen)
        seen += len(piece)
    if decoder is not None:
        yield _next(decoder, b"", name, seen)


def _next(decoder: codecs.IncrementalDecoder, piece: bytes, name: str, seen: int) -> str:
    try:
        text = decoder.decode(piece, final=not piece)
    except UnicodeDecodeError as error:
        raise EncodingError(name, error.encoding, seen + error.start, error.reason) from error
    if "\0" in text:
        raise BinaryFileError(name, "a NUL character, so not text", place=f"after byte {seen}")
    return text


def _refuse_magic(data: bytes, name: str) -> None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise BinaryFileError(name, kind, expected="text", hint="export it as plain text first")
    if data.startswith(_UTF32):
        raise EncodingError(name, "utf-8", 0, "a UTF-32 byte order mark")


def _text(data: bytes, name: str) -> str:
    _refuse_magic(data, name)
    for mark, encoding in _UTF16:
        if data.startswith(mark):
            return _decoded(data, name, encoding)
    nul = data.find(0)
    if nul >= 0:
        raise BinaryFileError(
            name, "a NUL byte, so not text", place=f"byte {nul}", expected="text", hint=_TEXT_HINT
        )
    return _decoded(data, name, "utf-8")


def _decoded(data: bytes, name: str, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        control = sum(byte < 32 and byte not in b"\t\n\r\f\v" for byte in data[:4096])
        if encoding == "utf-8" and control * 20 > len(data[:4096]):
            raise BinaryFileError(
                name, "not text", place=f"byte {error.start}", expected="text"
            ) from error
        raise EncodingError(name, encoding, error.start, error.reason) from error
    nul = text.find("\0")
    if nul >= 0:
        place = f"character {nul}"
        raise BinaryFileError(name, "a NUL character, so not text", place=place, expected="text")
    return text
