"""Markers: which numbers cite, which are part of the sentence, and where each is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.markers import blanked, printed_markers, weak_style


def labels(text: str, *, weak: bool = False) -> list[str]:
    """Return the labels of one sentence."""
    return [m.label for m in printed_markers(text, 0, len(text), weak=weak)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain fell. 4, 3", ["4", "3"]),
        ("Pain fell. 1", ["1"]),
        ("Pain fell.1,2", ["1", "2"]),
        ("Pain fell (p = 0.02). 1", ["1"]),
        ("It lasted 6 months. 12", ["12"]),
        ("Pain fell at 0.5. 7", ["7"]),
        ("Pain fell [1].", ["1"]),
        ("Pain fell [1, 2], sleep rose [3].", ["1", "2", "3"]),
        ("Pain fell.[1][4]", ["1", "4"]),
        ("Pain fell [1-3].", ["1", "2", "3"]),
        ("Pain fell [1–3, 7].", ["1", "2", "3", "7"]),
        ("Pain fell. 2-4", ["2", "3", "4"]),
        ("Pain fell.¹", ["1"]),
        ("Pain fell.¹,²", ["1", "2"]),
        ("Pain fell.¹⁻³", ["1", "2", "3"]),
        ("Pain¹² fell.", ["12"]),
        ("It fell by 20% [3].", ["3"]),
    ],
)
def test_a_number_behind_the_stop_or_in_brackets_cites(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Pain fell at 3 months",
        "Pain fell at 3 months.",
        "Fifteen took part (n=15).",
        "It was run in 2020.",
        "It is in phase 2.",
        "It is in phase 2",
        "The mean was 0.5",
        "The mean was 12.5",
        "As shown in Fig. 2",
        "The median was 3 [1-5].",
        "The median was 12% [10, 14].",
        "The mass was 30 kg/m² in all.",
        "They gave 10⁶ cells.",
        "The rate was 3 s⁻¹ then.",
        "Heterogeneity (I²) was low.",
        "CD4⁺ counts rose.",
        "It was published. 2020",
    ],
)
def test_a_number_of_the_sentence_is_no_marker(text: str) -> None:
    assert labels(text) == []


def test_a_backward_range_gives_its_two_ends() -> None:
    assert labels("Pain fell [7-2].") == ["7", "2"]


def test_a_range_is_printed_as_a_whole() -> None:
    text = "Pain fell [2-4]."
    printed = printed_markers(text, 0, len(text))
    assert {text[m.start : m.end] for m in printed} == {"2-4"}
    assert {text[m.group_start : m.group_end] for m in printed} == {"[2-4]"}


def test_bare_numbers_before_the_stop_count_only_where_the_answer_cites_so() -> None:
    ours = ["Walking helps frail adults 1, 2.", "Sleep helps mood 3."]
    text = " ".join(ours)
    spans = [(0, len(ours[0])), (len(ours[0]) + 1, len(text))]
    assert weak_style(text, spans)
    assert labels(ours[0], weak=True) == ["1", "2"]
    assert labels("It is in phase 2.", weak=True) == []
    assert labels("It was read at week 6.", weak=True) == []
    assert labels("They fasted for 6 hours 3.", weak=True) == ["3"]
    surer = text + " Rest helps [4]."
    assert not weak_style(surer, [*spans, (len(text) + 1, len(surer))])


def test_round_brackets_count_only_where_the_answer_cites_so() -> None:
    text = "Walking helps adults (1, 2). Sleep helps mood (3)."
    assert weak_style(text, [(0, 28), (29, len(text))])
    assert labels("Walking helps adults (1, 2).") == []
    assert labels("Walking helps adults (1, 2).", weak=True) == ["1", "2"]


words = st.text(alphabet="xyz ", min_size=3, max_size=30).map(lambda s: f"Pain {s.strip()}")
numbers = st.lists(st.integers(1, 399), min_size=1, max_size=5)
forms = st.sampled_from(["{}. {}", "{}.[{}]", "{} [{}]."])


@given(words, numbers, forms)
def test_a_single_label_s_span_slices_to_the_label(
    sentence: str, given_labels: list[int], form: str
) -> None:
    text = form.format(sentence, ", ".join(map(str, given_labels)))
    printed = printed_markers(text, 0, len(text))
    assert [m.label for m in printed] == [str(n) for n in given_labels]
    assert [text[m.start : m.end] for m in printed] == [m.label for m in printed]


@given(words, numbers, forms)
def test_blanking_keeps_offsets_and_leaves_no_digit(
    sentence: str, given_labels: list[int], form: str
) -> None:
    text = form.format(sentence, ",".join(map(str, given_labels)))
    masked = blanked(text, printed_markers(text, 0, len(text)))
    assert len(masked) == len(text)
    assert not any(char.isdigit() for char in masked)
    assert masked.startswith(sentence)
