"""Claims that say more than their record: a class, what lasted, an emphasis, another's favour."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from kg.extract.reading import read_claim, read_record

ONE_DRUG = (
    "METHODS: Sixty adults took zelagliptin or placebo. RESULTS: Zelagliptin did not raise the "
    "risk of stroke. CONCLUSION: Zelagliptin was safe."
)
SITES = (
    "RESULTS: Drugol raised the share of quitters at the Brill site (73% vs. 41%) but not at the "
    "Tarn site (45% vs. 51%)."
)
HERBS = "RESULTS: Drugol lowered LDL cholesterol by 17% after six weeks. Admissions were fewer."
FAVOUR = (
    "METHODS: Sixty adults were randomised to drugol or tabrol. RESULTS: Sleep and vitality "
    "differed between the groups in favor of drugol over tabrol."
)
UNTREATED = "RESULTS: Among patients not on tabrol, drugol lowered relapse (10% versus 32%)."
WELL = "METHODS: Twelve healthy subjects took drugol. RESULTS: Insulin sensitivity did not change."
LISTED = (
    "RESULTS: Dizziness was seen in 35% on drugol. Euphoria was seen in 14% on drugol, and sleep "
    "did not change."
)


@pytest.mark.parametrize(
    ("told", "claim", "rule"),
    [
        (ONE_DRUG, "DPP-4 inhibitors do not raise the risk of stroke.", "class-told-for-member"),
        (SITES, "Drugol raised the share of quitters (73% against 41%).", "denied-elsewhere"),
        (
            HERBS, "Drugol lowered LDL cholesterol, and the benefit persisted once it was stopped.",
            "lasting-not-told",
        ),
        (HERBS, "Admissions were fewer, mostly because of pneumonia.", "emphasis-not-in-record"),
        (FAVOUR, "Sleep and vitality differed in favour of tabrol.", "favours-another"),
        (
            UNTREATED, "In patients already on tabrol, drugol lowered relapse (10% versus 32%).",
            "told-of-untreated",
        ),
        (WELL, "In people with diabetes, drugol did not change insulin.", "healthy-told-as-ill"),
        (
            LISTED, "Euphoria came up in 35% of people on drugol.", "value-beside-anothers-label",
        ),
    ],
)  # fmt: skip
def test_what_says_more_is_caught(told: str, claim: str, rule: str) -> None:
    record = read_record(told)
    assert rule in {
        fault.rule for fault in compare(read_claim(claim, 0, len(claim), record), record).faults
    }


@pytest.mark.parametrize(
    ("told", "claim"),
    [
        (ONE_DRUG, "Zelagliptin, one of the inhibitors, does not raise the risk of stroke."),
        (ONE_DRUG + " DPP-4 inhibitors differ.", "DPP-4 inhibitors do not raise stroke risk."),
        (SITES, "At the Brill site drugol raised the share of quitters (73% against 41%)."),
        (
            HERBS + " The effect was maintained after treatment.",
            "Drugol lowered LDL cholesterol, and the effect lasted after treatment.",
        ),
        (HERBS, "LDL cholesterol was lower with drugol, especially after six weeks."),
        (FAVOUR, "Sleep and vitality differed in favour of drugol."),
        (UNTREATED, "In patients not on tabrol, drugol lowered relapse (10% versus 32%)."),
        (WELL, "In healthy people, drugol did not change insulin sensitivity."),
        (LISTED, "Dizziness was seen in 35% on drugol."),
    ],
)
def test_what_the_record_bears_is_not_flagged(told: str, claim: str) -> None:
    record = read_record(told)
    assert compare(read_claim(claim, 0, len(claim), record), record).faults == ()
