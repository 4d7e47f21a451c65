"""What a claim that keeps a sentence's wording changes in words."""

from __future__ import annotations

import pytest

from kg.compare.check import check
from kg.extract.record import report
from tests.invented_trials import source

RECORD = (
    "Ninety adults with gout were randomised to drugol (n = 45) or placebo (n = 45). "
    "Drugol might have shortened the flares of most adults in the first summer. "
    "Grip strength was higher in the drugol group than in the placebo group at week 12 (p = .02). "
    "Walking distance did not change in either group at week 12 (p = .61). "
    "These results suggest that drugol eases flares in adults with gout. "
    "Kidney stones and ankle swelling were recorded by nurses at every visit."
)
HEDGED = "Drugol might have shortened the flares of most adults in the first summer."
GRIP = "Grip strength was higher in the drugol group than in the placebo group at week 12 (p = .02)"


def rules(claim: str) -> set[str]:
    return {f.rule for f in check(claim, report(source(RECORD))).faults}


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        (HEDGED.replace("might have", "has"), "hedge-left-out"),
        ("These results prove that drugol eases flares in adults with gout.", "hedge-left-out"),
        (GRIP + ", by keeping every visit short.", "rider-without-counterpart"),
        (GRIP + ", and most relatives were grateful.", "record-is-silent"),
        (GRIP.replace("Grip strength", "Ankle swelling") + ".", "another-name-in-its-place"),
        (
            "Grip strength was higher in the placebo group than in the drugol group at week 12.",
            "another-group-in-its-place",
        ),
    ],
)
def test_a_change_in_words_is_named(claim: str, rule: str) -> None:
    assert rule in rules(claim)


@pytest.mark.parametrize(
    "claim",
    [
        HEDGED,
        HEDGED.replace("might have", "may have"),
        "Drugol eases flares in adults with gout, these results suggest.",
        GRIP + ", when nurses recorded ankle swelling at every visit.",
        "At week 12 grip strength was higher in the drugol group than in the placebo group.",
        GRIP.replace("Grip strength", "Strength of grip") + ".",
        "Grip strength (how hard a hand can squeeze) was higher in the drugol group than in the "
        "placebo group at week 12 (p = .02).",
    ],
)
def test_what_means_the_same_is_left_alone(claim: str) -> None:
    assert not rules(claim) & {
        "hedge-left-out", "rider-without-counterpart", "another-name-in-its-place",
        "sides-exchanged",
    }  # fmt: skip


def test_sides_are_exchanged_where_no_group_was_learned() -> None:
    record = report(source("Slow walkers slept longer at night than brisk walkers in the winter."))
    claim = "Brisk walkers slept longer at night than slow walkers in the winter."
    found = check(claim, record)
    assert (found.verdict.value, {f.rule for f in found.faults}) == (
        "contradicted",
        {"sides-exchanged"},
    )


def test_the_sentence_that_was_changed_is_the_first_evidence() -> None:
    found = check(GRIP + ", and most relatives were grateful.", report(source(RECORD)))
    span = found.evidence[0]
    assert RECORD[span.start : span.end].startswith("Grip strength")


@pytest.mark.parametrize("rider", ["with no need for reminders", "which was confirmed at a visit"])
def test_a_rider_of_few_words_is_held_against_the_sentence_that_it_was_put_to(rider: str) -> None:
    more = " The visit was short. They confirmed the date. Reminders were sent. No need was seen."
    text = RECORD + more
    found = check(f"{GRIP}, {rider}.", report(source(text)))
    assert "rider-without-counterpart" in {f.rule for f in found.faults}
