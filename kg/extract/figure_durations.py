"""Times told without a number: ``after a year``, ``half an hour later``, ``in the past month``.

An article makes a time only where the words around it say *when* or *how long*: *twice a year*
tells how often, *a day in hospital* is a thing. Such a time is a round one.

>>> told = "Half an hour after a dose, and again a year later, they slept for a fortnight."
>>> [(f.printed, str(round(f.days, 2))) for f in durations(told)]
[('Half an hour', '0.02'), ('a year', '365.25'), ('a fortnight', '14.00')]
>>> [(f.printed, round(f.days)) for f in durations("At the 1st, 3rd and 6th weeks it hurt.")]
[('1st', 7), ('3rd', 21), ('6th', 42)]
>>> list(durations("It was given twice a year, at 3 mg an hour, and a day was lost."))
[]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.figure import Figure
from kg.model import Comparator, MentionKind
from kg.text.units import lookup

_NAMED = {"fortnight": (Decimal(2), "week"), "decade": (Decimal(10), "year")}
_UNIT = r"(?P<unit>hour|day|week|fortnight|month|year|decade)"
_HALF = Decimal("0.5")
_QUARTERS = {"a": 1, "one": 1, "three": 3}
_QUARTER = re.compile(
    r"\b(?P<n>a|one|three) quarters? of an? (?P<unit>hour|day|year)\b", re.IGNORECASE
)
_ORDINAL = re.compile(
    r"\b(?P<n>[1-9]\d?)(?:st|nd|rd|th)(?=(?:,? (?:and |or )?[1-9]\d?(?:st|nd|rd|th)){0,6},? "
    r"(?P<unit>day|week|month|year|hour)s?\b(?! of (?:life|age)))"
)
_SAID = "|".join(
    f"(?<={word} )" for word in (
        "after", "within", "over", "during", "by", "until", "lasting", "lasted", "beyond", "for",
        "nearly", "almost", "at", "in", "than", "least", "about", "around", "roughly",
    )
)  # fmt: skip
_LATER = r"(?= (?:later|on|ago|afterwards|after|earlier|before)\b)"
_TIME = re.compile(
    rf"\b(?:(?P<half>half an? ){_UNIT}\b|(?:{_SAID})an? (?:full |whole |entire )?"
    rf"{_UNIT.replace('unit', 'led')}\b(?!-)"
    rf"|(?<![\d%] )an? {_UNIT.replace('unit', 'trailed')}{_LATER}"
    rf"|(?:past|previous|preceding|last|prior) {_UNIT.replace('unit', 'past')}\b)",
    re.IGNORECASE,
)


def durations(text: str) -> Iterator[Figure]:
    """Yield the times of a matching copy that are told without a plain number, in text order."""
    found = [_figure(m, _QUARTERS[m["n"].lower()] / Decimal(4), m["unit"])
             for m in _QUARTER.finditer(text)]  # fmt: skip
    for match in _TIME.finditer(text):
        name = next(match[g] for g in ("unit", "led", "trailed", "past") if match[g]).lower()
        amount, unit = _NAMED.get(name, (Decimal(1), name))
        found.append(_figure(match, amount * _HALF if match["half"] else amount, unit))
    found += [_figure(m, Decimal(m["n"]), m["unit"]) for m in _ORDINAL.finditer(text)]
    yield from sorted((f for f in found if f is not None), key=lambda f: (f.start, -f.end))


def _figure(match: re.Match[str], value: Decimal, unit: str) -> Figure | None:
    known = lookup(unit.lower())
    if known is None:
        return None
    return Figure(
        *match.span(), MentionKind.TIME, match.group(), value, comparator=Comparator.ABOUT,
        unit=known.ucum, days=value * known.factor,
    )  # fmt: skip
