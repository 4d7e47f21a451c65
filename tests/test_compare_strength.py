"""Claims that are stronger than the record's design can bear."""

from __future__ import annotations

import pytest

from kg.compare.check import check
from kg.extract.record import report
from tests.invented_trials import source

COHORT = "In this cohort study of 900 nurses, night shifts went with more falls at work (p = .01)."
TRIAL = (
    "Nurses were randomised to day shifts (n = 90) or night shifts (n = 88). "
    "Falls at work were more frequent with night shifts (p = .01)."
)
SMALL = (
    "Ten adults received drugol 20 mg (n = 5) or drugol 40 mg (n = 5) in a non-randomised trial. "
    "Joint pain fell with drugol at week 6 (p = .04)."
)


def rules(claim: str, record: str) -> set[str]:
    return {f.rule for f in check(claim, report(source(record))).faults}


@pytest.mark.parametrize(
    ("claim", "record", "rule"),
    [
        ("Night shifts cause falls at work in nurses.", COHORT, "cause-beyond-design"),
        ("Adults with joint pain should take drugol.", SMALL, "advice-beyond-design"),
    ],
)
def test_strength_beyond_the_design_is_named(claim: str, record: str, rule: str) -> None:
    assert rule in rules(claim, record)


@pytest.mark.parametrize(
    ("claim", "record"),
    [
        ("Night shifts may cause falls at work in nurses.", COHORT),
        ("Night shifts went with more falls at work.", COHORT),
        ("Night shifts cause falls at work.", TRIAL),
        ("Nurses should not work night shifts.", TRIAL),
        ("Joint pain fell with drugol.", SMALL),
    ],
)
def test_strength_that_the_design_bears_is_left_alone(claim: str, record: str) -> None:
    assert not rules(claim, record) & {"cause-beyond-design", "advice-beyond-design"}
