"""An event that one text denies and another counts."""

from __future__ import annotations

import pytest

from kg.compare.events import (
    counted_against,
    denials,
    denied_against,
    denied_and_counted,
)
from tests.invented_trials import codes, readings

RECORD = "One woman in the drug arm died. No rash was seen. Two men in the placebo arm fainted."


@pytest.mark.parametrize(
    "claim", ["No seizures occurred.", "There were no seizures.", "No seizures were reported."]
)
def test_an_event_that_the_record_counts_is_not_denied(claim: str) -> None:
    assert codes(claim) == ["contradicted", "wrong_direction"]


@pytest.mark.parametrize(
    ("claim", "counted"),
    [
        ("No deaths occurred.", "One"),
        ("No woman died.", "One"),
        ("No patient died.", "One"),
        ("No patient had a rash.", None),
        ("No rash was seen.", None),
        ("No fever occurred.", None),
        ("No deaths occurred in the placebo arm.", None),
        ("No drug-related deaths occurred.", None),
    ],
)
def test_a_denial_is_held_against_the_counts_of_its_own_event_and_group(
    claim: str, counted: str | None
) -> None:
    found = counted_against(
        *readings(claim, RECORD + " The drug arm and the placebo arm had n = 9.")
    )
    assert (found[2] if found else None) == counted


def test_each_noun_of_a_denied_list_is_denied() -> None:
    said, _ = readings("No rash, fever or severe headache was seen, but one man fainted.", RECORD)
    heads = [said.text[d.head.start : d.head.end] for d in denials(said, said.sentences[0])]
    assert heads[0] == "rash"
    assert "headache" in heads
    assert "man" not in heads


def test_what_narrows_a_denied_event_has_to_be_counted_too() -> None:
    from kg.extract.reading import read_record

    wide = read_record("No rash was seen. Later, one man had a rash.")
    narrow = read_record("No infectious rash was seen. Later, one man had a rash.")
    assert len(list(denied_and_counted(wide))) == 1
    assert not list(denied_and_counted(narrow))


@pytest.mark.parametrize(
    ("claim", "record", "caught"),
    [
        ("Three patients died.", "No deaths occurred.", True),
        ("Three patients on drugol died.", "No deaths occurred, but one woman had a rash.", True),
        ("Three patients died.", "No deaths occurred at first. Later three patients died.", False),
        ("Three patients had a rash.", "No deaths occurred.", False),
        (
            "Three patients died.",
            "Adults took drugol (n = 9) or placebo (n = 9). No deaths occurred on drugol.",
            False,
        ),
        ("Sleep rose in 3 patients.", "There were no significant changes in sleep.", False),
        ("Three patients had adverse events.", "There were no serious adverse events.", False),
    ],
)
def test_an_event_that_the_record_denies_is_not_counted(
    claim: str, record: str, caught: bool
) -> None:
    said, held = readings(claim, record)
    assert (denied_against(said, held) is not None) is caught
