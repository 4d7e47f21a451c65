"""The evidence chain of a statement: claim, marker, entry, work, record, passages, verdict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.report.wording import VerdictWording, verdict_wording
from kg.trace import text_of
from kg.trace.facts import code, find, gather, value
from kg.web import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.model import DocumentText
    from kg.report.passages import Run
    from kg.trace import Span
    from kg.trace.facts import AssessmentFacts, Cells, Citation, Facts
    from kg.web.site import Site

    Spans = Sequence[tuple[str, int, int]]

_SIGNS = {
    "match": "=", "mismatch": "≠", "broader": "⊃", "narrower": "⊂", "absent_in_source": "∅",
    "absent_in_claim": "–",
}  # fmt: skip
_AGREES = {"match", "absent_in_claim"}


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot compared: what the claim says beside what the record says."""

    name: str
    outcome: str
    sign: str
    agrees: bool
    claimed: str
    found: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage with what differs marked, and where to read it in its source."""

    iri: str
    key: str
    start: int
    end: int
    role: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One claim by one marker: how far it leads, and what stands at its end.

    :param broken: why the chain ends before a passage, if it does
    """

    citation: Citation
    verdict: VerdictWording
    sentence: str
    claim: tuple[Run, ...]
    passages: tuple[Shown, ...]
    slots: tuple[Slot, ...]
    faults: tuple[str, ...]
    broken: str | None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its links."""

    iri: str
    short: str
    kind: str
    verdict: VerdictWording
    words: tuple[Run, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement, its claims, and the advice that it gives."""

    iri: str
    key: str
    short: str
    kind: str
    verdict: VerdictWording
    answer: str
    words: tuple[Run, ...]
    claims: tuple[ClaimView, ...]
    advice: tuple[str, ...]
    faults: tuple[str, ...]


def statement(site: Site, name: str) -> StatementView:
    """Look up a statement by its IRI, its node id or its short id.

    :raises kg.errors.UsageError: if nothing, or several, have that name
    """
    target = find(site.store, name, site.base)
    return _Reader(site, gather(site.store, target.statement, site.base)).view()


class _Reader:
    def __init__(self, site: Site, facts: Facts) -> None:
        self.site, self.facts = site, facts
        self._texts: dict[str, DocumentText | None] = {}
        self._checks = _by(reading.ask(site, "checks-of-statement", node=facts.iri), "assessment")
        self._faults = _by(reading.ask(site, "faults-of-statement", node=facts.iri), "judged")

    def view(self) -> StatementView:
        facts, row = self.facts, self.facts.statement
        claims = tuple(self._claim(claim) for claim in facts.claims)
        told = {fault for claim in claims for link in claim.links for fault in link.faults}
        own = dict.fromkeys(
            _fault(fault) for faults in self._faults.values() for fault in faults
        )  # fmt: skip
        marks = [span for rows in self._checks.values() for span in self._differing(rows, "claim")]
        return StatementView(
            facts.iri,
            reading.key_of(self.site, facts.iri),
            row["statement"].value,
            _words(code(row, "kind")),
            verdict_wording(facts.verdicts.get(facts.iri)),
            reading.key_of(self.site, row["document"].value),
            self._runs(
                row["document_sha256"].value,
                (int(row["start"].value), int(row["end"].value)),
                marks,
            ),
            claims,
            tuple(row["action"].value for row in facts.advice),
            tuple(fault for fault in own if fault not in told),
        )

    def _claim(self, row: Cells) -> ClaimView:
        iri = row["claim"].value
        where = (int(row["start"].value), int(row["end"].value))
        sha256 = row["document_sha256"].value
        links = tuple(self._link(iri, sha256, where, c) for c in self.facts.citations)
        return ClaimView(
            iri,
            row["short"].value,
            _words(code(row, "kind")),
            verdict_wording(self.facts.verdicts.get(iri)),
            self._runs(sha256, where, ()),
            links,
        )

    def _link(self, claim: str, sha256: str, where: tuple[int, int], citation: Citation) -> Link:
        held = self.facts.assessments.get((claim, citation.marker), ())
        first = held[0] if held else None
        rows = self._checks.get(first.iri, ()) if first else ()
        passages = tuple(
            self._passage(found.iri, found.span, found.role, rows)
            for assessment in held
            for found in assessment.passages
        )
        return Link(
            citation,
            verdict_wording(first.verdict if first else None),
            first.sentence if first else "",
            self._runs(sha256, where, self._differing(rows, "claim")),
            passages,
            tuple(map(_slot, rows)),
            tuple(map(_fault, self._faults.get(first.iri, ()))) if first else (),
            None if passages else _why_broken(citation, first),
        )

    def _passage(self, iri: str, span: Span, role: str | None, rows: Iterable[Cells]) -> Shown:
        marks = [
            (start, end) for _, start, end in self._places(rows, "source_passage")
        ]  # fmt: skip
        runs = self._runs(span.document_sha256, (span.start, span.end), marks)
        key = reading.key_of(self.site, iri.partition("#")[0])
        return Shown(iri, key, span.start, span.end, _words(role) if role else "", runs)

    def _differing(self, rows: Iterable[Cells], side: str) -> list[tuple[int, int]]:
        wrong = [row for row in rows if code(row, "outcome") not in _AGREES]
        return [(start, end) for _, start, end in self._places(wrong, f"{side}_passage")]

    def _places(self, rows: Iterable[Cells], name: str) -> Spans:
        found = (reading.span_in(self.site, row, name) for row in rows)
        return [span for span in found if span]

    def _runs(
        self, sha256: str, where: tuple[int, int], marks: Iterable[tuple[int, int]]
    ) -> tuple[Run, ...]:
        if sha256 not in self._texts:
            self._texts[sha256] = text_of(self.site.store, sha256)
        return reading.runs_of(self._texts[sha256], *where, marks)


def _slot(row: Cells) -> Slot:
    outcome = code(row, "outcome") or ""
    name = row["slot"].value.rpartition("#")[2]
    return Slot(
        _words(_spaced(name)),
        _words(outcome),
        _SIGNS.get(outcome, "?"),
        outcome in _AGREES,
        value(row, "claim_value") or "",
        value(row, "source_value") or "",
    )


def _spaced(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)


def _fault(row: Cells) -> str:
    said, found = value(row, "claimed"), value(row, "found")
    told = f"{_words(code(row, 'code'))} ({row['rule'].value})"
    parts = [f"claimed: {said}" if said else "", f"found: {found}" if found else ""]
    shown = "; ".join(part for part in parts if part)
    return f"{told}: {shown}" if shown else told


def _why_broken(citation: Citation, held: AssessmentFacts | None) -> str:
    if held is not None:
        return held.sentence
    if citation.entry is None:
        return f"marker {citation.label} denotes no entry"
    if citation.record is None and citation.work is None:
        return f"marker {citation.label} leads to no work"
    if citation.record is None:
        return "no record of the work is in hand"
    return "the record in hand says nothing that bears on it"


def _by(rows: Iterable[Cells], name: str) -> Mapping[str, list[Cells]]:
    found: dict[str, list[Cells]] = defaultdict(list)
    for row in rows:
        found[row[name].value].append(row)
    return found


def _words(word: str | None) -> str:
    return (word or "").replace("_", " ")
