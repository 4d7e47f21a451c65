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


ODDS = "Odds rose for cord care (OR 2.1), warm clothes (OR 3.4) and early milk (OR 4.9)."
HARMS = "Common harms of drugol were drowsiness (57%), dizziness (35%) and itching (18%)."


@pytest.mark.parametrize(
    ("text", "told"),
    [("Warm clothes became more likely (OR 2.1).", ODDS),
     ("Itching was a harm of drugol in 57%.", HARMS)],
)  # fmt: skip
def test_a_value_put_to_a_neighbours_label_is_not_its_own(text: str, told: str) -> None:
    found, rules = verdict(text, told)
    assert found == "misattributed"
    assert "value-beside-anothers-label" in rules


@pytest.mark.parametrize(
    ("text", "told"),
    [("Cord care became more likely (OR 2.1).", ODDS),
     ("Care of the cord had an odds ratio of 2.1, warm clothes one of 3.4.", ODDS),
     ("Drowsiness was a harm of drugol in 57%.", HARMS),
     ("One harm of drugol came in 57%.", HARMS)],
)  # fmt: skip
def test_a_value_at_its_own_label_or_at_none_stands(text: str, told: str) -> None:
    assert "value-beside-anothers-label" not in verdict(text, told)[1]
