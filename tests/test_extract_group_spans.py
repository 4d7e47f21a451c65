"""Groups that the length of treatment sets apart, and times that are no group."""

from __future__ import annotations

from kg.extract.reading import read_claim, read_record

RECORD = read_record(
    "Failure was 6% in the 3-day group and 5% in the 7-day group at 14 days. Rash was 2%."
)


def test_the_length_of_treatment_names_a_group() -> None:
    assert [g.label for g in RECORD.lexicon.groups] == ["3-day", "7-day"]


def test_a_claim_speaks_of_a_group_by_the_length_of_treatment_and_not_by_a_time() -> None:
    told = "Three days of treatment failed in 6% at day 7."
    claim = read_claim(told, 0, len(told), RECORD)
    assert [sorted(m.keys) for s in claim.sentences for m in s.groups] == [["for 3 days"]]


def test_one_length_alone_sets_no_groups_apart() -> None:
    record = read_record("Failure was 6% in the 3-day group at 14 days and at 7 days.")
    assert not [g for g in record.lexicon.groups if g.span]
