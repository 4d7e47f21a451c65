"""How much more one group moved than the other stands or falls with the amounts printed."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

ARMS = "Adults were randomised to drugol 20 mg (n = 60) or tabrol 300 mg (n = 60) once daily. "
WEIGHT = ARMS + "Weight fell by 4.3 kg with drugol and by 1.9 kg with tabrol."
REACHED = ARMS + "Weight fell to 84.3 kg with drugol and to 81.9 kg with tabrol."


def rules(claim: str, record: str) -> set[str]:
    """Return the rules of the faults found."""
    return {fault.rule for fault in compare(*readings(claim, record)).faults}


@pytest.mark.parametrize(
    "claim",
    [
        "Weight fell more with tabrol than with drugol.",
        "Tabrol lowered weight more than drugol did.",
        "The fall in weight with drugol was half that with tabrol.",
        "There was a greater fall in weight with tabrol than with drugol.",
    ],
)
def test_more_told_of_the_group_that_moved_less_is_caught(claim: str) -> None:
    assert rules(claim, WEIGHT) & {"values-say-otherwise", "effect-went-otherwise"}


@pytest.mark.parametrize(
    "claim",
    [
        "Weight fell more with drugol than with tabrol.",
        "The fall in weight with drugol was about twice that with tabrol.",
        "Weight fell less with tabrol than with drugol.",
    ],
)
def test_more_told_of_the_group_that_moved_more_stands(claim: str) -> None:
    assert rules(claim, WEIGHT) == set()


def test_values_that_were_reached_tell_no_amount() -> None:
    assert rules("Weight fell more with drugol than with tabrol.", REACHED) == set()
