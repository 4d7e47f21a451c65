"""A value beside its neighbour's label."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from kg.extract.reading import read_claim, read_record


def verdict(text: str, told: str) -> tuple[str, list[str]]:
    """Return the verdict and the rules of the faults."""
    record = read_record(told)
    found = compare(read_claim(text, 0, len(text), record), record)
    return found.verdict.value, [f.rule for f in found.faults]


ODDS = "Odds rose for brushed teeth (OR 2.1), clean hands (OR 3.4) and early bed (OR 4.9)."
HARMS = "Frequent harms of drugol were fever (41%), cough (29%) and itching (12%)."


@pytest.mark.parametrize(
    ("text", "told"),
    [("Clean hands became more likely (OR 2.1).", ODDS),
     ("Itching was a harm of drugol in 41%.", HARMS)],
)  # fmt: skip
def test_a_value_put_to_a_neighbours_label_is_not_its_own(text: str, told: str) -> None:
    found, rules = verdict(text, told)
    assert found == "misattributed"
    assert "value-beside-anothers-label" in rules


@pytest.mark.parametrize(
    ("text", "told"),
    [("Brushed teeth became more likely (OR 2.1).", ODDS),
     ("The brushing of teeth had an odds ratio of 2.1, that of hands one of 3.4.", ODDS),
     ("Fever was a harm of drugol in 41%.", HARMS),
     ("One harm of drugol came in 41%.", HARMS)],
)  # fmt: skip
def test_a_value_at_its_own_label_or_at_none_stands(text: str, told: str) -> None:
    assert "value-beside-anothers-label" not in verdict(text, told)[1]
