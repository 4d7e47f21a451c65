"""The design that a text tells of itself."""

from __future__ import annotations

import pytest

from kg.extract.design import design_terms
from kg.extract.reading import read_record
from kg.model import Part, Segment


def told(text: str, *, wished: bool = False) -> dict[str, list[str]]:
    """Return the design of a text: aspect and values."""
    terms = design_terms(read_record(text), wished=wished)
    return {aspect: list(values) for aspect, values in terms.items()}


@pytest.mark.parametrize(
    ("text", "aspect", "value"),
    [
        ("A randomised trial was run.", "allocation", "randomised"),
        ("Patients were randomly assigned to drugol.", "allocation", "randomised"),
        ("A non-randomised study was run.", "allocation", "not randomised"),
        ("The study was double-blind.", "blinding", "double-blind"),
        ("It was an open-label study.", "blinding", "open-label"),
        ("This phase II trial ran.", "phase", "phase 2"),
        ("This phase 2 trial ran.", "phase", "phase 2"),
        ("A cohort study was run.", "layout", "cohort"),
        ("Forty rats were fed.", "population", "animals"),
    ],
)
def test_each_aspect_by_its_words(text: str, aspect: str, value: str) -> None:
    assert value in told(text)[aspect]


@pytest.mark.parametrize(
    "text",
    ["Randomised trials are needed.", "No randomised trials have been published."],
)
def test_a_design_that_is_wished_for_or_denied_is_not_the_texts_own(text: str) -> None:
    assert "allocation" not in told(text)
    assert told(text, wished=True)["allocation"] == ["randomised"]


def test_a_design_told_in_the_methods_outweighs_one_told_of_others() -> None:
    text = "Other open-label trials exist. This trial was double-blind."
    parts = (Segment(0, 30, Part.BACKGROUND), Segment(31, len(text), Part.METHODS))
    terms = design_terms(read_record(text, parts))
    assert list(terms["blinding"]) == ["double-blind"]
    start, end = terms["blinding"]["double-blind"]
    assert text[start:end] == "double-blind"
