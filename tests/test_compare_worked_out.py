"""Figures that follow from a ratio, from shares, from sizes or from the claim are recomputed."""

from __future__ import annotations

import pytest

from kg.compare.worked_out import worked_out
from tests.invented_trials import readings

DEATHS = "Death was rarer with drugol (hazard ratio 0.61) after two years."
PAIN = "Mean pain in the drugol arm went from 51.00 to 38.61 with treatment."
SIZES = "Adults were given drugol (n = 41) or saline (n = 69)."
RASH = "Rash was seen in 86.2% with drugol and 76.8% with saline."
ABSOLUTE = "This is a 4% absolute increase in screening."
HEARTS = "Of 980 men, 49 had heart attacks over 20,000 person-years."
LEFT = "We enrolled 49 adults and 12 of them left."


CHANGES = (
    "Adults took drugol (n = 30) or placebo (n = 30). In the drugol group the score was 95.3 "
    "(21.4) before and 99.8 (20.1) after it, and in the placebo group 98.6 (22.3) and 104.9 (23.0)."
)


def parts(claim: str, record: str) -> str | None:
    """Return what the last figure of a claim is worked out from."""
    said, known = readings(claim, record)
    fact = [f for f in said.facts if f.figure is not None][-1]
    assert fact.figure is not None
    found = worked_out(fact, fact.figure, known, said, dict.fromkeys(range(9), 1.0))
    if found is None:
        return None
    start, end = found[1]
    assert 0 <= start < end <= len(record)
    return found[0]


@pytest.mark.parametrize(
    ("claim", "record", "told"),
    [
        ("The risk of death was 39% lower.", DEATHS, "a ratio of 0.61 = 39% less"),
        ("Pain fell by 12 points.", PAIN, "51.00 − 38.61 = 12.39"),
        ("Drugol was given to 37%.", SIZES, "41 of 110"),
        ("The score rose by 4.5 points in the drugol group.", CHANGES, "99.8 − 95.3 = 4.5"),
        ("Over a third were given drugol.", SIZES, "41 of 110"),
        ("One more rash is seen for every 11 patients.", RASH, "100 / 9.4 = 10.6"),
        ("For one extra person to be screened they had to reach 25.", ABSOLUTE, "100 / 4 = 25.0"),
        ("Of 49 adults 12 people left, so that 37 stayed.", LEFT, "49 − 12 = 37"),
        ("Of 980 men 49 had attacks, that is 5%.", HEARTS, "49 of 980"),
        (
            "49 attacks in 20,000 person-years are 2.5 per 1,000 person-years.",
            HEARTS,
            "49 of 20000",
        ),
    ],
)
def test_a_figure_that_follows_is_worked_out(claim: str, record: str, told: str) -> None:
    assert parts(claim, record) == told


@pytest.mark.parametrize(
    ("claim", "record"),
    [
        ("The risk of death was 49% lower.", DEATHS),
        ("Death came to 39% of them.", DEATHS),
        ("Pain fell by 9 points.", PAIN),
        ("The score rose by 6.3 points in the drugol group.", CHANGES),
        ("Drugol was given to 41%.", SIZES),
        ("One more rash is seen for every 13 patients.", RASH),
        ("Rash was seen in 11 patients.", RASH),
        ("Of 49 adults 12 people left, so that 36 stayed.", LEFT),
        ("Of 980 men 49 had attacks, that is 8%.", HEARTS),
        ("Of 49 adults 15 people left, so that 34 stayed.", LEFT),
        ("The risk of death was 39% higher.", DEATHS),
        ("Pain was 39% lower.", "Pain and sleep were correlated in the adults (r = 0.61)."),
    ],
)
def test_a_figure_that_does_not_follow_is_not(claim: str, record: str) -> None:
    assert parts(claim, record) is None
