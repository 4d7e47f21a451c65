"""One claim held against one record: the verdict, its reason and its evidence."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from kg.compare.draft import GRAVITY, Comparison
from kg.compare.ranking import rank
from kg.compare.similarity import soft_keys
from kg.model import CheckOutcome, Verdict
from tests.invented_trials import ASTHMA, GOUT, SLEEP, readings


def held(claim: str, record: str = GOUT, *, advice: bool = False) -> Comparison:
    """Hold a claim against a record."""
    return compare(*readings(claim, record), advice=advice)


def test_a_record_that_is_silent_gives_not_found_with_the_claim_named() -> None:
    found = held("Bananas cure migraine in pregnant astronauts.")
    assert (found.verdict, found.rule) == (Verdict.NOT_FOUND, "record-is-silent")
    assert [f.code.value for f in found.faults] == ["unsupported_addition"]


@pytest.mark.parametrize(
    "claim",
    [
        "Grip strength decreased in the 40 mg group at 12 weeks.",
        "Joint pain fell in the 20 mg group at 6 weeks (p = .03).",
        "Colchicine halves the rate of kidney stones by 40%.",
    ],
)
def test_a_record_of_another_thing_contradicts_nothing(claim: str) -> None:
    assert held(claim, SLEEP).verdict is Verdict.NOT_FOUND
    assert held(claim, ASTHMA).verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize("claim", ["Is it so?", "Indeed.", "It is."])
def test_what_says_nothing_is_not_checkable(claim: str) -> None:
    found = held(claim)
    assert (found.verdict, found.faults) == (Verdict.NOT_CHECKABLE, ())


def test_advice_whose_facts_stand_is_partially_supported() -> None:
    found = held("Give adults with gout zelorimab to reduce joint pain.", advice=True)
    assert found.verdict is Verdict.PARTIALLY_SUPPORTED
    assert found.rule == "facts-stand-advice-does-not"
    assert "does not itself give this advice" in found.sentence
    recommended = GOUT + " We recommend zelorimab to reduce joint pain in adults with gout."
    claim = "Zelorimab is recommended to reduce joint pain in adults with gout."
    assert held(claim, recommended, advice=True).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    "claim",
    [
        "Grip strength decreased in the 40 mg group at 12 weeks.",
        "Walking distance increased in the 20 mg group at 12 weeks (p = .01).",
        "All measures of stiffness improved.",
        "Zelorimab reduced joint pain from chronic rheumatic inflammation.",
        "Joint pain fell in the 20 mg group at 6 weeks (p = .03).",
    ],
)
def test_the_verdict_is_that_of_the_gravest_fault_and_its_spans_hold(claim: str) -> None:
    said, known = readings(claim, GOUT)
    found = compare(said, known)
    if found.faults:
        assert found.verdict is min((f.verdict for f in found.faults), key=GRAVITY.index)
    else:
        assert found.verdict is Verdict.SUPPORTED
    for fault in found.faults:
        assert fault.claim_span is not None
        assert 0 <= fault.claim_span[0] < fault.claim_span[1] <= len(claim)
        assert fault.rule
        assert fault.reason
    sentences = {(s.start, s.end) for s in known.sentences}
    assert found.evidence
    assert set(found.evidence) <= sentences
    assert len(set(found.evidence)) == len(found.evidence)


def test_evidence_of_a_fault_comes_first() -> None:
    found = held("Walking distance increased in the 20 mg group at 12 weeks (p = .01).")
    start, end = found.evidence[0]
    assert "(p = .01)" in GOUT[start:end]


def test_the_slots_that_were_compared_are_told() -> None:
    found = held("Joint pain fell in the 20 mg group at 6 weeks (p = .03).")
    slots = {c.slot for c in found.checks if c.outcome is CheckOutcome.MATCH}
    assert {"p_value", "group", "time", "direction"} <= slots
    absent = held("Swelling resolved in 55% of patients in the 40 mg group.")
    assert CheckOutcome.ABSENT_IN_SOURCE in {c.outcome for c in absent.checks}


def test_the_sentence_that_says_it_ranks_first_and_ranking_is_stable() -> None:
    said, known = readings("Grip strength rose with zelorimab 40 mg.", GOUT)
    ranked = rank(said, known, soft_keys(said, known))
    best = known.sentences[ranked[0][0]]
    assert GOUT[best.start : best.end].startswith("Grip strength increased")
    assert ranked == sorted(ranked, key=lambda pair: (-pair[1], pair[0]))
    other, _ = readings("Quaggas neigh.", GOUT)
    assert not rank(other, known, soft_keys(other, known))
