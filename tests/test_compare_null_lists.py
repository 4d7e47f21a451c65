"""What a record denies of the groups together speaks against a difference, wherever it stands."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

AFTER = (
    "Adults took drugol (n = 30) or placebo (n = 30). Sleep quality improved with drugol. However, "
    "there was no significant difference between the changes in the drugol group and the placebo "
    "group."
)
ELSEWHERE = (
    "Telephone support can increase self-efficacy. A t-test found no significant difference in "
    "self-efficacy between the two groups (P = 0.09)."
)
EXCEPTED = (
    "Adults took drugol (n = 30) or placebo (n = 30). Healing was significantly better with drugol "
    "in the per-protocol population but not in the intention-to-treat population."
)


@pytest.mark.parametrize(
    ("claim", "record", "verdict"),
    [
        ("Sleep quality improved more with drugol than with placebo.", AFTER, "contradicted"),
        ("Sleep quality improved with drugol.", AFTER, "supported"),
        ("The groups did not differ significantly in self-efficacy.", ELSEWHERE, "supported"),
        (
            "In the intention-to-treat population drugol did not significantly improve healing.",
            EXCEPTED, "supported",
        ),
        (
            "In the per-protocol population drugol significantly improved healing.",
            EXCEPTED, "supported",
        ),
    ],
)  # fmt: skip
def test_a_denial_counts_for_what_it_denies(claim: str, record: str, verdict: str) -> None:
    said, held = readings(claim, record)
    assert compare(said, held).verdict.value == verdict
