"""What is counted is not another kind of people or places."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings


@pytest.mark.parametrize(
    ("claim", "record", "rule"),
    [
        (
            "Gout developed in 38 women.",
            "Women and men took part. Of them, 38 participants developed gout.",
            "all-people-told-as-one-kind",
        ),
        (
            "Gout developed in 38 people.",
            "Women and men took part. Of them, 38 participants developed gout.",
            "",
        ),
        (
            "Nurses of 41 nursing homes were surveyed.",
            "Nurses of 41 hospitals were surveyed.",
            "places-of-another-kind",
        ),
        (
            "Nurses of 41 hospitals were surveyed.",
            "Nurses of 41 hospitals were surveyed about sleep.",
            "",
        ),
    ],
)
def test_people_counted_catch_the_fault_and_spare_what_the_record_says(
    claim: str, record: str, rule: str
) -> None:
    said, held = readings(claim, record)
    found = {f.rule for f in compare(said, held).faults}
    assert {*found} & {"all-people-told-as-one-kind", "places-of-another-kind"} == (
        {rule} if rule else set()
    )
