"""The one sentence with each verdict."""

from __future__ import annotations

import pytest

from tests.invented_trials import found


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("Grip strength rose in the 40 mg group at 12 weeks (p = .02).", "in its results"),
        ("Zelorimab 40 mg once daily was given to 30 adults with gout.", "in its methods"),
        ("Grip strength decreased in the 40 mg group at 12 weeks.", "tells a rise"),
        ("Bananas cure migraine in astronauts.", "says nothing of it"),
        ("The effect of zelorimab on joint pain has not been studied.", "does not say that"),
        ("No seizures occurred.", "counts what the claim denies"),
        ("Is it so?", "too few words"),
    ],
)
def test_a_clinician_reads_what_the_record_says(claim: str, told: str) -> None:
    sentence = found(claim).sentence
    assert told in sentence
    assert sentence.endswith(".")
    assert sentence.count("\n") == 0
