"""Groups that no list of a record names: each way of implying them, and what must imply none."""

from __future__ import annotations

import pytest

from kg.extract.groups import learn
from kg.extract.mentions import find
from kg.text.tokens import words


def groups(text: str) -> list[tuple[str, bool]]:
    return [(g.label, g.control) for g in learn(text, words(text), list(find(text))).groups]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Adults were given tabrolone 5 mg/kg/d or no tabrolone for a week.",
            [("tabrolone", False), ("no tabrolone", True)],
        ),
        (
            "Infants randomly received drumming, bell ringing, and no sound over 3 days.",
            [("drumming", False), ("bell ringing", False), ("no sound", True)],
        ),
        (
            "They had zaptherapy plus walking or walking alone. Walking alone did less.",
            [("zaptherapy plus walking", False), ("walking alone", False)],
        ),
        (
            "Torafinil for fatigue, a placebo-controlled trial. The rate of response to torafinil "
            "was 75% and to placebo 26%. Torafinil is safe.",
            [("Torafinil", False), ("placebo", True)],
        ),
        (
            "Adults had a tablet of moss extract or placebo before spring. The moss extract group "
            "coughed less.",
            [("moss extract", False), ("placebo", True)],
        ),
        (
            "In Group A, 20 units were injected; in Group B, 30 units. Scores fell in Group A.",
            [("Group A", False), ("Group B", False)],
        ),
        (
            "Adults took a stretching-only (control, n = 24) or a paid walking (n = 27) course.",
            [("stretching", True), ("paid walking", False)],
        ),
    ],
)
def test_groups_that_no_list_names_are_learned(text: str, expected: list[tuple[str, bool]]) -> None:
    assert groups(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Group A streptococci were found in 4 of 30 throats.",
        "Torafinil was tried in an open study without a comparator. Torafinil helped. "
        "Torafinil is safe.",
        "A placebo-controlled trial of torafinil is planned. Torafinil is new, torafinil is safe.",
        "Tabrolone and zoterol were given; tabrolone and zoterol differ from placebo.",
    ],
)
def test_what_implies_no_groups_teaches_none(text: str) -> None:
    assert groups(text) == []
