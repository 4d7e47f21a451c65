"""Figures of one passage that cannot all be right."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.compare.arithmetic import impossible
from kg.compare.check import check
from kg.extract.reading import read_record
from kg.extract.record import report
from tests.invented_trials import source

CASES = {
    "percentage-is-not-of-count": (
        ["Rash occurred in 12/40 (45%).", "Rash occurred in 45% (12/40).",
         "Rash occurred in 12 of 40 adults (45%)."],
        ["Rash occurred in 12/40 (30%).", "Rash occurred in 12/36 (33%), that is, in 24/36 not.",
         "Rash fell by 45% (12/40 against 22/40).", "Pain eased in 12 of 40 adults at 45% oxygen.",
         "Rash occurred in 5/6 (83.0%).", "Rash was more common in 12/40 (45% higher)."],
    ),
    "part-exceeds-total": (
        ["Rash occurred in 45 of 40 adults."],
        ["Rash occurred in 40 of 45 adults.", "Stroke (n = 45/40) was rare."],
    ),
    "estimate-outside-interval": (
        ["The OR was 1.4 (95% CI 0.5 to 0.9).", "Pain fell by 12 mm (95% CI 2 to 9)."],
        ["The OR was 0.7 (95% CI 0.5 to 0.9).", "Pain fell by 3.1 mm (95% CI -5.0 to -1.2).",
         "Pain fell from 14 to 12 mm (95% CI 2 to 9).", "The OR was 0.9 (IQR 1.1 to 1.3)."],
    ),
    "p-against-interval": (
        ["The HR was 0.70 (95% CI 0.55 to 0.89; p = 0.40).",
         "The MD was 0.4 (95% CI -1.9 to 2.7, p = 0.003)."],
        ["The HR was 0.70 (95% CI 0.55 to 0.89; p = 0.004).",
         "The HR was 0.70 (95% CI 0.49 to 1.00; p = 0.06).",
         "The HR was 0.70 (95% CI 0.55 to 0.89; p for interaction = 0.40).",
         "The HR was 0.99 (95% CI 0.80 to 1.23; p = 0.002 for non-inferiority)."],
    ),
    "p-above-one": (["Pain did not change (p = 1.3)."], ["Pain did not change (p = 1.0)."]),
    "p-is-not-of-statistic": (
        ["Pain fell (t(28) = 2.20, p = .36)."], ["Pain fell (t(28) = 2.20, p = .036)."],
    ),
    "arms-miss-total": (
        ["We randomised 45 adults; they were assigned to drugol (n = 20) or placebo (n = 20)."],
        ["We saw 40 adults; they were assigned to drugol (n = 20) or placebo (n = 20).",
         "We saw 45 adults; after 5 were excluded, they were assigned to drugol (n = 20) or "
         "placebo (n = 20)."],
    ),
    "mean-is-of-no-counts": (
        ["The mean number of falls was 3.47 (n = 12)."],
        ["The mean number of falls was 3.42 (n = 12).",
         "The mean number of falls was 3.47 (n = 412).", "The mean weight was 3.47 kg (n = 12)."],
    ),
}  # fmt: skip


def rules(text: str) -> list[str]:
    return [odd.rule for odd in impossible(read_record(text))]


@pytest.mark.parametrize(("rule", "text"), [(r, t) for r, (bad, _) in CASES.items() for t in bad])
def test_what_does_not_add_up_is_named_by_its_rule(rule: str, text: str) -> None:
    assert rules(text) == [rule]


@pytest.mark.parametrize("text", [t for _, good in CASES.values() for t in good])
def test_what_may_add_up_is_left_alone(text: str) -> None:
    assert rules(text) == []


@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from([0, 1, 2]))
def test_a_rightly_rounded_percentage_is_never_blamed(count: int, rest: int, places: int) -> None:
    total = count + rest
    share = (Decimal(100) * count / total).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert rules(f"Rash occurred in {count}/{total} ({share}%).") == []


@given(st.lists(st.integers(0, 30), min_size=2, max_size=60))
def test_a_mean_of_whole_numbers_is_never_blamed(falls: list[int]) -> None:
    mean = (Decimal(sum(falls)) / len(falls)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert rules(f"The mean number of falls was {mean} (n = {len(falls)}).") == []


RECORD = "Of those on drugol, 12/40 had a rash and 30 of 50 slept well. Pain fell in both arms."


@pytest.mark.parametrize(
    ("claim", "record", "expected"),
    [
        ("Rash occurred in 12/40 (45%) on drugol.", RECORD, True),
        ("Rash occurred in 12/40 (30%) on drugol.", RECORD, False),
        ("Rash occurred in 12/40 (45%) on drugol.", RECORD + " Rash: 12/40 (45%).", False),
    ],
)
def test_a_claim_is_blamed_for_its_sums_but_not_for_the_records(
    claim: str, record: str, expected: bool
) -> None:
    faults = check(claim, report(source(record))).faults
    assert ("arithmetic_impossible" in {f.code.value for f in faults}) is expected
