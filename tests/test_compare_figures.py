"""A figure is held against the figure of its own group, time and outcome."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.compare.assess import compare
from kg.compare.slots import told
from kg.model import FaultCode
from tests.invented_trials import codes, found, readings, rules

PEAK = "Peak flow was {} L/min in the {} group at {}."


def test_a_pooled_p_told_of_one_arm_is_misattributed_and_the_arms_own_p_is_named() -> None:
    record = "Walking distance increased in the 20 mg group at 12 weeks (p = .01)."
    checked = found(record)
    assert codes(record) == ["misattributed", "wrong_group"]
    (fault,) = checked.faults
    assert (fault.claimed, fault.found) == ("20 mg", "all treatment groups")
    assert "for all treatment groups, not for 20 mg" in checked.sentence


def test_the_value_of_the_claims_own_group_is_told_beside_the_wrong_one() -> None:
    checked = found(PEAK.format(275, "breathing lessons", "26 weeks"), "asthma")
    assert checked.verdict.value == "misattributed"
    assert "for breathing lessons it gives 310 L/min" in checked.sentence


@pytest.mark.parametrize(
    ("claim", "record"),
    [
        ("Walking distance increased in the 20 mg group (p = .048).", "gout"),
        ("Walking distance increased in all treatment groups at 12 weeks (p = .01).", "gout"),
        ("Joint pain fell in the 20 mg group at 6 weeks (p = .03).", "gout"),
        ("Joint pain fell in the 20 mg group at 12 weeks (p < .005).", "gout"),
        (PEAK.format(310, "breathing lessons", "26 weeks"), "asthma"),
        (PEAK.format(310, "breathing lessons", "6 months"), "asthma"),
        (PEAK.format(275, "usual care", "26 weeks"), "asthma"),
        ("At 26 weeks peak flow was higher with breathing lessons (p = 0.008).", "asthma"),
        ("Fatigue was reported by 103 nurses (25%).", "sleep"),
    ],
)
def test_the_right_value_in_the_right_place_stands(claim: str, record: str) -> None:
    assert codes(claim, record) == ["supported"]


@pytest.mark.parametrize(
    ("claim", "record", "expected"),
    [
        ("Joint pain fell in the 20 mg group at 12 weeks (p = .03).", "gout",
         ["misattributed", "wrong_time"]),
        ("Joint pain fell in the 20 mg group at 6 weeks (p = .2).", "gout",
         ["contradicted", "wrong_value"]),
        (PEAK.format(340, "breathing lessons", "26 weeks"), "asthma",
         ["contradicted", "wrong_value"]),
        (PEAK.format(310, "breathing lessons", "53 weeks"), "asthma",
         ["contradicted", "wrong_time"]),
        ("Fatigue was reported by 103 nurses (52%).", "sleep", ["contradicted", "wrong_value"]),
        ("Evening light was associated with shorter sleep (odds ratio 2.8).", "sleep",
         ["contradicted", "wrong_value"]),
        ("Zelorimab 80 mg reduced joint pain.", "gout", ["contradicted", "dose_mismatch"]),
        ("Swelling resolved in 55% of patients in the 40 mg group.", "gout",
         ["partially_supported", "unsupported_addition"]),
    ],
)  # fmt: skip
def test_a_wrong_figure_is_named_by_what_is_wrong_with_it(
    claim: str, record: str, expected: list[str]
) -> None:
    assert codes(claim, record) == expected


def test_a_fault_tells_both_spans_and_what_was_found() -> None:
    claim = "Joint pain fell in the 20 mg group at 6 weeks (p = .2)."
    (fault,) = found(claim).faults
    assert fault.code is FaultCode.WRONG_VALUE
    assert fault.claim_span is not None
    assert claim[slice(*fault.claim_span)] == "p = .2"
    assert fault.found == "p = .03"


def test_the_one_time_of_a_sentence_is_that_of_every_group_in_it() -> None:
    claim = PEAK.format(310, "breathing lessons", "26 weeks")
    assert "value-of-another-group" not in rules(claim, "asthma")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("182.625", "6 months"), ("14", "2 weeks"), ("9", "9 days"), ("730.5", "2 years"),
        ("0.0833333333333334", "2 hours"), ("1.5", "36 hours"),
    ],
)  # fmt: skip
def test_a_time_is_told_in_the_largest_unit_that_fits(days: str, words: str) -> None:
    assert told(frozenset({Decimal(days)})) == words


@pytest.mark.parametrize(
    ("claim", "record", "known"),
    [
        ("The ratio for cough was 0.7, with an upper confidence limit of 0.93.",
         "Cough was rarer (ratio 0.7, 95% CI 0.51 to 0.93).", True),
        ("The ratio for cough was 0.7, with an upper confidence limit of 0.97.",
         "Cough was rarer (ratio 0.7, 95% CI 0.51 to 0.93).", False),
        ("Mean breaks went from 0.3 to 0.5.",
         "Breaks did not change (0.3 ± 0.8 to 0.5 ± 0.7).", True),
        ("The survey reached women between 18 and 45.",
         "The survey reached women, aged 18-45.", True),
        ("The survey reached women between 18 and 54.",
         "The survey reached women, aged 18-45.", False),
    ],
)  # fmt: skip
def test_an_end_of_what_is_printed_is_printed(claim: str, record: str, known: bool) -> None:
    said, held = readings(claim, record)
    assert (compare(said, held).faults == ()) is known


@pytest.mark.parametrize(
    ("claim", "caught"),
    [
        ("Anaemia came in 45% on drugol.", True),
        ("Of myeloma patients on drugol 45% had low platelets.", False),
        ("Low platelets came in 45% on drugol.", False),
    ],
)
def test_who_the_patients_are_is_no_other_outcome(claim: str, caught: bool) -> None:
    told = (
        "Adults with multiple myeloma took drugol (n = 20) or placebo (n = 20). Anaemia was rare. "
        "There were deaths. Thrombocytopenia was seen in 45% with drugol and 24% with placebo."
    )
    said, held = readings(claim, told)
    rules = {f.rule for f in compare(said, held).faults}
    assert ("value-of-another-outcome" in rules) is caught


@pytest.mark.parametrize(
    ("claim", "caught"),
    [
        ("The hazard ratio for haemorrhage was 0.45.", True),
        ("The hazard ratio for stroke was 0.45.", False),
    ],
)
def test_a_ratio_is_of_the_outcome_in_its_own_name(claim: str, caught: bool) -> None:
    told = (
        "Stroke occurred in 23 patients (3.7%) on drugol and in 51 (8.2%) on placebo (hazard ratio "
        "0.45). Haemorrhage occurred in 20 and 11 patients (HR 1.87)."
    )
    rules = {f.rule for f in compare(*readings(claim, told)).faults}
    assert bool(rules & {"value-of-another-outcome", "value-beside-anothers-label"}) is caught
