"""Words, their offsets, and the stems by which forms of a word meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.tokens import stem, words

LETTERS = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "ω": "omega"}


@given(st.text(max_size=60))
def test_words_slice_to_themselves_in_order(text: str) -> None:
    done = 0
    for word in words(text):
        assert done <= word.start < word.end
        printed = text[word.start : word.end].lower()
        assert word.lower in {printed, LETTERS.get(printed)}
        assert word.stem == stem(word.lower)
        done = word.end


@given(st.text(max_size=40), st.integers(0, 20))
def test_words_of_a_span_keep_their_place(text: str, begin: int) -> None:
    assert all(word.start >= begin for word in words(text, begin))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("improved", "improvement"),
        ("randomised", "randomization"),
        ("tumour", "tumor"),
        ("oedema", "edema"),
        ("biopsies", "biopsy"),
        ("running", "runs"),
        ("safety", "safety's"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("placebo", "place"), ("CD4", "CD8"), ("pain", "paint"), ("men", "mental")]
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_figures_signs_and_names_with_figures_are_words() -> None:
    assert [w.lower for w in words("CD69 rose 1.5% (TNF-α)")] == [
        "cd69", "rose", "1.5", "%", "tnf", "alpha",
    ]  # fmt: skip


def test_a_plural_in_ables_has_the_stem_of_its_singular() -> None:
    for one in ("vegetable", "variable", "table", "consumable"):
        assert stem(f"{one}s") == stem(one)


def test_alter_is_not_an_enzyme() -> None:
    assert stem("alter") == stem("altered") != stem("ALT")
