"""A group is told to rank first only where its value is the highest."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

RECORD = (
    "Infants were randomised to low-dose vaccine, high-dose vaccine or placebo. Fever occurred in "
    "21% of the low-dose group, 34% of the high-dose group and 9% of the placebo group. Rash was "
    "seen in 5% of the low-dose group and in 5% of the high-dose group."
)


@pytest.mark.parametrize(
    ("claim", "caught"),
    [
        ("Fever was most common in the low-dose group.", True),
        ("Fever was most common in the high-dose group.", False),
        ("Fever was least common in the placebo group.", False),
        ("Fever was least common in the high-dose group.", True),
        ("Rash was most common in the low-dose group.", False),
    ],
)
def test_a_rank_is_that_of_the_values(claim: str, caught: bool) -> None:
    said, held = readings(claim, RECORD)
    assert ("another-ranks-so" in {f.rule for f in compare(said, held).faults}) is caught
