"""A stage of life is held to the ages that the record prints."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

RULE = "stage-of-life-of-other-ages"


@pytest.mark.parametrize(
    ("claim", "people", "caught"),
    [
        ("In toddlers, drugol relieved pain.", "60 children aged 6-18 years", True),
        ("In schoolchildren, drugol relieved pain.", "60 children aged 6-18 years", False),
        ("In older adults, drugol relieved pain.", "60 women aged 18 to 40 years", True),
        ("In young adults, drugol relieved pain.", "60 women aged 18 to 40 years", False),
        ("In teenagers, drugol relieved pain.", "60 patients aged 65 years or older", True),
        ("In older adults, drugol relieved pain.", "60 patients aged 65 years or older", False),
        ("In newborns, drugol relieved pain.", "60 people (mean age 54 ± 6 years)", True),
        (
            "In middle-aged adults, drugol relieved pain.",
            "60 people (mean age 54 ± 6 years)",
            False,
        ),
        ("An adult-type response was relieved.", "60 children aged 6-18 years", False),
        ("In toddlers, drugol relieved pain.", "60 people", False),
        ("In teenagers, drugol relieved pain.", "60 people aged 0-23 months", True),
        ("In infants, drugol relieved pain.", "60 children aged 0-23 months", False),
    ],
)
def test_a_stage_of_life_fits_the_ages_of_the_record(claim: str, people: str, caught: bool) -> None:
    said, held = readings(claim, f"We gave {people} drugol. Drugol relieved pain.")
    assert (RULE in {f.rule for f in compare(said, held).faults}) is caught


def test_a_record_that_uses_the_word_itself_is_not_held_to_its_figures() -> None:
    said, held = readings(
        "In toddlers, drugol relieved pain.",
        "Children aged 6-18 years and toddlers took drugol. Drugol relieved pain.",
    )
    assert RULE not in {f.rule for f in compare(said, held).faults}
