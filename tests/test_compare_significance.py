"""A difference that a claim calls significant and the record does not."""

from __future__ import annotations

import pytest

from kg.compare.significance import unborne
from kg.extract.reading import read_claim, read_record

TEXT = "Drugol significantly lowered pain."


@pytest.mark.parametrize(
    ("told", "denied"),
    [
        ("Pain fell more with drugol (relative risk 0.83; 95% CI 0.61 to 1.14).", True),
        ("Pain fell more with drugol (p = .3).", True),
        ("Pain fell more with drugol (p = NS).", True),
        ("Pain fell more with drugol (difference -2 points; 95% CI -4.1 to 0.3).", True),
        ("Pain fell more with drugol (relative risk 0.83; 95% CI 0.61 to 0.94).", False),
        ("Pain fell more with drugol (p = .03).", False),
        ("Pain fell significantly more with drugol.", False),
        ("Pain fell more with drugol.", False),
    ],
)
def test_significance_needs_a_record_that_bears_it(told: str, *, denied: bool) -> None:
    record = read_record(told)
    claim = read_claim(TEXT, 0, len(TEXT), record)
    assert [f.rule for f in unborne(claim, record, {0: 1.0})] == ["significance-denied"] * denied
