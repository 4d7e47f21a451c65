"""Paragraphs below printed labels."""

from __future__ import annotations

from kg.model import Part
from kg.sources.labelled import labelled
from kg.sources.lines import lines


def _told(text: str, default: Part = Part.ABSTRACT) -> list[tuple[Part, str | None, str]]:
    return [(s.part, s.label, text[s.start : s.end]) for s in labelled(text, lines(text), default)]


def test_a_run_that_does_not_begin_after_a_gap_begins_with_its_first_line() -> None:
    text = "Authors here\nIt helped ten men.\n"
    found = list(labelled(text, lines(text)[1:], Part.ABSTRACT))
    assert [(s.start, s.end) for s in found] == [(13, 31)]


def test_the_label_stands_beside_the_first_paragraph_alone() -> None:
    told = _told("Results: It fell.\n\nIt rose again later on.\n")
    assert told == [
        (Part.RESULTS, "Results:", "It fell."),
        (Part.RESULTS, None, "It rose again later on."),
    ]


def test_a_title_is_one_paragraph_long() -> None:
    assert [part for part, _, _ in _told("TITLE: Knees\n\nIt helped.")] == [
        Part.TITLE, Part.ABSTRACT,
    ]  # fmt: skip


def test_labels_inside_a_paragraph_part_it() -> None:
    told = _told("BACKGROUND: Rare. METHODS: Ten men. CONCLUSIONS: It helped.")
    assert [part for part, _, _ in told] == [Part.BACKGROUND, Part.METHODS, Part.CONCLUSIONS]


def test_a_colon_in_a_sentence_is_no_label() -> None:
    assert len(_told("It was known: Results were mixed. In brief: they fell.")) == 1


def test_an_unknown_label_in_capitals_is_kept_as_printed() -> None:
    assert _told("PAIN SCORES: They fell.") == [(Part.ABSTRACT, "PAIN SCORES:", "They fell.")]
