"""Words that carry scope: what a claim adds to them, or takes from them, is named."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from tests.invented_trials import codes, readings, rules

CASES = [
    # rule, verdict, what it must catch, what it must not, record
    ("qualifier-dropped", "overgeneralised",
     "There were no adverse events related to treatment.",
     "No serious adverse events were related to treatment.", "gout"),
    ("qualifier-dropped", "overgeneralised",
     "Two children in the usual care group had an adverse event.",
     "In the usual care group, two children had a serious adverse event.", "asthma"),
    ("opener-generalises", "overgeneralised",
     "Several trials show that zelorimab reduces joint pain.",
     "A trial shows that zelorimab reduced joint pain.", "gout"),
    ("one-study-told-as-several", "overgeneralised",
     "Joint pain fell in phase 2 trials of zelorimab.",
     "Joint pain fell in a phase 2 trial of zelorimab.", "gout"),
    ("association-told-as-cause", "overgeneralised",
     "Evening light causes shorter sleep.",
     "Evening light was linked to shorter sleep.", "sleep"),
    ("proof-not-claimed", "overgeneralised",
     "The trial proves that zelorimab reduced joint pain.",
     "Zelorimab reduced joint pain and proved safe.", "gout"),
    ("opener-generalises", "overgeneralised",
     "Everyone on zelorimab had less joint pain.",
     "Whichever dose was used, zelorimab reduced joint pain.", "gout"),
    ("hedge-dropped", "overgeneralised",
     "Zelorimab improves kidney function.",
     "Zelorimab might improve kidney function.", "gout"),
    ("intervention-not-in-record", "partially_supported",
     "Zelorimab reduced joint pain without opioids or steroids.",
     "Zelorimab reduced joint pain without serious adverse events.", "gout"),
    ("comparator-not-in-record", "partially_supported",
     "Zelorimab reduced joint pain more than morvastatin pellets.",
     "Zelorimab reduced joint pain more than placebo.", "gout"),
    ("design-differs", "contradicted",
     "In this phase 3 trial, 90 adults with gout received zelorimab or placebo.",
     "In this phase II trial, 90 adults with gout received zelorimab or placebo.", "gout"),
    ("design-differs", "contradicted",
     "In this open-label trial, 90 adults with gout received zelorimab or placebo.",
     "In this double-blind trial, 90 adults with gout received zelorimab or placebo.", "gout"),
    ("design-differs", "contradicted",
     "In this non-randomised trial, 90 adults with gout received zelorimab or placebo.",
     "In this randomized trial, 90 adults with gout received zelorimab or placebo.", "gout"),
    ("another-population", "misattributed",
     "Forty adults with asthma were randomised to breathing lessons or usual care.",
     "Forty children with asthma were randomised to breathing lessons or usual care.", "asthma"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "verdict", "wrong", "right", "record"), CASES)
def test_a_change_of_scope_is_caught_and_the_records_own_scope_is_not(
    rule: str, verdict: str, wrong: str, right: str, record: str
) -> None:
    assert rule in rules(wrong, record)
    assert codes(wrong, record)[0] == verdict
    assert codes(right, record) == ["supported"]


def test_a_clause_that_the_record_has_nothing_of_is_named() -> None:
    claim = (
        "Joint pain fell in the 20 mg group at 6 weeks (p = .03), "
        "while insurers in Norway declined reimbursement."
    )
    assert codes(claim)[0] == "partially_supported"
    assert "unsupported_addition" in codes(claim)


def test_a_gap_of_knowledge_that_the_record_does_not_state_is_not_found() -> None:
    claim = "The effect of zelorimab on joint pain has not been studied."
    assert codes(claim) == ["not_found", "unsupported_addition"]


def test_animals_are_not_told_as_people() -> None:
    from kg.compare.check import check
    from kg.extract.record import report
    from tests.invented_trials import source

    record = report(source("Forty rats took drugol or saline. Drugol lowered weight in the rats."))
    found = check("Drugol lowered weight in women.", record)
    assert "animals-told-as-people" in {f.rule for f in found.faults}
    assert check("Drugol lowered weight in rats.", record).verdict.value == "supported"


def test_a_qualifier_may_stand_behind_what_it_narrows() -> None:
    record = "No treatment-related adverse events were seen with drugol."
    for claim, dropped in (
        ("No adverse events attributable to treatment were seen with drugol.", False),
        ("No adverse events were seen with drugol.", True),
    ):
        found = compare(*readings(claim, record))
        assert ("qualifier-dropped" in {f.rule for f in found.faults}) is dropped
