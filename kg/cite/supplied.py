"""What the user supplies: records, with or without the marker they belong to, and known states.

>>> normal_label(" [12] "), KnownStatus("doi:10.1000/ABC", WorkState.RETRACTED).key
('12', '10.1000/abc')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.errors import KgError, UsageError
from kg.model import Document, Marker, Source, Work, WorkState
from kg.model.identifiers import normal
from kg.terms import node_id

_PREFIX = re.compile(
    r"\A(?:https?://(?:dx\.)?doi\.org/|doi:\s*|https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*"
    r"|pmcid:?\s*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SuppliedRecord:
    """A record in hand.

    :param marker: the label that the user says it belongs to, or None to have it worked out
    """

    source: Source
    marker: str | None = None

    @property
    def document(self) -> Document:
        """The record's document."""
        return self.source.document

    @property
    def work(self) -> Work:
        """The work that it represents; one that prints nothing of itself is known by its bytes."""
        if self.source.work is not None:
            return self.source.work
        document = self.source.document
        return Work(
            document.work or node_id("work", document.sha256), document.title, date=document.date
        )


@dataclass(frozen=True, slots=True)
class KnownStatus:
    """A state of a work as a list of states gives it.

    :param identifier: DOI, PMID or PMCID, bare or as an address
    :param state: None where somebody looked and found none
    :param date: when it came to be, as far as known
    :param checked: the day on which somebody looked
    """

    identifier: str
    state: WorkState | None
    date: str | None = None
    checked: str | None = None

    @property
    def key(self) -> str:
        """The identifier without prefix, in lower case."""
        return identifier_key(self.identifier)


def identifier_key(identifier: str) -> str:
    """Bring a DOI, PMID or PMCID to the form in which two spellings of it are equal.

    >>> identifier_key("https://doi.org/10.1/A"), identifier_key("PMID: 12"), identifier_key("PMC7")
    ('10.1/a', '12', 'pmc7')
    """
    for kind in ("doi", "pmid", "pmcid", "nct"):
        found = normal(kind, identifier)
        if found is not None:
            return found.lower()
    return _PREFIX.sub("", identifier.strip()).strip().rstrip("/").lower()


class UnknownMarkerError(UsageError):
    """A record was supplied for a marker that the answer does not have.

    :param marker: the label as given
    :param record: name of the record's file
    :param labels: the labels that the answer has, in order
    """

    def __init__(self, marker: str, record: str, labels: Sequence[str]) -> None:
        self.marker, self.record, self.labels = marker, record, tuple(labels)
        has = f"it has {', '.join(labels)}" if labels else "it has none"
        super().__init__(
            f"{record}: the answer has no marker {marker}",
            expected=f"a marker of the answer ({has})",
            hint="give the record without a marker to have its place worked out",
        )


class TwoRecordsError(UsageError):
    """Two records were supplied for one marker.

    :param marker: the label
    :param records: names of the records' files, sorted
    """

    def __init__(self, marker: str, records: Sequence[str]) -> None:
        self.marker, self.records = marker, tuple(records)
        super().__init__(
            f"{' and '.join(records)}: two records for marker {marker}",
            expected="one record for each marker",
            hint="a marker denotes one entry; give the other record without a marker",
        )


def normal_label(label: str) -> str:
    """Return a label as markers have it: without brackets and spaces."""
    return label.strip().strip("[]()").strip()


def label_order(label: str) -> tuple[bool, int, str]:
    """Sort labels as a reader counts: 2 before 10, figures before words."""
    return not label.isdigit(), int(label) if label.isdigit() else 0, label


def check_supplied(
    markers: Iterable[Marker], records: Iterable[SuppliedRecord]
) -> tuple[KgError, ...]:
    """Return what is wrong with the records' markers, sorted by message.

    The errors are returned and not raised, so that the other records can still be used;
    :func:`kg.cite.resolve` leaves the offending ones out.
    """
    labels = sorted({marker.label for marker in markers}, key=label_order)
    errors: list[KgError] = []
    given = list(records)
    for record in given:
        if record.marker is not None and normal_label(record.marker) not in labels:
            name = record.document.name
            errors.append(UnknownMarkerError(normal_label(record.marker), name, labels))
    for label, own in _by_label(given).items():
        if label in labels and len({r.document.id for r in own}) > 1:
            errors.append(TwoRecordsError(label, sorted({r.document.name for r in own})))
    return tuple(sorted(errors, key=str))


def usable(markers: Iterable[Marker], records: Iterable[SuppliedRecord]) -> list[SuppliedRecord]:
    """Return the records that :func:`check_supplied` does not object to, sorted by document."""
    labels = {marker.label for marker in markers}
    given = list(records)
    by_label = _by_label(given)
    kept = [
        record
        for record in given
        if record.marker is None
        or (
            (label := normal_label(record.marker)) in labels
            and len({r.document.id for r in by_label[label]}) == 1
        )
    ]
    return sorted(kept, key=lambda r: (r.document.id, label_order(r.marker or "")))


def _by_label(records: Iterable[SuppliedRecord]) -> dict[str, list[SuppliedRecord]]:
    by_label: dict[str, list[SuppliedRecord]] = {}
    for record in records:
        if record.marker is not None:
            by_label.setdefault(normal_label(record.marker), []).append(record)
    return by_label
