"""An estimate told with another estimate's interval is caught."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

RECORD = (
    "The hazard ratio for drugol was 0.48 (95% CI 0.35 to 0.66) for death and 0.69 (95% CI 0.47 to "
    "1.02) for relapse."
)


@pytest.mark.parametrize(
    ("claim", "caught"),
    [
        ("For death the hazard ratio was 0.48 (95% CI 0.47 to 1.02).", True),
        ("For death the hazard ratio was 0.48 (95% CI 0.35 to 0.66).", False),
        ("The hazard ratio for relapse with drugol was 0.69 (95% CI 0.47 to 1.02).", False),
        ("The hazard ratio for the 100 mg dose was 0.48 (95% CI 0.35 to 0.66).", False),
    ],
)
def test_an_interval_belongs_to_its_estimate(claim: str, caught: bool) -> None:
    said, held = readings(claim, RECORD)
    faults = {f.rule for f in compare(said, held).faults}
    assert ("interval-of-another-estimate" in faults) is caught
    assert "figure-absent" not in faults
