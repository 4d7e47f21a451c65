"""What a sentence compares with, and what it is told of."""

from __future__ import annotations

import pytest

from kg.extract.reading import read_record

ARMS = "They took drugol (n = 9) or tabrol (n = 8). "


@pytest.mark.parametrize(
    ("text", "phrase", "groups", "reference"),
    [
        ("Against tabrol, drugol lowered pain.", "lowered", ["drugol"], ["tabrol"]),
        ("Drugol lowered pain more than tabrol.", "lowered", ["drugol"], ["tabrol"]),
        ("Over 12 weeks drugol lowered pain.", "lowered", ["drugol"], []),
        ("The relative doses of drugol were lowered.", "lowered", ["drugol"], []),
        ("Drugol, with similar harms to tabrol, lowered pain.", "lowered", ["drugol"], ["tabrol"]),
    ],
)
def test_sides_of_a_comparison_are_told_apart(
    text: str, phrase: str, groups: list[str], reference: list[str]
) -> None:
    facts = read_record(ARMS + text).facts
    fact = next(f for f in facts if f.phrase == phrase)
    assert sorted(fact.groups) == groups
    assert sorted(fact.reference) == reference


def test_a_change_of_one_arm_is_bound_to_the_figure_it_is_of() -> None:
    text = ARMS + "Pain fell by 3.1% with drugol vs. an increase of 2.2% in the tabrol group."
    fact = next(f for f in read_record(text).facts if f.phrase == "increase")
    assert sorted(fact.groups) == ["tabrol"]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("People with greater need reported fewer gaps.", ["fewer"]),
        ("Those whose pain was worse saw an improvement.", ["improvement"]),
        ("Higher intake was associated with lower weight.", ["lower"]),
        ("Events judged possibly related to treatment were rare.", []),
        ("There was minimal weight change.", ["change"]),
    ],
)
def test_who_is_meant_and_what_goes_with_it_tell_no_direction(
    text: str, phrases: list[str]
) -> None:
    assert [f.phrase for f in read_record(text).facts if f.figure is None] == phrases


def test_next_to_no_change_is_none() -> None:
    (fact,) = read_record("There was minimal weight change.").facts
    assert fact.sense == "null"
