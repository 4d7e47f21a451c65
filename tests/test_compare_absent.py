"""Named things that a claim speaks of and the record does not."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from kg.extract.reading import read_claim, read_record

RECORD = (
    "Sixty adults with gout took drugol (n = 30) or placebo (n = 30). "
    "Pain fell by 3 points on drugol and by 1 point on placebo (p = .02). "
    "Two adults had a rash. The viral load (VL) was low. LDL cholesterol did not change."
)


def found(text: str) -> tuple[str, set[tuple[str, str]]]:
    """Return the verdict, and code and rule of each fault of an absent thing."""
    record = read_record(RECORD)
    told = compare(read_claim(text, 0, len(text), record), record)
    rules = {(f.code.value, f.rule) for f in told.faults if f.rule.endswith("-not-in-record")}
    return told.verdict.value, rules


@pytest.mark.parametrize(
    ("text", "code", "rule"),
    [
        ("Drugol lowered pain and the number of strokes.", "unsupported_addition",
         "condition-not-in-record"),
        ("In patients with asthma, drugol lowered pain by 3 points.", "population_mismatch",
         "condition-not-in-record"),
        ("Drugol lowered pain more than ibuprofen did.", "unsupported_addition",
         "intervention-not-in-record"),
        ("Quality of life rose on drugol.", "unsupported_addition",
         "outcome-not-in-record"),
        ("Drugol lengthened overall survival.", "unsupported_addition", "outcome-not-in-record"),
    ],
)  # fmt: skip
def test_a_named_thing_that_the_record_lacks_is_told(text: str, code: str, rule: str) -> None:
    verdict, rules = found(text)
    assert (code, rule) in rules
    assert verdict != "supported"


@pytest.mark.parametrize(
    "text",
    [
        "Pain fell by 3 points on drugol.",
        "Discomfort fell by 3 points on drugol.",  # another name of it
        "Side effects were a rash in two adults.",  # a broader name of what is there
        "Viral load was low.",  # the record's abbreviation
        "Cholesterol did not change.",  # a part of a longer name
        "Two adults had a skin eruption.",
    ],
)
def test_another_name_of_what_the_record_has_is_no_addition(text: str) -> None:
    assert found(text)[1] == set()


@pytest.mark.parametrize(
    "text", ["The tablet was broken before use.", "Adults were fitted with it."]
)
def test_a_verb_that_shares_its_stem_with_a_named_thing_names_none(text: str) -> None:
    assert not found(text)[1]


def test_a_stay_is_a_stay_and_no_anxiety_scale() -> None:
    verdict, rules = found(
        "Drugol lowered pain by 3 points and shortened the stay in intensive care."
    )
    assert (verdict, rules) == (
        "partially_supported",
        {("unsupported_addition", "outcome-not-in-record")},
    )


def test_a_name_that_stands_in_a_longer_word_of_the_record_is_printed() -> None:
    record = read_record("Adults did strengthening and stretching at home. Pain fell by 3 points.")
    text = "Strength work at home lowered pain by 3 points."
    told = compare(read_claim(text, 0, len(text), record), record)
    assert not [f for f in told.faults if f.rule == "outcome-not-in-record"]
