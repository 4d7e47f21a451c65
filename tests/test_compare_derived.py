"""Figures that a claim works out from the record's are recomputed, not taken on trust."""

from __future__ import annotations

import pytest

from kg.compare.derived import derived_from
from tests.invented_trials import GOUT, codes, readings

NO_TOTAL = "The trial gave drugol (n = 20) or placebo (n = 25) to adults. Rash occurred in 6 of 20."


@pytest.mark.parametrize(
    ("claim", "record", "parts"),
    [
        ("The trial had 45 participants.", NO_TOTAL, "20 + 25 = 45"),
        ("Rash occurred in 30% of them.", NO_TOTAL, "6 of 20 = 30%"),
        ("Swelling resolved in 40% of patients.", GOUT, "12 of 30 = 40%"),
        ("Pain fell by 3 points.", "Pain went from 7 points to 4 points.", "7 − 4 = 3"),
        (
            "Rash was 20 percentage points rarer.",
            "Rash was seen in 50% and 30% of them.",
            "50 − 30 = 20",
        ),
        (
            "Of those assessed, 124 did not relapse.",
            "Relapse was seen in 178 of 302 of those assessed.",
            "302 − 178 = 124",
        ),
        (
            "Half of the 54 patients had drugol.",
            "There were two groups of 27 patients.",
            "27 of 54",
        ),
        (
            "Use of morphine was 9.3 mg lower.",
            "Use of morphine was 20.7 mg with drugol and 30.0 mg with placebo.",
            "30.0 − 20.7 = 9.3",
        ),
        ("They had about three times the odds of rash.", "Rash was likelier (OR 2.9).", "2.9"),
    ],
)
def test_a_figure_that_follows_from_the_record_is_derived(
    claim: str, record: str, parts: str
) -> None:
    said, known = readings(claim, record)
    fact = next(f for f in said.facts if f.figure is not None)
    derived = derived_from(fact, known, said)
    assert derived is not None
    assert derived[0] == parts
    start, end = derived[1]
    assert 0 <= start < end <= len(record)


@pytest.mark.parametrize(
    ("claim", "record"),
    [
        ("The trial had 46 participants.", NO_TOTAL),
        ("Rash occurred in 33% of them.", NO_TOTAL),
        ("Pain fell by 2 points.", "Pain went from 7 points to 4 points."),
        ("The p-value was p = 0.4.", NO_TOTAL),
        (
            "The rate was 19% higher.",
            "The rates were 41%, 47%, 53%, 60%, 66% and 72%.",
        ),
    ],
)
def test_a_figure_that_does_not_follow_is_not_derived(claim: str, record: str) -> None:
    said, known = readings(claim, record)
    fact = next(f for f in said.facts if f.figure is not None)
    assert derived_from(fact, known, said) is None


def test_the_arms_are_counted() -> None:
    three = "Three arms were compared: zelorimab 20 mg, zelorimab 40 mg and placebo."
    four = "Four arms were compared: zelorimab 20 mg, zelorimab 40 mg and placebo."
    assert codes(three) == ["supported"]
    assert codes(four)[0] != "supported"
