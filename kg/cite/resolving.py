"""Marker → entry → work → record, each step with its method and how surely."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.cite.matching import citing_text, clearly_best, content_fits, metadata_confidence
from kg.cite.printed import PrintedEntry, identifiers_in, printed_entries
from kg.cite.referents import referents
from kg.cite.states import known_states, states_of, status_checks
from kg.cite.supplied import (
    KnownStatus,
    SuppliedRecord,
    identifier_key,
    label_order,
    normal_label,
    usable,
)
from kg.model import (
    Bibliography,
    Document,
    Dossier,
    Marker,
    Part,
    Passage,
    ReferenceEntry,
    Resolution,
    ResolutionMethod,
    ResolutionStatus,
    Source,
    Work,
    WorkStatus,
)
from kg.terms import node_id

_SAME_IDENTIFIER = Decimal("0.99")
_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Tie:
    """A label tied to a record, by which method and how surely."""

    record: SuppliedRecord
    method: ResolutionMethod
    confidence: Decimal


def resolve(
    answer: Source,
    markers: Sequence[Marker],
    records: Sequence[SuppliedRecord],
    *,
    statuses: Iterable[KnownStatus] = (),
    bibliography: Bibliography | None = None,
) -> Dossier:
    """Tie the answer's markers to entries, works and the records in hand.

    A record that the user gives for a marker wins; otherwise the printed entry's identifier ties
    it, then its metadata, then, as the last resort, how well the statements that cite a label fit
    the record's words. Records with a wrong marker are left out, see :func:`check_supplied`.

    :param bibliography: the entries of a reference manager's file, besides those that are printed
    :return: entries, resolutions, works, states of works and when somebody looked for them, and the
        passages of printed entries
    """
    records, statuses = usable(markers, records), tuple(statuses)
    printed = referents(answer, markers, bibliography).by_label
    labels = sorted({m.label for m in markers} | set(printed), key=label_order)
    ties = _ties(answer, markers, printed, records)
    document = answer.document
    entries, resolutions = [], []
    for label in labels:
        entry_id = node_id("entry", document.id, label)
        resolution = _resolution(entry_id, ties.get(label), printed.get(label))
        resolutions.append(resolution)
        at = printed.get(label)
        passage = _passage(document, at)
        entries.append(
            ReferenceEntry(
                entry_id,
                document.id,
                label,
                at is not None,
                resolution.id,
                passage.id if passage else None,
            )
        )
    works = _works(printed.values(), [*records, *(tie.record for tie in ties.values())])
    named = {resolution.work for resolution in resolutions} | {r.work.id for r in records}
    works = [work for work in works if work.id in named]
    return Dossier(
        passages=tuple(p for e in printed.values() if (p := _passage(document, e)) is not None),
        entries=tuple(entries),
        resolutions=tuple(resolutions),
        works=tuple(works),
        work_statuses=tuple(_states(works, records, statuses)),
        status_checks=tuple(status_checks(works, statuses)),
    ).normalised()


def _passage(document: Document, entry: PrintedEntry | None) -> Passage | None:
    if entry is None or entry.start is None or entry.end is None:
        return None
    return document.passage(entry.start, entry.end, Part.REFERENCE)


def _works(printed: Iterable[PrintedEntry], records: Iterable[SuppliedRecord]) -> list[Work]:
    """Unite works by id; what a record says of its work beats what an entry prints."""
    works: dict[str, Work] = {}
    for record in records:
        works.setdefault(record.work.id, record.work)
    for entry in printed:
        works.setdefault(entry.work.id, entry.work)
    return [works[key] for key in sorted(works)]


def _states(
    works: Sequence[Work], records: Sequence[SuppliedRecord], statuses: Iterable[KnownStatus]
) -> list[WorkStatus]:
    """Return the states of works; one that is known with a date is not kept without."""
    found = [status for record in records for status in states_of(record)]
    found += known_states(works, statuses)
    dated = {(s.work, s.state) for s in found if s.date}
    return [s for s in found if s.date or (s.work, s.state) not in dated]


def _resolution(entry: str, tie: _Tie | None, printed: PrintedEntry | None) -> Resolution:
    if tie is not None:
        status, method, sure = ResolutionStatus.RESOLVED, tie.method, tie.confidence
        work, record = tie.record.work.id, tie.record.document.id
    elif printed is not None:
        status, work, record = ResolutionStatus.RECORD_MISSING, printed.work.id, None
        by_number = printed.work.doi or printed.work.pmid
        method = ResolutionMethod.PRINTED_IDENTIFIER if by_number else ResolutionMethod.NONE
        sure = _SAME_IDENTIFIER if by_number else Decimal(0)
    else:
        status, method = ResolutionStatus.UNRESOLVABLE, ResolutionMethod.NONE
        sure, work, record = Decimal(0), None, None
    return Resolution(
        node_id("resolution", entry, status.value, method.value, work, record), entry, status,
        method, sure, work, record,
    )  # fmt: skip


def _ties(
    answer: Source,
    markers: Sequence[Marker],
    printed: Mapping[str, PrintedEntry],
    records: Sequence[SuppliedRecord],
) -> dict[str, _Tie]:
    ties = {
        normal_label(r.marker): _Tie(r, ResolutionMethod.SUPPLIED_BY_USER, Decimal(1))
        for r in records
        if r.marker is not None
    }
    placed = {tie.record.document.id for tie in ties.values()}
    for record in records:
        if record.document.id in placed:
            continue
        found = _by_print(printed, record, ties)
        if found:
            placed.add(record.document.id)
            ties |= found
    left = {r.document.id: r for r in records if r.document.id not in placed}
    return ties | _by_content(answer, markers, printed, list(left.values()), ties)


def _by_print(
    printed: Mapping[str, PrintedEntry], record: SuppliedRecord, ties: Mapping[str, _Tie]
) -> dict[str, _Tie]:
    """Tie a record to the entries that print its identifier, else to the one that fits best."""
    free = [printed[label] for label in sorted(printed, key=label_order) if label not in ties]
    same = {
        entry.label: _Tie(record, ResolutionMethod.PRINTED_IDENTIFIER, _SAME_IDENTIFIER)
        for entry in free
        if same_identifier(entry.work, record.work)
    }
    if same:
        return same
    sure = [
        (confidence, entry.label)
        for entry in free
        if not other_identifier(entry.work, record.work)
        and (confidence := metadata_confidence(entry.text, record.work)) is not None
    ]
    best = max((confidence for confidence, _ in sure), default=None)
    return {
        label: _Tie(record, ResolutionMethod.MATCHED_METADATA, confidence)
        for confidence, label in sure
        if confidence == best
    }


def named_by(
    answer: Source | None, bibliography: Bibliography | None = None
) -> Callable[[Source], bool]:
    """Return what tells whether an answer names a record, by identifier or by its whole title.

    Made for files of many records: an identifier may stand anywhere in the answer, a title counts
    where an entry of its list, or of the bibliography, prints all of it.
    """
    entries = printed_entries(answer) if answer is not None else ()
    listed = bibliography.entries if bibliography is not None else ()
    works = [*(entry.work for entry in entries), *(entry.work for entry in listed)]
    keys = {identifier_key(i) for w in works for i in (w.doi, w.pmid, w.pmcid, w.registration) if i}
    if answer is not None:
        keys |= {identifier_key(i) for i in identifiers_in(answer.text)}
    texts = [_worded(text) for text in (*(e.text for e in entries), *(e.text for e in listed))]

    def is_named(record: Source) -> bool:
        work = record.work
        if work is None:
            return False
        own = (work.doi, work.pmid, work.pmcid, work.registration)
        title = _worded(work.title or "")
        return any(i and identifier_key(i) in keys for i in own) or (
            len(title.split()) >= _TITLE_WORDS and any(title in text for text in texts)
        )

    return is_named


def _worded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def same_identifier(one: Work, two: Work) -> bool:
    """Tell whether two works share a DOI, a PubMed or a PubMed Central identifier."""
    pairs = ((one.doi, two.doi), (one.pmid, two.pmid), (one.pmcid, two.pmcid))
    return any(a and b and a.lower() == b.lower() for a, b in pairs)


def other_identifier(one: Work, two: Work) -> bool:
    """Tell whether two works differ in an identifier of a kind that both have, and share none."""
    pairs = ((one.doi, two.doi), (one.pmid, two.pmid), (one.pmcid, two.pmcid))
    differ = any(a and b and a.lower() != b.lower() for a, b in pairs)
    return differ and not same_identifier(one, two)


def _by_content(
    answer: Source,
    markers: Sequence[Marker],
    printed: Mapping[str, PrintedEntry],
    records: Sequence[SuppliedRecord],
    ties: Mapping[str, _Tie],
) -> dict[str, _Tie]:
    """Tie what nothing else ties; a label whose printed entry names another work is left alone."""
    if not records:
        return {}
    texts = citing_text(answer, markers)
    texts = {k: v for k, v in texts.items() if k not in ties and k not in printed}
    claims: dict[str, list[tuple[float, str, _Tie]]] = {}
    for record in records:
        fits = content_fits(texts, record.source)
        best = clearly_best(fits)
        if best:
            label, confidence = best
            tie = _Tie(record, ResolutionMethod.INFERRED_BY_CONTENT, confidence)
            claims.setdefault(label, []).append((fits[label], record.document.id, tie))
    return {
        label: max(own, key=lambda claim: (claim[0], claim[1]))[2] for label, own in claims.items()
    }
