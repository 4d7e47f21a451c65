"""The derivation table: from verdicts per claim and citation to verdicts per claim and statement.

The rules are those of the published contract: a claim takes the gravest of *contradicted* and
*misattributed* that any citation gives, else the best that any gives; a statement follows its
citations first and its material claims next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Verdict

_BEST = (
    Verdict.SUPPORTED,
    Verdict.PARTIALLY_SUPPORTED,
    Verdict.OVERGENERALISED,
    Verdict.OUTDATED,
    Verdict.NOT_FOUND,
    Verdict.NOT_CHECKABLE,
)


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """What a statement's verdict needs to know of one of its claims."""

    verdict: Verdict
    core: bool = True
    material: bool = True
    checkable: bool = True


@dataclass(frozen=True, slots=True)
class CitationState:
    """Whether a citation has an entry, and whether a record of its work is in hand."""

    has_entry: bool
    has_record: bool


def claim_verdict(by_citation: Sequence[Verdict]) -> Verdict:
    """Unite the verdicts that a claim got from its citations with a record.

    >>> claim_verdict([Verdict.NOT_FOUND, Verdict.SUPPORTED]).value
    'supported'
    >>> claim_verdict([Verdict.SUPPORTED, Verdict.MISATTRIBUTED]).value
    'misattributed'
    """
    for grave in (Verdict.CONTRADICTED, Verdict.MISATTRIBUTED):
        if grave in by_citation:
            return grave
    return next((v for v in _BEST if v in by_citation), Verdict.NOT_CHECKABLE)


def without_record(citations: Sequence[CitationState], *, checkable: bool) -> Verdict | None:
    """Return the verdict that follows from the citations alone, or None if a record is in hand."""
    if not citations:
        return Verdict.UNCITED if checkable else Verdict.NOT_CHECKABLE
    if any(c.has_record for c in citations):
        return None
    if any(c.has_entry for c in citations):
        return Verdict.SOURCE_UNAVAILABLE
    return Verdict.UNRESOLVABLE_REFERENCE


def statement_verdict(
    claims: Sequence[ClaimVerdict], citations: Sequence[CitationState]
) -> tuple[Verdict, str]:
    """Return the verdict of a statement, and the rule of the table that gave it.

    >>> one = [CitationState(True, True)]
    >>> statement_verdict([ClaimVerdict(Verdict.SUPPORTED), ClaimVerdict(Verdict.NOT_FOUND)], one)
    (<Verdict.PARTIALLY_SUPPORTED: 'partially_supported'>, 'statement/mixed')
    """
    early = without_record(citations, checkable=any(c.checkable for c in claims))
    if early is not None:
        return early, f"statement/{early.value}"
    judged = [c for c in claims if c.material and c.verdict is not Verdict.NOT_CHECKABLE]
    if not judged:
        return Verdict.NOT_CHECKABLE, "statement/nothing-material"
    for verdict in (Verdict.CONTRADICTED, Verdict.MISATTRIBUTED, Verdict.OUTDATED):
        if any(c.verdict is verdict for c in judged):
            return verdict, f"statement/any-{verdict.value}"
    if all(c.verdict is Verdict.SUPPORTED for c in judged):
        return Verdict.SUPPORTED, "statement/all-supported"
    core = [c for c in judged if c.core]
    if core and all(c.verdict is Verdict.NOT_FOUND for c in core):
        return Verdict.NOT_FOUND, "statement/core-not-found"
    if any(c.verdict is Verdict.OVERGENERALISED for c in core):
        return Verdict.OVERGENERALISED, "statement/core-overgeneralised"
    return Verdict.PARTIALLY_SUPPORTED, "statement/mixed"
