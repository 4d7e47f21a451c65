"""The words that name an outcome, and those that name who was studied."""

from __future__ import annotations

import pytest

from kg.extract.phrases import outcome_phrase, population_phrase
from kg.extract.reading import read_record


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("In both groups the mean walking distance rose at 3 months.", "walking distance"),
        ("There were improvements in grip strength at 3 months.", "grip strength"),
        ("Joint pain decreased significantly.", "Joint pain"),
        ("It rose.", None),
    ],
)
def test_the_noun_phrase_beside_the_direction_is_the_outcome(
    text: str, outcome: str | None
) -> None:
    read = read_record(text)
    fact = next(f for f in read.facts if f.figure is None)
    span = outcome_phrase(read.text, read.sentences[0], fact.start, fact.clause)
    assert (text[slice(*span)] if span else None) == outcome


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("We randomised 40 older adults with gout to drugol.", "older adults with gout"),
        ("In this trial, 90 adults with gout received drugol.", "adults with gout"),
        ("We studied children with asthma.", "children with asthma"),
        ("In 60 women with migraine took place nothing.", "women with migraine"),
        ("Pain fell by 12%.", None),
    ],
)
def test_who_was_studied(text: str, population: str | None) -> None:
    span = population_phrase(text, 0, len(text))
    assert (text[slice(*span)] if span else None) == population
