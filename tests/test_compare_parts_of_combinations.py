"""One part of a combination did not do alone what the whole did."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings


@pytest.mark.parametrize(
    ("claim", "record", "caught"),
    [
        (
            "Calcium alone reduced fractures.",
            "Drugol with calcium reduced fractures. Drugol alone did not.",
            True,
        ),
        (
            "Drugol alone reduced fractures.",
            "Drugol with calcium reduced fractures. Drugol alone did, too.",
            False,
        ),
    ],
)
def test_parts_of_combinations_catch_the_fault_and_spare_what_the_record_says(
    claim: str, record: str, caught: bool
) -> None:
    said, held = readings(claim, record)
    found = {f.rule for f in compare(said, held).faults}
    assert ("part-told-alone" in found) is caught
