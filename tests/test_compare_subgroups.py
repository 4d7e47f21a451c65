"""A result of one kind of patients is not told of another that the record knows as well."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

RECORD = (
    "In men, distress fell significantly more with the programme than without it (p = .03). In "
    "women, sleep and appetite were unchanged. The programme lasted six weeks."
)


@pytest.mark.parametrize(
    ("claim", "caught"),
    [
        ("Among women, distress fell significantly more with the programme.", True),
        ("Among men, distress fell significantly more with the programme.", False),
        ("In women sleep and appetite were unchanged.", False),
        ("Distress fell significantly more with the programme.", False),
    ],
)
def test_a_result_is_of_the_subgroup_that_its_sentence_names(claim: str, caught: bool) -> None:
    said, held = readings(claim, RECORD)
    found = compare(said, held)
    assert ("told-of-another-subgroup" in {f.rule for f in found.faults}) is caught
    assert (
        found.verdict.value == "misattributed" if caught else found.verdict.value != "contradicted"
    )
