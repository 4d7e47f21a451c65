"""Groups that the length of treatment sets apart: *the 3-day group*, *seven days of drugol*.

>>> from kg.extract.mentions import find
>>> text = "Failure was 6% in the 3-day group and 5% in the 7-day group at 14 days."
>>> [(g.key, g.label) for g in span_labels(text, list(find(text)))]
[('for 3 days', '3-day'), ('for 7 days', '7-day')]
>>> claim = "Three days of drugol failed in 6% by day 14."
>>> [f.printed for f in find(claim) if names_span(claim, f)]
['Three days']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract.group import LearnedGroup
from kg.model import MentionKind

if TYPE_CHECKING:
    from kg.extract.mentions import Figure

_TWO = 2
_MOST = 4
_HEAD = re.compile(
    r"[- ](?:[a-z-]+ ){0,2}(?:groups?|arms?|courses?|regimens?|schedules?)\b", re.IGNORECASE
)
_GIVEN = re.compile(r" (?:of|on) (?!age\b|life\b|follow|admission|gestation)[a-z]", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for|given|receiving|received|versus|than|to) $", re.IGNORECASE)
_AT = re.compile(
    r"\b(?:at|by|after|within|until|over|during|last|first|past|median|mean) (?:of )?$",
    re.IGNORECASE,
)


def span_labels(text: str, figures: Sequence[Figure]) -> Iterator[LearnedGroup]:
    """Yield the groups of a record that are called by how long they were treated, if several."""
    found: dict[Decimal, Figure] = {}
    for figure in figures:
        if _is_span(figure) and figure.days and _HEAD.match(text, figure.end):
            found.setdefault(figure.days, figure)
    if _TWO <= len(found) <= _MOST:
        for days, figure in found.items():
            label = figure.printed.strip(" -")
            yield LearnedGroup(
                f"for {days.normalize():f} days", label, figure.start, figure.end, span=days
            )


def names_span(text: str, figure: Figure) -> bool:
    """Whether a time tells how long something was given, and not when: ``three days of drugol``."""
    if not _is_span(figure) or _AT.search(text, max(0, figure.start - 16), figure.start):
        return False
    if _HEAD.match(text, figure.end) or _GIVEN.match(text, figure.end):
        return True
    return bool(_FOR.search(text, max(0, figure.start - 12), figure.start))


def _is_span(figure: Figure) -> bool:
    return figure.kind is MentionKind.TIME and figure.days is not None and figure.upper is None
