"""Dates as far as printed, and never further."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.dates import printed_date

_DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))


@given(_DAYS, st.sampled_from(["%B %d, %Y", "%d %b %Y", "%Y %b %d", "%Y-%m-%d", "%d. %B %Y"]))
def test_a_whole_date_is_read_in_every_style(day: datetime.date, style: str) -> None:
    text = f"Updated {day.strftime(style)}"
    found = printed_date(text)
    assert found is not None
    if style != "%d. %B %Y":
        assert found[2] == day.isoformat()
        assert text[found[0] : found[1]] == day.strftime(style)
    else:
        assert found[2] == day.isoformat()[:7]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Sept. 2019", "2019-09"),
        ("May 1st, 2020", "2020-05-01"),
        ("23/04/2026", "2026-04-23"),
        ("04/23/2026", "2026-04-23"),
        ("03/04/2026", "2026"),
        ("2019 Feb 30", "2019-02"),
        ("2026-13-01", "2026"),
        ("in 2026", "2026"),
        ("12019", None),
        ("1850", None),
    ],
)
def test_what_cannot_be_told_is_left_out(text: str, iso: str | None) -> None:
    found = printed_date(text)
    assert (found[2] if found else None) == iso


def test_the_first_date_at_or_after_a_place_counts() -> None:
    text = "1 May 2019 and 2 May 2020"
    assert printed_date(text) == (0, 10, "2019-05-01")
    assert printed_date(text, 11) == (15, 25, "2020-05-02")
