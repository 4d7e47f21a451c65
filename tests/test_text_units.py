"""The table of units: every row does what its example says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from ucumvert import get_ucum_parser

from kg.text.lexicon import rows
from kg.text.units import lookup, unit_pattern, units


def test_every_printed_form_is_found_in_a_text_whole() -> None:
    for unit in units():
        for form in unit.printed:
            match = unit_pattern().match(f"{form} of it")
            assert match is not None, form
            assert lookup(match.group()) is lookup(form)


def test_every_example_holds_a_form_of_its_row() -> None:
    for row in rows("units.tsv"):
        found = {lookup(m.group()) for m in unit_pattern().finditer(row[4])}
        assert row[1] in {unit.ucum for unit in found if unit}, row


def test_every_form_gives_the_code_of_its_row() -> None:
    missed = [
        (form, unit.ucum)
        for unit in units()
        for form in unit.printed
        if (found := lookup(form)) is None or found.dimension != unit.dimension
    ]
    assert missed == []


def test_every_dimension_has_a_base_unit_though_print_may_not_use_it() -> None:
    dimensions = {unit.dimension for unit in units()}
    based = {unit.dimension for unit in units() if unit.factor == 1}
    assert dimensions - based == {"person_time", "proportion", "proportion_difference"}
    assert all(unit.factor > 0 for unit in units())


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("g", "mg", "1000"), ("µg", "mcg", "1"), ("weeks", "days", "7"), ("years", "days", "365.25")],
)
def test_amounts_of_one_dimension_compare_by_factor(one: str, other: str, ratio: str) -> None:
    left, right = lookup(one), lookup(other)
    assert left is not None
    assert right is not None
    assert left.factor / right.factor == Decimal(ratio)


def test_case_counts_where_it_decides_and_only_there() -> None:
    assert lookup("M") is None or lookup("M") is not lookup("m")
    assert lookup("Weeks") is lookup("weeks")
    assert lookup("MG/DL") is lookup("mg/dL")


@pytest.mark.parametrize("text", ["mgx", "furlong", "mg5"])
def test_a_longer_word_is_no_unit(text: str) -> None:
    assert unit_pattern().fullmatch(text) is None


def test_every_code_of_the_table_is_ucum() -> None:
    parse: Any = get_ucum_parser().parse
    for unit in units():
        assert parse(unit.ucum), unit.ucum
