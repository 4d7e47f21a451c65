"""Printed reference lists of answers, in the forms that they take."""

from __future__ import annotations

import pytest

from kg.model import DocumentRole, Part
from kg.sources import read
from kg.sources.bibliography import labels
from kg.sources.lines import lines
from kg.sources.pieces import Piece


def _entries(text: str) -> list[tuple[str | None, str]]:
    source = read(text.encode(), "a.txt", DocumentRole.ANSWER)
    return [
        (s.label, source.text[s.start : s.end]) for s in source.segments if s.part is Part.REFERENCE
    ]


@pytest.mark.parametrize("mark", ["[{}] ", "{}. ", "({}) ", "{}) ", "{} "])
def test_each_style_of_number_is_the_label(mark: str) -> None:
    entries = [f"{mark.format(n)}Author A. Walking. J Inv. 2019;{n}:1." for n in (1, 2)]
    text = "It helps. 1\n\nReferences\n\n" + "\n".join(entries) + "\n"
    assert _entries(text) == [
        ("1", "Author A. Walking. J Inv. 2019;1:1."),
        ("2", "Author A. Walking. J Inv. 2019;2:1."),
    ]


def test_an_entry_goes_on_over_lines() -> None:
    text = "It helps.\n\nReferences\n1. Author A. Walking.\n   J Inv. 2019;1:1.\n2. B. 2020.\n"
    assert _entries(text) == [("1", "Author A. Walking.\n   J Inv. 2019;1:1."), ("2", "B. 2020.")]


def test_a_bracketed_list_needs_no_heading() -> None:
    text = "It helps [1].\n\n[1] Author A. Walking. 2019. https://example.org/walk\n"
    assert _entries(text) == [("1", "Author A. Walking. 2019. https://example.org/walk")]


def test_entries_without_numbers_have_no_label() -> None:
    text = "It helps.\n\nSources\n\nAuthor A. Walking. 2019.\n\nName B. Sitting. 2020.\n"
    assert [label for label, _ in _entries(text)] == [None, None]


def test_a_list_ends_where_prose_begins_again() -> None:
    text = "It helps.\n\nReferences\n\n1. Author A. 2019.\n\nThis is no advice.\n"
    assert _entries(text) == [("1", "Author A. 2019.")]


def test_steps_of_an_answer_are_no_references() -> None:
    assert _entries("Do this:\n\n1. Walk in 2019.\n2. Rest.\n") == []


def test_labels_are_listed_in_order() -> None:
    [line] = lines("Author A. 2019.")
    piece = Piece(line.start, line.end, Part.REFERENCE, line.text, 0, False, line.text, label="4")
    assert labels([piece]) == ["4"]
