"""Names, literals and prefixes: the same content gives the same name, everywhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import terms
from tests.strategies import bases, ids

finite = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)
short = st.decimals(allow_nan=False, min_value=-(10**8), max_value=10**8, places=6)
parts = st.lists(st.one_of(st.text(max_size=8), st.integers(), st.none()), max_size=4)


@given(parts)
def test_a_name_depends_on_its_parts_and_kind_alone(own: list[object]) -> None:
    name = terms.node_id("claim", *own)
    assert name == terms.node_id("claim", *own)
    assert name != terms.node_id("fault", *own)
    assert name.startswith("claim/")
    assert len(name) == len("claim/") + 32


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c"), ("a", "bc")), (("a",), ("a", "")), (("a", "b"), ("b", "a")), ((1,), ((1, 2),))],
)
def test_parts_do_not_run_into_each_other(
    one: tuple[object, ...], other: tuple[object, ...]
) -> None:
    assert terms.node_id("x", *one) != terms.node_id("x", *other)


def test_a_digest_is_the_sha256_of_the_utf8() -> None:
    assert terms.digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert terms.digest("\u00e9") != terms.digest("e\u0301")
    assert len(terms.digest("\ud800")) == 64


@given(ids("claims") | ids("passages") | ids("works"), bases)
def test_a_node_id_comes_back_from_its_iri(node: str, base: str) -> None:
    assert terms.contract(terms.expand(node, base), base) == node


def test_an_absolute_iri_is_its_own_id_under_every_base() -> None:
    assert terms.expand("https://doi.org/10.5555/a", "https://example.org/").startswith(
        "https://doi"
    )


@given(short)
def test_a_canonical_decimal_keeps_the_value(value: Decimal) -> None:
    text = terms.canonical_decimal(value)
    assert Decimal(text) == value
    assert terms.canonical_decimal(text) == text


@given(finite)
def test_a_canonical_decimal_has_one_form(value: Decimal) -> None:
    text = terms.canonical_decimal(value)
    assert "e" not in text.lower()
    assert text != "-0"
    assert not ("." in text and text.endswith(("0", ".")))
    assert text == terms.canonical_decimal(text)
    assert len(Decimal(text).normalize().as_tuple().digits) <= 15


@pytest.mark.parametrize(
    ("given_value", "text"),
    [
        ("0.050", "0.05"),
        (".02", "0.02"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("-0.0", "0"),
        (15, "15"),
        ("1234567890.1234567", "1234567890.12346"),
    ],
)
def test_a_decimal_is_written_as_xsd_does(given_value: str | int, text: str) -> None:
    assert terms.canonical_decimal(given_value) == text


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("not_found", "NotFound"),
        ("within_group_vs_baseline", "WithinGroupVsBaseline"),
        ("for", "For"),
    ],
)
def test_a_code_becomes_the_name_of_its_concept(code: str, name: str) -> None:
    assert terms.camel(code) == name


def test_every_prefix_comes_back_from_its_curie() -> None:
    for prefix, namespace in terms.prefixes().items():
        assert terms.from_curie(f"{prefix}:x") == f"{namespace}x"
        assert terms.from_curie(terms.curie(f"{namespace}x")) == f"{namespace}x"


def test_the_longest_namespace_gives_the_curie() -> None:
    assert terms.curie(f"{terms.NS}Claim") == "ev:Claim"
    assert terms.curie(f"{terms.DEFAULT_BASE}id/claim/1") == "id:claim/1"
    assert terms.curie("urn:other") == "<urn:other>"


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("v:NotFound", f"{terms.VERDICT}NotFound"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("https://example.org/a", "https://example.org/a"),
        (" claim/1 ", f"{terms.DEFAULT_BASE}id/claim/1"),
        ("doc/ab#char=1,2", f"{terms.DEFAULT_BASE}id/doc/ab#char=1,2"),
    ],
)
def test_each_way_to_write_a_name_gives_its_iri(text: str, iri: str) -> None:
    assert terms.from_curie(text) == iri
