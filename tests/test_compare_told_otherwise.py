"""Counts, kinds, preferences and quantities that a claim tells otherwise; what must not be told."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from kg.extract.reading import read_claim, read_record


def rules(record: str, claim: str) -> set[str]:
    read = read_record(record)
    return {f.rule for f in compare(read_claim(claim, 0, len(claim), read), read).faults}


COACHED = "Nurses had three sessions of coaching and were seen twice. A two-factor model fitted."
CHECKED = "Bleeding stopped in focal (24/25) and in non-focal resections (11/29) of the liver."
ADVISED = "Further analyses suggest use of the zeta scale rather than a shortened form of it."
SPARED = "Nasal pressure replaces ventilation in many preterm infants of both wards."


@pytest.mark.parametrize(
    ("record", "claim", "rule"),
    [
        (COACHED, "Nurses had eight sessions of coaching.", "counted-otherwise"),
        (COACHED, "A four-factor model fitted the answers.", "counted-otherwise"),
        ("Three RCTs with 117 adults were found.", "Five trials with 117 adults were found.",
         "counted-otherwise"),
        (CHECKED, "Bleeding stopped in 11 of 29 focal resections.", "value-of-the-opposite-kind"),
        (ADVISED, "The authors favour a shortened form over the zeta scale.",
         "preference-exchanged"),
        (SPARED, "Nasal pressure can replace ventilation in every preterm infant.",
         "part-told-as-all"),
    ],
)  # fmt: skip
def test_what_is_told_otherwise_is_a_fault(record: str, claim: str, rule: str) -> None:
    assert rule in rules(record, claim)


@pytest.mark.parametrize(
    ("record", "claim"),
    [
        (COACHED, "Nurses had three sessions of coaching."),
        (COACHED, "Nurses had coaching in two ways."),
        ("Six dogs had a scar, and 12 client-owned dogs were seen.", "All twelve dogs were seen."),
        ("The programme had two Phase 3 randomised studies, one extension study and two Phase 1 "
         "studies.", "The programme was made up of five studies."),
        (CHECKED, "Bleeding stopped in 11 of 29 non-focal resections."),
        ("Survival with focal versus non-focal surgery was 26 versus 17 months.",
         "Survival with focal surgery was 26 months."),
        (ADVISED, "The authors favour the zeta scale over a shortened form."),
        (SPARED, "Nasal pressure can replace ventilation in many preterm infants."),
        (f"{SPARED} Every preterm infant was seen.", "Every preterm infant was seen."),
    ],
)  # fmt: skip
def test_what_is_told_alike_is_none(record: str, claim: str) -> None:
    told = {"counted-otherwise", "value-of-the-opposite-kind", "preference-exchanged",
            "part-told-as-all"}  # fmt: skip

    assert not told & rules(record, claim)
