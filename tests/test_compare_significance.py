"""A difference that a claim calls significant and the record does not."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from kg.compare.significance import unborne
from kg.extract.reading import read_claim, read_record
from tests.invented_trials import readings

TEXT = "Drugol significantly lowered pain."


@pytest.mark.parametrize(
    ("told", "denied"),
    [
        ("Pain fell more with drugol (relative risk 0.83; 95% CI 0.61 to 1.14).", True),
        ("Pain fell more with drugol (p = .3).", True),
        ("Pain fell more with drugol (p = NS).", True),
        ("Pain fell more with drugol (difference -2 points; 95% CI -4.1 to 0.3).", True),
        ("Pain fell more with drugol (relative risk 0.83; 95% CI 0.61 to 0.94).", False),
        ("Pain fell more with drugol (p = .03).", False),
        ("Pain fell significantly more with drugol.", False),
        ("Pain fell more with drugol.", False),
    ],
)
def test_significance_needs_a_record_that_bears_it(told: str, *, denied: bool) -> None:
    record = read_record(told)
    claim = read_claim(TEXT, 0, len(TEXT), record)
    assert [f.rule for f in unborne(claim, record, {0: 1.0})] == ["significance-denied"] * denied


@pytest.mark.parametrize(
    ("claim", "caught"),
    [
        ("Rest was significantly more frequent with drugol (65% versus 36%).", True),
        ("Rest was more frequent with drugol (65% versus 36%).", False),
        ("Low scores were significantly more common with tabrol.", False),
    ],
)
def test_the_p_behind_the_told_figures_counts_and_no_other(claim: str, caught: bool) -> None:
    told = (
        "Low scores were more common with tabrol (p < .01); rest was seen in drugol 64.7%, tabrol "
        "35.7% (p = .21)."
    )
    said, held = readings(claim, told)
    assert ("significance-denied" in {f.rule for f in compare(said, held).faults}) is caught
