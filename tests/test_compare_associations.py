"""What only goes together is not told as what one thing does to the other."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

COHORT = "In a cohort of 300 nurses, job satisfaction was associated with sleep quality."
TRIAL = (
    "Adults were randomised to drugol or placebo. Sleep quality was associated with the dose of "
    "drugol. Drugol improved sleep quality."
)


@pytest.mark.parametrize(
    ("claim", "record", "caught"),
    [
        ("Job satisfaction improves sleep quality.", COHORT, True),
        ("Job satisfaction makes nurses sleep in better quality.", COHORT, True),
        ("Job satisfaction may improve sleep quality.", COHORT, False),
        ("Job satisfaction was linked to sleep quality.", COHORT, False),
        ("Drugol improves sleep quality.", TRIAL, False),
    ],
)
def test_an_association_is_no_effect(claim: str, record: str, caught: bool) -> None:
    said, held = readings(claim, record)
    rules = {f.rule for f in compare(said, held).faults}
    assert ("association-told-as-effect" in rules) is caught
