"""Times told without a number are times, and what tells how often is none."""

from __future__ import annotations

import pytest

from kg.extract.mentions import find
from kg.model import MentionKind
from tests.invented_trials import codes


def times(text: str) -> list[tuple[str, float]]:
    """Return printed form and days of each time."""
    return [
        (f.printed, round(float(f.days or 0), 2)) for f in find(text) if f.kind is MentionKind.TIME
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Half an hour after the dose they slept.", ("Half an hour", 0.02)),
        ("Pain was gone a year later.", ("a year", 365.25)),
        ("They took it for a fortnight.", ("a fortnight", 14.0)),
        ("A fifth had smoked in the past month.", ("past month", 30.44)),
        ("It lasted over half a year.", ("half a year", 182.62)),
    ],
)
def test_a_time_without_a_number_is_read(text: str, told: tuple[str, float]) -> None:
    assert times(text) == [told]


@pytest.mark.parametrize(
    "text",
    ["It was given twice a year.", "A month-long course was tried.", "A day was lost.",
     "They drank a litre a day."],
)  # fmt: skip
def test_what_tells_how_often_is_no_time(text: str) -> None:
    assert not times(text)


def test_a_round_time_is_held_against_the_records() -> None:
    assert codes("Peak flow was 310 L/min with breathing lessons half a year on.", "asthma") == [
        "supported"
    ]
    assert codes("Nurses were followed for half a year.", "sleep")[0] == "contradicted"


def test_ordinals_of_a_list_and_quarters_of_an_hour_are_times() -> None:
    assert times("Pain at the 1st, 3rd and 6th months fell.") == [
        ("1st", 30.44), ("3rd", 91.31), ("6th", 182.62),
    ]  # fmt: skip
    assert times("They rested for three quarters of an hour.") == [
        ("three quarters of an hour", 0.03)
    ]
    assert not times("The 3rd patient of the 2nd group slept.")
