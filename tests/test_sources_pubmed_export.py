"""PubMed's export of records as text."""

from __future__ import annotations

import pytest

from kg.model import Part
from kg.sources.lines import lines
from kg.sources.pubmed_export import is_export, pieces

_HEAD = "1. J Inv Med. 2019 Mar;4(2):1-9.\n\nWalking.\n\nName A(1), Other B(2).\n\n"
_IDS = "DOI: 10.1000/x\nPMID: 12\n"


def _told(text: str) -> list[tuple[Part, str | None, str]]:
    return [(s.part, s.label, text[s.start : s.end]) for s in pieces(text, lines(text))[0]]


def test_wrapped_lines_of_the_abstract_are_one_paragraph() -> None:
    told = _told(f"{_HEAD}Ten men took zelorimab for\nweeks. They walked.\n\n{_IDS}")
    assert (Part.ABSTRACT, None, "Ten men took zelorimab for\nweeks. They walked.") in told


def test_an_abstract_without_authors_is_no_list_of_authors() -> None:
    text = f"1. J Inv Med. 2019;4:1-9.\n\nWalking.\n\nTen men walked. They rested.\n\n{_IDS}"
    assert [part for part, _, _ in _told(text)] == [
        Part.JOURNAL, Part.TITLE, Part.ABSTRACT, Part.IDENTIFIER,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("Comment in\n    J Bar. 2020;1:1.", (Part.FURNITURE, None)),
        ("Erratum in\n    J Bar. 2020;1:1.", (Part.REVIEW_STATUS, "Erratum in")),
        ("Retraction in: J Bar. 2020;1:1.", (Part.REVIEW_STATUS, "Retraction in")),
        ("Conflict of interest statement: None.", (Part.FURNITURE, None)),
        ("© 2019 A Society.", (Part.FURNITURE, None)),
    ],
)
def test_each_paragraph_is_told_by_its_first_line(
    block: str, told: tuple[Part, str | None]
) -> None:
    found = _told(f"{_HEAD}{block}\n\nTen men walked.\n\n{_IDS}")
    assert told in [(part, label) for part, label, _ in found]
    assert (Part.ABSTRACT, None, "Ten men walked.") in found


@pytest.mark.parametrize(
    "text",
    [
        "Walking.\n\nPMID: 12\n",
        ". 2019 Mar;4:1.\nWalking\nPMID: 12",
        "J Inv Med. 2019;4:1-9.\n\nWalking.",
        "J Inv Med. 2019;4:1-9.\n\nWalking.\n\nAbstract\n\nIt helped.\n\nPMID: 12",
    ],
)
def test_other_texts_are_no_export(text: str) -> None:
    assert not is_export(lines(text))
