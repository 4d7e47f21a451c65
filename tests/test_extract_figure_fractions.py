"""Shares told in words are read as shares, and what only looks like one is not."""

from __future__ import annotations

import pytest

from kg.extract.mentions import find
from kg.model import MentionKind
from tests.invented_trials import codes


def shares(text: str) -> list[tuple[str, str, str]]:
    """Return printed form, value and comparator of each share told in words."""
    return [
        (f.printed, str(f.value), f.comparator.value) for f in find(text)
        if f.kind is MentionKind.PERCENT and f.entity == "share"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A quarter of the adults slept.", ("A quarter", "25.0", "~")),
        ("Nearly two thirds of women slept.", ("Nearly two thirds", "66.7", "~")),
        ("More than half had a rash.", ("More than half", "50.0", ">")),
        ("Fewer than one in five slept.", ("Fewer than one in five", "20.0", "<")),
        ("Nine in ten patients slept.", ("Nine in ten", "90.0", "~")),
        ("Rash came to 1 in 10 adults.", ("1 in 10", "10.0", "~")),
        ("Rash came to one in a hundred adults.", ("one in a hundred", "1.0", "~")),
        ("At least half of the men slept.", ("At least half", "50.0", ">")),
        ("One woman in thirteen slept.", ("One woman in thirteen", "7.7", "~")),
    ],
)
def test_a_share_in_words_is_read(text: str, told: tuple[str, str, str]) -> None:
    assert shares(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "A third dose was given.",
        "Half an hour later they slept.",
        "They had a third of the odds of falling.",
        "One in each arm died.",
        "It was tried in two in three trials.",
        "A quarter of an hour passed.",
        "The drug has a half-life of two days.",
        "Of 20 adults 12 out of 20 slept.",
        "Neutropenia was grade 3 in 10 patients.",
        "Bleeding came to one in two hundred adults.",
        "Pain fell in the first half of the trial.",
        "One and a half of the doses were lost.",
    ],
)
def test_what_is_no_share_is_not(text: str) -> None:
    assert not shares(text)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("About two in five patients in the 40 mg group had their swelling resolved.", "supported"),
        ("A quarter of nurses reported fatigue.", "supported"),
        ("More than half of nurses reported fatigue.", "contradicted"),
    ],
)
def test_a_round_share_is_held_with_a_margin(claim: str, verdict: str) -> None:
    assert codes(claim, "sleep" if "nurses" in claim else "gout")[0] == verdict
