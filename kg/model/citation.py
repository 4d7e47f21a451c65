"""From the in-text marker to the work: marker, entry, resolution, work and the work's states."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ResolutionStatus(StrEnum):
    """How far a marker's entry was followed."""

    RESOLVED = "resolved"
    UNRESOLVABLE = "unresolvable"
    RECORD_MISSING = "record_missing"


class ResolutionMethod(StrEnum):
    """How an entry was tied to a work, from the surest to the least sure."""

    SUPPLIED_BY_USER = "supplied_by_user"
    PRINTED_IDENTIFIER = "printed_identifier"
    MATCHED_METADATA = "matched_metadata"
    INFERRED_BY_CONTENT = "inferred_by_content"
    NONE = "none"


class WorkState(StrEnum):
    """States of a work, never mixed; a comment is none of them."""

    RETRACTED = "retracted"
    REPLACED = "replaced"
    EXPRESSION_OF_CONCERN = "expression_of_concern"
    CORRECTED = "corrected"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class WorkStatus:
    """A state of a work, true as known on a date (``None`` where the source gives none).

    :param by: id of the work that takes its place, if one is known
    """

    id: str
    work: str
    state: WorkState
    date: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class StatusCheck:
    """Somebody looked for states of a work on a date: without it, no state means nothing.

    :param date: the day, as given
    """

    id: str
    work: str
    date: str


@dataclass(frozen=True, slots=True)
class Work:
    """The publication that a record represents or an entry names.

    :param id: the DOI's IRI (lower case), else PubMed's, else a hash of the bibliographic data
    :param year: the printed year, kept apart from ``date``, which stays as far as printed
    """

    id: str
    title: str | None = None
    journal: str | None = None
    first_author: str | None = None
    year: int | None = None
    date: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    registration: str | None = None
    publication_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedWork:
    """An entry of a bibliography's file: its key there, its print, and the work that it names."""

    key: str
    text: str
    work: Work


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What a reference manager's file lists, in its order.

    :param warnings: what was odd about the file, such as an entry that could not be read
    """

    name: str
    sha256: str
    format: str
    entries: tuple[ListedWork, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """An in-text citation: one marker denotes one entry, so that ``2, 3`` makes two markers."""

    id: str
    statement: str
    passage: str
    label: str
    denotes: str


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """The bibliography entry that a label denotes.

    :param listed: False where the answer prints no such entry, which is a normal case
    :param passage: where the entry is printed, if it is
    """

    id: str
    document: str
    label: str
    listed: bool
    resolution: str
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """How an entry was tied to a work and a record, by which method and how surely."""

    id: str
    entry: str
    status: ResolutionStatus
    method: ResolutionMethod
    confidence: Decimal
    work: str | None = None
    record: str | None = None
