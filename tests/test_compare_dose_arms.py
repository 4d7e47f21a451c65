"""What other doses did is not claimed of the dose that the record leaves out."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

RECORD = (
    "Children took drugol 20 mg, 40 mg or 80 mg or placebo. Headache was lower with drugol. "
    "Headache was significantly lower in the 40 mg and 80 mg groups than with placebo."
)


@pytest.mark.parametrize(
    ("claim", "caught"),
    [
        ("At a dose of 20 mg, drugol lowered headache more than placebo.", True),
        ("At a dose of 40 mg, drugol lowered headache more than placebo.", False),
        ("Drugol lowered headache.", False),
    ],
)
def test_a_dose_is_credited_with_its_own_effect(claim: str, caught: bool) -> None:
    said, held = readings(claim, RECORD)
    assert ("direction-of-another-group" in {f.rule for f in compare(said, held).faults}) is caught
