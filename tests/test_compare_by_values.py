"""A comparison of which the record only gives the two groups' values stands or falls with them."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import readings

ARMS = "Adults took drugol 20 mg (n = 60) or tabrol 300 mg (n = 60) once daily. "
FLARES = ARMS + "Flares occurred in 6 patients (10%) in the drugol group and 15 (25%) on tabrol."
HARMS = ARMS + (
    "Rash was more frequent with drugol (12%) than with tabrol (5%), and nausea was less frequent "
    "(3% vs 9%)."
)
DEATHS = ARMS + "Death occurred in 12 of 60 patients on drugol and 16 of 60 on tabrol (p=0.002)."
BOTH = ARMS + "Balance improved in both groups, with no difference between them."


def rules(claim: str, record: str) -> tuple[str, set[str]]:
    """Return the verdict and the rules of the faults."""
    said, held = readings(claim, record)
    found = compare(said, held)
    return found.verdict.value, {f.rule for f in found.faults}


@pytest.mark.parametrize(
    ("claim", "record", "rule"),
    [
        ("Flares were rarer with tabrol than with drugol.", FLARES, "values-say-otherwise"),
        ("Flares were rarer with tabrol.", FLARES, "values-say-otherwise"),
        ("More patients died with drugol than with tabrol.", DEATHS, "values-say-otherwise"),
        ("Drugol raised mortality (12 against 16 deaths).", DEATHS, "values-say-otherwise"),
        (
            "With drugol 12 of 60 patients died, more than with tabrol.",
            DEATHS,
            "values-say-otherwise",
        ),
        ("Rash was commoner with tabrol than with drugol.", HARMS, "direction-opposed"),
        ("Nausea was more common with drugol than with tabrol.", HARMS, "direction-opposed"),
        ("Nausea occurred in 12% of patients on drugol.", HARMS, "value-beside-anothers-label"),
    ],
)
def test_a_comparison_against_the_values_is_caught(claim: str, record: str, rule: str) -> None:
    assert rule in rules(claim, record)[1]


@pytest.mark.parametrize(
    ("claim", "record"),
    [
        ("Flares were rarer with drugol than with tabrol.", FLARES),
        ("Flares were rarer with drugol (10% against 25%).", FLARES),
        ("Fewer patients died with drugol than with tabrol.", DEATHS),
        ("Drugol lowered mortality (12 against 16 deaths).", DEATHS),
        ("With drugol 12 of 60 patients died, fewer than with tabrol.", DEATHS),
        ("Rash was commoner with drugol than with tabrol.", HARMS),
        ("Rash occurred in 12% of patients on drugol.", HARMS),
    ],
)
def test_a_comparison_that_the_values_bear_out_stands(claim: str, record: str) -> None:
    assert rules(claim, record) == ("supported", set())


def test_values_of_two_outcomes_that_go_both_ways_tell_nothing() -> None:
    told = ARMS + (
        "Pain came in 20% on tabrol and 30% on drugol, and nausea in 40% on drugol and 50% on "
        "tabrol."
    )
    assert (
        "values-say-otherwise"
        not in rules("Nausea was less frequent with drugol than with tabrol.", told)[1]
    )


def test_what_both_groups_did_tells_nothing_of_which_did_more() -> None:
    assert rules("Balance improved more with drugol than with tabrol.", BOTH)[0] != "supported"
    assert rules("Balance improved in both groups.", BOTH)[0] == "supported"
