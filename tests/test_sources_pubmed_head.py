"""The head of a PubMed page: journal, identifiers and title, and nothing of the site."""

from __future__ import annotations

import pytest

from kg.model import Part
from kg.sources.lines import lines
from kg.sources.pubmed_head import head


def _told(text: str) -> list[tuple[Part, str]]:
    return [(s.part, text[s.start : s.end]) for s in head(lines(text))[0]]


def test_links_between_the_journal_and_its_line_are_skipped() -> None:
    told = _told("J Inv Med\n\nActions\n\nSearch in PubMed\n. 2019 Mar;4(2):1-9.\nWalking\nA Name")
    assert [part for part, _ in told] == [
        Part.JOURNAL, Part.FURNITURE, Part.FURNITURE, Part.JOURNAL, Part.TITLE,
    ]  # fmt: skip


def test_an_identifier_above_the_journal_line_is_the_sites() -> None:
    told = _told("doi: 10.1000/site\n. 2019 Mar;4(2):1-9.\ndoi: 10.1000/own\nWalking\nA Name")
    assert (Part.FURNITURE, "doi: 10.1000/site") in told
    assert (Part.IDENTIFIER, "doi: 10.1000/own") in told


@pytest.mark.parametrize("name", ["van den Name A", "de Name B", "A Name"])
def test_authors_below_a_long_title_are_not_part_of_it(name: str) -> None:
    title = "Weekly zelorimab for the sore knees of adults who walk"
    assert _told(f". 2019 Mar;4(2):1-9.\n{title}\n{name}\n")[-1] == (Part.TITLE, title)


def test_a_page_without_journal_line_begins_with_its_title() -> None:
    segments, below = head(lines("Share\nWalking after zelorimab\nA Name\nAbstract\nIt helped."))
    assert [segment.part for segment in segments] == [Part.FURNITURE, Part.TITLE]
    assert [line.text for line in below] == ["A Name", "Abstract", "It helped."]


def test_a_page_of_furniture_has_no_title() -> None:
    assert {part for part, _ in _told("Share\nSave\n\nAbstract\n\nIt helped.")} == {Part.FURNITURE}
