"""A conjunct that says something of its own, of which the record has nothing."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from kg.extract.reading import read_claim, read_record

RECORD = (
    "Sixty adults with gout took drugol (n = 30) or placebo (n = 30). Pain fell with drugol. "
    "Ultrasound was done at each visit. Sleep did not change. Rash was seen in 12 adults."
)


def found(text: str) -> set[tuple[str, str]]:
    """Return code and words of each conjunct without counterpart."""
    record = read_record(RECORD)
    told = compare(read_claim(text, 0, len(text), record), record)
    return {
        (f.code.value, f.claimed or "") for f in told.faults
        if f.rule == "clause-without-counterpart"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Drugol relieved pain, and it also lowered rates of syphilis.", "syphilis"),
        ("Drugol relieved pain and allowed adults to go to school earlier.", "school"),
        (
            "Drugol relieved pain, and ultrasound confirmed that the endometrial lining was thin.",
            "endometrial, lining, thin",
        ),
    ],
)
def test_a_conjunct_of_unknown_things_is_an_addition(text: str, words: str) -> None:
    assert found(text) == {("unsupported_addition", words)}


@pytest.mark.parametrize(
    "text",
    [
        "Drugol relieved pain, and sleep was left as it had been.",
        "Drugol relieved pain and was seen to bring a rash to 12 adults.",
        "Drugol relieved pain and stiffness.",
        "Pain fell with drugol, and adults followed medical advice for some minutes.",
    ],
)
def test_a_conjunct_that_the_record_has_or_that_names_nothing_is_left_alone(text: str) -> None:
    assert not found(text)
