"""A record that is about something else than the claim."""

from __future__ import annotations

import pytest

from kg.compare.check import check
from kg.extract.record import report
from tests.invented_trials import source

APNOEA = (
    "Airway pressure in sleep apnoea. Sixty men with sleep apnoea used airway pressure or a sham. "
    "Snoring fell at 12 weeks (p = .02). Daytime sleepiness did not differ significantly."
)


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        (
            "Tamoxifen lowered the risk of breast cancer by 40% at 12 weeks (p = .01).",
            "source_off_topic",
        ),
        ("Ferrous tablets did not raise haemoglobin in pregnant women.", "source_off_topic"),
    ],
)
def test_a_claim_of_another_subject_is_not_found_and_never_contradicted(
    claim: str, code: str
) -> None:
    found = check(claim, report(source(APNOEA)))
    assert found.verdict.value == "not_found"
    assert code in {f.code.value for f in found.faults}


@pytest.mark.parametrize(
    "claim",
    ["Snoring rose at 12 weeks (p = .02).", "Snoring became rarer with airway pressure."],
)
def test_a_claim_of_the_records_subject_is_held_against_it(claim: str) -> None:
    found = check(claim, report(source(APNOEA)))
    assert "source_off_topic" not in {f.code.value for f in found.faults}
