"""What a comparison finds before it becomes nodes: slots compared, faults, and what they imply."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import CheckOutcome, FaultCode, Verdict

Span = tuple[int, int]

# The order in which faults of one claim decide its verdict, the gravest first.
GRAVITY = (
    Verdict.CONTRADICTED,
    Verdict.MISATTRIBUTED,
    Verdict.OVERGENERALISED,
    Verdict.OUTDATED,
    Verdict.NOT_FOUND,
    Verdict.PARTIALLY_SUPPORTED,
)


@dataclass(frozen=True, slots=True)
class SlotDraft:
    """One slot of the claim held against the same slot of the record; spans into either text."""

    slot: str
    outcome: CheckOutcome
    claimed: str | None = None
    found: str | None = None
    claim_span: Span | None = None
    record_span: Span | None = None


@dataclass(frozen=True, slots=True)
class FaultDraft:
    """What is wrong with one slot, and the verdict that it implies.

    :param own_span: where the record prints what the claimed slot really holds
    :param reason: a clause that a clinician can check, to complete "The record …"
    """

    code: FaultCode
    slot: str
    rule: str
    verdict: Verdict
    claimed: str | None = None
    found: str | None = None
    claim_span: Span | None = None
    record_span: Span | None = None
    reason: str = ""
    own_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One claim held against one record.

    :param evidence: spans of the record, the best first
    :param pairs: (claim fact, record fact) positions that were matched
    """

    verdict: Verdict
    rule: str
    sentence: str
    checks: tuple[SlotDraft, ...] = ()
    faults: tuple[FaultDraft, ...] = ()
    evidence: tuple[Span, ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()
