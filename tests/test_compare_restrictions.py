"""A finding of a part, told of the whole."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from kg.extract.reading import read_claim, read_record


def rules(text: str, told: str) -> set[str]:
    """Return the rules of a claim's faults."""
    record = read_record(told)
    return {f.rule for f in compare(read_claim(text, 0, len(text), record), record).faults}


@pytest.mark.parametrize(
    ("text", "told", "stretched"),
    [
        ("Drugol reduced pain.", "Drugol reduced pain only in women with gout.", True),
        ("Drugol reduced pain.", "In the subgroup with anaemia, drugol reduced pain.", True),
        ("Drugol reduced pain in gout.", "Drugol reduced pain only in women with gout.", False),
        ("Drugol reduced pain only in some.", "Drugol reduced pain only in women.", False),
        ("Drugol reduced pain.", "Drugol reduced pain in all patients.", False),
    ],
)
def test_a_dropped_restriction_stretches_the_finding(
    text: str, told: str, *, stretched: bool
) -> None:
    assert ("restriction-dropped" in rules(text, told)) is stretched
