"""How long something was given is held against how long the record says it was."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings


@pytest.mark.parametrize(
    ("claim", "record", "caught"),
    [
        (
            "Drugol was given for 12 months.",
            "Adults took drugol or placebo for 6 months. At 12 months pain fell.",
            True,
        ),
        (
            "Drugol was given for half a year.",
            "Adults took drugol or placebo for 6 months. At 12 months pain fell.",
            False,
        ),
        (
            "A 10-day course of drugol was given.",
            "Children received drugol for 3 days followed by placebo for 7 days.",
            True,
        ),
        (
            "Children were given drugol for three days.",
            "Children received drugol for 3 days followed by placebo for 7 days.",
            False,
        ),
    ],
)
def test_courses_catch_the_fault_and_spare_what_the_record_says(
    claim: str, record: str, caught: bool
) -> None:
    said, held = readings(claim, record)
    found = {f.rule for f in compare(said, held).faults}
    assert ("given-for-another-time" in found) is caught
