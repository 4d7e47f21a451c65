"""Claims: where a sentence is cut, what is core, material and checkable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.advice import find_advice
from kg.extract.claims import ClaimSpan, split
from kg.model import ClaimKind, Modality, Polarity


def claims(text: str) -> list[ClaimSpan]:
    """Return a sentence's claims, advice considered."""
    return split(text, 0, len(text), find_advice(text, 0, len(text)))


def said(text: str) -> list[str]:
    """Return the claims' words."""
    return [text[c.start : c.end] for c in claims(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Grip rose at both 3 months (p=0.04) and 6 months (p=0.002).",
            ["Grip rose at both 3 months (p=0.04)", "6 months (p=0.002)"],
        ),
        (
            "Pain fell by 12 points at 4 weeks and 15 points at 12 weeks.",
            ["Pain fell by 12 points at 4 weeks", "15 points at 12 weeks"],
        ),
        (
            "It was safe, with no fever at 1 month and no rash during the first 6 months.",
            ["It was safe", "with no fever at 1 month", "no rash during the first 6 months"],
        ),
        (
            "One fall occurred at day 9, though its cause was not found.",
            ["One fall occurred at day 9", "though its cause was not found"],
        ),
        (
            "One trial enrolled 40 people and the other, in phase 2, is ongoing.",
            ["One trial enrolled 40 people", "the other, in phase 2, is ongoing"],
        ),
        (
            "Walking remains the best remedy and may prevent falls.",
            ["Walking remains the best remedy", "may prevent falls"],
        ),
        (
            "The drug did best overall, including a rise in grip at 3 months (p=0.02).",
            ["The drug did best overall", "including a rise in grip at 3 months (p=0.02)"],
        ),
        (
            "Grip was 30 kg (95% CI 20-40) in the drug arm and 25 kg (95% CI 15-35) on placebo.",
            ["Grip was 30 kg (95% CI 20-40) in the drug arm", "25 kg (95% CI 15-35) on placebo"],
        ),
        (
            "Strength was low, limiting the use of stairs.",
            ["Strength was low", "limiting the use of stairs"],
        ),
    ],
)
def test_what_asserts_something_of_its_own_is_a_claim(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Three doses were given: 20 mg, 40 mg, and 80 mg, all by mouth.",
        "Outcomes include grip, gait speed, and quality of life at 3 and 6 months.",
        "Falls, pain and fever were recorded.",
        "Grip was 30 kg (95% CI 20-40) versus 25 kg (95% CI 15-35).",
        "Diet and exercise improve strength, balance, and mood.",
    ],
)
def test_a_list_of_nouns_is_not_cut(text: str) -> None:
    assert said(text) == [text.rstrip(".")]


def test_a_part_that_says_the_same_of_another_time_is_of_the_same_kind() -> None:
    first, second = claims("Grip rose at 3 months (p=0.04) and 6 months (p=0.002).")
    assert (first.kind, second.kind) == (ClaimKind.RESULT, ClaimKind.RESULT)
    assert second.fills_from == first.start


def test_what_a_subordinate_clause_says_is_not_core() -> None:
    assert [c.core for c in claims("Grip rose, although sleep was unchanged.")] == [True, False]


def test_brackets_that_only_explain_a_term_are_not_material() -> None:
    text = "Ferritin (a store of iron in the body) fell at 6 months."
    gloss = [c for c in claims(text) if c.kind is ClaimKind.GLOSS]
    assert [(text[c.start : c.end], c.material) for c in gloss] == [
        ("a store of iron in the body", False)
    ]


@pytest.mark.parametrize(
    "text", ["Grip (n=15 people in all groups) rose.", "Grip (lower than in the other arm) rose."]
)
def test_brackets_with_a_figure_or_a_comparison_are_no_gloss(text: str) -> None:
    assert all(c.material for c in claims(text))


def test_brackets_behind_advice_that_report_make_a_claim_of_their_own() -> None:
    text = "Give 40 mg by mouth (this dose showed the largest effect in one trial)."
    advice, report = claims(text)
    assert text[report.start : report.end] == "this dose showed the largest effect in one trial"
    assert (advice.kind, advice.modality) == (ClaimKind.ADVICE, Modality.RECOMMENDED)
    assert (report.kind, report.core, report.material) == (ClaimKind.RESULT, False, True)


def test_advice_is_checkable_only_where_it_names_a_figure() -> None:
    assert [c.checkable for c in claims("Give 40 mg by mouth.")] == [True]
    assert [c.checkable for c in claims("Encourage walking.")] == [False]
    assert [c.checkable for c in claims("Staff should encourage walking.")] == [False]


def test_the_reason_of_a_norm_is_what_it_asserts() -> None:
    norm, reason = claims("Encourage walking, as it prevented falls.")
    assert (norm.checkable, reason.checkable, reason.core) == (False, True, True)
    dose, why = claims("Give 40 mg by mouth, as it prevented falls.")
    assert (dose.checkable, dose.core, why.core) == (True, True, False)


def test_a_reason_behind_should_is_a_claim_of_its_own() -> None:
    text = "The drug should not be stopped at once, as pain may return."
    assert said(text) == ["The drug should not be stopped at once", "as pain may return"]
    assert [(c.checkable, c.core) for c in claims(text)] == [(False, True), (True, True)]


def test_a_purpose_is_a_reason() -> None:
    text = "Take it with food to prevent nausea."
    assert said(text) == ["Take it with food", "to prevent nausea"]
    assert [c.checkable for c in claims(text)] == [False, True]
    assert said("Aim to prevent falls at night.") == ["Aim to prevent falls at night"]


def test_an_opinion_without_a_figure_cannot_be_checked() -> None:
    assert [c.checkable for c in claims("A quiet night is worth having.")] == [False]
    assert [c.checkable for c in claims("It is worth noting that falls were rare.")] == [True]


def test_it_is_important_to_note_gives_no_advice() -> None:
    (claim,) = claims("It is important to note that 6% of people died.")
    assert claim.kind is not ClaimKind.ADVICE
    assert claim.checkable


@pytest.mark.parametrize(
    "text",
    ["Avoid alcohol.", "Do not repeat it.", "It must not be split.", "Its use is discouraged."],
)
def test_advice_against_is_negated(text: str) -> None:
    (claim,) = claims(text)
    assert (claim.kind, claim.polarity) == (ClaimKind.ADVICE, Polarity.NEGATED)


def test_nothing_makes_no_claim() -> None:
    assert claims("") == []
    assert claims(" . ") == []


pieces = st.sampled_from(
    [
        "grip rose", "at 3 months", "(p=0.02)", "and", ", but", "pain fell by 5%", "; ", ", with",
        "(a store of iron)", "should be given", "Give 5 mg", "as it helps", "no", "whereas", "]",
        "(", "6 weeks", ", including", "±", "if", ":", "|", "[1]", "—",
    ]
)  # fmt: skip


@given(st.lists(pieces, max_size=12).map(" ".join))
def test_claims_lie_in_the_sentence_and_hold_words(text: str) -> None:
    found = claims(text)
    assert found == claims(text)
    for claim in found:
        assert 0 <= claim.start < claim.end <= len(text)
        assert text[claim.start : claim.end].strip()
    own = [c for c in found if c.kind is not ClaimKind.GLOSS]
    assert [c.start for c in own] == sorted(c.start for c in own)


@pytest.mark.parametrize(
    "text",
    [
        "Balance got better in both groups.",
        "Lower pressures did not bring relief.",
    ],
)
def test_a_noun_that_looks_like_a_command_advises_nothing(text: str) -> None:
    assert find_advice(text, 0, len(text)) is None
