"""The units that trials use: printed forms, UCUM code, dimension, factor to the base unit.

The table is ``kg/text/data/units.tsv``. A dimension's base unit has the factor 1 (milligram for
mass, day for time, millilitre for volume), so two amounts of one dimension compare by
``value * factor``.

>>> unit = lookup("µg")
>>> unit.ucum, unit.dimension, unit.factor
('ug', 'mass', Decimal('0.001'))
>>> lookup("months").factor, lookup("furlong")
(Decimal('30.4375'), None)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from kg.text.lexicon import rows

_SYMBOL_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    :param printed: its printed forms, the usual one first
    :param ucum: its UCUM code; annotations in braces say what is counted
    :param dimension: what it measures; units of one dimension convert into each other
    :param factor: how many base units of the dimension one of it is
    """

    printed: tuple[str, ...]
    ucum: str
    dimension: str
    factor: Decimal


@cache
def units() -> tuple[Unit, ...]:
    """Return all units, in the table's order."""
    return tuple(
        Unit(tuple(form.strip() for form in row[0].split("|")), row[1], row[2], Decimal(row[3]))
        for row in rows("units.tsv")
    )


def _plain(printed: str) -> str:
    """Unite what print varies within a unit: micro signs, superscripts, points and spaces."""
    text = printed.strip().replace("µ", "μ").replace("²", "2").replace("³", "3")
    text = text.replace("·", ".").replace("⋅", ".").replace("−", "-").replace("–", "-")
    return " ".join(text.split())


@cache
def _by_form() -> tuple[Mapping[str, Unit], Mapping[str, Unit]]:
    """Index the units by exact form, and by lower-case form where letter case decides nothing."""
    exact: dict[str, Unit] = {}
    lower: dict[str, Unit | None] = {}
    for unit in units():
        for form in map(_plain, unit.printed):
            exact.setdefault(form, unit)
            other = lower.setdefault(form.lower(), unit) if len(form) > 1 else unit
            if other is not unit:
                lower[form.lower()] = None
    return MappingProxyType(exact), MappingProxyType({k: v for k, v in lower.items() if v})


def lookup(printed: str) -> Unit | None:
    """Return the unit of a printed form, or None; letter case counts only where it decides.

    A single letter must be printed as in the table: ``M`` is no metre.

    >>> [u.ucum for u in map(lookup, ("mg/dl", "kg/m²", "Cells/kg", "weeks", "IU"))]
    ['mg/dL', 'kg/m2', '{cells}/kg', 'wk', '[IU]']
    """
    exact, lower = _by_form()
    form = _plain(printed)
    return exact.get(form) or lower.get(form.lower())


@cache
def unit_alternation() -> str:
    """Return a regular expression's source that matches any printed form, the longest first.

    Symbols (up to three letters) keep their case, words match in any case. It has no groups that
    capture and asks that no letter or digit follows.
    """
    forms = {_plain(form) for unit in units() for form in unit.printed}
    branches = [_branch(form) for form in sorted(forms, key=lambda f: (-len(f), f))]
    return rf"(?:{'|'.join(branches)})(?![A-Za-zμµ0-9])"


def _branch(form: str) -> str:
    source = re.escape(form).replace("μ", "[μµ]").replace(r"\ ", r"[ \u00a0\u2009\u202f-]")
    source = re.sub(r"(?<=m)([23])", lambda m: {"2": "[2²]", "3": "[3³]"}[m.group()], source)
    source = source.replace(r"\.", "[.·⋅]")
    word = len(form) > _SYMBOL_LENGTH and form.replace(" ", "").isalpha()
    return f"(?i:{source})" if word else source


@cache
def unit_pattern() -> re.Pattern[str]:
    """Return :func:`unit_alternation`, compiled.

    >>> unit_pattern().match("mg/dL of glucose").group()
    'mg/dL'
    >>> unit_pattern().match("mgx") is None
    True
    """
    return re.compile(unit_alternation())
