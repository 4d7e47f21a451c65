"""What a comparison finds before it becomes nodes: slots compared, faults, and what they imply."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from kg.model import CheckOutcome, FaultCode, Verdict
from kg.text.filler import FILLER, plain

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


Draft = TypeVar("Draft", SlotDraft, FaultDraft)


def plainly(found: Comparison) -> Comparison:
    """Return a comparison whose words are as a reader sees them, without a view's filler."""
    return replace(
        found, sentence=plain(found.sentence), checks=tuple(map(_shown, found.checks)),
        faults=tuple(map(_shown, found.faults)),
    )  # fmt: skip


def _shown(draft: Draft) -> Draft:
    said: dict[str, Any] = {
        f.name: plain(value) for f in fields(draft)
        if isinstance(value := getattr(draft, f.name), str) and FILLER in value
    }  # fmt: skip
    return replace(draft, **said) if said else draft


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
