"""Documents, their passages, and what a reader hands on: labelled segments with exact offsets."""

from __future__ import annotations

from dataclasses import dataclass
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
class Document:
    """One immutable text, as its file's bytes were decoded, unchanged.

    :param id: ``doc/…``, from the digest of the bytes
    :param chars: length of the text in code points
    :param text: None in a curated graph that may not carry it
    :param offsets: ``file`` or ``extracted``, see the JSON contract
    :param work: id of the Work that a record represents
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

    def passage(self, start: int, end: int, part: Part | None = None) -> Passage:
        """Cut a passage out of this document's text.

        :raises ValueError: if the document has no text or the span is not inside it
        """
        if self.text is None or not 0 <= start < end <= len(self.text):
            message = f"{self.id}: no text at {start}–{end}"
            raise ValueError(message)
        sha = digest(self.text[start:end])
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


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader makes of one file: the document, its segments and its bibliographic data.

    Segments are in text order and do not overlap, except that a table row may stand in a table.

    :param view: of a marked-up file, what it says at the places where it says it
    :param states: what the record itself tells of its work's state, each with a date if it has one
    """

    document: Document
    segments: tuple[Segment, ...]
    work: Work | None = None
    view: str | None = None
    states: tuple[tuple[WorkState, str | None], ...] = ()

    @property
    def readable(self) -> str:
        """What the document says: its text, or of a marked-up file a view of the same length."""
        return self.text if self.view is None else self.view

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
