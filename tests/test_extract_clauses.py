"""Clauses and brackets of a sentence: where a clause breaks, and what a bracket hangs on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.clauses import lay_out
from kg.text.tokens import words


def clauses(text: str) -> list[str]:
    """Return the words of each clause, brackets left out."""
    tokens = words(text)
    layout = lay_out(text, tokens)
    told: dict[int, list[str]] = {}
    for token, clause, bracket in zip(tokens, layout.clause, layout.bracket, strict=True):
        if not bracket:
            told.setdefault(clause, []).append(token.lower)
    return [" ".join(told[clause]) for clause in sorted(told)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain and sleep improved in both arms.", ["pain and sleep improved in both arms"]),
        ("Pain fell, whereas sleep did not change.", ["pain fell", "whereas sleep did not change"]),
        ("Pain fell, but sleep did not.", ["pain fell", "but sleep did not"]),
        ("The drug worked; the diet failed.", ["the drug worked", "the diet failed"]),
        ("Pain fell – sleep rose.", ["pain fell", "sleep rose"]),
        ("Pain fell and the arm did well.", ["pain fell", "and the arm did well"]),
        ("Men received tea and had less pain.", ["men received tea and had less pain"]),
        (
            "Pain fell (p = .02; whereas sleep did not) in men.",
            ["pain fell in men"],
        ),
    ],
)
def test_sentence_breaks_into_clauses(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


def test_bracket_hangs_on_the_word_before_it() -> None:
    text = "Pain fell at 3 months (p=.04) and sleep rose at 6 months (p=.01)."
    tokens = words(text)
    layout = lay_out(text, tokens)
    inside = [i for i, bracket in enumerate(layout.bracket) if bracket]

    assert [tokens[layout.outer(i)].lower for i in inside] == ["months"] * 4
    assert [layout.clause[i] for i in inside] == [0, 0, 1, 1]


def test_nested_brackets_count_as_the_outer_one() -> None:
    text = "Tea (20 mg [daily], p=.1) worked"

    assert lay_out(text, words(text)).bracket == (0, 1, 1, 1, 1, 1, 0)


def test_word_outside_brackets_hangs_on_itself() -> None:
    text = "Pain fell (p=.04)"

    assert lay_out(text, words(text)).outer(1) == 1


def test_text_without_words_has_an_empty_layout() -> None:
    assert lay_out("", ()).clause == ()


_PIECES = st.sampled_from(
    ["pain ", "fell ", "(", ")", "[", "] ", ", ", "; ", "and ", "whereas ", "was ", "with ", "12 "]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_each_word_has_its_clause_and_brackets_stay_in_theirs(text: str) -> None:
    tokens = words(text)
    layout = lay_out(text, tokens)

    assert len(layout.clause) == len(layout.bracket) == len(tokens)
    outside = [c for c, bracket in zip(layout.clause, layout.bracket, strict=True) if not bracket]
    assert outside == sorted(outside)
    for position, bracket in enumerate(layout.bracket):
        assert 0 <= layout.opens[bracket] <= max(position, 0)
        assert layout.clause[position] == layout.clause[layout.outer(position)]
