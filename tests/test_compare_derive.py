"""The derivation table: verdicts per claim and per statement, row by row of the contract."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.compare.derive import (
    CitationState,
    ClaimVerdict,
    claim_verdict,
    statement_verdict,
    without_record,
)
from kg.model import Verdict

IN_HAND = CitationState(has_entry=True, has_record=True)
LISTED = CitationState(has_entry=True, has_record=False)
UNKNOWN = CitationState(has_entry=False, has_record=False)
S, P, OVER = Verdict.SUPPORTED, Verdict.PARTIALLY_SUPPORTED, Verdict.OVERGENERALISED
C, M, N = Verdict.CONTRADICTED, Verdict.MISATTRIBUTED, Verdict.NOT_FOUND
OUT, NC = Verdict.OUTDATED, Verdict.NOT_CHECKABLE
JUDGED = [S, P, OVER, C, M, N, OUT, NC]


@pytest.mark.parametrize(
    ("by_citation", "expected"),
    [
        ([S], S), ([C, S], C), ([S, C, M], C), ([S, M], M), ([N, S], S), ([P, OVER], P),
        ([OVER, OUT], OVER),
        ([OUT, N], OUT), ([N, NC], N), ([NC], NC),
    ],
)  # fmt: skip
def test_a_claim_takes_the_gravest_of_two_else_the_best(
    by_citation: list[Verdict], expected: Verdict
) -> None:
    assert claim_verdict(by_citation) is expected


@given(st.lists(st.sampled_from(JUDGED), min_size=1, max_size=6))
def test_the_order_of_the_citations_does_not_matter(verdicts: list[Verdict]) -> None:
    assert claim_verdict(verdicts) is claim_verdict(verdicts[::-1])
    assert claim_verdict(verdicts) in verdicts


@pytest.mark.parametrize(
    ("citations", "checkable", "expected"),
    [
        ([], True, Verdict.UNCITED),
        ([], False, NC),
        ([UNKNOWN], True, Verdict.UNRESOLVABLE_REFERENCE),
        ([UNKNOWN, UNKNOWN], True, Verdict.UNRESOLVABLE_REFERENCE),
        ([UNKNOWN, LISTED], True, Verdict.SOURCE_UNAVAILABLE),
        ([LISTED], False, Verdict.SOURCE_UNAVAILABLE),
        ([UNKNOWN, IN_HAND], True, None),
    ],
)
def test_what_follows_from_the_citations_alone(
    citations: list[CitationState], checkable: bool, expected: Verdict | None
) -> None:
    assert without_record(citations, checkable=checkable) is expected
    if expected is not None:
        judged = [ClaimVerdict(C, checkable=checkable)]
        assert statement_verdict(judged, citations)[0] is expected


def core(verdict: Verdict) -> ClaimVerdict:
    """Return what the main clause asserts."""
    return ClaimVerdict(verdict)


def side(verdict: Verdict) -> ClaimVerdict:
    """Return what stands beside the main clause."""
    return ClaimVerdict(verdict, core=False)


def gloss(verdict: Verdict) -> ClaimVerdict:
    """Return a gloss, which is not material."""
    return ClaimVerdict(verdict, core=False, material=False)


@pytest.mark.parametrize(
    ("claims", "expected", "rule"),
    [
        ([core(NC)], NC, "statement/nothing-material"),
        ([gloss(C)], NC, "statement/nothing-material"),
        ([core(S), side(C)], C, "statement/any-contradicted"),
        ([core(M), side(C)], C, "statement/any-contradicted"),
        ([core(S), gloss(C)], S, "statement/all-supported"),
        ([core(S), side(M)], M, "statement/any-misattributed"),
        ([core(S), side(OUT)], OUT, "statement/any-outdated"),
        ([core(OUT), side(M)], M, "statement/any-misattributed"),
        ([core(S), side(S), core(NC)], S, "statement/all-supported"),
        ([core(N), side(S)], N, "statement/core-not-found"),
        ([core(N), core(S)], P, "statement/mixed"),
        ([core(S), side(N)], P, "statement/mixed"),
        ([core(OVER), side(S)], OVER, "statement/core-overgeneralised"),
        ([core(OVER), core(N)], OVER, "statement/core-overgeneralised"),
        ([core(S), side(OVER)], P, "statement/mixed"),
        ([core(P)], P, "statement/mixed"),
        ([side(N)], P, "statement/mixed"),
    ],
)
def test_a_statement_over_its_material_claims(
    claims: list[ClaimVerdict], expected: Verdict, rule: str
) -> None:
    assert statement_verdict(claims, [IN_HAND]) == (expected, rule)


@given(st.lists(st.builds(ClaimVerdict, st.sampled_from(JUDGED), st.booleans()), max_size=6))
def test_a_statement_passes_only_if_every_claim_that_counts_does(
    claims: list[ClaimVerdict],
) -> None:
    verdict, _ = statement_verdict(claims, [IN_HAND])
    counted = [c.verdict for c in claims if c.verdict is not NC]
    assert (verdict is S) == (bool(counted) and set(counted) == {S})
