"""Listed values handed out to listed groups or times; one p for two values."""

from __future__ import annotations

import pytest

from kg.extract.reading import read_record
from kg.extract.series import compared

ARMS = (
    "Sixty adults took drugol (n = 30) or placebo (n = 30). "
    "The drugol group met the placebo group. "
)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Grip was 31 kg in the drugol group and 25 kg in the placebo group (p = .01).", 2),
        (
            "Grip was 31 kg in the drugol group (p = .01) and 25 kg in the placebo group (p = .2).",
            0,
        ),
        ("Grip was 31 kg in the drugol group (p = .01).", 0),
        ("Grip rose in the drugol group and the placebo group (p = .01).", 0),
    ],
)
def test_a_p_compares_two_groups_only_behind_a_value_of_each(text: str, groups: int) -> None:
    sentence = read_record(ARMS + text).sentences[-1]
    figure = next(f for f in sentence.figures if f.printed.startswith("p"))
    assert len(compared(sentence, sentence.word_at(figure.start) - 1, figure)) == groups
    assert not compared(sentence, len(sentence.tokens), None)


@pytest.mark.parametrize(
    ("text", "drugol"),
    [
        ("Rates in the drugol and placebo groups were 12% and 7%, respectively.", "12%"),
        ("Rates in the placebo and drugol groups were 12% and 7%, respectively.", "7%"),
        ("Rates were lower in the drugol group than in the placebo group (12% vs 70%).", "12%"),
    ],
)
def test_values_are_handed_out_in_the_order_of_the_groups(text: str, drugol: str) -> None:
    reading = read_record(ARMS + text)
    last = reading.sentences[-1].index
    own = [
        f.phrase
        for f in reading.facts
        if f.sentence == last and f.figure and reading.lexicon.label(f.groups) == "drugol"
    ]
    assert own == [drugol]


def test_a_share_and_its_count_are_handed_out_together() -> None:
    told = "Rash was rarer in the drugol group than in the placebo group (2/30, 7% vs 9/30, 30%)."
    reading = read_record(ARMS + told)
    held = {
        f.phrase: reading.lexicon.label(f.groups) for f in reading.facts
        if f.figure is not None and f.sentence == len(reading.sentences) - 1
    }  # fmt: skip
    assert held["2/30"] == held["7%"] == "drugol"
    assert held["9/30"] == held["30%"] == "placebo"


def test_a_figure_before_than_is_not_the_references() -> None:
    reading = read_record(ARMS + "The fall (38%) was no greater than with placebo (29%).")
    told = {f.phrase: f for f in reading.facts if f.figure is not None}
    assert not told["38%"].groups
    assert reading.lexicon.label(told["29%"].groups) == "placebo"


def test_a_series_takes_its_times_and_groups_from_the_sentence_before() -> None:
    reading = read_record(
        ARMS + "At 2 and 4 weeks pain fell by 3% and 5%, respectively. Sleep rose by 7% and 9%, "
        "respectively."
    )
    days = {f.phrase: [int(day) for day in f.times] for f in reading.facts if f.figure}
    assert (days["7%"], days["9%"]) == ([14], [28])
    reading = read_record(
        ARMS + "Grip was 31 kg in the drugol group and 25 kg in the placebo group. Remission was "
        "reached by 40% and 10%, respectively."
    )
    own = {f.phrase: reading.lexicon.label(f.groups) for f in reading.facts if f.figure}
    assert (own["40%"], own["10%"]) == ("drugol", "placebo")


def test_a_sentence_of_one_group_does_not_lose_the_order_of_both() -> None:
    reading = read_record(
        ARMS
        + "Grip was 31 kg in the drugol group and 25 kg in the placebo group. Walking improved "
        "by 41 m on drugol only. Remission was reached by 40% and 10%, respectively."
    )
    own = {f.phrase: reading.lexicon.label(f.groups) for f in reading.facts if f.figure}
    assert (own["40%"], own["10%"]) == ("drugol", "placebo")


def test_values_of_a_later_clause_are_the_subjects_and_the_others() -> None:
    reading = read_record(
        ARMS + "Stay was shorter with drugol than with placebo, and fewer had rash (4% v 13%)."
    )
    own = {f.phrase: reading.lexicon.label(f.groups) for f in reading.facts if f.figure}
    assert (own["4%"], own["13%"]) == ("drugol", "placebo")
