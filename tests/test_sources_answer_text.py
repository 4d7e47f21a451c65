"""Answers as plain text: what each line is, and where its own words begin."""

from __future__ import annotations

import pytest

from kg.model import DocumentRole, Part, Source
from kg.sources import read

ANSWER = """Does zelorimab help sore knees?

Educational purpose only. Pending human review

Last updated: 4 May 2024View editorial policy

Share

Zelorimab helps some adults who walk daily. 1

Evidence

Safety

  • No adult was harmed in ten weeks. 1
  • Two felt
    giddy. 2, 3

Dosing

  1. Start with 5 mg. 1
  2. Stop after ten weeks. 2

Conclusion

It may help [1].

References

1. Author A. Weekly zelorimab. J Inv Walk. 2021;38:829.
2. Name B. Giddiness. J Inv Walk. 2022;39:1.
   doi:10.1000/giddy
"""


def _read(text: str) -> Source:
    return read(text.encode(), "a.txt", DocumentRole.ANSWER)


def _told(source: Source, part: Part) -> list[str]:
    return [source.text[s.start : s.end] for s in source.segments if s.part is part]


def test_the_document_gets_its_title_date_and_state_of_review() -> None:
    document = _read(ANSWER).document
    assert document.title == "Does zelorimab help sore knees?"
    assert document.date == "2024-05-04"
    assert document.review_status == "Pending human review"


def test_furniture_glued_to_a_date_is_parted_from_it() -> None:
    source = _read(ANSWER)
    assert _told(source, Part.DATE) == ["Last updated: 4 May 2024"]
    assert _told(source, Part.FURNITURE) == ["View editorial policy", "Share"]


def test_headings_directly_below_each_other_are_parent_and_child() -> None:
    levels = {s.start: s.level for s in _read(ANSWER).segments if s.part is Part.HEADING}
    by_text = {ANSWER[start:].split("\n", 1)[0]: level for start, level in levels.items()}
    assert by_text == {"Evidence": 2, "Safety": 3, "Dosing": 3, "Conclusion": 2, "References": 2}


def test_list_items_begin_after_their_marks_and_go_on_over_lines() -> None:
    source = _read(ANSWER)
    assert _told(source, Part.BULLET) == [
        "No adult was harmed in ten weeks. 1", "Two felt\n    giddy. 2, 3",
    ]  # fmt: skip
    steps = [s for s in source.segments if s.part is Part.STEP]
    assert [(s.label, source.text[s.start : s.end]) for s in steps] == [
        ("1.", "Start with 5 mg. 1"), ("2.", "Stop after ten weeks. 2"),
    ]  # fmt: skip


def test_a_printed_reference_list_gives_entries_with_labels() -> None:
    source = _read(ANSWER)
    found = [s for s in source.segments if s.part is Part.REFERENCE]
    assert [s.label for s in found] == ["1", "2"]
    assert source.text[found[1].start : found[1].end].endswith("doi:10.1000/giddy")


def test_an_answer_without_lists_is_paragraphs() -> None:
    source = _read("Zelorimab helps. 1\n\nIt is not for children. 2\n")
    assert _told(source, Part.PARAGRAPH) == ["Zelorimab helps. 1", "It is not for children. 2"]
    assert source.document.title is None


def test_hashes_give_headings_their_depth() -> None:
    source = _read("# Knees\n\n## Safety\n\nIt is safe.\n")
    levels = [(s.part, s.level) for s in source.segments]
    assert levels == [(Part.TITLE, 1), (Part.HEADING, 2), (Part.PARAGRAPH, 0)]


@pytest.mark.parametrize("row", ["| Dose | n | p |", "Dose\tn\tp"])
def test_rows_of_a_table_are_told_apart(row: str) -> None:
    assert _told(_read(f"Doses and groups were these.\n\n{row}\n"), Part.TABLE_ROW) == [row]


def test_a_menu_makes_no_statement() -> None:
    source = _read("Home\nAbout us\nSign in\n")
    assert {s.part for s in source.segments} == {Part.FURNITURE}


def test_a_byte_order_mark_is_counted_and_in_no_segment() -> None:
    source = read("\ufeffIt helps.\n".encode(), "a.txt", DocumentRole.ANSWER)
    assert [(s.start, s.end) for s in source.segments] == [(1, 10)]
