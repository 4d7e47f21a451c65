"""Faults of citations and works that need no comparison of claims.

They are nodes like any other fault; the maps say which marker, statement or entry each belongs to,
so that a judgement of a statement and a citation can name them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.cite.matching import span_of, title_share
from kg.cite.printed import PrintedEntry
from kg.cite.referents import Referents, referents
from kg.cite.resolving import other_identifier
from kg.cite.supplied import SuppliedRecord
from kg.model import (
    Bibliography,
    Dossier,
    Fault,
    FaultCode,
    Marker,
    ReferenceEntry,
    Resolution,
    ResolutionMethod,
    ResolutionStatus,
    Source,
    Statement,
    StatementKind,
    Work,
    WorkState,
)
from kg.terms import node_id

_SAME_TITLE = 0.6
_SEVERAL = 2
_TITLE_WORDS = 3
_OF_STATE = {
    WorkState.RETRACTED: FaultCode.RETRACTED,
    WorkState.REPLACED: FaultCode.REPLACED,
    WorkState.EXPRESSION_OF_CONCERN: FaultCode.EXPRESSION_OF_CONCERN,
    WorkState.CORRECTED: FaultCode.CORRECTED,
    WorkState.SUPERSEDED: FaultCode.SUPERSEDED,
}


@dataclass(frozen=True, slots=True)
class CitationFaults:
    """Faults of citations, and whose they are: ids of markers, statements and entries → fault ids.

    A fault of an entry is listed under each marker that denotes it, too.
    """

    faults: tuple[Fault, ...] = ()
    by_marker: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_statement: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_entry: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def citation_faults(
    answer: Source,
    said: Dossier,
    records: Iterable[SuppliedRecord] = (),
    bibliography: Bibliography | None = None,
) -> CitationFaults:
    """Return the faults of an answer's citations and of the works that they lead to.

    :param said: what :func:`kg.extract.answer.read_answer` and :func:`kg.cite.resolve` gave, merged
    :param records: the records in hand, against which printed entries are held
    """
    records = tuple(records)
    document = answer.document.id
    entries = {e.id: e for e in said.entries if e.document == document}
    statements = [s for s in said.statements if s.document == document]
    own = {s.id for s in statements}
    markers = [m for m in said.markers if m.statement in own]
    found = referents(answer, markers, bibliography)
    printed = found.by_label
    of_entry: dict[str, list[Fault]] = defaultdict(list)
    resolutions = {r.id: r for r in said.resolutions}
    cited = {m.denotes for m in markers}
    for entry in entries.values():
        resolution = resolutions[entry.resolution]
        of_entry[entry.id] += _unresolvable(entry, resolution)
        of_entry[entry.id] += _never_cited(entry, printed, cited)
        of_entry[entry.id] += _metadata(entry, resolution, printed, records)
        of_entry[entry.id] += _states(entry, resolution, said)
        of_entry[entry.id] += _ambiguous(entry, found)
    for entry_id, fault in _duplicates(list(entries.values()), resolutions, printed):
        of_entry[entry_id].append(fault)
    missing = {s.id: _missing(s, said) for s in statements if s.id not in _citing(markers)}
    return _keyed(of_entry, {key: f for key, f in missing.items() if f}, markers)


def _keyed(
    of_entry: Mapping[str, Sequence[Fault]], missing: Mapping[str, Fault], markers: Sequence[Marker]
) -> CitationFaults:
    faults = {f.id: f for own in of_entry.values() for f in own}
    faults |= {f.id: f for f in missing.values()}
    ids = {key: tuple(sorted({f.id for f in own})) for key, own in sorted(of_entry.items()) if own}
    by_statement: dict[str, set[str]] = defaultdict(set)
    for marker in markers:
        by_statement[marker.statement] |= set(ids.get(marker.denotes, ()))
    for statement, fault in missing.items():
        by_statement[statement].add(fault.id)
    return CitationFaults(
        tuple(faults[key] for key in sorted(faults)),
        {m.id: ids[m.denotes] for m in markers if m.denotes in ids},
        {key: tuple(sorted(own)) for key, own in sorted(by_statement.items()) if own},
        ids,
    )


def _fault(
    code: FaultCode, slot: str, rule: str, of: str, claimed: str | None = None,
    found: str | None = None, claim_passage: str | None = None,
) -> Fault:  # fmt: skip
    identity = node_id("fault", code.value, slot, rule, of, claimed, found, claim_passage)
    return Fault(identity, code, slot, f"cite/{rule}", claimed, found, claim_passage)


def _unresolvable(entry: ReferenceEntry, resolution: Resolution) -> list[Fault]:
    if resolution.status is not ResolutionStatus.UNRESOLVABLE:
        return []
    code = FaultCode.REFERENCE_UNRESOLVABLE
    return [_fault(code, "reference", "marker-without-entry", entry.id, entry.label)]


def _never_cited(
    entry: ReferenceEntry, printed: Mapping[str, PrintedEntry], cited: set[str]
) -> list[Fault]:
    if not entry.listed or entry.id in cited:
        return []
    text = printed[entry.label].text if entry.label in printed else entry.label
    code = FaultCode.REFERENCE_NEVER_CITED
    return [_fault(code, "reference", "entry-without-marker", entry.id, text, None, entry.passage)]


def _ambiguous(entry: ReferenceEntry, found: Referents) -> list[Fault]:
    """Return the fault of a label that may denote more than one work."""
    code = FaultCode.AMBIGUOUS_CITATION
    several = found.ambiguous.get(entry.label, ())
    if several:
        texts = "; ".join(e.text for e in several)
        return [_fault(code, "reference", "one-name-for-several", entry.id, entry.label, texts)]
    own = {e.work.id: e.text for e in found.every if e.label == entry.label}
    if len(own) < _SEVERAL:
        return []
    return [
        _fault(code, "reference", "one-label-twice", entry.id, entry.label, "; ".join(own.values()))
    ]


def _metadata(
    entry: ReferenceEntry,
    resolution: Resolution,
    printed: Mapping[str, PrintedEntry],
    records: Sequence[SuppliedRecord],
) -> list[Fault]:
    """Hold a printed entry against the record that it was tied to."""
    at = printed.get(entry.label)
    record = next((r for r in records if r.document.id == resolution.record), None)
    if at is None or record is None:
        return []
    return [
        _fault(FaultCode.METADATA_WRONG, slot, "entry-against-record", entry.id, said, found,
               entry.passage)
        for slot, said, found in _differences(at, record.work, resolution)
    ]  # fmt: skip


def _differences(
    entry: PrintedEntry, work: Work, resolution: Resolution
) -> Iterable[tuple[str, str, str]]:
    said = entry.work
    for slot in ("doi", "pmid", "pmcid"):
        one, two = getattr(said, slot), getattr(work, slot)
        if one and two and one.lower() != two.lower():
            yield slot, one, two
    if said.title and work.title and _another_title(entry, said.title, work.title):
        yield "title", said.title, work.title
    by_user = resolution.method is ResolutionMethod.SUPPLIED_BY_USER
    same_work = by_user and not other_identifier(said, work)
    apart = said.year and work.year and abs(said.year - work.year) > 1
    if apart and (same_work or not by_user):
        yield "year", str(said.year), str(work.year)


def _another_title(entry: PrintedEntry, said: str, title: str) -> bool:
    """Tell titles apart, each of three words or more, by the words that they share."""
    if min(len(said.split()), len(title.split())) < _TITLE_WORDS:
        return False
    return max(title_share(entry.text, title), title_share(title, said)) < _SAME_TITLE


def _states(entry: ReferenceEntry, resolution: Resolution, said: Dossier) -> list[Fault]:
    return [
        _fault(_OF_STATE[s.state], "work_status", "state-of-work", entry.id, resolution.work,
               " ".join(filter(None, (s.state.value, s.date, s.by and f"by {s.by}"))))
        for s in said.work_statuses
        if s.work == resolution.work
    ]  # fmt: skip


def _duplicates(
    entries: Sequence[ReferenceEntry],
    resolutions: Mapping[str, Resolution],
    printed: Mapping[str, PrintedEntry],
) -> Iterable[tuple[str, Fault]]:
    """Yield the entries that lead to one work."""
    by_work: dict[str, list[ReferenceEntry]] = defaultdict(list)
    for entry in entries:
        work = resolutions[entry.resolution].work
        at = printed.get(entry.label)
        if work and not (at and at.text == entry.label):  # a name in the text is no entry
            by_work[work].append(entry)
    for own in by_work.values():
        places = {(at.start, at.text) if (at := printed.get(e.label)) else e.id for e in own}
        if len(places) < _SEVERAL:
            continue  # one entry under two names, such as its number and its author and year
        for entry in own:
            others = ", ".join(sorted(e.label for e in own if e.id != entry.id))
            yield (
                entry.id,
                _fault(
                    FaultCode.DUPLICATE_REFERENCE, "reference", "one-work-twice", entry.id,
                    entry.label, others, entry.passage,
                ),
            )  # fmt: skip


def _citing(markers: Iterable[Marker]) -> set[str]:
    return {marker.statement for marker in markers}


def _missing(statement: Statement, said: Dossier) -> Fault | None:
    """Return the fault of a statement with something to check and no marker."""
    checkable = any(c.checkable for c in said.claims if c.statement == statement.id)
    if statement.kind is StatementKind.EDITORIAL or not checkable:
        return None
    start, end = span_of(statement.passage)
    return _fault(
        FaultCode.CITATION_MISSING, "citation", "claim-without-marker", statement.id,
        None, None, statement.passage if end > start else None,
    )  # fmt: skip
