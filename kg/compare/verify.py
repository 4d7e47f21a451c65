"""Every claim of an answer put to every record that it cites: assessments, and what follows.

A statement is read once for each record, in the record's terms (its groups, its abbreviations), and
cut down to each of its claims. The verdict of a claim and a citation is an assessment; those of
claims, of statements, and of statements and citations are judgements by the derivation table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.compare.assess import compare
from kg.compare.contradictions import within_answer, within_record
from kg.compare.currency import Later, overtaken
from kg.compare.derive import CitationState, ClaimVerdict, claim_verdict, statement_verdict
from kg.compare.draft import Comparison, Span
from kg.compare.governing import governed
from kg.compare.nodes import Nodes
from kg.compare.topic import is_told_of, words_of
from kg.extract.frames import Frames
from kg.extract.reading import Reading, narrow, read_claim, read_record
from kg.extract.record import Reported
from kg.model import (
    Assessment,
    Claim,
    ClaimedResult,
    ClaimKind,
    Dossier,
    Judgement,
    Marker,
    Passage,
    Resolution,
    Source,
    Statement,
    Verdict,
)
from kg.terms import node_id

_ILL = {Verdict.NOT_FOUND, Verdict.CONTRADICTED, Verdict.MISATTRIBUTED}
_RESOLVED = CitationState(has_entry=True, has_record=True)


def verify(answer: Source, said: Dossier, records: Mapping[str, Reported]) -> Dossier:
    """Assess an answer.

    :param said: what :func:`kg.extract.answer.read_answer` and :func:`kg.cite.resolve` gave, merged
    :param records: document id → record as read, for the records in hand
    :return: claims with their claimed results, assessments, judgements, contradictions, alignments
    """
    work = _Verifier(answer, said, records)
    for statement in sorted(said.statements, key=lambda s: s.short_id):
        if statement.document == answer.document.id:
            work.judge(statement)
    found = work.dossier()
    conflicts = within_answer(answer, said, work.own_reading())
    for record in records.values():
        conflicts = conflicts.merge(within_record(record))
    return found.merge(conflicts)


@dataclass(frozen=True, slots=True)
class _Citation:
    """A marker of a statement, and the record that it leads to, if one is in hand."""

    marker: Marker
    state: CitationState
    record: Reported | None
    document: str | None


@dataclass(slots=True)
class _Verifier:
    """Works through one answer."""

    answer: Source
    said: Dossier
    records: Mapping[str, Reported]
    masked: str = ""
    nodes: Nodes = field(default_factory=Nodes)
    claims: list[Claim] = field(default_factory=list)
    frames: dict[str, Frames] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)
    own_terms: Reading | None = None

    def __post_init__(self) -> None:
        """Blank the markers, so that no citation number is read as a figure."""
        self.passages = {p.id: p for p in self.said.passages}
        text = list(self.answer.readable)
        for marker in self.said.markers:
            span = self.passages[marker.passage]
            if span.document == self.answer.document.id:
                text[span.start : span.end] = " " * (span.end - span.start)
        self.masked = "".join(text)

    def judge(self, statement: Statement) -> None:
        """Assess a statement's claims and derive the verdicts."""
        claims = sorted(
            (c for c in self.said.claims if c.statement == statement.id), key=lambda c: c.ordinal
        )
        markers = self._markers(statement)
        citations = [self._citation(m) for m in markers]
        governing = self._governing(claims, markers)
        by_claim: dict[str, list[tuple[Marker, Verdict]]] = {claim.id: [] for claim in claims}
        for at, citation in enumerate(citations):
            if claims and citation.record is not None and citation.document is not None:
                own = {c.id for c in claims if at in governing[c.id]}
                for claim, verdict in self._assess(claims, own, citation, citation.record):
                    by_claim[claim.id].append((citation.marker, verdict))
        if not any(by_claim.values()):
            self._frames_only(claims)
        self._derive(statement, claims, citations, by_claim, governing)

    def _governing(
        self, claims: Sequence[Claim], markers: Sequence[Marker]
    ) -> dict[str, tuple[int, ...]]:
        """Return claim → positions of the citations that stand behind it."""
        order = sorted(claims, key=lambda c: (self.passages[c.passage].start, c.ordinal))
        found = governed([self._place(c) for c in order], [self._place(m) for m in markers])
        return {claim.id: own for claim, own in zip(order, found, strict=True)}

    def _place(self, node: Claim | Marker) -> Span:
        passage = self.passages[node.passage]
        return passage.start, passage.end

    def _markers(self, statement: Statement) -> list[Marker]:
        own = [m for m in self.said.markers if m.statement == statement.id]
        return sorted(own, key=lambda m: (self.passages[m.passage].start, m.label))

    def _citation(self, marker: Marker) -> _Citation:
        entry = next((e for e in self.said.entries if e.id == marker.denotes), None)
        resolution = self._resolution(entry.resolution if entry else "")
        document = resolution.record if resolution else None
        record = self.records.get(document) if document else None
        named = bool(resolution and (resolution.work or resolution.record))
        known = bool(entry and (entry.listed or named))
        return _Citation(marker, CitationState(known, record is not None), record, document)

    def _resolution(self, key: str) -> Resolution | None:
        return next((r for r in self.said.resolutions if r.id == key), None)

    # -- claims --------------------------------------------------------------------------------

    def _span(self, claims: Sequence[Claim]) -> Span:
        spans = [self.passages[c.passage] for c in claims]
        return min(s.start for s in spans), max(s.end for s in spans)

    def _assess(
        self, claims: Sequence[Claim], governed: set[str], citation: _Citation, record: Reported
    ) -> list[tuple[Claim, Verdict]]:
        """Put the claims of a statement that a citation governs to its record."""
        statement = read_claim(self.masked, *self._span(claims), record.reading)
        assessed = []
        for claim in claims:
            if claim.id not in governed:
                continue
            if not _is_compared(claim):
                assessed.append((claim, Verdict.NOT_CHECKABLE))
                continue
            own, positions, found = self._held(claim, statement, record)
            found = self._currency(claim, own, citation, found)
            results = self._express(claim, statement, positions, str(citation.document))
            self._note(claim, citation, record, found, positions, results)
            assessed.append((claim, found.verdict))
        return assessed

    def _held(
        self, claim: Claim, statement: Reading, record: Reported
    ) -> tuple[Reading, Sequence[int], Comparison]:
        """Hold one claim of a statement against a record."""
        span = self.passages[claim.passage]
        own, positions = narrow(statement, span.start, span.end)
        found = compare(own, record.reading, advice=claim.kind is ClaimKind.ADVICE)
        return own, positions, found

    def _elsewhere(
        self, claims: Sequence[Claim], citation: _Citation, cited: set[str | None]
    ) -> tuple[str, ...]:
        """Return the fault of a citation whose statement another record in hand bears out."""
        keys = words_of(self.masked, *self._span(claims)) if claims else frozenset()
        for name, other in sorted(self.records.items()):
            if name in cited or not is_told_of(keys, other.reading):
                continue
            statement = read_claim(self.masked, *self._span(claims), other.reading)
            compared = [c for c in claims if _is_compared(c)]
            held = [self._held(c, statement, other)[2] for c in compared]
            judged = [_as_judged(c, [h.verdict]) for c, h in zip(compared, held, strict=True)]
            if statement_verdict(judged, [_RESOLVED])[0] is Verdict.SUPPORTED:
                evidence = next((span for h in held for span in h.evidence), None)
                return (self.nodes.misdirected(citation.marker, other, evidence),)
        return ()

    def _currency(
        self, claim: Claim, own: Reading, citation: _Citation, found: Comparison
    ) -> Comparison:
        """Let a later record speak where a claim says that something is missing."""
        later = [
            Later(name, record.reading, self._date(name))
            for name, record in sorted(self.records.items())
            if name != citation.document
        ]
        span = self.passages[claim.passage]
        return overtaken(own, (span.start, span.end), later, self._date(citation.document), found)

    def _date(self, document: str | None) -> str:
        record = self.records.get(document or "")
        work = record.dossier.documents[0].work if record else None
        known = next((w for w in self.said.works if w.id == work), None)
        return (known.date or str(known.year or "")) if known else ""

    def _express(
        self, claim: Claim, statement: Reading, positions: Sequence[int], terms: str
    ) -> list[ClaimedResult]:
        """Make the claim's frames, in the terms of a record."""
        frames = self.frames.get(terms)
        if frames is None:
            frames = self.frames[terms] = Frames(self.answer.document, statement, terms)
        frames.reading, frames.made_from = statement, {}
        span = self.passages[claim.passage]
        made = frames.results(ClaimedResult, positions, (span.start, span.end))
        results = [r for r in made if isinstance(r, ClaimedResult)]
        self.nodes.claimed.extend(results)
        known = next((c for c in self.claims if c.id == claim.id), None)
        if known is None:
            self.claims.append(replace(claim, expresses=tuple(sorted({r.id for r in results}))))
        return results

    def own_reading(self) -> Reading:
        """Read the answer in its own terms, once."""
        if self.own_terms is None:
            self.own_terms = read_record(self.masked, self.answer.segments)
        return self.own_terms

    def _frames_only(self, claims: Sequence[Claim]) -> None:
        """Make the frames of claims that no record in hand speaks of, in the answer's own terms."""
        if not claims:
            return
        statement = read_claim(self.masked, *self._span(claims), self.own_reading())
        for claim in claims:
            span = self.passages[claim.passage]
            _, positions = narrow(statement, span.start, span.end)
            self._express(claim, statement, positions, self.answer.document.id)

    def _note(
        self,
        claim: Claim,
        citation: _Citation,
        record: Reported,
        found: Comparison,
        positions: Sequence[int],
        results: Sequence[ClaimedResult],
    ) -> None:
        frames = self.frames[str(citation.document)]
        document = record.dossier.documents[0]
        pairs = [(positions[mine], theirs) for mine, theirs in found.pairs]
        against = {key for _, theirs in pairs for key in record.made_from.get(theirs, ())}
        made_id = node_id("assessment", claim.id, citation.marker.id, document.id)
        parts = self.nodes.drafted(made_id, found, self.answer.document, document, record)
        self.nodes.align(frames, record, pairs, results)
        self.nodes.assessments.append(
            Assessment(
                made_id, claim.id, citation.marker.id, document.id, found.verdict, found.rule,
                found.sentence, tuple(sorted(s.value for s in document.scope)),
                tuple(sorted(against)), *parts,
            )
        )  # fmt: skip

    # -- judgements ----------------------------------------------------------------------------

    def _derive(
        self,
        statement: Statement,
        claims: Sequence[Claim],
        citations: Sequence[_Citation],
        by_claim: Mapping[str, Sequence[tuple[Marker, Verdict]]],
        governing: Mapping[str, tuple[int, ...]],
    ) -> None:
        states = [c.state for c in citations]
        own_states = {c.id: [states[at] for at in governing[c.id]] for c in claims}
        whole = [_as_cited(c, [v for _, v in by_claim[c.id]], own_states[c.id]) for c in claims]
        verdict, rule = statement_verdict(whole, states)
        self.nodes.judgements.append(_judgement(statement.id, verdict, rule))
        for claim, judged in zip(claims, whole, strict=True):
            own = [v for _, v in by_claim[claim.id]]
            if own:
                self.nodes.judgements.append(_judgement(claim.id, judged.verdict, "claim/best"))
            else:
                alone, why = statement_verdict([judged], own_states[claim.id])
                self.nodes.judgements.append(_judgement(claim.id, alone, why))
        for at, citation in enumerate(citations):
            marker = citation.marker.id
            ruled = [c for c in claims if at in governing[c.id]]
            own_claims = [
                _as_judged(c, [v for m, v in by_claim[c.id] if m.id == marker]) for c in ruled
            ]
            verdict, rule = statement_verdict(own_claims, [citation.state])
            told = verdict in _ILL and citation.record is not None
            cited = {c.document for c in citations}
            faults = self._elsewhere(ruled, citation, cited) if told else ()
            self.nodes.judgements.append(_judgement(statement.id, verdict, rule, marker, faults))

    def dossier(self) -> Dossier:
        """Return everything that was found."""
        parts = [self.nodes.dossier(tuple(self.claims))]
        for frames in self.frames.values():
            parts.append(
                Dossier(
                    passages=tuple(frames.passages.values()), groups=tuple(frames.groups.values()),
                    doses=tuple(frames.doses.values()), outcomes=tuple(frames.outcomes.values()),
                    time_points=tuple(frames.times.values()),
                    mentions=tuple(frames.mentions.values()),
                )
            )  # fmt: skip
        return Dossier().merge(*parts)


def _as_judged(claim: Claim, verdicts: Sequence[Verdict]) -> ClaimVerdict:
    verdict = claim_verdict(verdicts) if verdicts else Verdict.NOT_CHECKABLE
    return ClaimVerdict(verdict, claim.core, claim.material, claim.checkable)


def _as_cited(
    claim: Claim, verdicts: Sequence[Verdict], states: Sequence[CitationState]
) -> ClaimVerdict:
    """Judge a claim by its own citations; without a record for any, by how far they lead."""
    judged = _as_judged(claim, verdicts)
    if verdicts or not states or not claim.checkable:
        return judged
    return replace(judged, verdict=statement_verdict([judged], states)[0])


def _is_compared(claim: Claim) -> bool:
    return claim.checkable or claim.kind is ClaimKind.ADVICE


def _judgement(
    target: str, verdict: Verdict, rule: str, marker: str | None = None,
    faults: tuple[str, ...] = (),
) -> Judgement:  # fmt: skip
    return Judgement(node_id("judgement", target, marker), target, verdict, rule, marker, faults)
