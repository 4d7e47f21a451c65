"""A name with another number, or another year, is another thing."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

RECORD = (
    "Drugol blocks interleukin-9. Adults were followed from 1998 to 2016. Sleep was better on "
    "drugol at week-12 visits."
)


def rules(claim: str) -> set[str]:
    """Return the rules of a claim's faults."""
    said, held = readings(claim, RECORD)
    return {f.rule for f in compare(said, held).faults}


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        ("Drugol blocks interleukin-5.", "name-with-another-number"),
        ("Adults were followed from 1998 to 2006.", "another-year"),
    ],
)
def test_another_number_in_a_name_or_a_year_is_caught(claim: str, rule: str) -> None:
    assert rule in rules(claim)


@pytest.mark.parametrize(
    "claim",
    [
        "Drugol blocks interleukin-9.",
        "Adults were followed from 1998 to 2016.",
        "Drugol was held against COX-2.",
        "Sleep was better on drugol at week-6 visits.",
        "Of 1950 adults all were followed.",
        "The dose was held in 2010 patients.",
    ],
)
def test_a_name_that_the_record_has_or_knows_nothing_of_is_left_alone(claim: str) -> None:
    assert not rules(claim) & {"name-with-another-number", "another-year"}
