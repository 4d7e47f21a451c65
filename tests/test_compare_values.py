"""Figures told in two ways: one kind, one value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.compare.values import same_kind, same_time, same_value
from kg.extract.mentions import Figure, find


def figure(text: str) -> Figure:
    """Return the only figure of a text."""
    (only,) = find(text)
    return only


@pytest.mark.parametrize(
    ("claimed", "reported"),
    [
        ("p = 0.02", "P=.02"), ("p < 0.05", "p = .03"),
        ("p > 0.05", "p = 0.4"), ("p < .001", "p<0.001"),
        ("26 weeks", "6 months"), ("4 weeks", "1 month"), ("12 months", "1 year"),
        ("1.5 g", "1500 mg"), ("22%", "21.8%"), ("about 50%", "49%"), ("5.0 kg", "5 kg"),
        ("95% CI 1.2 to 2.7", "95% CI, 1.20-2.70"), ("twelve patients", "12 patients"),
        ("odds ratio 1.8", "OR 1.83"), ("p ≈ 0.04", "p = 0.038"), ("5 mL/h", "5 mL h−1"),
        ("0.5 mg/kg/h", "0.5 mg kg−1 h−1"), ("1.7 days", "-1.7 days/month"),
        ("5 g a day", "-5.0 g/day"), ("8.2 hours", "8.2 hours a day"),
    ],
)  # fmt: skip
def test_one_value_told_in_two_ways(claimed: str, reported: str) -> None:
    one, two = figure(claimed), figure(reported)
    assert same_kind(one, two)
    assert same_value(one, two)


@pytest.mark.parametrize(
    ("claimed", "reported"),
    [
        ("p = 0.02", "p = .2"), ("p < 0.05", "p < 0.01"), ("p < 0.01", "p = .03"),
        ("p < 0.01", "p < 0.05"),
        ("p = 0.03", "p < 0.05"), ("p > 0.05", "p = 0.04"), ("p = 0.05", "p < 0.05"),
        ("53 weeks", "12 months"), ("6 weeks", "6 months"), ("25 weeks", "6 months"),
        ("15 g", "1500 mg"), ("21%", "21.8%"), ("21.84%", "21.8%"), ("about 50%", "40%"),
        ("95% CI 1.2 to 2.7", "95% CI 1.2 to 7.2"), ("90% CI 1.2 to 2.7", "95% CI 1.2 to 2.7"),
        ("12 patients", "13 patients"), ("5 kg", "5 cm"),
        ("women over 35", "women under 35"),
        ("more than 140 mL/kg", "less than 140 mL/kg"), ("1.7 days", "4 days/month"),
        ("p ≈ 0.03", "p = 0.038"),
    ],
)  # fmt: skip
def test_two_values_are_not_one(claimed: str, reported: str) -> None:
    assert not same_value(figure(claimed), figure(reported))


@pytest.mark.parametrize(
    ("claimed", "reported"),
    [("p = 0.05", "12 weeks"), ("odds ratio 1.8", "hazard ratio 1.8"), ("30%", "p = 0.3")],
)
def test_figures_of_two_kinds_are_not_held_together(claimed: str, reported: str) -> None:
    assert not same_kind(figure(claimed), figure(reported))


def test_a_unit_printed_once_for_two_figures_is_both_of_theirs() -> None:
    one, two = find("42.4 vs 50.2 %")
    assert {f.value for f in (one, two)} == {Decimal("42.4"), Decimal("50.2")}
    assert same_value(figure("42.4%"), one)
    assert same_value(one, figure("42.4%"))
    assert not same_value(figure("42.4%"), two)


DAYS = st.decimals(Decimal("0.5"), Decimal(4000), places=2)


@given(DAYS, DAYS)
def test_a_time_is_told_as_itself_and_the_other_way_round(one: Decimal, two: Decimal) -> None:
    assert same_time(one, one)
    assert same_time(one, two) == same_time(two, one)


@given(DAYS)
def test_times_two_percent_apart_are_two_times(days: Decimal) -> None:
    if days > 40:  # 4 weeks pass for a month
        assert not same_time(days, days * Decimal("1.02"))
        assert same_time(days, days * Decimal("1.005"))


@given(st.decimals(Decimal("0.001"), Decimal("0.999"), places=3))
def test_a_p_bears_out_every_bound_above_it(value: Decimal) -> None:
    reported = figure(f"p = {value}")
    assert same_value(figure(f"p = {value}"), reported)
    if value + Decimal("0.001") < 1:
        assert same_value(figure(f"p < {value + Decimal('0.001')}"), reported)
    if value > Decimal("0.002"):
        assert not same_value(figure(f"p < {value - Decimal('0.001')}"), reported)
