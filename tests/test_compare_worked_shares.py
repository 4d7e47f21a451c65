"""People counted from a share of their group."""

from __future__ import annotations

import pytest

from kg.compare.worked_shares import counted_from_share
from tests.invented_trials import readings

RECORD = "Adults took drugol (n = 507) or tabrol (n = 514). Gout: 6.7% on drugol, 13.2% on tabrol."


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("Some 34 patients on drugol had gout.", "6.7% of 507"),
        ("Some 68 patients on tabrol had gout.", "13.2% of 514"),
        ("Some 68 patients on drugol had gout.", None),
        ("Some 51 patients on drugol had gout.", None),
    ],
)
def test_a_count_follows_from_the_share_of_its_own_group(claim: str, found: str | None) -> None:
    said, held = readings(claim, RECORD)
    fact = next(f for f in said.facts if f.figure is not None)
    told = counted_from_share(fact, held)
    assert (told[0] if told else None) == found
