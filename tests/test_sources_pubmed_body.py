"""What stands below the title of a PubMed page, region by region."""

from __future__ import annotations

import pytest

from kg.model import Part
from kg.sources.lines import lines
from kg.sources.pubmed_body import body


def _told(text: str, title: str | None = None) -> list[tuple[Part, str | None, str]]:
    return [(s.part, s.label, text[s.start : s.end]) for s in body(text, lines(text), title)]


def test_identifiers_below_the_authors_are_the_works_own() -> None:
    told = _told("A Name 1\nAffiliations\n1 Somewhere.\nPMID: 12\nAbstract\nIt helped.")
    assert [(part, label) for part, label, _ in told] == [
        (Part.AUTHORS, None),
        (Part.FURNITURE, None),
        (Part.AUTHORS, "Affiliations"),
        (Part.IDENTIFIER, None),
        (Part.FURNITURE, None),
        (Part.ABSTRACT, None),
    ]


def test_identifiers_below_a_comment_or_a_reference_are_not() -> None:
    told = _told("A Name\nComment in\nPMID: 12\nReferences\n1. B Other. 2019.\nPMID: 13\n")
    assert Part.IDENTIFIER not in {part for part, _, _ in told}


@pytest.mark.parametrize("line", ["Trial registration: NCT01234567.", "Keywords: knees"])
def test_registration_and_keywords_are_read_after_the_copyright_too(line: str) -> None:
    told = _told(f"A Name\nAbstract\nIt helped.\n\n© 2019 A Society.\n\n{line}\n")
    assert told[-1][0] in {Part.REGISTRATION, Part.KEYWORDS}
    assert told[-2][0] is Part.FURNITURE


def test_a_registry_entry_among_the_links_is_the_registration() -> None:
    told = _told("A Name\nAssociated data\n\n    ClinicalTrials.gov/NCT01234567\n")
    assert told[-1] == (Part.REGISTRATION, None, "ClinicalTrials.gov/NCT01234567")


def test_the_title_printed_again_brings_the_short_list_of_authors() -> None:
    told = _told("Affiliations\nWalking\nA Name et al. J Inv Med. 2019.\n", "Walking")
    assert told[1:] == [
        (Part.FURNITURE, None, "Walking"),
        (Part.AUTHORS, None, "A Name et al."),
        (Part.JOURNAL, None, "J Inv Med. 2019."),
    ]


def test_sections_printed_as_lines_of_their_own_begin_the_abstract() -> None:
    told = _told("A Name\nMethods\nTen men took it.\nResults\nThey walked further.\n")
    assert told[1:] == [
        (Part.METHODS, "Methods", "Ten men took it."),
        (Part.RESULTS, "Results", "They walked further."),
    ]
