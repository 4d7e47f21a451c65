"""A result told of what the record only planned or set out to measure."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings


@pytest.mark.parametrize(
    ("claim", "record", "rule"),
    [
        (
            "Drugol improved quality of life.",
            "Secondary outcomes were grip strength and quality of life. Grip strength rose.",
            "outcome-without-result",
        ),
        (
            "Drugol improved quality of life.",
            "Secondary outcomes were pain and quality of life. Quality of life rose with drugol.",
            "",
        ),
        (
            "Drugol reduced pain.",
            "Sixty people will take drugol. Pain will be the primary outcome.",
            "plan-told-as-result",
        ),
        (
            "Pain will be the primary outcome.",
            "Sixty people will take drugol. Pain will be the primary outcome.",
            "",
        ),
    ],
)
def test_unreported_catch_the_fault_and_spare_what_the_record_says(
    claim: str, record: str, rule: str
) -> None:
    said, held = readings(claim, record)
    found = {f.rule for f in compare(said, held).faults}
    assert {*found} & {"outcome-without-result", "plan-told-as-result"} == (
        {rule} if rule else set()
    )
