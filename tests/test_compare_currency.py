"""What an older record lacks and a later one in hand reports is outdated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.compare.assess import compare
from kg.compare.currency import Later, overtaken, says_missing
from kg.compare.draft import Comparison
from tests.invented_trials import ASTHMA, GOUT, readings

REVIEW = "Zelorimab for gout is new. No randomised trials of zelorimab in gout have been published."
COHORT = (
    "In a cohort study without randomisation, 40 adults with gout took zelorimab. "
    "Joint pain fell in all of them."
)
CLAIM = "No randomised trials of zelorimab in adults with gout have been published."


def judged(claim: str, other: str, date: str = "2020", cited: str = "2010") -> Comparison:
    """Hold a claim against the review, with another record in hand."""
    said, known = readings(claim, REVIEW)
    later = Later("doc/later", readings("", other)[1], date)
    return overtaken(said, (0, len(claim)), [later], cited, compare(said, known))


def test_a_later_record_that_reports_it_outdates_the_claim() -> None:
    found = judged(CLAIM, GOUT)
    assert found.verdict.value == "outdated"
    (fault,) = found.faults
    assert (fault.code.value, fault.rule) == ("superseded", "later-record-reports-it")
    assert "Zelorimab for painful gout" in found.sentence


@pytest.mark.parametrize(
    ("claim", "other", "date", "cited"),
    [
        (CLAIM, ASTHMA, "2020", "2010"),
        (CLAIM, GOUT, "2005", "2010"),
        (CLAIM, GOUT, "", "2010"),
        (CLAIM, GOUT, "2020", ""),
        ("Zelorimab for gout is new.", GOUT, "2020", "2010"),
        (CLAIM, COHORT, "2020", "2010"),
    ],
)
def test_another_topic_an_older_record_or_another_design_does_not(
    claim: str, other: str, date: str, cited: str
) -> None:
    assert judged(claim, other, date, cited).verdict.value != "outdated"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("No trials have compared the two drugs.", True),
        ("Evidence in children is lacking, and no data exist.", True),
        ("It has never been studied in children.", True),
        ("No deaths occurred.", False),
        ("The trial was published in 2012.", False),
    ],
)
def test_what_says_that_works_are_missing(text: str, missing: bool) -> None:
    assert says_missing(text) is missing


def test_a_date_of_a_day_is_later_than_its_year_and_nothing_else_is_touched() -> None:
    found = judged(CLAIM, GOUT, date="2010-06-01", cited="2010")
    assert found.verdict.value == "outdated"
    assert replace(found, verdict=found.verdict) == found
