"""Documents, their passages, and what a reader hands on: labelled segments with exact offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from kg.model.citation import Work, WorkState
from kg.terms import digest, document_id, passage_id


class DocumentRole(StrEnum):
    """What a document is in an audit."""

    ANSWER = "answer"
    RECORD = "record"


class Scope(StrEnum):
    """How much of a work its record holds; a record may hold several parts."""

    METADATA = "metadata"
    ABSTRACT = "abstract"
    CAPTIONS = "captions"
    FULL_TEXT = "full_text"
    REGISTRY = "registry"


class Part(StrEnum):
    """What a segment of a document is, as its reader labels it.

    Answers use the first block, records the second; ``FURNITURE`` is what the site put around the
    text (menus, banners, calls to action) and makes no statement.
    """

    TITLE = "title"
    HEADING = "heading"
    BULLET = "bullet"
    STEP = "step"
    PARAGRAPH = "paragraph"
    TABLE_ROW = "table_row"
    REVIEW_STATUS = "review_status"
    DATE = "date"
    FURNITURE = "furniture"
    REFERENCE = "reference"

    JOURNAL = "journal"
    IDENTIFIER = "identifier"
    AUTHORS = "authors"
    ABSTRACT = "abstract"
    BACKGROUND = "background"
    OBJECTIVE = "objective"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSIONS = "conclusions"
    REGISTRATION = "registration"
    KEYWORDS = "keywords"
    CAPTION = "caption"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Segment:
    """A labelled stretch of a document: half-open offsets in code points of its text.

    :param label: the printed label (``Methods:``, ``Figure 1.``), if any
    :param level: depth of a heading (1 is the title), 0 for anything else
    """

    start: int
    end: int
    part: Part
    label: str | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of what a source says, and where its file prints it.

    :param start: where the stretch begins in the source's readable text; ``end`` is where it ends
    :param first: where its print begins in the document's text; ``last`` is where it ends
    :param exact: whether each code point of the stretch is one of the print
    """

    start: int
    end: int
    first: int
    last: int
    exact: bool = True

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the stretch is printed: exactly, or the whole print."""
        if not self.exact:
            return self.first, self.last
        low, high = max(start, self.start), min(end, self.end)
        return self.first + low - self.start, self.first + high - self.start


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document's text with the place in the file at which it begins."""

    text: str
    begins: int = 0

    def cut(self, start: int, end: int) -> str:
        """Return what stands between two offsets of the file.

        >>> DocumentText("p=.02", 100).cut(102, 105)
        '.02'
        """
        return self.text[max(0, start - self.begins) : max(0, end - self.begins)]


@dataclass(frozen=True, slots=True)
class Document:
    """One immutable text, as its file's bytes were decoded, unchanged.

    :param id: ``doc/…``, from the digest of the bytes
    :param chars: length of the text in code points
    :param text: None in a curated graph that may not carry it
    :param offsets: ``file`` or ``extracted``, see the JSON contract
    :param work: id of the Work that a record represents
    :param begins: of a record in a file of several, where its text begins in that file; offsets
        outside this value count from the file's beginning
    :param places: of a source that is read through a text made for it, sorted; empty where that
        text is as long as the document's, offset for offset
    :param date: the date that the document prints of itself, as far as printed (``2026-03-01``)
    """

    id: str
    sha256: str
    name: str
    role: DocumentRole
    format: str
    chars: int
    text: str | None = None
    offsets: str = "file"
    scope: tuple[Scope, ...] = ()
    work: str | None = None
    title: str | None = None
    date: str | None = None
    review_status: str | None = None
    warnings: tuple[str, ...] = ()
    begins: int | None = None
    places: tuple[Place, ...] = field(default=(), compare=False, repr=False)

    @property
    def held(self) -> DocumentText | None:
        """The text with its place in the file, or None if the document carries none."""
        return None if self.text is None else DocumentText(self.text, self.begins or 0)

    def printed_at(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the document's text a stretch of the readable text is printed.

        >>> doc = Document("doc/ab", "ab", "a", DocumentRole.RECORD, "ctgov", 30,
        ...                places=(Place(0, 9, 4, 20, exact=False), Place(9, 12, 15, 18)))
        >>> doc.printed_at(0, 12), doc.printed_at(10, 12)
        ((4, 20), (16, 18))
        """
        if not self.places:
            return start, end
        at = max(0, bisect_right(self.places, start, key=lambda place: place.start) - 1)
        found: list[tuple[int, int]] = []
        while at < len(self.places) and (self.places[at].start < end or not found):
            place = self.places[at]
            if place.end > start:
                found.append(place.at(start, end))
            at += 1
        if not found:
            found = [self.places[-1].at(start, end)]
        return min(low for low, _ in found), max(high for _, high in found)

    def passage(self, start: int, end: int, part: Part | None = None) -> Passage:
        """Cut a passage out of this document's text.

        :param start: where it begins in what the source says, its readable text
        :raises ValueError: if the document has no text or the span is not inside it
        """
        start, end = self.printed_at(start, end)
        if self.text is None or not 0 <= start < end <= len(self.text):
            message = f"{self.id}: no text at {start}–{end}"
            raise ValueError(message)
        sha = digest(self.text[start:end])
        start, end = start + (self.begins or 0), end + (self.begins or 0)
        return Passage(passage_id(self.id, start, end), self.id, start, end, sha, part)


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document, with the SHA-256 of its text.

    >>> doc = Document("doc/ab", "ab", "a.txt", DocumentRole.RECORD, "text", 5, "p=.02")
    >>> passage = doc.passage(2, 5)
    >>> passage.id, passage.sha256[:8]
    ('doc/ab#char=2,5', '186fadc0')
    """

    id: str
    document: str
    start: int
    end: int
    sha256: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of an answer. What stands below it inherits its condition.

    :param passage: id of the heading's own passage
    :param condition: the condition that it sets, such as ``if pursuing experimental therapy``
    """

    id: str
    document: str
    passage: str
    level: int
    label: str
    condition: str | None = None


class View:
    """What a marked-up file says, as long as its text; made when it is first asked for.

    >>> View(lambda: "p < .05").text
    'p < .05'
    """

    __slots__ = ("_make", "_text")

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The view's text."""
        if self._text is None:
            self._text = self._make()
        return self._text


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader makes of one file: the document, its segments and its bibliographic data.

    Segments are in text order and do not overlap, except that a table row may stand in a table.

    :param seen: of a marked-up file, what it says at the places where it says it; for a document
        with places, the text that was made for it
    :param links: spans of the links to other places that an answer's markup makes
    :param states: what the record itself tells of its work's state, each with a date if it has one
    """

    document: Document
    segments: tuple[Segment, ...]
    work: Work | None = None
    seen: str | View | None = field(default=None, compare=False)
    states: tuple[tuple[WorkState, str | None], ...] = ()
    links: tuple[tuple[int, int], ...] = ()

    @property
    def view(self) -> str | None:
        """What a marked-up file says, or None where the text itself says it."""
        return self.seen.text if isinstance(self.seen, View) else self.seen

    @property
    def readable(self) -> str:
        """What the document says: its text, or the view of it; segments count in this."""
        view = self.view
        return self.text if view is None else view

    @property
    def text(self) -> str:
        """The document's text; a reader always keeps it."""
        return self.document.text or ""


def document_of(
    sha256: str, name: str, role: DocumentRole, fmt: str, text: str, scope: tuple[Scope, ...] = ()
) -> Document:
    """Make a document of its bytes' digest and decoded text."""
    return Document(
        document_id(sha256), sha256, name, role, fmt, len(text), text, scope=tuple(sorted(scope))
    )
