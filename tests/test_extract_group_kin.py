"""Two names of one group are one group; what sets two groups apart is kept."""

from __future__ import annotations

import pytest

from kg.extract.groups import learn
from kg.extract.mentions import find
from kg.text.tokens import words


def labels(text: str) -> list[str]:
    return [group.label for group in learn(text, words(text), list(find(text))).groups]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They received oral drugol or matching placebo. The drugol group and the placebo group "
         "slept.", ["drugol", "placebo"]),
        ("The short-course drugol group and the standard-course drugol group slept.",
         ["short-course drugol", "standard-course drugol"]),
        ("The drugol group and the drugol plus zelor group slept.",
         ["drugol", "drugol plus zelor"]),
        ("The drugol plus zelor group and the placebo plus zelor group slept; the drugol group "
         "and the placebo group woke.", ["drugol", "placebo"]),
        ("The B group and the B-L group slept.", ["B", "B-L"]),
        ("Twenty took low dose drugol (group I) and twenty high dose drugol (group II). Group I "
         "slept; the low dose drugol group and the high dose drugol group woke.",
         ["low dose drugol", "high dose drugol"]),
    ],
)  # fmt: skip
def test_a_name_that_only_describes_a_group_is_no_second_group(
    text: str, expected: list[str]
) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dose was lower with drugol than with placebo (median 410.5 vs 600.0 mg). Drugol "
         "helped, placebo did not.", ["drugol", "placebo"]),
        ("Sixty women were included (29 received drugol and 31 received placebo). The drugol "
         "group slept, as did the placebo group.",
         ["drugol", "placebo"]),
    ],
)  # fmt: skip
def test_numbers_and_verbs_are_no_part_of_a_name(text: str, expected: list[str]) -> None:
    assert labels(text) == expected
