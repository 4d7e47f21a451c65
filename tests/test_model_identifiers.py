"""Identifiers: every spelling comes to one form, and what is none is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.identifiers import normal


@pytest.mark.parametrize(
    ("kind", "printed", "found"),
    [
        ("doi", "10.1000/ABC", "10.1000/abc"),
        ("doi", "doi: 10.1000/a(1)b", "10.1000/a(1)b"),
        ("doi", "http://dx.doi.org/10.1000/a", "10.1000/a"),
        ("doi", "10.1/a", None),
        ("doi", "11.1000/a", None),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/12/", "12"),
        ("pmid", "PMID:0012", "12"),
        ("pmid", "0", None),
        ("pmid", "123456789", None),
        ("pmcid", "pmc7", "PMC7"),
        ("pmcid", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7/", "PMC7"),
        ("pmcid", "7", None),
        ("nct", "https://clinicaltrials.gov/study/nct01234567", "NCT01234567"),
        ("nct", "NCT 01234567", "NCT01234567"),
        ("nct", "NCT0123456", None),
        ("isrctn", "ISRCTN 12345678", "ISRCTN12345678"),
        ("isrctn", "ISRCTN1234567", None),
        ("eudract", "EudraCT number: 2010-023034-23", "2010-023034-23"),
        ("eudract", "1810-023034-23", None),
        ("orcid", "0000000218250097", "0000-0002-1825-0097"),
        ("orcid", "0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("orcid", "0000-0002-1825-0079", None),
    ],
)
def test_a_spelling_comes_to_one_form(kind: str, printed: str, found: str | None) -> None:
    assert normal(kind, printed) == found


@given(st.sampled_from(["doi", "pmid", "pmcid", "nct", "isrctn", "eudract", "orcid"]), st.text())
def test_the_one_form_stays(kind: str, text: str) -> None:
    found = normal(kind, text)
    assert found is None or normal(kind, found) == found
