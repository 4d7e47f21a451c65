"""When two printed figures are of one kind, and when they say the same value.

Figures are compared by value and never by spelling: ``.02`` is ``0.02``, 6 months is 26 weeks to
within one percent (and 4 weeks pass for a month), 1.5 g is 1500 mg. A p told as below a bound is
borne out by a smaller p that is printed exactly. A claim may round what the record prints with
more digits.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from kg.extract.figure_fractions import SHARE
from kg.extract.mentions import Figure
from kg.model import Comparator, MentionKind
from kg.text.units import lookup

_COUNTS = {MentionKind.COUNT, MentionKind.SAMPLE_SIZE, MentionKind.NUMBER}
_MEASURES = {MentionKind.MEASURE, MentionKind.NUMBER, MentionKind.DOSE}
_SIGNED = {MentionKind.MEASURE, MentionKind.NUMBER, MentionKind.PERCENT, MentionKind.DOSE}
_MONTH = Decimal("30.4375")
# Four weeks are told as a month, twelve as three, twenty-four as half a year.
_COURTESY = tuple({28 * n, _MONTH * n} for n in (1, 2, 3, 4, 6))
_TIME_TOLERANCE = Decimal("0.015")  # thirty days are told as a month, ninety as three
_WIDE = Decimal(15)
_PART = Decimal("0.15")
_ROUND = Decimal(4)  # points by which "a quarter" or "nearly half" may miss the share it tells
_ABOUT = Decimal("0.06")
_PERCENT = {"%", "{percentage_points}", "{points}"}
_BELOW = {Comparator.LESS, Comparator.AT_MOST}


def same_kind(claimed: Figure, reported: Figure) -> bool:
    """Whether two figures could be the same one, told in two places."""
    kinds = {claimed.kind, reported.kind}
    if claimed.upper is not None and kinds <= _COUNTS | _MEASURES:
        return reported.upper is not None  # "3 to 22 per patient", "between 3 and 22 swings"
    if len(kinds) == 1:
        return claimed.kind is not MentionKind.EFFECT or _same_effect(claimed, reported)
    if kinds <= _COUNTS or kinds <= _MEASURES:
        return True
    if kinds == {MentionKind.EFFECT, MentionKind.NUMBER}:
        return True
    if kinds == {MentionKind.EFFECT, MentionKind.MEASURE}:
        return "difference" in f"{claimed.entity} {reported.entity}"
    if kinds <= {MentionKind.AGE, MentionKind.TIME}:
        return claimed.days == reported.days
    if kinds == {MentionKind.TIME, MentionKind.MEASURE}:
        return _by_the_day(claimed, reported) or _by_the_day(reported, claimed)
    if kinds == {MentionKind.PERCENT, MentionKind.MEASURE}:
        return {claimed.unit, reported.unit} <= _PERCENT and claimed.value == reported.value
    number = claimed if claimed.kind is MentionKind.NUMBER else reported
    bounds = number.comparator in {Comparator.AT_LEAST, Comparator.AT_MOST}  # a score's threshold
    alike = kinds == {MentionKind.PERCENT, MentionKind.NUMBER} and not bounds
    return alike and claimed.value == reported.value


def _by_the_day(one: Figure, two: Figure) -> bool:
    """Whether one tells a time, and the other so much time by the day, week or month."""
    return bool(one.unit and two.unit) and f"{two.unit}".startswith(f"{one.unit}/")


def _same_effect(claimed: Figure, reported: Figure) -> bool:
    one, two = claimed.entity, reported.entity
    return not one or not two or one.lstrip("a") == two.lstrip("a")


def same_value(claimed: Figure, reported: Figure) -> bool:
    """Whether the record's figure bears the claimed one out."""
    if claimed.kind is MentionKind.P_VALUE:
        return _same_p(claimed, reported)
    if _on_other_side(claimed, reported):
        return False  # "over 35" is not "under 35"
    if {claimed.kind, reported.kind} == {MentionKind.TIME, MentionKind.MEASURE}:
        return claimed.value is not None and reported.value is not None and (
            claimed.value in {reported.value, -reported.value}
            or _equal(claimed, reported, claimed.value, abs(reported.value))
        )  # fmt: skip
    if claimed.days is not None and reported.days is not None:
        return _same_days(claimed, claimed.days, reported.days) and _same_end(claimed, reported)
    if claimed.value is None or reported.value is None:
        return claimed.value is reported.value and claimed.comparator is reported.comparator
    interval = claimed.kind is MentionKind.INTERVAL
    if interval and claimed.level and reported.level and claimed.level != reported.level:
        return False
    if interval and _opposite_sides(claimed, reported):
        return same_value(claimed, _turned(reported))
    return _same_amount(claimed, reported, claimed.value, reported.value)


def _same_amount(claimed: Figure, reported: Figure, one: Decimal, two: Decimal) -> bool:
    """Whether two amounts are the same: in one unit, a fall told by its size, with their spread."""
    if (
        claimed.unit and reported.unit and not {claimed.unit, reported.unit} <= _PERCENT
    ):  # "42 vs 50 %" prints one unit for two figures
        one, two = _in_base_units(one, claimed.unit), _in_base_units(two, reported.unit)
    if not _same_dimension(claimed, reported):
        return False
    if claimed.upper is not None or reported.upper is not None:
        if _opposite_sides(claimed, reported):
            return same_value(claimed, _turned(reported))  # "by 0.1 to 0.4" for "-0.4 to -0.1"
        return _equal(claimed, reported, one, two) and _same_end(claimed, reported)
    if two < 0 < one and claimed.kind in _SIGNED:
        two = -two  # "fell by 4 points" tells the record's "-4"
        reported = replace(reported, value=-(reported.value or two))
    if not _equal(claimed, reported, one, two):
        return False
    if claimed.spread is not None and reported.spread is not None:
        return rounds_to(reported.spread, claimed.spread)
    if claimed.total is not None and reported.total is not None:
        return claimed.total == reported.total
    return True


def _on_other_side(claimed: Figure, reported: Figure) -> bool:
    above = {Comparator.MORE, Comparator.AT_LEAST}
    sides = claimed.comparator, reported.comparator
    return any(one in above and two in _BELOW for one, two in (sides, sides[::-1]))


def _same_days(claimed: Figure, one: Decimal, two: Decimal) -> bool:
    if claimed.comparator is Comparator.ABOUT and claimed.upper is None:
        return abs(one - two) <= _ABOUT * two or same_time(one, two)
    return same_time(one, two)


def _opposite_sides(claimed: Figure, reported: Figure) -> bool:
    """Whether the record's interval lies below 0 and the claim tells a fall by a positive one."""
    ends = claimed.value, claimed.upper, reported.value, reported.upper
    return None not in ends and ends[2] <= ends[3] < 0 < ends[0]  # type: ignore[operator]


def _turned(figure: Figure) -> Figure:
    low, high = figure.value, figure.upper
    return replace(figure, value=-high if high else None, upper=-low if low else None)


def same_time(one: Decimal, two: Decimal) -> bool:
    """Whether two spans of days are told as the same time.

    >>> same_time(Decimal("182.625"), Decimal(182)), same_time(Decimal(371), Decimal("365.25"))
    (True, False)
    """
    if one == two or any({one, two} <= pair for pair in _COURTESY):
        return True
    return abs(one - two) < _TIME_TOLERANCE * max(one, two)


def _same_end(claimed: Figure, reported: Figure) -> bool:
    if claimed.upper is None or reported.upper is None:
        return claimed.upper is None and reported.upper is None
    return rounds_to(reported.upper, claimed.upper)


def _same_p(claimed: Figure, reported: Figure) -> bool:
    if Comparator.NS in {claimed.comparator, reported.comparator}:
        other = reported if claimed.comparator is Comparator.NS else claimed
        if other.comparator is Comparator.NS:
            return True
        bound = other.value is not None and other.value >= Decimal("0.05")
        return bound and other.comparator is not Comparator.LESS
    if claimed.value is None or reported.value is None:
        return False
    if claimed.comparator is Comparator.ABOUT and reported.comparator is Comparator.EQUAL:
        return rounds_to(reported.value, claimed.value)
    if claimed.comparator is reported.comparator:
        return claimed.value == reported.value
    if {claimed.comparator, reported.comparator} <= _BELOW:
        return claimed.value == reported.value
    if claimed.comparator in _BELOW and reported.comparator is Comparator.EQUAL:
        return reported.value < claimed.value
    above = {Comparator.MORE, Comparator.AT_LEAST}
    return (
        claimed.comparator in above
        and reported.comparator is Comparator.EQUAL
        and reported.value > claimed.value
    )


def _same_dimension(claimed: Figure, reported: Figure) -> bool:
    one, two = claimed.unit, reported.unit
    if one == two or one is None or two is None or {one, two} <= _PERCENT:
        return True
    if {claimed.kind, reported.kind} <= _MEASURES and _per_day(one) != _per_day(two):
        # "25 mg once daily" and, where the record has said "once daily" before, "25 mg"
        one, two = one.removesuffix("/d"), two.removesuffix("/d")
        if one == two:
            return True
    first, second = lookup(one), lookup(two)
    return bool(first and second and first.dimension == second.dimension)


def _per_day(unit: str) -> bool:
    return unit.endswith("/d")


def _in_base_units(value: Decimal, unit: str) -> Decimal:
    known = lookup(unit)
    return value * known.factor if known else value


def tells_share(figure: Figure, share: Decimal) -> bool:
    """Whether a share told in words, such as *just over half*, is so many percent.

    >>> from kg.extract.mentions import find
    >>> (half,) = find("Just over half of them left.")
    >>> tells_share(half, Decimal(54)), tells_share(half, Decimal(46))
    (True, False)
    """
    told = figure.value
    worded = figure.entity == SHARE and told is not None
    return worded and told is not None and _same_share(figure.comparator, told, share - told)


def _same_share(comparator: Comparator, share: Decimal, above: Decimal) -> bool:
    """Whether a round share is the record's: *over a quarter* is one that lies somewhat above."""
    if comparator is Comparator.MORE:
        return 0 <= above <= _WIDE
    if comparator is Comparator.LESS:
        return -_WIDE <= above <= 0
    return abs(above) <= min(_ROUND, _PART * share)


def _equal(claimed: Figure, reported: Figure, one: Decimal, two: Decimal) -> bool:
    if one == two:
        return True
    if SHARE in {claimed.entity, reported.entity}:
        return _same_share(claimed.comparator, one, two - one)
    if claimed.comparator is Comparator.ABOUT:
        return abs(one - two) <= _ABOUT * abs(two) or _rounds(claimed, reported)
    if claimed.comparator in {Comparator.MORE, Comparator.AT_LEAST} and one < two:
        return abs(one - two) <= _ABOUT * abs(two)
    if claimed.comparator in {Comparator.LESS, Comparator.AT_MOST} and one > two:
        return abs(one - two) <= _ABOUT * abs(two)
    if claimed.kind is MentionKind.COUNT or claimed.value is None or reported.value is None:
        return False
    same_unit = claimed.unit == reported.unit or not claimed.unit or not reported.unit
    return same_unit and rounds_to(reported.value, claimed.value)


def _rounds(claimed: Figure, reported: Figure) -> bool:
    """Whether *about 3* is the record's 3.2, in the same unit."""
    same_unit = claimed.unit == reported.unit or not claimed.unit or not reported.unit
    if claimed.value is None or reported.value is None:
        return False
    return same_unit and rounds_to(abs(reported.value), abs(claimed.value))


def rounds_to(reported: Decimal, claimed: Decimal) -> bool:
    """Whether a claim prints the record's figure with fewer digits.

    >>> rounds_to(Decimal("21.8"), Decimal("22")), rounds_to(Decimal("21.8"), Decimal("21"))
    (True, False)
    """
    if reported == claimed:
        return True
    places, own = -_exponent(reported), -_exponent(claimed)
    if own >= places:
        return False
    return reported.quantize(Decimal(1).scaleb(-own), rounding=ROUND_HALF_UP) == claimed


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
