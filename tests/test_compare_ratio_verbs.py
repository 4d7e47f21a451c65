"""A verb that tells a ratio is held against the ratio that the record prints."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

ODDS = "Short sleep was associated with raised pressure in the adolescents (OR 1.9)."
SHARES = "Rash was seen in 24% with drugol and in 8% with placebo."


@pytest.mark.parametrize(
    ("claim", "record", "caught"),
    [
        ("Short sleep tripled the odds of raised pressure.", ODDS, True),
        ("Short sleep nearly doubled the odds of raised pressure.", ODDS, False),
        ("Good sleep halved the odds of raised pressure.", ODDS, False),
        ("Drugol tripled the share with a rash.", SHARES, False),
    ],
)
def test_a_verb_of_ratio_stands_or_falls_with_the_ratio(
    claim: str, record: str, caught: bool
) -> None:
    said, held = readings(claim, record)
    assert ("ratio-is-another" in {f.rule for f in compare(said, held).faults}) is caught
