"""The depth of headings that carry no markup, and which lines are headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import DocumentRole, Part
from kg.sources import read
from kg.sources.headings import Head, levels, looks_like_heading


def _levels(text: str) -> list[tuple[str, int]]:
    source = read(text.encode(), "a.txt", DocumentRole.ANSWER)
    return [
        (source.text[s.start : s.end], s.level) for s in source.segments if s.part is Part.HEADING
    ]


@given(
    st.lists(st.tuples(st.sampled_from(["Safety", "2.1 Doses", "## A", "RISKS"]), st.booleans()))
)
def test_every_heading_gets_a_level(pairs: list[tuple[str, bool]]) -> None:
    heads = [Head(text, parent) for text, parent in pairs]
    found = levels(heads)
    assert len(found) == len(heads)
    assert all(level >= 1 for level in found)


def test_printed_numbers_decide() -> None:
    heads = [Head("1. Methods"), Head("1.1 Doses"), Head("1.1.1 Timing"), Head("2. Results")]
    assert levels(heads) == [2, 3, 4, 2]


def test_capitals_stand_above_other_headings() -> None:
    assert levels([Head("SAFETY"), Head("Knees"), Head("DOSES")]) == [2, 3, 2]


def test_a_heading_that_says_the_title_again_is_level_one() -> None:
    text = """Does weekly zelorimab reduce soreness in adult knees?

Weekly Zelorimab for Soreness of Adult Knees

It helps. 1

Safety

It is safe. 1
"""
    assert _levels(text)[0] == ("Weekly Zelorimab for Soreness of Adult Knees", 1)


@pytest.mark.parametrize(
    "line",
    [
        "It is safe.",
        "it helps",
        "It is safe [1]",
        "Safe in men. So it is",
        "One, two,",
        "word " * 16,
    ],
)
def test_lines_worded_otherwise_are_no_headings(line: str) -> None:
    assert not looks_like_heading(line.strip())


def test_the_last_line_is_no_heading() -> None:
    assert _levels("It helps.\n\nSafety\n") == []


def test_a_run_of_short_lines_is_no_run_of_headings() -> None:
    assert _levels("It helps.\n\nOne man\n\nTwo men\n\nSix men\n\nTen men\n\nIt is safe.\n") == []
