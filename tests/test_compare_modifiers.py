"""One word before another that makes it another outcome."""

from __future__ import annotations

import pytest

from kg.compare.check import check
from kg.extract.record import report
from tests.invented_trials import source

RECORD = (
    "Median time to sensory progression was 5.5 months with drugol. "
    "Median time to motor progression was 2.8 months with drugol."
)


@pytest.mark.parametrize(
    ("claim", "faulty"),
    [
        ("Motor progression took a median of 5.5 months with drugol.", True),
        ("Sensory progression took a median of 5.5 months with drugol.", False),
        ("Motor progression took a median of 2.8 months with drugol.", False),
        ("Median time to progression was 5.5 months with drugol.", False),
        ("Motor and sensory progression took 5.5 and 2.8 months with drugol.", False),
    ],
)
def test_a_figure_is_told_of_the_outcome_that_its_sentence_names(claim: str, faulty: bool) -> None:
    rules = {f.rule for f in check(claim, report(source(RECORD))).faults}
    assert ("value-of-another-name" in rules) is faulty
