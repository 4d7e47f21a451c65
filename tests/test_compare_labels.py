"""A value beside its neighbour's label."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from kg.extract.reading import read_claim, read_record


def verdict(text: str, told: str) -> tuple[str, list[str]]:
    """Return the verdict and the rules of the faults."""
    record = read_record(told)
    found = compare(read_claim(text, 0, len(text), record), record)
    return found.verdict.value, [f.rule for f in found.faults]


ODDS = "Odds rose for brushed teeth (OR 2.1), clean hands (OR 3.4) and early bed (OR 4.9)."
HARMS = "Frequent harms of drugol were fever (41%), cough (29%) and itching (12%)."


GRAFTS = (
    "Rates of grade III acute graft-versus-host disease (9.5% versus 0%) and of chronic disease "
    "(68.6% versus 63.6%) were similar."
)
RASH = "Common harms were hand-foot reaction (39.0% vs 0.8%) and rash (14.6% vs 0.2%)."
RISKS = "In all, 6% of the women were at risk of asthma, and 17% were at risk of eczema."
RATES = (
    "The rates of relapse were 2.78 per 100 patient-years in the drugol group, and the rates of "
    "death were 1.46 per 100 patient-years in the drugol group."
)
SPREAD = "Mean increase in activity was 145 (84) minutes with drugol and 66 (96) with placebo."
GENES = "Response rose by 11% and 66% in carriers of the long and the short form, respectively."


@pytest.mark.parametrize(
    ("text", "told"),
    [("Clean hands became more likely (OR 2.1).", ODDS),
     ("Itching was a harm of drugol in 41%.", HARMS),
     ("Acute graft-versus-host disease came in 68.6% with drugol.", GRAFTS),
     ("Rash (grade 3 or worse) came in 39.0% of patients.", RASH),
     ("About 17% of the women were at risk of asthma.", RISKS),
     ("Deaths occurred at 2.78 per 100 patient-years with drugol.", RATES)],
)  # fmt: skip
def test_a_value_put_to_a_neighbours_label_is_not_its_own(text: str, told: str) -> None:
    found, rules = verdict(text, told)
    assert found == "misattributed"
    assert "value-beside-anothers-label" in rules


@pytest.mark.parametrize(
    ("text", "told"),
    [("Brushed teeth became more likely (OR 2.1).", ODDS),
     ("The brushing of teeth had an odds ratio of 2.1, that of hands one of 3.4.", ODDS),
     ("Fever was a harm of drugol in 41%.", HARMS),
     ("One harm of drugol came in 41%.", HARMS),
     ("Chronic disease came in 68.6% with drugol.", GRAFTS),
     ("Hand-foot reaction (grade 3 or worse) came in 39.0% of patients.", RASH),
     ("About 17% of the women were at risk of eczema.", RISKS),
     ("Relapses occurred at 2.78 per 100 patient-years with drugol.", RATES),
     ("Activity rose by a mean of 145 minutes on drugol.", SPREAD),
     ("In carriers of the short form the response rose by 66%.", GENES)],
)  # fmt: skip
def test_a_value_at_its_own_label_or_at_none_stands(text: str, told: str) -> None:
    assert "value-beside-anothers-label" not in verdict(text, told)[1]
