"""What a claim says something is, where the record says the opposite."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings


@pytest.mark.parametrize(
    ("claim", "record", "caught"),
    [
        (
            "Adherence was rather low.",
            "Adherence was high in both groups. Pain fell.",
            True,
        ),
        (
            "Adherence was good and high.",
            "Adherence was high in both groups. Pain fell.",
            False,
        ),
        (
            "The risk of bias was low.",
            "The risk of bias was high. The risk of death was low.",
            True,
        ),
        (
            "The risk of death was low.",
            "The risk of bias was high. The risk of death was low.",
            False,
        ),
    ],
)
def test_states_catch_the_fault_and_spare_what_the_record_says(
    claim: str, record: str, caught: bool
) -> None:
    said, held = readings(claim, record)
    found = {f.rule for f in compare(said, held).faults}
    assert ("said-to-be-the-opposite" in found) is caught
