"""Abbreviations that a text defines for itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.abbreviations import defined, long_form


@given(st.lists(st.from_regex(r"[a-z]{4,9}", fullmatch=True), min_size=2, max_size=5))
def test_initials_in_brackets_are_defined_by_their_words(long: list[str]) -> None:
    short = "".join(word[0] for word in long).upper()
    found = defined(f"We measured {' '.join(long)} ({short}) twice.")
    assert short in found
    assert found[short].split()[-1] == long[-1]
    assert found[short][0].upper() == short[0]


@given(st.text(max_size=80))
def test_any_text_gives_long_forms_that_stand_in_it(text: str) -> None:
    joined = " ".join(text.split())
    for long in defined(text).values():
        assert long in joined or " ".join(long.split()) in joined


@pytest.mark.parametrize(
    "text",
    ["Ten men (n = 5) walked.", "It fell (XYZ) again.", "See the (a) panel.", "At last (CI)."],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert defined(text) == {}


def test_the_first_definition_counts() -> None:
    text = "walking distance (WD) and weekly doses (WD)"
    assert defined(text) == {"WD": "walking distance"}


def test_the_first_letter_must_begin_a_word() -> None:
    assert long_form("WD", "walking distance") == "walking distance"
    assert long_form("AD", "walking distance") is None
