"""p-values worked out again: from a test statistic with its degrees of freedom, from an interval.

The distribution functions are those of mpmath, loaded only when a text prints a statistic. The
survival functions follow from the regularised incomplete beta and gamma functions (Abramowitz and
Stegun, *Handbook of Mathematical Functions*, 26.4, 26.6 and 26.7).

>>> f"{two_sided('t', 2.048, 28.0):.3f} {two_sided('z', 1.96):.3f} {upper('chi2', 3.841, 1.0):.3f}"
'0.050 0.050 0.050'
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.extract.figure import COMPARATORS, NUMBER, SIGNED, number
from kg.model import Comparator
from kg.text.normal import normalise

_DF = r"[0-9]{1,5}(?:\.[0-9]{1,4})?"
_P = (
    r"(?P<p>(?<![A-Za-z])[pP](?:[- ]values?)? ?(?P<sign><=|>=|<|>|=) ?"
    rf"(?P<value>{NUMBER})(?! ?%))"
)
_GAP = rf" ?[,;] ?(?:[dD][fF] ?= ?(?P<later>{_DF})(?:, ?(?P<later2>{_DF}))? ?[,;] ?)?"
_SHAPES = (
    ("t", rf"(?<![A-Za-z0-9])t ?(?:\( ?(?P<df>{_DF}) ?\)|_?(?P<low>{_DF}))? ?= ?"),
    ("F", rf"(?<![A-Za-z0-9])F ?\(? ?(?P<df>{_DF}) ?, ?(?P<df2>{_DF}) ?\)? ?= ?"),
    ("chi2", rf"(?<![A-Za-z0-9])(?:[χΧX]\^?[2²]|chi(?:-| )?squared?) ?"
             rf"(?:\( ?(?P<df>{_DF})(?:, ?[nN] ?= ?[0-9]{{1,6}})? ?\))? ?= ?"),
    ("z", r"(?<![A-Za-z0-9])[zZ] ?= ?"),
    ("r", rf"(?<![A-Za-z0-9])r ?\( ?(?P<df>{_DF}) ?\) ?= ?"),
)  # fmt: skip
_STATISTICS = tuple(
    (kind, re.compile(rf"{head}(?P<statistic>{SIGNED}){_GAP}{_P}")) for kind, head in _SHAPES
)
_OTHERWISE = re.compile(
    r"(?i)\b(?:bonferroni|tukey|holm|hochberg|dunnett|scheff|sidak|adjusted|corrected|correction|"
    r"greenhouse|huynh|one-?(?:sided|tailed)|non-?inferiority|trend|interaction|permutation|exact|"
    r"bootstrap)"
)
_CHANCE = 1.959964
# What print and practice leave room for, as a factor: a z or a chi-square often stands beside the
# p-value of an exact or a continuity-corrected test.
_ROOM = {"t": 1.1, "F": 1.1, "r": 1.1, "z": 1.25, "chi2": 2.0}


@dataclass(frozen=True, slots=True)
class Retested:
    """A printed test statistic and the p-value printed with it, which it does not give.

    :param computed: the p-value that the statistic gives
    """

    statistic: tuple[int, int]
    p: tuple[int, int]
    printed: str
    computed: float


def upper(kind: str, value: float, *freedom: float) -> float:
    """Return the chance of a larger ``F`` or ``chi2`` statistic.

    :param freedom: degrees of freedom: one of chi-square, two of F
    :raises KeyError: for another kind of statistic
    """
    from mpmath import betainc, gammainc

    if kind == "chi2":
        return float(gammainc(freedom[0] / 2, value / 2, regularized=True))
    if kind == "F":
        one, two = freedom
        return float(betainc(two / 2, one / 2, 0, two / (two + one * value), regularized=True))
    raise KeyError(kind)


def two_sided(kind: str, value: float, freedom: float = 0.0) -> float:
    """Return the two-sided p-value of a ``t``, ``z`` or ``r`` statistic.

    :raises KeyError: for another kind of statistic
    """
    if kind == "z":
        return math.erfc(abs(value) / math.sqrt(2))
    if kind == "r":
        left = 1 - value * value
        value = math.inf if left <= 0 else value * math.sqrt(freedom / left)
    elif kind != "t":
        raise KeyError(kind)
    return 0.0 if math.isinf(value) else upper("F", value * value, 1.0, freedom)


def from_interval(estimate: float, low: float, high: float, level: float, ratio: bool) -> float:
    """Return the two-sided p-value that a Wald interval implies.

    Formula: D. G. Altman and J. M. Bland, *How to obtain the P value from a confidence interval*,
    BMJ 2011;343:d2304. Levels other than 95 are brought to it by their normal quantile.

    >>> round(from_interval(0.81, 0.70, 0.94, 95.0, True), 3)
    0.005
    """
    if ratio:
        estimate, low, high = math.log(estimate), math.log(low), math.log(high)
    error = (high - low) / (2 * _quantile(level))
    return two_sided("z", estimate / error) if error > 0 else 0.0


def _quantile(level: float) -> float:
    known = {90.0: 1.644854, 95.0: _CHANCE, 99.0: 2.575829}
    return known.get(level, _CHANCE)


def retested(text: str, start: int, end: int) -> Iterator[Retested]:
    """Yield p-values of a stretch of text that the statistic printed with them does not give.

    A p-value passes if some statistic that rounds to the printed one gives it, within one unit of
    its last place or a tenth of it (more for z and chi-square, which stand beside exact tests); a
    sentence that speaks of a correction, of one side or of another test is left out.

    >>> text = "Groups differed (t(28) = 2.20, p = 0.36; t(28) = 2.20, p = .036)."
    >>> [(text[slice(*r.p)], round(r.computed, 3)) for r in retested(text, 0, len(text))]
    [('p = 0.36', 0.036)]
    """
    normal = normalise(text[start:end])
    if _OTHERWISE.search(normal.text):
        return
    for kind, pattern in _STATISTICS:
        for found in pattern.finditer(normal.text):
            bounds = _bounds(kind, found)
            if bounds is None or _agrees(found, bounds[0] / _ROOM[kind], bounds[1] * _ROOM[kind]):
                continue
            spans = [
                normal.original(*found.span("p")),
                normal.original(found.start(), found.end("statistic")),
            ]
            p, statistic = ((start + a, start + b) for a, b in spans)
            middle = _p(kind, float(number(found["statistic"])), _freedom(found))
            yield Retested(statistic, p, text[slice(*p)], middle if middle is not None else 0.0)


def _freedom(found: re.Match[str]) -> tuple[float, ...]:
    told = found.groupdict()
    first = told.get("df") or told.get("low") or told.get("later")
    second = told.get("df2") or told.get("later2")
    return tuple(float(d) for d in (first, second) if d)


def _p(kind: str, value: float, freedom: tuple[float, ...]) -> float | None:
    wanted = {"t": 1, "r": 1, "chi2": 1, "F": 2, "z": 0}[kind]
    if len(freedom) < wanted or any(d <= 0 for d in freedom):
        return None
    if kind in {"chi2", "F"}:
        return upper(kind, value, *freedom[:wanted]) if value >= 0 else None
    return two_sided(kind, value, *freedom[:wanted])


def _bounds(kind: str, found: re.Match[str]) -> tuple[float, float] | None:
    """Return the least and the greatest p-value of all statistics that round to the printed one."""
    value = number(found["statistic"])
    slack = half_unit(value)
    size = abs(value)
    ends = [float(size + slack), float(max(size - slack, Decimal(0)))]
    if kind == "r" and size > 1:
        return None
    ps = [_p(kind, min(end, 1.0) if kind == "r" else end, _freedom(found)) for end in ends]
    least, greatest = ps
    return None if least is None or greatest is None else (least, greatest)


def _agrees(found: re.Match[str], least: float, greatest: float) -> bool:
    printed = number(found["value"])
    slack = 2 * float(half_unit(printed))
    value = float(printed)
    sign = COMPARATORS[found["sign"]]
    if sign in {Comparator.LESS, Comparator.AT_MOST} or value == 0:
        return least <= value + slack
    if sign in {Comparator.MORE, Comparator.AT_LEAST}:
        return greatest >= value - slack
    return least <= value + slack and greatest >= value - slack


def half_unit(value: Decimal) -> Decimal:
    """Return half a unit in the last printed place.

    >>> half_unit(Decimal("2.20"))
    Decimal('0.005')
    """
    exponent = value.as_tuple().exponent
    return Decimal("0.5").scaleb(exponent if isinstance(exponent, int) else 0)
