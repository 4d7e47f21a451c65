"""Headings and forms of lines on PubMed pages; every row of the tables does what it says."""

from __future__ import annotations

import pytest

from kg.sources.pubmed_regions import (
    Citation,
    Region,
    citation,
    is_identifier,
    is_issue_note,
    opening,
    publication_type,
)
from kg.text.lexicon import rows


def test_every_example_opens_its_region() -> None:
    for row in rows("pubmed_regions.tsv"):
        found = opening(row[4])
        assert found is not None, row
        assert found.region is Region(row[0])


def test_every_publication_type_is_known_in_any_case() -> None:
    for row in rows("publication_types.tsv"):
        assert publication_type(row[0].upper()) == row[0]


@pytest.mark.parametrize(
    "line",
    [
        "Update in practice was slow.", "Abstract thinking helped.", "Figures fell in both groups.",
        "Retraction in children of the eyelid was seen." + " It was." * 60, "Share of men", "",
    ],
)  # fmt: skip
def test_sentences_open_nothing(line: str) -> None:
    assert opening(line) is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (". 2017 Oct 12;72(11):1505-1512.", Citation("", "2017 Oct 12")),
        (". 2017 Oct 12. doi: 10.1000/x.", Citation("", "2017 Oct 12")),
        (". 2017 Mar-Apr;3:1.", Citation("", "2017 Mar-Apr")),
        (". 2017;3(Suppl 1):S1.", Citation("", "2017")),
        ("J Inv Med. 2017 Oct;72(11):15.", Citation("J Inv Med", "2017 Oct")),
        ("12. J Inv Med (Lond). 2017;72:15.", Citation("J Inv Med (Lond)", "2017")),
        ("J Inv Med. 2017 Oct 12:dxx001. doi: 10.1000/x.", Citation("J Inv Med", "2017 Oct 12")),
        ("It was wet. 2017 was dry.", None),
        ("2017 Oct 12;72(11):15", None),
    ],
)
def test_journal_lines_are_read(line: str, found: Citation | None) -> None:
    assert citation(line) == found


def test_identifiers_and_notes_are_known_by_their_form() -> None:
    assert all(map(is_identifier, ("doi: 10.1000/x", "PMC1234567", "30000001", "DOI:10.1/x")))
    assert not is_identifier("30000001", labelled=True)
    assert not is_identifier("See doi: 10.1000/x")
    assert is_issue_note("Epub 2017 Apr 25.")
    assert not is_issue_note("Printing was slow.")
