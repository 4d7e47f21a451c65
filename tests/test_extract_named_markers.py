"""Markers by author and year, by identifier and by link: what is one, what is none."""

from __future__ import annotations

import pytest

from kg.extract.markers import blanked
from kg.extract.named_markers import named_markers


def labels(text: str) -> list[str]:
    return [m.label for m in named_markers(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell (Nowhere et al., 2014).", ["Nowhere et al., 2014"]),
        (
            "It fell (Nowhere et al. 2014a, 2014b).",
            ["Nowhere et al., 2014a", "Nowhere et al., 2014b"],
        ),
        ("Nowhere et al. (2014) saw it fall.", ["Nowhere et al., 2014"]),
        ("Nowhere and colleagues (2014) saw it fall.", ["Nowhere et al., 2014"]),
        (
            "It fell [Nowhere & Roe, 2014; see also Poe, 2015].",
            ["Nowhere and Roe, 2014", "Poe, 2015"],
        ),
        ("It fell (van der Nowhere, 2014, p. 12).", ["van der Nowhere, 2014"]),
        ("It fell (O’Nowhere-Roe 2014).", ["O’Nowhere-Roe, 2014"]),
        ("It fell (March, 2014) in gout (Table 2, 2015) since (2016).", []),
        ("Data of 2014 (n = 20) and 2015 (p = .02).", []),
        ("It fell (doi:10.1000/A.1).", ["doi:10.1000/a.1"]),
        ("See https://doi.org/10.1000/a(1)b, too.", ["doi:10.1000/a(1)b"]),
        ("See https://pubmed.ncbi.nlm.nih.gov/12/ and PMID: 13.", ["pmid:12", "pmid:13"]),
        ("The trial (NCT 01234567) and PMC77777.", ["nct:NCT01234567", "pmcid:PMC77777"]),
        ("It rose by 10.5 to 20.1/24 h.", []),
    ],
)
def test_what_is_cited(text: str, found: list[str]) -> None:
    assert labels(text) == found


def test_who_found_it_stays_in_the_sentence_and_the_citation_goes() -> None:
    for text, left in (
        ("Roe et al. (2014) saw it fall.", "Roe et al. saw it fall."),
        ("It fell (Roe et al., 2014).", "It fell ."),
        ("It fell (p = .02; Roe, 2014).", "It fell (p = .02; )."),
        ("It fell (PMID: 12; doi:10.1000/a).", "It fell ."),
        ("In NCT01234567, it fell.", "In NCT01234567, it fell."),
    ):
        shown = blanked(text, named_markers(text, 0, len(text)))
        assert " ".join(shown.split()).replace(" )", " )") == left
