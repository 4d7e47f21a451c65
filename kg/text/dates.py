"""Dates as print gives them, read only as far as printed.

>>> [printed_date(t)[2] for t in ("March 1, 2026", "1 Mar 2026", "2017 Oct 12", "Mar 2026")]
['2026-03-01', '2026-03-01', '2017-10-12', '2026-03']
"""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"[0-3]?\d"
_DATE = re.compile(
    rf"(?P<iso>\b{_YEAR}[-/][01]\d[-/][0-3]\d)"
    rf"|\b(?P<m1>{_MONTH})\s+(?P<d1>{_DAY})(?:st|nd|rd|th)?,?\s+(?P<y1>{_YEAR})"
    rf"|\b(?P<d2>{_DAY})(?:st|nd|rd|th)?\s+(?P<m2>{_MONTH}),?\s+(?P<y2>{_YEAR})"
    rf"|\b(?P<y3>{_YEAR})\s+(?P<m3>{_MONTH})(?:\s+(?P<d3>{_DAY})\b)?"
    rf"|\b(?P<m4>{_MONTH}),?\s+(?P<y4>{_YEAR})"
    rf"|\b(?P<a>{_DAY})[/.](?P<b>{_DAY})[/.](?P<y5>{_YEAR})"
    rf"|\b(?P<y6>{_YEAR})\b(?![-/]\d)",
    re.IGNORECASE,
)


def printed_date(text: str, start: int = 0) -> tuple[int, int, str] | None:
    """Return the first date at or after a place: its span and its ISO 8601 form, as far as printed.

    A date in figures whose day and month cannot be told apart gives its year alone.

    >>> printed_date("Updated 03/04/2026"), printed_date("Updated 23/04/2026")
    ((8, 18, '2026'), (8, 18, '2026-04-23'))
    >>> printed_date("no date") is None
    True
    """
    match = _DATE.search(text, start) if "19" in text or "20" in text else None
    if match is None:
        return None
    got = {key: value for key, value in match.groupdict().items() if value}
    if "iso" in got:
        year, month, day = (int(part) for part in re.split("[-/]", got["iso"]))
        return *match.span(), _iso(year, month, day)
    if "a" in got:
        return *match.span(), _figures(int(got["a"]), int(got["b"]), int(got["y5"]))
    year = next(int(value) for key, value in got.items() if key[0] == "y")
    name = next((value for key, value in got.items() if key[0] == "m"), None)
    day = next((int(value) for key, value in got.items() if key[0] == "d"), 0)
    month = _MONTHS.index(name[:3].lower()) + 1 if name else 0
    return *match.span(), _iso(year, month, day)


def _iso(year: int, month: int, day: int) -> str:
    """Write a date; a month or day that no calendar has is left out."""
    if not 1 <= month <= len(_MONTHS):
        return f"{year:04}"
    if not 1 <= day <= (29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31):
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}"


def _figures(first: int, second: int, year: int) -> str:
    if first > len(_MONTHS) >= second:
        return _iso(year, second, first)
    if second > len(_MONTHS) >= first:
        return _iso(year, first, second)
    return _iso(year, first, first) if first == second else f"{year:04}"
