"""Strong words of cause against what the record only links or suggests."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings


@pytest.mark.parametrize(
    ("claim", "record", "caught"),
    [
        (
            "Depression made patients miss their doses.",
            "Depression was associated with missed doses. Age was not.",
            True,
        ),
        (
            "Depression went along with missed doses.",
            "Depression was associated with missed doses. Age was not.",
            False,
        ),
        (
            "Vigilance is what keeps anxiety going.",
            "Vigilance may contribute to the maintenance of anxiety.",
            True,
        ),
        (
            "Drugol made patients sleep longer.",
            "Patients took drugol (n = 9) or placebo (n = 9). Drugol made patients sleep longer.",
            False,
        ),
    ],
)
def test_strong_causes_catch_the_fault_and_spare_what_the_record_says(
    claim: str, record: str, caught: bool
) -> None:
    said, held = readings(claim, record)
    found = {f.rule for f in compare(said, held).faults}
    assert ("cause-told-more-strongly" in found) is caught
