"""What only the claim denies, and what nothing of the record bears out."""

from __future__ import annotations

import pytest

from kg.compare.check import check
from kg.extract.record import report
from kg.model import DocumentRole
from kg.sources import read

RECORD = (
    b"The virus passes between ferrets by droplets in shared cages. "
    b"Hamsters kept in shared cages stayed healthy for a month."
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("The virus passes between ferrets by droplets.", "supported"),
        ("The virus is unable to pass between ferrets by droplets.", "not_checkable"),
        ("The virus does not pass between ferrets by droplets.", "not_checkable"),
    ],
)
def test_shared_words_bear_no_denial_out(claim: str, verdict: str) -> None:
    record = report(read(RECORD, "r.txt", DocumentRole.RECORD))
    assert check(claim, record).verdict.value == verdict


def test_a_stretch_of_what_nothing_bears_out_is_not_found() -> None:
    record = report(read(RECORD, "r.txt", DocumentRole.RECORD))
    found = check("Studies everywhere prove that the virus spreads among all hamsters.", record)
    assert found.verdict.value == "not_found"
    assert "overgeneralised" in {f.code.value for f in found.faults}


def test_a_range_told_in_words_is_one() -> None:
    record = report(read(b"The quarantine delayed the spread by 3 to 5 days.", "r.txt",
                         DocumentRole.RECORD))  # fmt: skip
    assert check("The quarantine delayed it by three to five days.", record).verdict.value == (
        "supported"
    )
    assert check("The quarantine delayed it by three to nine days.", record).verdict.value != (
        "supported"
    )
