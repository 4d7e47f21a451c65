"""An authority that a claim calls on, and that the record does not name."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings


@pytest.mark.parametrize(
    ("claim", "record", "caught"),
    [
        (
            "Drugol lowers pain, and guidelines recommend it.",
            "Pain fell with drugol in sixty adults.",
            True,
        ),
        (
            "Drugol lowers pain, as the guideline expected.",
            "Pain fell with drugol, as the guideline had expected.",
            False,
        ),
    ],
)
def test_authorities_catch_the_fault_and_spare_what_the_record_says(
    claim: str, record: str, caught: bool
) -> None:
    said, held = readings(claim, record)
    found = {f.rule for f in compare(said, held).faults}
    assert ("authority-not-in-record" in found) is caught
