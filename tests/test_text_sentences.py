"""Where sentences end, and that nothing is lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.sentences import sentences

_WORDS = st.sampled_from(
    ["It", "fell", "(p", "=", ".02)", "e.g.", "vs.", "5.5", "mg.", "A.", "men.", "[1]", "2,", "3",
     "Fig.", "?", "!", "...", "\n", "\n\n", "•", "1.", "walked", "\r\n", "(", ")", "”", "\u2029"]
)  # fmt: skip
_TEXTS = st.lists(_WORDS, max_size=30).map(" ".join) | st.text(max_size=40)


def _told(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(_TEXTS)
def test_sentences_are_in_order_trimmed_and_hold_everything(text: str) -> None:
    done = 0
    for start, end in sentences(text):
        assert done <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[done:start].strip()
        done = end
    assert not text[done:].strip()


@given(_TEXTS, st.integers(0, 20))
def test_a_stretch_gives_no_sentence_outside_it(text: str, begin: int) -> None:
    stop = max(begin, len(text) - 3)
    assert all(begin <= a < b <= stop for a, b in sentences(text, begin, stop))


@pytest.mark.parametrize(
    "text",
    [
        "Pain fell (p = .02, Fig. 2) in ten men.",
        "Patients took e.g. zelorimab vs. placebo.",
        "The dose was 5.5 mg. per day.",
        "J. Author found it.",
        "It rose by approx. 5 points.",
        "They walked (It was far. They rested.) and slept.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert _told(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["It fell. 1", "They walked. 2, 3"],
        ["It fell.1,2", "They walked."],
        ["It fell [1].", "They walked [2]."],
        ["Did it fall?", "It did!"],
        ["It fell by 5.", "Then it rose."],
        ["It fell.", "(It rose later.)", "They slept."],
    ],
)
def test_two_sentences_are_parted_markers_kept(parts: list[str]) -> None:
    assert _told(" ".join(parts)) == parts


def test_a_blank_line_and_a_list_item_end_a_sentence() -> None:
    assert _told("It fell\n\nThey walked\n• One\n• Two") == [
        "It fell",
        "They walked",
        "• One",
        "• Two",
    ]


def test_a_broken_line_ends_none() -> None:
    assert _told("It fell in those who\nwalked daily.") == ["It fell in those who\nwalked daily."]


def test_a_long_line_of_many_sentences_is_parted_in_one_pass() -> None:
    assert len(sentences("It fell by five. " * 20_000)) == 20_000
