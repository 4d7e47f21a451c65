"""Figures told by their unit or noun: doses, times, ages, percentages, measures, counts.

Numbers are read one by one from left to right: comparator, value or range, unit, spread. What has
no unit of its own then takes the unit of the next figure of its list, and at last each figure gets
its kind.

>>> text = "aged 60-75 years, 20 mg at 3 and 6 months"
>>> [(f.kind.value, str(f.value), f.unit) for f in quantities(text, Taken(len(text)), Cells())]
... # doctest: +NORMALIZE_WHITESPACE
[('age', '60', 'a'), ('dose', '20', 'mg'), ('time', '3', 'mo'), ('time', '6', 'mo')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from kg.extract.figure import (
    BEGIN,
    COMPARATORS,
    NUMBER,
    PLAIN,
    POWER,
    Cells,
    Figure,
    Item,
    Taken,
    number,
)
from kg.extract.figure_elisions import elided
from kg.extract.figure_kinds import (
    count_noun,
    is_age_of_people,
    kind_of,
    scaled_cells,
)
from kg.extract.figure_lists import listed
from kg.model import Comparator, MentionKind
from kg.text.numbers import number_words
from kg.text.units import lookup, unit_alternation

_DIGITS = re.compile(rf"{BEGIN}(?P<value>{NUMBER})")
_BEFORE = re.compile(
    r"(?:(?P<sign><=|>=|=<|=>|[<>~≈]) ?|\b(?P<words>(?i:no more than|not more than|no fewer than"
    r"|no less than|at least|at most|more than|greater than|higher than|less than|fewer than"
    r"|lower than|over|above|under|below|up to|about|approximately|approx\.|around|nearly|almost"
    r"|roughly|ca\.|circa|just over|just under|a little over|a little under|slightly more than"
    r"|slightly less than|close to|exceeding|older than|younger than|a minimum of"
    r"|a maximum of)) (?:(?:USD|US|EUR|GBP|AUD|CAD) ?\$? ?|[$€£] ?)?)$"
)
_WORDED = {
    "no more than": Comparator.AT_MOST, "not more than": Comparator.AT_MOST,
    "no fewer than": Comparator.AT_LEAST, "no less than": Comparator.AT_LEAST,
    "at least": Comparator.AT_LEAST, "at most": Comparator.AT_MOST, "more than": Comparator.MORE,
    "greater than": Comparator.MORE, "higher than": Comparator.MORE, "less than": Comparator.LESS,
    "fewer than": Comparator.LESS, "lower than": Comparator.LESS, "over": Comparator.MORE,
    "above": Comparator.MORE, "under": Comparator.LESS, "below": Comparator.LESS,
    "up to": Comparator.AT_MOST, "exceeding": Comparator.MORE, "older than": Comparator.MORE,
    "younger than": Comparator.LESS, "a minimum of": Comparator.AT_LEAST,
    "a maximum of": Comparator.AT_MOST,
}  # fmt: skip
# Before a time these tell a duration (over 12 weeks), and before an amount they say little.
_LOOSE = {"over", "above", "under", "below", "up to"}
_OLDER = re.compile(
    r"[ ,-]{0,2}(?:old )?(?:or|and) (?P<word>older|over|above|more|greater|up|younger|under|below"
    r"|less|fewer|higher)\b|\+(?![A-Za-z0-9])"
)
_DOWN = {"younger", "under", "below", "less", "fewer"}
_RANGE = re.compile(rf"(?P<link> ?- ?| to | through )(?P<sign>-)?(?P<high>{PLAIN}{POWER}?)")
_SMALL = {
    word: Decimal(n) for n, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve"), 2,
    )
}  # fmt: skip
_SPELLED = re.compile(
    rf"(?P<link> to )(?P<sign>(?!))?(?P<high>{'|'.join(_SMALL)}|[0-9]{{1,3}})"
    r"(?= (?:days?|weeks?|months?|years?|hours?|minutes?|seconds?|times)\b)"
)
_AND = re.compile(rf" and (?P<sign>-)?(?P<high>{PLAIN}{POWER}?)")
_BETWEEN = re.compile(
    r"(?<!difference )(?<!differences )\b[Bb]etween (?:the )?(?:ages? (?:of )?)?-?$"
)
_FROM = re.compile(
    r"(?<!ranging )(?<!range )(?<!ranged )(?<!varying )\b[Ff]rom "
    r"(?:a mean of |about |around |roughly |some )?-?$"
)
_PLUS = re.compile(rf" ?(?:±|\+/-|\+-) ?(?P<spread>{NUMBER})")
_SPREAD = re.compile(
    r" ?,? ?[(\[](?:SD|SE|SEM|S\.D\.|s\.d\.|sd|standard deviation|standard error|IQR|±)"
    rf"(?: \[[A-Z]{{2,3}}\])?[ :=,]{{0,3}}(?:of )?(?:±|\+/-)? ?(?P<spread>{NUMBER})"
    r"(?! ?(?:-|to|,|;) ?[0-9])"
)
_CLOSE = re.compile(r" ?[)\]]")
_BRACKETED = re.compile(rf" ?[(\[]±? ?(?P<spread>{NUMBER})[)\]]")
_MEANS = re.compile(r"(?<![\d.])\d+\.\d+ ?\(\d+\.\d+\)")
_SERIES = 120
_ANNOUNCED = re.compile(r"[(\[](?:SD|SE|SEM|standard deviation|±SD|± SD)[)\]]|±|\+/-")
_PREFIXED = re.compile(
    r"(?<![A-Za-z0-9])(?P<unit>(?i:days?|weeks?|months?|years?|hours?))[ -](?P<value>[0-9]{1,3})"
    r"(?![0-9A-Za-z%]|[.,/][0-9])(?! ?(?:%|mg|mL|patients|participants|of )|-[a-z])"
)
_NEXT = re.compile(
    r"(?: ?, (?:and |or )?| and (?:at )?| or | to |-| ?/ ?| & )(?P<value>[0-9]{1,3})(?![0-9A-Za-z%]"
    r"|[.,][0-9])(?! ?(?:%|mg|mL|days?|weeks?|months?|years?|patients|participants)|-[a-z])"
)
_TOLD = re.compile(
    r"(?:[0-9]|\b(?:per|a|an|each|every|one|two|three|four|five|six|seven|eight|nine|ten|twelve"
    r"|last|first|several|few|many|half)|-)[ -]$"
)
_COMPOUND = re.compile(
    r"(?:/| per )(?P<per>kg|m2|sec|s|min|h|hr|hour|day|d|week|wk|month|mo|year|yr|mL|ml|L|l|dL|dl"
    r"|mm3|cm2)"
    r"(?![A-Za-z0-9])"
    r"|(?P<inverses>(?:[ .·]?(?:kg|s|min|h|day|d|mL|ml|L|dL) ?\^?[-⁻][1¹](?![0-9]))+)"
)
_INVERSE = re.compile(r"[A-Za-z]+")
# How often a dose is taken is its schedule and no part of its unit: 50 mg daily is 50 mg.
_GIVEN_DAILY = {
    "mg/d": "mg", "ug/d": "ug", "g/d": "g", "[IU]/d": "[IU]", "U/d": "U", "mg/kg/d": "mg/kg",
    "g/kg/d": "g/kg",
}  # fmt: skip
_PER_AREA = re.compile(r"/m(?:\(2\)|\^2)| ?[.·]? ?m ?\^?-2(?![0-9])| per m2\b")
_DAILY = re.compile(r" (?:once daily|once a day|once per day|a day|every day)\b")
_TIMED = re.compile(r" (?:a|per|each|every|in a) (?P<per>day|week|month|year)\b")
_WINDOW = 60


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"(?P<gap> ?-? ?\n?)(?P<unit>{unit_alternation()})")


_DESCRIBED = re.compile(
    r"(?P<gap> )(?:postoperative|consecutive|additional|further|extra|more|full|whole|treatment"
    r"|calendar|postnatal) (?P<unit>hours?|days?|weeks?|months?|years?)\b"
)


def quantities(text: str, taken: Taken, cells: Cells) -> Iterator[Figure]:
    """Yield the figures of a matching copy that no label announces, in text order.

    :param taken: what belongs to names and to labelled figures; it grows
    :param cells: what a bare ``100M`` means
    """
    timed = list(_prefixed(text, taken))
    items = [item for item in _items(text, taken, cells) if item]
    whole = elided(text, listed(text, items))
    figures = [kind_of(text, item) for item in whole]
    found = [*timed, *(figure for figure in figures if figure)]
    yield from sorted(found, key=lambda figure: figure.start)


def _prefixed(text: str, taken: Taken) -> Iterator[Figure]:
    """``day 28``, ``weeks 4, 8 and 12``: the unit stands in front."""
    for match in _PREFIXED.finditer(text):
        if _TOLD.search(text, max(0, match.start() - 12), match.start()):
            continue
        unit = lookup(match["unit"])
        start, at = match.start(), match.end()
        value = match["value"]
        while unit and taken.free(start, at):
            taken.take(start, at)
            days = number(value) * unit.factor
            yield Figure(
                start, at, MentionKind.TIME, "", number(value), unit=unit.ucum, days=days,
                shared_unit=start != match.start(),
            )  # fmt: skip
            more = _NEXT.match(text, at)
            if not more:
                break
            start, at, value = more.start("value"), more.end(), more["value"]


def _items(text: str, taken: Taken, cells: Cells) -> Iterator[Item | None]:
    """Read every number that is free, in digits and in words."""
    starts: list[tuple[int, int, Decimal, bool]] = [
        (m.start(), m.end(), number(m["value"]), False) for m in _DIGITS.finditer(text)
    ]
    starts += [(a, b, value, True) for a, b, value in number_words(text)]
    for start, end, value, worded in sorted(starts, key=lambda found: (found[0], -found[1])):
        if not taken.free(start, end):
            continue
        item = _item(text, taken, start, end, value, worded, cells)
        taken.take(start, end)
        if item is not None:
            taken.take(item.start, item.end)
        yield item


def _item(
    text: str, taken: Taken, start: int, end: int, value: Decimal, worded: bool, cells: Cells
) -> Item | None:
    negative = not worded and _is_negative(text, start)
    item = Item(start - negative, end, end, -value if negative else value, worded=worded)
    item = _with_unit(text, item, cells)
    item = _with_range(text, taken, item, cells) or item
    if not worded and item.unit is None and item.end == item.stop and _runs_on(text, item.end):
        return None
    item = _with_spread(text, item)
    return _with_comparator(text, taken, item)


def _is_negative(text: str, start: int) -> bool:
    """Whether a dash is a minus: behind a space or an opening sign, right before its number."""
    if text[start - 1 : start] != "-":
        return False
    return start == 1 or text[start - 2] in " \n\t(=[<>:,;/~"


def _runs_on(text: str, end: int) -> bool:
    """Whether a letter goes on behind a number: ``5HT``, ``3-arm`` are names."""
    after = text[end : end + 2]
    return after[:1].isalpha() or (after[:1] == "-" and after[1:].isalpha())


def _with_unit(text: str, item: Item, cells: Cells) -> Item:
    """Add the unit behind a number; cells are counted in millions."""
    scaled = scaled_cells(text, item.end, item.value, item.worded, cells)
    if scaled is not None:
        value, end, unit = scaled
        known = lookup("million cells") if "{cells}" in unit else None
        return replace(item, value=value, end=end, unit=unit or None, known=known, stop=end)
    match = _unit().match(text, item.end) or _DESCRIBED.match(text, item.end)
    known = lookup(match["unit"]) if match else None
    if not match or known is None or not _is_unit(text, match, item):
        return item
    noun = match["unit"] if count_noun(known.ucum, match["unit"]) else None
    if noun:
        plural = noun.lower().endswith("s") or noun.lower() in {
            "people",
            "men",
            "women",
            "children",
        }
        if "-" in match["gap"] or (item.value != 1 and not plural):
            return item
        return replace(item, noun=noun, known=known)
    end, unit = match.end(), known.ucum
    daily = _DAILY.match(text, end) if unit in {"mg", "g", "ug", "[IU]"} else None
    squared = _PER_AREA.match(text, end) if unit == "kg" else None
    if squared:
        known, end, unit = lookup("kg/m2"), squared.end(), "kg/m2"
    timed = _TIMED.match(text, end) if known is not None and known.dimension == "time" else None
    compound = None if squared else daily or timed or _COMPOUND.match(text, end)
    if compound:
        per = "day" if daily else timed["per"] if timed else _per(compound)
        whole = lookup(f"{match['unit']}/{per}")
        per_unit = lookup(per)
        known, end = whole, compound.end()
        unit = whole.ucum if whole else f"{unit}/{per_unit.ucum if per_unit else per}"
    unit = _GIVEN_DAILY.get(unit, unit)
    known = lookup(unit) if unit in _GIVEN_DAILY.values() else known
    return replace(
        item, end=end, unit=unit, known=known, hyphened="-" in match["gap"], word=match["unit"]
    )


def _per(compound: re.Match[str]) -> str:
    """Return what an amount is told per: ``/kg``, ``kg-1 h-1``."""
    return str(compound["per"] or "/".join(_INVERSE.findall(compound["inverses"])))


def _is_unit(text: str, match: re.Match[str], item: Item) -> bool:
    """Rule out words that only look like a unit: ``2 times a day``, ``12 in``, ``6 m``."""
    printed, gap = match["unit"], match["gap"]
    after = text[match.end() : match.end() + 12]
    if after.startswith("-long"):
        return False  # "a dozen hour-long sessions"
    if printed in {"times", "time"}:
        return bool(re.match(r" (?:higher|lower|more|less|as|greater|the|larger|longer)\b", after))
    if "\n" in gap and len(printed) < 3:
        return False
    if len(printed) == 1 and gap == "-" and after[:1] == "-":
        return False
    if item.worded and len(printed) <= 2 and printed != "mg":
        return False
    if gap.strip() == "" and len(gap) > 1 and "\n" not in gap:
        return False
    return not (len(printed) == 1 and printed in "dDNWU" and after[:1] == "'")


def _with_range(text: str, taken: Taken, item: Item, cells: Cells) -> Item | None:
    """Join ``6-12 mg``, ``68% to 75%``, ``between 3 and 5 mg`` or ``two to five`` to one range."""
    if item.upper is not None or item.spread is not None:
        return None
    before = text[max(0, item.start - 34) : item.start]
    match = (_SPELLED if item.worded else _RANGE).match(text, item.end)
    if not match and not item.worded and _BETWEEN.search(before):
        match = _AND.match(text, item.end)
    if not match or not taken.free(match.start("high"), match.end("high")):
        return None
    link = match.groupdict().get("link") or ""
    high = _SMALL.get(match["high"]) or number(match["high"])
    high = -high if match["sign"] else high
    other = _with_unit(
        text, replace(item, start=match.start("high"), end=match.end(), stop=match.end(),
                      value=high, unit=None, known=None, noun=None), cells,
    )  # fmt: skip
    low = item.value
    if item.unit is not None and other.unit is not None and item.unit != other.unit:
        return None
    if other.unit and "{cells}" in other.unit and item.unit is None and item.known is None:
        other = replace(other, unit=other.unit)
    if link == " to " and _FROM.search(before) and not re.search(r"\bage|\bold", text[
        max(0, item.start - _WINDOW) : other.end + 12
    ]):  # fmt: skip
        return None
    both_negative = low < 0 and other.value < 0
    if other.value <= low and not both_negative:
        return None
    low, upper = min(low, other.value), max(low, other.value)
    unit, known = other.unit or item.unit, other.known or item.known
    return replace(other, start=item.start, value=low, upper=upper, unit=unit, known=known)


def _with_spread(text: str, item: Item) -> Item:
    """Add ``± 4.5``, ``(SD 4.5)`` or, where ``mean (SD)`` stands before, ``(4.5)``."""
    if item.noun or item.upper is not None:
        return item
    plus = _PLUS.match(text, item.end)
    match = plus or _SPREAD.match(text, item.end)
    if not match:
        bracket = _BRACKETED.match(text, item.end)
        sentence = text[max(0, item.start - 120) : item.start].rpartition(". ")[2]
        if bracket and (
            _ANNOUNCED.search(sentence)
            or _is_mean(text, item, bracket)
            or "±" in bracket.group()
            or (item.unit is None and text.startswith(" years", bracket.end()))
        ):
            match = bracket
    if not match:
        return item
    end = match.end()
    with_unit = _with_unit(text, replace(item, end=end, unit=None, known=None), Cells())
    if with_unit.unit and with_unit.unit == (item.unit or with_unit.unit):
        item, end = replace(item, unit=with_unit.unit, known=with_unit.known), with_unit.end
    if not plus and text[end - 1] not in ")]":
        close = _CLOSE.match(text, end)
        end = close.end() if close else end
    item = replace(item, end=end, stop=end, spread=number(match["spread"]))
    later = _with_unit(text, replace(item, end=end), Cells()) if item.unit is None else item
    return later if later.unit else item


def _is_mean(text: str, item: Item, bracket: re.Match[str]) -> bool:
    """Whether ``105.2 (27.0)`` is a mean with its SD: both with decimals, and not the only one.

    A count with its percentage has none before the bracket.
    """
    decimals = "." in text[item.start : item.end] and "." in bracket["spread"]
    near = text[max(0, item.start - _SERIES) : item.end + _SERIES]
    return decimals and len(_MEANS.findall(near)) > 1


def _with_comparator(text: str, taken: Taken, item: Item) -> Item:
    older = _OLDER.match(text, item.end)
    if older and (older["word"] or not text[item.end - 1].isalpha()):
        sign = Comparator.AT_MOST if older["word"] in _DOWN else Comparator.AT_LEAST
        return replace(item, end=older.end(), comparator=sign)
    match = _BEFORE.search(text, max(0, item.start - 24), item.start)
    if not match or not taken.free(match.start(), item.start):
        return item
    if match["sign"]:
        return replace(item, start=match.start(), comparator=COMPARATORS[match["sign"]])
    word = match["words"].lower()
    dimension = item.known.dimension if item.known else ""
    if word in _LOOSE and (dimension == "time" or (item.unit is None and not item.noun)):
        aged = dimension == "time" and item.value >= 16 and item.unit == "a"
        aged = aged or is_age_of_people(text, match.start(), item)
        if not aged or word == "up to":
            return item
    return replace(item, start=match.start(), comparator=_WORDED.get(word, Comparator.ABOUT))
