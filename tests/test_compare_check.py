"""What a statement and a record give: verdict, faults, evidence, scope."""

from __future__ import annotations

import hashlib

import pytest

from kg.compare.check import check
from tests.invented_trials import GOUT, found, reported


def test_faults_of_every_material_claim_are_told() -> None:
    claim = (
        "Joint pain rose in the 20 mg group at 6 weeks (p = .03), and grip strength decreased in "
        "the 40 mg group at 12 weeks (p = .02)."
    )
    checked = found(claim)
    assert checked.verdict.value == "contradicted"
    assert [f.code.value for f in checked.faults] == ["wrong_direction"] * 2


def test_a_frame_says_what_the_statement_leaves_open() -> None:
    claim, record = "Walking distance increased (p = .01).", reported("gout")
    assert check(claim, record).verdict.value == "supported"
    wrong = check(claim, record, {"group": "20 mg group", "time": "12 weeks"})
    assert (wrong.verdict.value, wrong.rule) == ("misattributed", "value-of-another-group")
    right = check(claim, record, {"time": "12 weeks"})
    assert right.verdict.value == "supported"


def test_a_frame_does_not_overrule_the_statements_own_words() -> None:
    claim = "Joint pain fell in the 20 mg group at 6 weeks (p = .03)."
    frame = {"group": "placebo group", "time": "12 weeks"}
    assert check(claim, reported("gout"), frame) == found(claim)


def test_evidence_slices_from_the_record_with_its_digest() -> None:
    checked = found("Grip strength decreased in the 40 mg group at 12 weeks.")
    assert checked.evidence
    for passage in checked.evidence:
        told = GOUT[passage.start : passage.end]
        assert hashlib.sha256(told.encode()).hexdigest() == passage.sha256
    assert "Grip strength increased" in GOUT[checked.evidence[0].start : checked.evidence[0].end]
    assert checked.scope == ("abstract",)


@pytest.mark.parametrize("claim", ["", "   ", "?", "Well."])
def test_a_statement_without_content_is_not_checkable(claim: str) -> None:
    checked = found(claim)
    assert checked.verdict.value == "not_checkable"
    assert checked.sentence


def test_the_same_pair_gives_the_same_answer() -> None:
    claim = "Walking distance increased in the 20 mg group at 12 weeks (p = .01)."
    assert found(claim) == found(claim)
