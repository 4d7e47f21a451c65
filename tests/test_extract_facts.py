"""What a figure or a direction is bound to: group, time, reference, significance."""

from __future__ import annotations

import pytest

from kg.extract.facts import ALL_TIMES
from kg.extract.groups import POOLED
from kg.extract.reading import Fact, Reading, read_record

ARMS = (
    "Sixty adults took drugol (n = 30) or placebo (n = 30). "
    "The drugol group met on Mondays, the placebo group on Fridays. "
)


def facts(text: str) -> tuple[Reading, list[Fact]]:
    """Return the facts of what follows the two sentences on the arms."""
    reading = read_record(ARMS + text)
    return reading, [f for f in reading.facts if f.sentence > 1]


def named(reading: Reading, fact: Fact) -> str:
    """Return the groups of a fact in the record's words."""
    return reading.lexicon.label(fact.groups) if fact.groups else ""


def p_of(text: str) -> tuple[str, list[int]]:
    """Return the group and the days of the only p-value."""
    reading, found = facts(text)
    (fact,) = [f for f in found if f.phrase.lower().startswith("p ")]
    return named(reading, fact), [int(d) for d in sorted(fact.times)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain fell in the drugol group at 6 weeks (p = .01).", ("drugol", [42])),
        ("In the placebo group, pain fell at 2 weeks (p = .01).", ("placebo", [14])),
        ("Pain fell at 1 and 2 weeks in the placebo group (p = .01).", ("placebo", [7, 14])),
        ("Pain fell more (drugol, p = .01) than it had before.", ("drugol", [])),
        ("Pain was low (p = .01).", ("", [])),
    ],
)
def test_a_bracket_hangs_on_what_stands_to_its_left(
    text: str, expected: tuple[str, list[int]]
) -> None:
    assert p_of(text) == expected


def test_the_only_p_behind_two_values_compares_their_groups() -> None:
    group, _ = p_of("Grip was 31 kg in the drugol group and 25 kg in the placebo group (p = .01).")
    assert set(group.split(" and ")) == {"drugol", "placebo"}
    reading, found = facts(
        "Grip rose by 3 kg in the drugol group (p = .01) and by 1 kg in the placebo group (p = .4)."
    )
    told = {f.phrase: named(reading, f) for f in found if f.phrase.startswith("p ")}
    assert told == {"p = .01": "drugol", "p = .4": "placebo"}


def test_respectively_hands_values_out_in_order() -> None:
    reading, found = facts("Rates in the drugol and placebo groups were 12% and 7%, respectively.")
    told = {f.phrase: named(reading, f) for f in found if f.figure is not None}
    assert told == {"12%": "drugol", "7%": "placebo"}
    _, found = facts("Pain fell by 12% and 7% at 4 and 8 weeks, respectively.")
    times = {f.phrase: {int(d) for d in f.times} for f in found if f.phrase.endswith("%")}
    assert times == {"12%": {28}, "7%": {56}}


@pytest.mark.parametrize(
    ("text", "sense", "significant"),
    [
        ("Pain increased significantly.", "up", True),
        ("Pain decreased (p = .3).", "down", False),
        ("Pain decreased (p = .03).", "down", True),
        ("Pain did not increase.", "null", False),
        ("Pain was unchanged.", "null", False),
        ("There was no increase in pain.", "null", False),
        ("Sleep improved.", "better", None),
        ("Sleep worsened.", "worse", None),
    ],
)
def test_a_direction_told_in_words(text: str, sense: str, significant: bool | None) -> None:
    _, found = facts(text)
    (fact,) = [f for f in found if f.figure is None]
    assert (fact.sense, fact.significant) == (sense, significant)


def test_what_is_compared_with_is_the_reference_and_not_the_subject() -> None:
    reading, found = facts("Pain was lower in the drugol group than in the placebo group.")
    (fact,) = [f for f in found if f.figure is None]
    assert named(reading, fact) == "drugol"
    assert reading.lexicon.label(fact.reference) == "placebo"
    assert fact.comparison is not None
    assert fact.comparison.value == "between_groups"


def test_improved_in_one_but_not_in_the_other_tells_two_things() -> None:
    reading, found = facts("Sleep improved in the drugol group but not in the placebo group.")
    told = {named(reading, f): f.sense for f in found if f.figure is None}
    assert told == {"drugol": "better", "placebo": "null"}


def test_hedges_exceptions_pools_and_all_times_are_kept() -> None:
    _, found = facts("Drugol may improve sleep.")
    assert [f.hedged for f in found if f.figure is None] == [True]
    _, found = facts("All scores improved except appetite.")
    assert any("appetit" in key for f in found for key in f.excepted)
    _, found = facts("In all treatment groups, pain fell at all time points.")
    assert found[0].groups == {POOLED}
    assert found[0].times == {ALL_TIMES}


@pytest.mark.parametrize(
    ("text", "senses"),
    [
        ("Those without pain did worse.", ["worse"]),
        ("Those without pain slept no better.", ["null"]),
        ("It did not reduce the number of visits or reduce worry.", ["null", "null"]),
        ("It did not reduce the number of visits and increased worry.", ["null", "up"]),
        ("It was not blinded at any visit and showed an increase in grip.", ["up"]),
        ("It prevented the decline in grip.", ["better"]),
        ("The larger one was taken.", []),
    ],
)
def test_a_denial_reaches_what_it_denies_and_no_further(text: str, senses: list[str]) -> None:
    _, found = facts(text)
    assert [f.sense for f in found if f.figure is None] == senses


def test_what_a_change_was_not_different_from_is_the_reference() -> None:
    reading, found = facts("The gain with drugol was not different from that with placebo.")
    told = [f for f in found if f.sense == "null"]
    assert {reading.lexicon.label(f.reference) for f in told} == {"placebo"}
    reading, found = facts("95% slept, whether they took drugol or placebo.")
    assert not found[0].firmly


def test_a_clause_that_only_denies_tells_no_difference_of_its_own_content() -> None:
    _, found = facts(
        "Three cups of cocoa went with a lower risk of stroke (HR 0.81), whereas six cups were not "
        "(HR 1.02)."
    )
    null = next(f for f in found if f.sense == "null")
    assert null.phrase == "were not"
    assert null.context["=stroke"] > 0
    _, found = facts("Cocoa lowered pain, and this was not expected.")
    assert all(f.sense != "null" for f in found)
