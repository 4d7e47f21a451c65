"""A typed figure, and the grammar of printed numbers that every pattern of figures is built from.

Patterns run on the matching copy of :mod:`kg.text.normal`, where dashes are ``-``, ``.02`` is
``0.02`` and ``10⁶`` is ``10^6``. Every repetition in them is bounded or cannot restart inside its
own match, so that scanning stays linear in the length of the text.

>>> number("1,234.5"), number("0,03"), number("1.5 x 10^6"), number("- 3.1")
(Decimal('1234.5'), Decimal('0.03'), Decimal('1500000'), Decimal('-3.1'))
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kg.model import Comparator, MentionKind
from kg.text.units import Unit

PLAIN = (
    r"(?>[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])(?:\.[0-9]{1,12})?|0,[0-9]{1,4}"
    r"|[1-9][0-9]{0,2}(?: 0[0-9]{2}(?![0-9])){1,3}"
    r"|[0-9]{1,15}(?:\.[0-9]{1,12})?)(?![0-9])"
)
POWER = r"(?: ?[x*] ?10 ?(?:\^ ?|\()?[-+]?[0-9]{1,3}\)?|[eE][-+]?[0-9]{1,3}(?![0-9A-Za-z]))"
NUMBER = rf"(?:{PLAIN}{POWER}?)"
SIGNED = rf"(?:[-+] ?)?{NUMBER}"
# A number begins where no other number and no name goes on; names are tested by the caller.
BEGIN = r"(?<![0-9A-Za-zα-ωΑ-Ω_^])(?<![0-9][.,])"
COMPARATORS = {
    "<": Comparator.LESS,
    "<=": Comparator.AT_MOST,
    ">": Comparator.MORE,
    ">=": Comparator.AT_LEAST,
    "=": Comparator.EQUAL,
    "~": Comparator.ABOUT,
    "≈": Comparator.ABOUT,
    "=<": Comparator.AT_MOST,
    "=>": Comparator.AT_LEAST,
}
_TEN = re.compile(r"^(.*?) ?[x*] ?10 ?[\^(]{0,1} ?([-+]?[0-9]{1,3})\)?$")


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure with its kind and value. Offsets point into the text as given.

    :param printed: the figure as printed: comparator, unit and spread included
    :param value: its value; the lower bound of a range or an interval; None of a p told as NS
    :param upper: the upper bound of a range or an interval
    :param unit: UCUM code; None for a bare number
    :param entity: what is counted, or the name of an effect (``OR``) or an interval (``IQR``)
    :param level: level of a confidence interval, in percent
    :param spread: the SD, SE or IQR printed with the value
    :param total: the denominator of ``n/N``
    :param days: value of a time or an age, in days
    :param shared_unit: whether the unit stands only behind a later figure of the list
    """

    start: int
    end: int
    kind: MentionKind
    printed: str
    value: Decimal | None = None
    upper: Decimal | None = None
    comparator: Comparator = Comparator.EQUAL
    unit: str | None = None
    entity: str | None = None
    level: Decimal | None = None
    spread: Decimal | None = None
    total: Decimal | None = None
    days: Decimal | None = None
    shared_unit: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One number on its way to a figure, in offsets of the copy.

    :param stop: where the number itself ends, without its unit
    :param noun: what is counted
    :param worded: whether it was told in words
    :param again: whether what it counts is told before: ``six women on A, two on B``
    """

    start: int
    end: int
    stop: int
    value: Decimal
    upper: Decimal | None = None
    comparator: Comparator = Comparator.EQUAL
    unit: str | None = None
    known: Unit | None = None
    noun: str | None = None
    spread: Decimal | None = None
    total: Decimal | None = None
    shared: bool = False
    worded: bool = False
    hyphened: bool = False
    word: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """What a bare ``100M`` may mean.

    :param spoken: whether the text tells doses of cells in millions
    :param part: whether only a part of the text is read, such as a claim
    """

    spoken: bool = False
    part: bool = False


def number(printed: str) -> Decimal:
    """Return the value of a number matched by :data:`SIGNED`.

    :raises decimal.InvalidOperation: if it was not matched by it
    """
    text = printed.strip()
    power = _TEN.match(text)
    exponent = 0
    if power:
        text, exponent = power.group(1), int(power.group(2))
    text = text.replace(" ", "")
    text = text.replace(",", ".") if re.match(r"[-+]?0,", text) else text.replace(",", "")
    value = Decimal(text)
    if not exponent and "e" not in text.lower():
        return value
    return plain(value.scaleb(exponent))


def plain(value: Decimal) -> Decimal:
    """Return a value without exponent and without needless zeros.

    >>> plain(Decimal("1E+2"))
    Decimal('100')
    """
    value = value.normalize()
    exponent = value.as_tuple().exponent
    return value.quantize(Decimal(1)) if isinstance(exponent, int) and 0 < exponent < 25 else value


class Taken:
    """Which characters of a copy belong to a figure or a name already."""

    __slots__ = ("_flags",)

    def __init__(self, length: int) -> None:
        self._flags = bytearray(length)

    def free(self, start: int, end: int) -> bool:
        """Whether no character of a span is taken."""
        return self._flags.find(1, start, end) < 0

    def take(self, start: int, end: int) -> None:
        """Mark a span as taken."""
        self._flags[start:end] = b"\x01" * (end - start)
