"""Drafts become nodes: with passages in both texts, tied to the record's own nodes."""

from __future__ import annotations

from kg.compare.draft import Comparison, FaultDraft, SlotDraft
from kg.compare.nodes import Nodes
from kg.model import CheckOutcome, FaultCode, Verdict
from tests.invented_trials import reported, source


def test_a_span_becomes_a_passage_and_an_empty_one_none() -> None:
    record = reported("gout")
    answer = source("Grip fell. It did.").document
    document = record.dossier.documents[0]
    check = SlotDraft("value", CheckOutcome.MISMATCH, "a", "b", (0, 4), (0, 5))
    fault = FaultDraft(
        FaultCode.WRONG_VALUE, "value", "rule", Verdict.CONTRADICTED, "a", None, (5, 5)
    )
    found = Comparison(
        Verdict.CONTRADICTED, "rule", "It.", (check,), (fault, fault), ((0, 5), (0, 5), (6, 9))
    )
    nodes = Nodes()
    evidence, checks, faults = nodes.drafted("assessment/1", found, answer, document, record)
    assert (len(evidence), len(checks), len(faults)) == (2, 1, 1)
    assert nodes.faults[0].claim_passage is None
    assert nodes.checks[0].claim_passage == answer.passage(0, 4).id
    assert nodes.checks[0].source_passage == document.passage(0, 5).id
    assert [line.rank for line in nodes.lines] == [1, 2, 3]
    assert {p.document for p in nodes.passages} == {answer.id, document.id}
