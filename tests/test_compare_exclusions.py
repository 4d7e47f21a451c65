"""What a record names only to leave it out."""

from __future__ import annotations

import pytest

from kg.compare.exclusions import told_without
from tests.invented_trials import readings

RECORD = (
    "Drugol in adults not receiving dialysis. Drugol lowered calcium in adults without diabetes. "
    "Asthma was common. Drugol lowered iron in adults with or without anaemia."
)


@pytest.mark.parametrize(
    ("claim", "named"),
    [
        ("Drugol lowered calcium in adults on dialysis.", ["dialysis"]),
        ("Drugol lowered calcium in people with diabetes.", ["diabetes"]),
        ("Drugol lowered calcium in adults not on dialysis.", []),
        ("Drugol lowered calcium in adults without diabetes.", []),
        ("Drugol lowered calcium in adults with asthma.", []),
        ("Drugol lowered calcium in adults with gout.", []),
        ("Drugol lowered iron in adults with anaemia.", []),
    ],
)
def test_only_what_the_record_leaves_out_everywhere_is_blamed(claim: str, named: list[str]) -> None:
    assert [f.claimed for f in told_without(*readings(claim, RECORD))] == named


def test_what_the_record_also_speaks_of_plainly_is_not_left_out() -> None:
    record = RECORD + " Of those on dialysis, few slept well."
    assert not list(told_without(*readings("Drugol helped adults on dialysis.", record)))
