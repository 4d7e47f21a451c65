"""Events are put down to treatment only where the record does so."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

DENIED = "Twelve infants had serious events; none was considered related to the vaccine."
TOLD = "Twelve infants had serious events; three were related to the vaccine."
NEITHER = (
    "Serious events came in two infants on drugol and one on tabrol, neither of which was deemed "
    "vaccine-related."
)
BOTH = "Three events were related to the vaccine. No death was related to the vaccine."


@pytest.mark.parametrize(
    ("claim", "record", "caught"),
    [
        ("Serious events were attributed to the vaccine.", DENIED, True),
        ("No serious event was attributed to the vaccine.", DENIED, False),
        ("No serious event was attributed to the vaccine.", TOLD, True),
        ("Three serious events were related to the vaccine.", TOLD, False),
        ("The serious events were vaccine-related.", NEITHER, True),
        ("The serious events were not vaccine-related.", NEITHER, False),
        ("No death was related to the vaccine.", BOTH, False),
        ("Twelve infants had serious events.", DENIED, False),
    ],
)
def test_what_is_put_down_to_treatment_is_what_the_record_says(
    claim: str, record: str, caught: bool
) -> None:
    said, held = readings(claim, record)
    assert ("put-down-otherwise" in {f.rule for f in compare(said, held).faults}) is caught
