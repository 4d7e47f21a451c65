"""Two values told against each other, held against two that a record sets side by side."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from kg.compare.draft import Comparison
from kg.extract.reading import read_claim, read_record
from kg.model import FaultCode

ARMS = "Ninety adults took drugol (n = 45) or placebo (n = 45). "
ORDERED = ARMS + "Relapse was rarer in the drugol group (12.4% vs. 31.9%; p = .01)."
CHANGE = ARMS + "Itch decreased from 47.2 to 36.1 in the drugol group."


def held(told: str, claim: str) -> Comparison:
    record = read_record(told)
    return compare(read_claim(claim, 0, len(claim), record), record)


def test_values_in_the_order_of_the_record_are_each_groups_own() -> None:
    found = held(ORDERED, "Relapse came to 12.4% with drugol and 31.9% with placebo.")
    assert found.faults == ()


def test_values_that_change_places_are_told_of_the_wrong_group() -> None:
    found = held(ORDERED, "Relapse came to 31.9% with drugol and 12.4% with placebo.")
    assert FaultCode.WRONG_GROUP in {fault.code for fault in found.faults}


@pytest.mark.parametrize(
    ("claim", "flagged"),
    [
        ("Itch was 36.1 with drugol, compared with 47.2 in the control group.", True),
        ("Itch fell from 47.2 to 36.1 with drugol.", False),
        ("Itch was 47.2 at baseline and 36.1 at the end with drugol.", False),
    ],
)
def test_a_groups_change_is_not_two_groups_values(claim: str, *, flagged: bool) -> None:
    rules = {fault.rule for fault in held(CHANGE, claim).faults}
    assert ("change-told-as-arms" in rules) is flagged
