"""Identifiers as printed, and the id of the work that they give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.works import doi_in, pmcid_in, pmid_in, registration_in, work


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("doi: 10.1000/abc.", "10.1000/abc"),
        ("(https://doi.org/10.1000/a(b)c)", "10.1000/a(b)c"),
        ("10.1000/(SICI)10(99)3:1<1::AID>3.0.CO;2-Q.", "10.1000/(SICI)10(99)3:1<1::AID>3.0.CO;2-Q"),
        ("page 10.5 of 20/30", None),
    ],
)  # fmt: skip
def test_a_doi_is_read_without_what_follows_it(text: str, doi: str | None) -> None:
    assert doi_in(text) == doi


@given(st.from_regex(r"10\.[0-9]{4,6}/[a-z0-9]{1,9}(\.[a-z0-9]{1,5}){0,2}", fullmatch=True))
def test_a_doi_is_found_whatever_stands_around_it(doi: str) -> None:
    assert doi_in(f"see (doi:{doi}), p. 4") == doi
    assert work(doi=doi.upper()).doi == doi


@pytest.mark.parametrize(
    ("text", "pmid"),
    [
        ("PMID: 123", "123"),
        ("PMID:\n123", "123"),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", "123"),
        ("PMID 123456789", None),
        ("123", None),
    ],
)
def test_a_pubmed_number_is_read_where_it_is_named_one(text: str, pmid: str | None) -> None:
    assert pmid_in(text) == pmid


def test_a_central_number_keeps_its_letters() -> None:
    assert (pmcid_in("PMCID: PMC 12345"), pmcid_in("PMC12")) == ("PMC12345", None)


@pytest.mark.parametrize(
    "number", ["NCT01234567", "ISRCTN12345678", "ACTRN12345678901234", "ChiCTR2000012345"]
)
def test_registries_are_known_by_their_form(number: str) -> None:
    assert registration_in(f"It is registered ({number}).") == number
    assert registration_in(f"x{number}9") is None


def test_the_surest_identifier_names_the_work() -> None:
    every = work(doi="10.1000/A", pmid="1", title="Walking", date="2019-03")
    assert every.id == "https://doi.org/10.1000/a"
    assert (every.year, every.date) == (2019, "2019-03")
    assert work(pmid="1", title="Walking").id == "https://pubmed.ncbi.nlm.nih.gov/1/"


def test_title_author_and_year_name_a_work_without_identifier() -> None:
    one = work(title="Walking, again", first_author="A Name", date="2019")
    same = work(title="walking  AGAIN", first_author="a name", date="2019-04")
    assert one.id == same.id != work(title="Walking, again", first_author="B").id


def test_a_work_that_prints_nothing_is_named_by_its_record() -> None:
    assert work(document="ab").id != work(document="cd").id
