"""Bibliographies: which works they list, what is odd about them, and what is none."""

from __future__ import annotations

import pytest

from kg.sources import BibliographyError, JsonError, read_bibliography

RIS = (
    "\ufeffTY  - JOUR\r\nA1  - Nowhere, Ann\r\nT1  - Gout in winter\r\nY1  - 2019/03//\r\n"
    "JF  - J Inv\r\nVL  - 4\r\nSP  - 1\r\nEP  - 9\r\nDO  - https://doi.org/10.1000/A.1\r\n"
    "TY  - JOUR\r\nTI  - Rash in gout\r\nPY  - 2020\r\nN1  - PMID: 91000002\r\nER  - \r\n"
)
BIBTEX = r"""@string{inv = "J Inv"}
@article{nowhere2019, author = {Nowh{\"e}re, Ann and {Gout Study Group}}, title = {{Gout} in
  $\alpha$}, journal = inv, year = 2019, doi = {10.1000/a.1}}
@comment{not an entry}
@misc{noone, title = {Rash}, date = {2020-05}, url = {https://pubmed.ncbi.nlm.nih.gov/91000002/}}
@article{nowhere2019, title = {Again}}
"""
CSL = """[{"id": "a", "type": "article-journal", "title": "Gout", "DOI": "10.1000/a.1",
 "author": [{"literal": "Gout Study Group"}], "issued": {"date-parts": [[2019, 3]]}}, 7,
 {"id": "b", "title": "A trial", "number": "NCT00000001", "issued": {"date-parts": [[]]}}]"""


def test_ris_keeps_records_without_an_end_and_says_so() -> None:
    found = read_bibliography(RIS.encode(), "r.ris")
    first, second = (entry.work for entry in found.entries)
    assert (first.doi, first.date, first.first_author) == ("10.1000/a.1", "2019-03", "Nowhere, Ann")
    assert (second.pmid, second.year) == ("91000002", 2020)
    assert found.warnings == ("record 1 (line 1) has no end (ER)",)
    assert "J Inv 2019-03;4:1-9" in found.entries[0].text


def test_bibtex_is_decoded_after_names_are_split_and_names_what_it_drops() -> None:
    found = read_bibliography(BIBTEX.encode(), "r.bib")
    assert [entry.key for entry in found.entries] == ["nowhere2019", "noone"]
    first, second = (entry.work for entry in found.entries)
    assert (first.first_author, first.title, first.journal) == (
        "Nowhëre, Ann",
        "Gout in α",
        "J Inv",
    )
    assert (second.pmid, second.date) == ("91000002", "2020-05")
    assert len(found.warnings) == 1
    assert "nowhere2019" in found.warnings[0]


def test_csl_keeps_partial_dates_partial_and_names_what_is_no_item() -> None:
    found = read_bibliography(CSL.encode(), "r.json")
    first, second = (entry.work for entry in found.entries)
    assert (first.first_author, first.date) == ("Gout Study Group", "2019-03")
    assert (second.id, second.date) == ("work/" + second.id[5:], None)
    assert second.registration == "NCT00000001"
    assert found.warnings == ("item 2 is no object",)


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("Gout hurts.", BibliographyError, "no bibliography"),
        ("TI  - Gout\n", BibliographyError, "lists no work"),
        ("@article{", BibliographyError, "lists no work"),
        ("[]", BibliographyError, "lists no work"),
        ('[{"id": }]', JsonError, "line 1, column"),
    ],
)
def test_what_is_no_bibliography_is_refused(text: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        read_bibliography(text.encode(), "r")
