"""One study is not told as many, nor its sample as everyone."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

RECORD = (
    "Sixty adults took drugol or placebo. Pain fell with drugol. Rash consistently followed. No "
    "adult on drugol had a stroke. Larger trials are needed."
)


@pytest.mark.parametrize(
    ("claim", "caught"),
    [
        ("Several clinical trials show that pain fell with drugol.", True),
        ("This trial shows that pain fell with drugol.", False),
        ("Rash invariably followed with drugol.", False),
        ("No stroke was seen in anyone on drugol.", False),
        ("Everyone on drugol had less pain.", True),
        ("Pain fell with drugol, whatever its cause.", True),
        ("Pain fell with drugol however severe it was.", True),
        ("Pain fell in adults on drugol.", False),
    ],
)
def test_a_claim_is_no_wider_than_the_study(claim: str, caught: bool) -> None:
    said, held = readings(claim, RECORD)
    rules = {f.rule for f in compare(said, held).faults}
    assert bool(rules & {"one-study-told-as-several", "opener-generalises"}) is caught
