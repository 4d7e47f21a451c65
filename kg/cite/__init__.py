"""Marker to entry to work to record, how surely, and what is wrong on that way.

No reference list is a normal case: a label without a printed entry and without a record is
unresolvable, and that is said of it, not raised.

>>> from kg.model import DocumentRole, Marker, Source, document_of
>>> document = document_of("ab", "a.txt", DocumentRole.ANSWER, "answer-text", "It helps. 4")
>>> marker = Marker("marker/1", "statement/1", f"{document.id}#char=10,11", "4", "entry/4")
>>> [r.status.value for r in resolve(Source(document, ()), [marker], []).resolutions]
['unresolvable']
"""

from __future__ import annotations

from kg.cite.faults import CitationFaults, citation_faults
from kg.cite.resolving import named_by, resolve
from kg.cite.supplied import (
    KnownStatus,
    SuppliedRecord,
    TwoRecordsError,
    UnknownMarkerError,
    check_supplied,
    identifier_key,
)

__all__ = [
    "CitationFaults",
    "KnownStatus",
    "SuppliedRecord",
    "TwoRecordsError",
    "UnknownMarkerError",
    "check_supplied",
    "citation_faults",
    "identifier_key",
    "named_by",
    "resolve",
]
