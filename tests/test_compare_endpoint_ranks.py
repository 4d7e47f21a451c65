"""Which outcome a claim calls primary is held against which the record calls so."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings


@pytest.mark.parametrize(
    ("claim", "record", "caught"),
    [
        (
            "Sleep was the primary outcome.",
            "The primary outcome was pain; secondary outcomes were sleep and mood.",
            True,
        ),
        (
            "Pain was the primary outcome.",
            "The primary outcome was pain; secondary outcomes were sleep and mood.",
            False,
        ),
        (
            "Pain was among the secondary outcomes.",
            "The primary outcome was pain; secondary outcomes were sleep and mood.",
            True,
        ),
    ],
)
def test_endpoint_ranks_catch_the_fault_and_spare_what_the_record_says(
    claim: str, record: str, caught: bool
) -> None:
    said, held = readings(claim, record)
    found = {f.rule for f in compare(said, held).faults}
    assert ("ranked-otherwise" in found) is caught
