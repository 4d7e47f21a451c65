"""From drafts to nodes: slot checks, faults, evidence and alignments of one answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.compare.draft import Comparison, Span
from kg.extract.frames import Frames, group_id, time_id
from kg.extract.groups import POOLED
from kg.extract.record import Reported
from kg.model import (
    Alignment,
    Assessment,
    Claim,
    ClaimedResult,
    Document,
    Dossier,
    EvidenceLine,
    Fault,
    FaultCode,
    Judgement,
    Marker,
    Passage,
    SlotCheck,
)
from kg.terms import node_id


@dataclass(slots=True)
class Nodes:
    """Collects what assessments are made of."""

    claimed: list[ClaimedResult] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    checks: list[SlotCheck] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lines: list[EvidenceLine] = field(default_factory=list)
    alignments: list[Alignment] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def drafted(
        self,
        assessment: str,
        found: Comparison,
        answer: Document,
        record: Document,
        reported: Reported,
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Make the nodes of a comparison; return the ids of evidence, checks and faults."""
        trial = reported.dossier.trials[0].id if reported.dossier.trials else None
        evidence = []
        for rank, span in enumerate(found.evidence, start=1):
            passage = self._passage(record, span, reported)
            evidence.append(
                EvidenceLine(node_id("evidence", assessment, passage), str(passage), rank, trial)
            )
        checks = [
            SlotCheck(
                node_id("check", assessment, c.slot, c.outcome.value, c.claim_span, c.record_span),
                c.slot, c.outcome, c.claimed, c.found, self._passage(answer, c.claim_span),
                self._passage(record, c.record_span),
            )
            for c in found.checks
        ]  # fmt: skip
        faults = [
            Fault(
                node_id(
                    "fault", assessment, f.code.value, f.slot, f.rule, f.claim_span, f.record_span
                ),
                f.code, f.slot, f.rule, f.claimed, f.found, self._passage(answer, f.claim_span),
                self._passage(record, f.record_span),
            )
            for f in found.faults
        ]  # fmt: skip
        self.lines += evidence
        self.checks += checks
        self.faults += faults
        ids = ({n.id for n in nodes} for nodes in (evidence, checks, faults))
        first, second, third = (tuple(sorted(found_ids)) for found_ids in ids)
        return first, second, third

    def misdirected(self, marker: Marker, other: Reported, evidence: Span | None) -> str:
        """Make the fault of a citation that should have led to another record in hand."""
        document = other.dossier.documents[0]
        passage = self._passage(document, evidence, other)
        title = document.title or document.name
        fault = Fault(
            node_id("fault", "wrong_reference", marker.id, document.id),
            FaultCode.WRONG_REFERENCE, "reference", "compare/another-record-fits",
            marker.label, title, marker.passage, passage,
        )  # fmt: skip
        self.faults.append(fault)
        return fault.id

    def _passage(
        self, document: Document, span: Span | None, reported: Reported | None = None
    ) -> str | None:
        if span is None or span[0] >= span[1]:
            return None
        part = None
        if reported is not None:
            part = next((s.part for s in reported.reading.sentences if s.start == span[0]), None)
        passage = document.passage(*span, part)
        self.passages.append(passage)
        return passage.id

    def align(
        self,
        frames: Frames,
        record: Reported,
        pairs: Sequence[tuple[int, int]],
        results: Sequence[ClaimedResult],
    ) -> None:
        """Tie the claim's groups, outcomes and times to the record's nodes of the same meaning."""
        document = record.dossier.documents[0].id
        groups = {g.id for g in record.dossier.groups}
        times = {t.id for t in record.dossier.time_points}
        for key in (*(g.key for g in record.reading.lexicon.groups), POOLED):
            self._tie(group_id(frames.document.id, key, frames.terms), group_id(document, key),
                      frames.groups, groups)  # fmt: skip
        for made in frames.times.values():
            self._tie(made.id, time_id(document, made.days), frames.times, times)
        reported = {r.id: r for r in record.dossier.reported_results}
        claimed = {r.id: r for r in results}
        for mine, theirs in pairs:
            for one in frames.made_from.get(mine, ()):
                for two in record.made_from.get(theirs, ()):
                    outcomes = (
                        claimed[one].outcome if one in claimed else None,
                        reported[two].outcome,
                    )
                    if outcomes[0] and outcomes[1]:
                        self._add(outcomes[0], outcomes[1])

    def _tie(
        self, claimed: str, reported: str, mine: Mapping[str, object], theirs: set[str]
    ) -> None:
        if claimed in mine and reported in theirs:
            self._add(claimed, reported)

    def _add(self, claimed: str, reported: str) -> None:
        self.alignments.append(
            Alignment(node_id("alignment", claimed, reported), claimed, reported)
        )

    def dossier(self, claims: tuple[Claim, ...]) -> Dossier:
        """Return the nodes."""
        return Dossier(
            passages=tuple(self.passages), claims=claims, claimed_results=tuple(self.claimed),
            assessments=tuple(self.assessments), judgements=tuple(self.judgements),
            slot_checks=tuple(self.checks), faults=tuple(self.faults),
            evidence_lines=tuple(self.lines), alignments=tuple(self.alignments),
        )  # fmt: skip
