"""The audit as a table for a spreadsheet: one row for each claim and citation.

>>> from kg.model import Dossier
>>> csv_table(Dossier()).decode().startswith("answer,statement,")
True
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Assessment, Claim, Dossier, Marker, Passage, Statement

COLUMNS = (
    "answer", "statement", "kind", "statement_verdict", "claim", "start", "end", "text", "core",
    "material", "claim_verdict", "marker", "resolution", "method", "work", "record", "verdict",
    "rule", "faults", "sentence", "evidence",
)  # fmt: skip
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def csv_table(dossier: Dossier) -> bytes:
    """Write RFC 4180 CSV in UTF-8, rows in the order of the text.

    A cell that a spreadsheet would run as a formula starts with an apostrophe.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _Table(dossier).rows():
        writer.writerow([_safe(row.get(column)) for column in COLUMNS])
    return target.getvalue().encode("utf-8", "replace")


def _safe(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text


class _Table:
    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._nodes = {node.id: node for node in dossier.nodes()}
        self._verdicts = {(j.target, j.marker): j.verdict.value for j in dossier.judgements}
        self._assessed = {(a.target, a.marker): a for a in dossier.assessments}
        self._markers = _grouped(dossier.markers)
        self._claims = _grouped(dossier.claims)

    def rows(self) -> Iterator[dict[str, Any]]:
        for statement in sorted(self._dossier.statements, key=self._order):
            answer = self._nodes[statement.document]
            told = {
                "answer": answer.name, "statement": statement.short_id,
                "kind": statement.kind.value,
                "statement_verdict": self._verdicts.get((statement.id, None)),
            }  # fmt: skip
            markers = sorted(self._markers[statement.id], key=self._place)
            for claim in sorted(self._claims[statement.id], key=lambda c: c.ordinal):
                of_claim = told | self._claim(claim, answer.text)
                for marker in markers or [None]:
                    yield of_claim | (self._citation(claim, marker) if marker else {})

    def _order(self, statement: Statement) -> tuple[str, str, int]:
        answer = self._nodes[statement.document]
        return (answer.name, answer.sha256, self._nodes[statement.passage].start)

    def _place(self, marker: Marker) -> tuple[int, str]:
        return (self._nodes[marker.passage].start, marker.label)

    def _claim(self, claim: Claim, text: str | None) -> dict[str, Any]:
        passage: Passage = self._nodes[claim.passage]
        return {
            "claim": claim.short_id, "start": passage.start, "end": passage.end,
            "text": None if text is None else text[passage.start : passage.end],
            "core": str(claim.core).lower(), "material": str(claim.material).lower(),
            "claim_verdict": self._verdicts.get((claim.id, None)),
        }  # fmt: skip

    def _citation(self, claim: Claim, marker: Marker) -> dict[str, Any]:
        resolution = self._nodes[self._nodes[marker.denotes].resolution]
        record = self._nodes.get(resolution.record or "")
        told = {
            "marker": marker.label, "resolution": resolution.status.value,
            "method": resolution.method.value, "work": resolution.work,
            "record": record.sha256 if record else None,
        }  # fmt: skip
        assessment = self._assessed.get((claim.id, marker.id))
        return told | (self._assessment(assessment) if assessment else {})

    def _assessment(self, assessment: Assessment) -> dict[str, Any]:
        codes = sorted({self._nodes[fault].code.value for fault in assessment.faults})
        lines = sorted((self._nodes[e] for e in assessment.evidence), key=lambda x: (x.rank, x.id))
        spans = [self._nodes[line.passage] for line in lines]
        return {
            "verdict": assessment.verdict.value, "rule": assessment.rule,
            "faults": " ".join(codes), "sentence": assessment.sentence,
            "evidence": " ".join(f"{span.start}-{span.end}" for span in spans),
        }  # fmt: skip


def _grouped(nodes: Iterable[Any]) -> defaultdict[str, list[Any]]:
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for node in nodes:
        groups[node.statement].append(node)
    return groups
