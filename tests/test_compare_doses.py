"""Doses told beside the name of what is dosed."""

from __future__ import annotations

import pytest

from kg.compare.doses import misdosed, mispaced, misstarted
from tests.invented_trials import readings

RECORD = "Adults took drugol (20 mg/day) plus tabrol SR (5 mg/day), or placebo, for 12 weeks."


@pytest.mark.parametrize(
    ("claim", "faulty"),
    [
        ("They took drugol 5 mg/day and tabrol 20 mg/day.", 2),
        ("They took drugol 40 mg/day.", 1),
        ("They took drugol 20 mg/day and tabrol 5 mg/day.", 0),
        ("They took tabrol SR at 5 mg/day.", 0),
        ("They took zolamine 7 mg/day.", 0),
        ("The dose was 5 mg/day.", 0),
        ("They took 5 mg of drugol together with 20 mg of tabrol.", 2),
        ("They took 20 mg of drugol together with 5 mg of tabrol.", 0),
        ("They took 7 mg daily.", 0),
    ],
)
def test_a_dose_is_held_against_the_doses_of_its_own_name(claim: str, faulty: int) -> None:
    assert len(list(misdosed(*readings(claim, RECORD)))) == faulty


@pytest.mark.parametrize(
    ("claim", "caught"),
    [
        ("They took drugol 500 IU a day.", True),
        ("They took drugol 500 IU weekly.", False),
        ("They took drugol 300 IU a day.", False),
        ("They took drugol 500 IU.", False),
    ],
)
def test_a_dose_is_given_at_its_own_pace(claim: str, caught: bool) -> None:
    record = "They took drugol, 500 IU, by mouth once a week for eight weeks."
    assert bool(list(mispaced(*readings(claim, record)))) is caught


def test_both_places_are_named() -> None:
    (fault,) = misdosed(*readings("They took drugol 40 mg/day.", RECORD))
    assert (fault.claimed, fault.found) == ("drugol 40 mg/day", "drugol (20 mg/day")
    assert fault.record_span is not None
    assert RECORD[slice(*fault.record_span)] == fault.found


@pytest.mark.parametrize(
    ("claim", "caught"),
    [
        ("Drugol was started at 30 mg.", True),
        ("The initial dose was 15 mg.", False),
        ("The dose was raised to 30 mg.", False),
        ("Drugol was started at 30 µg.", False),
    ],
)
def test_treatment_starts_with_the_dose_that_the_record_starts_with(
    claim: str, caught: bool
) -> None:
    record = "Drugol was begun at 15 mg and could be raised to 30 mg after four weeks."
    assert bool(list(misstarted(*readings(claim, record)))) is caught
