"""Numbers written as words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.numbers import ONES, TENS, number_words, scale

_NAMES = {value: word for word, value in ONES.items()}
_TEN_NAMES = {value: word for word, value in TENS.items()}


def _in_words(number: int) -> str:
    if number < 20:
        return _NAMES[number]
    if number < 100:
        ten = _TEN_NAMES[number - number % 10]
        return ten if number % 10 == 0 else f"{ten}-{_NAMES[number % 10]}"
    for factor, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= factor:
            rest = number % factor
            head = f"{_in_words(number // factor)} {name}"
            joint = " and " if rest < 100 else " "
            return head if not rest else f"{head}{joint}{_in_words(rest)}"
    raise AssertionError


@given(st.integers(0, 999_999_999))
def test_every_whole_number_is_read_back(number: int) -> None:
    text = f"There were {_in_words(number)} adults."
    [(start, end, value)] = number_words(text)
    assert value == number
    assert text[start:end] == _in_words(number)


@given(st.lists(st.sampled_from([*ONES, *TENS, "hundred", "a", "and", "half", "point", "-", "of"])))
def test_spans_are_in_order_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    done = 0
    for start, end, value in number_words(text):
        assert done <= start < end <= len(text)
        assert value >= 0
        done = end


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("two thirds", ["0.666666666666667"]),
        ("a quarter", ["0.25"]),
        ("half a million", ["500000"]),
        ("two and a half", ["2.5"]),
        ("one point five million", ["1500000.0"]),
        ("a dozen and two", ["12", "2"]),
        ("one hundred and two hundred", ["100", "200"]),
        ("the third arm", []),
        ("twenty-third", []),
        ("20 million", []),
        ("someone", []),
        ("one's own", []),
    ],
)
def test_parts_scales_and_ordinals(text: str, values: list[str]) -> None:
    assert [str(value) for _, _, value in number_words(text)] == values


def test_offsets_count_in_the_full_text() -> None:
    assert number_words("ten of twenty", 4) == [(7, 13, Decimal(20))]
    assert number_words("ten of twenty", 0, 6) == [(0, 3, Decimal(10))]


def test_scale_words_are_known_in_any_case() -> None:
    assert (scale("MILLION"), scale("mile")) == (Decimal(1_000_000), None)
