"""Claims of superiority, as registries word them."""

from __future__ import annotations

import pytest

from kg.compare.check import check
from kg.extract.record import report
from kg.model import DocumentRole
from kg.sources import read

RECORD = (
    "TITLE: Drugol against placebo for pain in adults\n\n"
    "METHODS: Sixty adults took drugol or placebo.\n\n"
    "RESULTS: Pain fell significantly more with drugol than with placebo (p = .002). "
    "Sleep did not differ significantly between drugol and placebo (p = .6).\n"
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Drugol is superior to Placebo in terms of Pain", "supported"),
        ("Drugol is superior to Placebo in terms of Sleep", "contradicted"),
        ("Zolamine Spray is superior to Wrist Splints in terms of Urinary Oxalate Excretion",
         "not_found"),
    ],
)  # fmt: skip
def test_superiority_is_told_denied_or_not_told(claim: str, verdict: str) -> None:
    record = report(read(RECORD.encode(), "record.txt", DocumentRole.RECORD, "text"))
    assert check(claim, record).verdict.value == verdict
