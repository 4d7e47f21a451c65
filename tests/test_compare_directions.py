"""What rose is not told as fallen, and what did not change is not told as changed."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import codes, readings, rules


@pytest.mark.parametrize(
    ("claim", "record"),
    [
        ("Grip strength decreased in the 40 mg group at 12 weeks.", "gout"),
        ("Grip strength did not change in the 40 mg group at 12 weeks.", "gout"),
        ("Grip strength was unchanged in the 40 mg group at 12 weeks.", "gout"),
        ("Sleep quality improved in the placebo group.", "gout"),
        ("Sleep quality changed significantly in the placebo group (p = .61).", "gout"),
        ("School absence differed significantly between the groups (p = 0.44).", "asthma"),
        ("Night cough increased in the breathing lessons group.", "asthma"),
        ("Evening light was associated with longer sleep.", "sleep"),
    ],
)
def test_a_direction_turned_round_is_contradicted(claim: str, record: str) -> None:
    assert codes(claim, record) == ["contradicted", "wrong_direction"]


@pytest.mark.parametrize(
    ("claim", "record"),
    [
        ("Grip strength rose in the 40 mg group at 12 weeks.", "gout"),
        ("Sleep quality was unchanged in the placebo group.", "gout"),
        ("Sleep quality did not change in the placebo group.", "gout"),
        ("School absence did not differ between the groups.", "asthma"),
        ("Night cough fell in the breathing lessons group.", "asthma"),
        ("Evening light was linked to shorter sleep.", "sleep"),
    ],
)
def test_the_same_direction_in_other_words_stands(claim: str, record: str) -> None:
    assert codes(claim, record) == ["supported"]


def test_an_exception_dropped_is_named_and_one_that_is_kept_is_not() -> None:
    assert codes("All measures of stiffness improved.") == ["overgeneralised", "overgeneralised"]
    assert rules("All measures of stiffness improved.") == {"exception-dropped"}
    kept = "All measures of stiffness improved, with the exception of morning stiffness."
    assert codes(kept) == ["supported"]


def test_a_part_is_not_told_as_the_whole() -> None:
    whole = "The quality of life score improved in the breathing lessons group."
    part = "The physical component of the quality of life score improved with breathing lessons."
    assert codes(whole, "asthma") == ["overgeneralised", "outcome_mismatch"]
    assert codes(part, "asthma") == ["supported"]


def test_a_direction_of_one_arm_is_not_told_of_another() -> None:
    claim = "Night cough decreased in the usual care group."
    assert codes(claim, "asthma") == ["misattributed", "wrong_group"]


@pytest.mark.parametrize(
    ("claim", "record", "flagged"),
    [
        ("Neither a single session of drugol nor a long series of them had a marked effect on "
         "sleep.", "Single and serial sessions of drugol did not influence sleep.", False),
        ("A single session of drugol and a long series of them had a marked effect on sleep.",
         "Single and serial sessions of drugol did not influence sleep.", True),
        ("The difference in sleep between the groups was not statistically significant.",
         "Sleep did not differ between the groups.", False),
        ("The difference in sleep between the groups was statistically significant.",
         "Sleep did not differ between the groups.", True),
    ],
)  # fmt: skip
def test_a_difference_that_is_denied_is_no_difference(
    claim: str, record: str, flagged: bool
) -> None:
    said, held = readings(claim, record)
    assert ("direction-opposed" in {f.rule for f in compare(said, held).faults}) is flagged


ARMS = "Adults took drugol (n = 60) or tabrol (n = 60). "
LISTED = ARMS + (
    "No significant differences between the groups were found in walking distance, grip strength, "
    "serum urate or quality of life."
)
LOWER = ARMS + "Joint pain was lower in the drugol group than in the tabrol group."


@pytest.mark.parametrize(
    ("claim", "record", "flagged"),
    [
        ("Drugol improved grip strength compared with tabrol.", LISTED, True),
        ("Quality of life was significantly better in patients given drugol.", LISTED, True),
        ("Neither grip strength nor quality of life differed between the groups.", LISTED, False),
        ("Tabrol eased joint pain better than drugol did.", LOWER, True),
        ("Drugol eased joint pain better than tabrol did.", LOWER, False),
        ("Tabrol lowered joint pain.", ARMS + "Drugol, but not tabrol, lowered joint pain.", True),
        ("Drugol lowered joint pain.", ARMS + "Drugol, but not tabrol, lowered joint pain.", False),
        (
            "The association did not depend on weight.",
            "Weight did not modify the association of drugol with sleep.",
            False,
        ),
    ],
)
def test_a_list_without_difference_and_a_comparison_turned_round_are_read(
    claim: str, record: str, flagged: bool
) -> None:
    said, held = readings(claim, record)
    assert ("direction-opposed" in {f.rule for f in compare(said, held).faults}) is flagged
