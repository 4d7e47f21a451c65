"""Figure captions and references of a PubMed page."""

from __future__ import annotations

import pytest

from kg.model import Part
from kg.sources.lines import lines
from kg.sources.pubmed_lists import captions, references


def _captions(text: str) -> list[tuple[Part, str | None, str]]:
    return [(s.part, s.label, text[s.start : s.end]) for s in captions(text, lines(text))]


@pytest.mark.parametrize(
    "label", ["Figure 1.", "Figure 1", "Fig. 2", "FIG 3:", "Supplementary Figure S4.", "Table 1"]
)
def test_a_label_stands_above_or_before_its_caption(label: str) -> None:
    told = [(Part.CAPTION, label, "Walking by week.")]
    assert _captions(f"{label}\nWalking by week.") == told
    assert _captions(f"{label} Walking by week.") == told


def test_a_label_that_no_caption_follows_is_furniture() -> None:
    assert [part for part, _, _ in _captions("Figure 1.\nFigure 1.\nFigure 2.\n")] == [
        Part.FURNITURE
    ] * 3


@pytest.mark.parametrize(
    "line", ["Box plots of walking.", "Figure 2 shows the men.", "Table of doses."]
)
def test_a_caption_that_mentions_a_figure_begins_no_other(line: str) -> None:
    text = f"Figure 1.\nWalking by week\n{line}"
    assert _captions(text) == [(Part.CAPTION, "Figure 1.", f"Walking by week\n{line}")]


def test_a_gap_after_a_full_stop_parts_captions_without_labels() -> None:
    assert len(_captions("Walking by week.\n\nSitting by week.")) == 2
    assert len(_captions("Walking by week,\n\nthen sitting.")) == 1


def test_references_that_were_broken_stay_whole() -> None:
    text = "1. Author A. Walking in\nold age. 2019. - PubMed\n2.\nName B. Sitting. 2020."
    assert [(s.label, text[s.start : s.end]) for s in references(lines(text))] == [
        ("1", "Author A. Walking in\nold age. 2019. - PubMed"),
        ("2", "Name B. Sitting. 2020."),
    ]


def test_a_mark_without_reference_is_furniture() -> None:
    text = "1. Author A. 2019.\n2.\n"
    assert [s.part for s in references(lines(text))] == [Part.REFERENCE, Part.FURNITURE]
