"""A claim that keeps a sentence's wording: what stands in whose place."""

from __future__ import annotations

import pytest

from kg.compare.assess import compare
from kg.compare.beside import lay
from kg.extract.reading import read_claim, read_record

ARMS = "Sixty adults took drugol (n = 30) or placebo (n = 30). "
TOLD = (
    "Mean pain fell by 2.4 points in the drugol group and by 1.1 points in the placebo group at "
    "week 6 (95% CI 0.4 to 2.2, p = .02), and sleep did not change in either group."
)


def found(text: str) -> tuple[str, set[str]]:
    """Return the verdict and the codes of the faults."""
    record = read_record(ARMS + TOLD)
    told = compare(read_claim(text, 0, len(text), record), record)
    return told.verdict.value, {f.code.value for f in told.faults}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("2.4 points", "3.4 points", "wrong_value"),
        ("p = .02", "p = .03", "wrong_value"),
        ("p = .02", "p > .02", "wrong_value"),
        ("0.4 to 2.2", "0.4 to 2.9", "wrong_value"),
        ("week 6", "week 9", "wrong_time"),
        ("week 6", "month 6", "wrong_time"),
        ("fell", "rose", "wrong_direction"),
        ("did not change", "changed", "wrong_direction"),
    ],
)
def test_a_change_in_its_place_is_named(old: str, new: str, code: str) -> None:
    verdict, codes = found(TOLD.replace(old, new))
    assert verdict in {"contradicted", "misattributed"}
    assert code in codes


def test_values_in_each_others_places_are_exchanged() -> None:
    swapped = TOLD.replace("2.4", "#").replace("1.1", "2.4").replace("#", "1.1")
    assert found(swapped) == ("contradicted", {"wrong_group"})


@pytest.mark.parametrize(
    ("old", "new"),
    [("p = .02", "P=0.02"), ("95% CI", "95 percent CI"), ("did not change", "was unchanged"),
     ("week 6", "6 weeks"), ("Mean pain", "Average pain")],
)  # fmt: skip
def test_the_same_in_another_dress_is_no_fault(old: str, new: str) -> None:
    assert found(TOLD.replace(old, new)) == ("supported", set())


def test_degrees_of_freedom_are_no_figure_and_still_held() -> None:
    told = "The arms differed in mean pain at week 6 (F(2, 81) = 10.4, p = .004)."
    record = read_record(ARMS + told)
    text = told.replace("81", "87")
    (fault,) = compare(read_claim(text, 0, len(text), record), record).faults
    assert (fault.claimed, fault.found) == ("87", "81")


def test_a_freely_worded_claim_has_no_places() -> None:
    record = read_record(ARMS + TOLD)
    text = "With drugol, people hurt less than with placebo when six weeks had passed."
    assert lay(read_claim(text, 0, len(text), record), record, [0, 1]) == ()
