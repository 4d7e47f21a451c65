"""A dossier and its findings as the one object that every report shows: ``kg audit --json``.

The keys are a contract; ``audit.schema.json`` beside this file says it to a machine. The object
holds offsets and digests and no text of a document: :func:`texts` gives the texts to the reports
that show them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kg import __version__
from kg.model import ClaimedResult, DocumentRole, DocumentText, Verdict
from kg.report.lookup import Lookup, families, look_up
from kg.terms import DEFAULT_BASE, canonical_decimal, expand
from kg.text.filler import without_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from kg.errors import KgError
    from kg.findings import Finding
    from kg.model import (
        Assessment,
        Claim,
        Contradiction,
        Document,
        Dossier,
        Fault,
        Judgement,
        Marker,
        Passage,
        Statement,
    )

SCHEMA_VERSION = "1"
View = dict[str, Any]
_COVERAGE_DIGITS = 4


def view(
    dossier: Dossier,
    findings: Iterable[Finding] = (),
    *,
    failures: Sequence[KgError] = (),
    base: str = DEFAULT_BASE,
) -> View:
    """Build the object of an audit.

    :param failures: inputs that could not be read; each stands among the findings as
        ``input/unreadable``, so that no reader of the report takes the audit for a whole one
    :param base: what node ids stand below when they are written as IRIs

    >>> from kg.model import Dossier
    >>> view(Dossier())["summary"]
    {'statements': 0, 'by_verdict': {}, 'coverage': 0.0}
    """
    known = look_up(dossier)
    statements = sorted(dossier.statements, key=known.statement_order)
    short = {statement.id: statement.short_id for statement in statements}
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": _tool(dossier),
        "inputs": _inputs(dossier, known, base),
        "statements": [_statement(statement, known, base) for statement in statements],
        "contradictions": sorted(
            (_contradiction(node, short, base) for node in dossier.contradictions),
            key=lambda item: (item["kind"], item["between"], item["slot"], item["rule"]),
        ),
        "reviews": _reviews(dossier, known, short, base),
        "findings": [*map(_failure, failures), *map(_finding, findings)],
        "summary": _summary(statements, known),
    }


def texts(dossier: Dossier) -> dict[str, DocumentText | None]:
    """Return the text of each document by its digest; None where the graph does not carry it."""
    return {
        document.sha256: document.held
        and DocumentText(without_markup(document.held.text, document.format), document.begins or 0)
        for document in dossier.documents
    }


def counts(dossier: Dossier) -> dict[str, int]:
    """Count the nodes of each family that has any."""
    return {name: number for name, number in families(dossier).items() if number}


def _tool(dossier: Dossier) -> View:
    if dossier.runs:
        run = dossier.runs[0]
        return {"name": "claimgraph", "version": run.version, "rules": run.rules}
    return {"name": "claimgraph", "version": __version__, "rules": ""}


def _inputs(dossier: Dossier, known: Lookup, base: str) -> list[View]:
    def order(document: Document) -> tuple[bool, str, str]:
        return (document.role is not DocumentRole.ANSWER, document.name, document.sha256)

    statuses = _statuses(dossier)
    return [
        _input(document, known, statuses, base) for document in sorted(dossier.documents, key=order)
    ]


def _input(document: Document, known: Lookup, statuses: dict[str, list[View]], base: str) -> View:
    found: View = {
        "role": document.role.value,
        "name": document.name,
        "sha256": document.sha256,
        "format": document.format,
        "offsets": document.offsets,
        "chars": document.chars,
    }
    if document.begins is not None:
        found["slice"] = {"start": document.begins, "end": document.begins + document.chars}
    if document.role is DocumentRole.RECORD:
        work = known.nodes.get(document.work) if document.work else None
        found["scope"] = [scope.value for scope in document.scope]
        found["work"] = work and {
            "iri": expand(work.id, base),
            "doi": work.doi,
            "pmid": work.pmid,
            "pmcid": work.pmcid,
            "title": work.title,
            "status": statuses.get(work.id, []),
        }
    return found


def _statuses(dossier: Dossier) -> dict[str, list[View]]:
    states: dict[str, list[View]] = {}
    for state in sorted(dossier.work_statuses, key=lambda s: (s.date or "", s.state.value)):
        states.setdefault(state.work, []).append({"status": state.state.value, "date": state.date})
    return states


def _statement(statement: Statement, known: Lookup, base: str) -> View:
    passage = known.passages[statement.passage]
    claims = known.claims.get(statement.id, ())
    return {
        "id": statement.short_id,
        "iri": expand(statement.id, base),
        "answer": known.documents[statement.document].sha256,
        "kind": statement.kind.value,
        "section": _section(statement, known),
        "start": passage.start,
        "end": passage.end,
        "sha256": passage.sha256,
        "verdict": _verdict(known.judged.get((statement.id, None))),
        "citations": [
            _citation(marker, statement, claims, known)
            for marker in known.markers.get(statement.id, ())
        ],
        "claims": [_claim(claim, known, base) for claim in claims],
    }


def _section(statement: Statement, known: Lookup) -> list[str]:
    headings = [known.nodes[heading] for heading in statement.headings]
    return [h.label for h in sorted(headings, key=lambda h: known.passages[h.passage].start)]


def _verdict(judgement: Judgement | None) -> str | None:
    return judgement.verdict.value if judgement else None


def _citation(marker: Marker, statement: Statement, claims: Sequence[Claim], known: Lookup) -> View:
    passage = known.passages[marker.passage]
    judgement = known.judged.get((statement.id, marker.id))
    assessments = [
        assessment
        for claim in claims
        for assessment in known.assessments.get(claim.id, ())
        if assessment.marker == marker.id
    ]
    faults = [fault for assessment in assessments for fault in assessment.faults]
    return {
        "marker": marker.label,
        "start": passage.start,
        "end": passage.end,
        "resolution": _resolution(marker, known),
        "verdict": _verdict(judgement),
        "faults": _faults([*faults, *(judgement.faults if judgement else ())], known),
        "evidence": _unique(line for a in assessments for line in _evidence(a, known)),
    }


def _unique(items: Iterable[View]) -> list[View]:
    return list({tuple(item.values()): item for item in items}.values())


def _resolution(marker: Marker, known: Lookup) -> View:
    resolution = known.nodes[known.nodes[marker.denotes].resolution]
    record = known.documents.get(resolution.record) if resolution.record else None
    return {
        "status": resolution.status.value,
        "method": resolution.method.value,
        "confidence": float(resolution.confidence),
        "record": record.sha256 if record else None,
    }


def _claim(claim: Claim, known: Lookup, base: str) -> View:
    labels = {
        marker.id: (known.marker_order(marker), marker.label)
        for marker in known.markers.get(claim.statement, ())
    }
    assessments = sorted(
        known.assessments.get(claim.id, ()), key=lambda a: (labels[a.marker], a.id)
    )
    results = [known.nodes[key] for key in sorted(claim.expresses) if key in known.nodes]
    return {
        "id": claim.short_id,
        "iri": expand(claim.id, base),
        "text_span": _span(known.passages[claim.passage]),
        "core": claim.core,
        "material": claim.material,
        "verdict": _verdict(known.judged.get((claim.id, None))),
        "frame": _frame(results or [ClaimedResult("", "", "")], claim, known),
        "assessments": [_assessment(a, labels[a.marker][1], known) for a in assessments],
    }


def _span(passage: Passage | None) -> View | None:
    return {"start": passage.start, "end": passage.end} if passage else None


def _frame(results: Sequence[ClaimedResult], claim: Claim, known: Lookup) -> View:
    """Tell a claim's frame; where it names several groups or times, they stand in one string."""

    def label(slot: str) -> str | None:
        nodes = {getattr(result, slot) for result in results} - {None}
        return " and ".join(sorted({known.nodes[node].label for node in nodes})) or None

    def printed(slot: str) -> str | None:
        nodes = [known.nodes[node] for node in {getattr(r, slot) for r in results} - {None}]
        ordered = sorted({(getattr(node, "days", 0), node.printed) for node in nodes})
        return " and ".join(text for _, text in ordered) or None

    result = next((r for r in results if r.p_printed or r.estimate_printed), results[0])
    return {
        "population": label("population"),
        "dose": printed("dose"),
        "comparator": label("comparator_group"),
        "group": label("group"),
        "outcome": label("outcome"),
        "time": printed("time_point"),
        "direction": result.direction and result.direction.value,
        "comparison": result.comparison and result.comparison.value,
        "estimate": result.estimate_printed,
        "p": _p(result),
        "ci": _interval(result),
        "n": result.n,
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
    }


def _p(result: ClaimedResult) -> View | None:
    if result.p_printed is None and result.p_value is None and result.p_comparator is None:
        return None
    return {
        "comparator": result.p_comparator and result.p_comparator.value,
        "value": _decimal(result.p_value),
        "printed": result.p_printed,
    }


def _interval(result: ClaimedResult) -> View | None:
    if result.ci_lower is None and result.ci_upper is None:
        return None
    return {
        "lower": _decimal(result.ci_lower),
        "upper": _decimal(result.ci_upper),
        "level": _decimal(result.ci_level),
    }


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else canonical_decimal(value)


def _assessment(assessment: Assessment, label: str, known: Lookup) -> View:
    return {
        "citation": label,
        "verdict": assessment.verdict.value,
        "rule": assessment.rule,
        "sentence": assessment.sentence,
        "scope": sorted(assessment.scope),
        "faults": _faults(assessment.faults, known),
        "evidence": _evidence(assessment, known),
    }


def _evidence(assessment: Assessment, known: Lookup) -> list[View]:
    lines = sorted(
        (known.nodes[line] for line in assessment.evidence), key=lambda x: (x.rank, x.id)
    )
    passages = [known.passages[line.passage] for line in lines]
    return [
        {
            "record": known.documents[passage.document].sha256,
            "start": passage.start,
            "end": passage.end,
            "sha256": passage.sha256,
        }
        for passage in passages
    ]


def _faults(ids: Iterable[str], known: Lookup) -> list[View]:
    faults = [known.nodes[fault] for fault in sorted(set(ids))]
    return [_fault(fault, known) for fault in sorted(faults, key=lambda x: _fault_order(x, known))]


def _fault_order(fault: Fault, known: Lookup) -> tuple[int, str, str, str, str]:
    passage = known.passages.get(fault.claim_passage or "")
    return (passage.start if passage else -1, fault.code.value, fault.slot, fault.rule, fault.id)


def _fault(fault: Fault, known: Lookup) -> View:
    return {
        "code": fault.code.value,
        "slot": fault.slot,
        "claimed": fault.claimed,
        "found": fault.found,
        "rule": fault.rule,
        "claim_span": _span(known.passages.get(fault.claim_passage or "")),
        "record_span": _span(known.passages.get(fault.record_passage or "")),
    }


def _contradiction(node: Contradiction, short: Mapping[str, str], base: str) -> View:
    return {
        "kind": node.kind.value,
        "between": sorted(short.get(end) or expand(end, base) for end in node.between),
        "slot": node.slot,
        "rule": node.rule,
        "sentence": node.sentence,
    }


def _reviews(dossier: Dossier, known: Lookup, short: Mapping[str, str], base: str) -> list[View]:
    """Tell each review beside the verdict that it is of, in the order of the statements."""
    claims = {claim.id: claim for claim in dossier.claims}
    judged: dict[str, Assessment | Judgement] = {node.id: node for node in dossier.assessments}
    judged |= {node.id: node for node in dossier.judgements}
    revised = {review.revises for review in dossier.reviews}
    found = []
    for review in dossier.reviews:
        node = judged.get(review.target)
        claim = claims.get(node.target) if node else None
        statement = short.get(claim.statement if claim else node.target if node else "")
        found.append({
            "target": expand(review.target, base),
            "statement": statement,
            "claim": claim.short_id if claim else None,
            "found": node.verdict.value if node else None,
            "decision": review.decision.value,
            "verdict": review.verdict.value,
            "by": review.by,
            "why": review.why,
            "date": review.date,
            "current": review.id not in revised,
        })  # fmt: skip
    return sorted(found, key=lambda r: (r["statement"] or "", r["claim"] or "", r["target"],
                                        r["current"], r["date"] or "", r["by"]))  # fmt: skip


def _finding(finding: Finding) -> View:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "statement": finding.statement,
        "message": finding.message,
        "query": finding.query,
        "parameters": dict(finding.parameters),
        "rows": [dict(row) for row in finding.rows],
    }


def _failure(error: KgError) -> View:
    return {
        "rule": "input/unreadable",
        "severity": "error",
        "statement": None,
        "message": str(error),
        "query": None,
        "parameters": {},
        "rows": [],
    }


def _summary(statements: Sequence[Statement], known: Lookup) -> View:
    verdicts = Counter(_verdict(known.judged.get((node.id, None))) for node in statements)
    judged = sum(
        any(_resolution(marker, known)["record"] for marker in known.markers.get(node.id, ()))
        for node in statements
    )
    return {
        "statements": len(statements),
        "by_verdict": {v.value: verdicts[v.value] for v in Verdict if verdicts[v.value]},
        "coverage": round(judged / len(statements), _COVERAGE_DIGITS) if statements else 0.0,
    }
