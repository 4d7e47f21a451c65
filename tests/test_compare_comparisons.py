"""A change within a group told as a difference between groups, and the reverse."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from kg.extract.reading import read_claim, read_record
from kg.model import FaultCode

ARMS = "Forty adults took drugol (n = 20) or placebo (n = 20). "
CHANGES = ARMS + "Pain fell by 8 points with drugol and by 5 points with placebo."
DIFFERENCE = ARMS + "Pain was lower with drugol than with placebo (mean difference 3 points)."


@pytest.mark.parametrize(
    ("text", "told", "confused"),
    [
        ("Drugol lowered pain by 8 points compared with placebo.", CHANGES, True),
        ("Pain was 8 points lower with drugol than with placebo.", CHANGES, True),
        ("Pain fell by 8 points with drugol compared with 5 points with placebo.", CHANGES, False),
        ("Pain fell by 8 points with drugol.", CHANGES, False),
        ("With drugol, pain was 3 points lower than at baseline.", DIFFERENCE, True),
        ("Pain was 3 points lower with drugol than with placebo.", DIFFERENCE, False),
    ],
)
def test_change_and_difference_are_told_apart(text: str, told: str, *, confused: bool) -> None:
    record = read_record(told)
    faults = compare(read_claim(text, 0, len(text), record), record).faults
    assert (FaultCode.COMPARISON_MISMATCH in {f.code for f in faults}) is confused
