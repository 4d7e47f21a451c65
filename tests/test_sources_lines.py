"""Lines and list marks, with exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.lines import Mark, lines, mark_of

_INVISIBLE = " \t\ufeff\u200b\u200c\u200d\u2060"


@given(st.text(st.sampled_from("ab.• \t\r\n\u2028\ufeff\u200b\u00a0\f1"), max_size=60))
def test_lines_slice_to_their_text_and_miss_nothing_visible(text: str) -> None:
    found = lines(text)
    done = 0
    for line in found:
        assert text[line.start : line.end] == line.text != ""
        assert not text[done : line.start].strip(_INVISIBLE + "\r\n\u2028\u00a0\f\v")
        done = line.end
    assert not text[done:].strip(_INVISIBLE + "\r\n\u2028\u00a0\f\v")


def test_gap_and_indent_do_not_depend_on_the_line_ends() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = end.join(["One", "", "\t• two", "three"])
        assert [(line.text, line.indent, line.gap) for line in lines(text)] == [
            ("One", 0, True), ("• two", 4, True), ("three", 0, False),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("• one", Mark("•", None, 2)),
        ("•one", Mark("•", None, 1)),
        ("- one", Mark("-", None, 2)),
        ("o  one", Mark("o", None, 3)),
        ("12. one", Mark("12.", 12, 4)),
        ("(3) one", Mark("(3)", 3, 4)),
        ("b) one", Mark("b)", 0, 3)),
        ("Step 2: one", Mark("Step 2:", 2, 8)),
        ("4.", Mark("4.", 4, 2)),
    ],
)
def test_marks_are_read_with_number_and_length(text: str, mark: Mark) -> None:
    assert mark_of(lines(text)[0]) == mark


@pytest.mark.parametrize("text", ["-5 mg a day", "2019 was wet", "A. Name", "on foot", "1.5 mg"])
def test_what_only_looks_like_a_mark_is_none(text: str) -> None:
    assert mark_of(lines(text)[0]) is None
