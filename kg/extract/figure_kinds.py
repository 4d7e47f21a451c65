"""What kind of figure a quantity is: a dose, a time, an age, a percentage, a measure or a count."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.extract.figure import Cells, Figure, Item, plain
from kg.model import Comparator, MentionKind

_MILLION = Decimal(10**6)
_CELLS_FROM = Decimal(10**5)
_CELLS = "10*6.{cells}"
_CELL = r"(?:[A-Za-z0-9-]{0,20}[Cc]ells?|[A-Za-z-]{0,12}[MH]SCs?|iPSCs?)"
_ASIDE = r"(?: ?\([^()]{0,24}\))?"  # 20 million (n = 15) cells
_SCALE = re.compile(
    r"(?P<gap> ?-? ?)(?P<scale>M(?![A-Za-z0-9/])|(?i:millions?)(?![A-Za-z])|mil\.)"
    r"(?: ?\(M\))?"
)
_DIRECT = re.compile(
    r"(?P<gap>[ -])(?:cell-dose(?=[ -])|cell(?=[ -]dose)|cells?)(?![A-Za-z])"
    r"(?P<per> ?/ ?kg| per kg| per kilogram)?(?! ?/)(?! per m)"
)
_NAMED = re.compile(
    rf"{_ASIDE}(?:[ -](?!or |and |vs |to |in |on |at )[A-Za-z][A-Za-z-]{{0,24}}){{0,5}}[ -]{_CELL}"
    r"(?![A-Za-z])"
)
_ARM = re.compile(
    r"[ -]{1,2}(?:\(M\) ?)?(?:[a-z-]{1,12} )?(?:dose|dosing|group|arm|cohort|level)s?\b"
)
_COUNTED = re.compile(
    r"[ -]?(?:people|persons|patients|adults|women|men|children|deaths|cases|Americans|dollars"
    r"|euros|USD|individuals|infections|visits|prescriptions|years|units|IU|international|copies|reads|pounds|per)"
)
_MONEY = re.compile(r"(?:[$€£]|USD|EUR|GBP) ?[0-9][0-9.,]{0,12}$")
_OF_CELLS = re.compile(
    rf"[0-9]{{1,4}}(?:\.[0-9])?(?: |-)?(?:M|[Mm]illion){_ASIDE}"
    r"(?:[ -][A-Za-z][A-Za-z-]{0,24}){0,5}"
    rf"[ -]{_CELL}(?![A-Za-z])|10\^[5-9](?: [A-Za-z-]{{1,24}}){{0,4}} {_CELL}(?![A-Za-z])"
)
_DOSES = {
    "mg", "ug", "g", "[IU]", "U", "10*6.[IU]", "meq", "mg/kg", "ug/kg", "g/kg", "mg/kg/d", "g/kg/d",
    "mg/m2", "mg/d", "ug/d", "g/d", "[IU]/d", "U/d", "U/kg", "[IU]/kg", "[CFU]", "Gy", "{tablets}",
    "{capsules}", "{puffs}", "[drp]", "mL/kg", "mg/wk", "mg/h", "ug/h", "ug/min", "mg/min",
    "ug/kg/min", "mg/mo",
}  # fmt: skip
_GIVEN = re.compile(
    r"\b(?:dos(?:e|es|ed|ing)|inject|infus|inhal|intra[a-z]{4,}|subcutaneous|bolus|adminis|receiv|given)"
)
_OLDEST = 120
_WHO = re.compile(
    r"(?i)\b(?:women|men|adults|people|patients|those|participants|persons|individuals) $"
)
_GROWN = 18  # a range of years from here on is one of ages
_UNTIMED = {"ms", "s"}
_COUNTS = {"persons", "studies", "groups", "deaths", "events", "episodes", "sessions", "cycles",
           "visits", "infusions", "injections", "doses"}  # fmt: skip
_AGE_BEFORE = re.compile(
    r"\b[Aa]ge[ds]?\b(?: ?(?:was|were|of|is|range|ranged|ranging|between|from|mean|median|over"
    r"|under|above|below|at|least|than|older|younger|approximately|about|to"
    r"|(?:at )?(?:enrol?lment|baseline|entry|inclusion|diagnosis)"
    r"|years?|yrs?|y|limits?|in|group|criteri[ao]n|SD|IQR|the|participants"
    r"|patients|and|or|[(\[\])=:,;<>~≥≤±]|[<>]=))* ?-?$"
)
_AGE_AFTER = re.compile(
    r"[ -]{0,2}(?:olds?\b|of age\b|in age\b)|[ ,]{0,2}(?:and|or) (?:older|younger|above|over)\b"
)
_ENDS = re.compile(r"[.,;)]|$| (?:and|or|but|in|at|versus|while)\b")
_AGE_WORD = re.compile(r"\b(?:older than|younger than|over the age of|under the age of|aged?) ?$")
_PEOPLE = re.compile(
    r"(?i:(?:people|persons?|adults?|women|men|patients|participants|children|those|individuals"
    r"|age)(?: who were| were)? ?(?:aged |over |under |above |below |older than |younger than )?"
    r"(?:[<>]=?)?) ?$"
)
_NOUN = re.compile(
    r"(?: |-)?(?P<noun>(?:[A-Za-z][A-Za-z-]{0,20} ){0,3}?"
    r"(?P<head>people|persons?|men|women|children|deaths?"
    r"|patients?|participants?|subjects?|adults|individuals|volunteers|infants|events?|episodes?"
    r"|reactions?|withdrawals?|cases?|hospitali[sz]ations?|fractures?|infections?|strokes?|relapses?"
    r"|centres?|centers?|sites|countries|hospitals|clinics|trials|studies|recipients|donors|controls"
    r"|responders|survivors|residents|students|nurses|fam\w{3,5}|man|woman|child|admissions?|falls"
    r"|pregnancies|births|eyes|knees|lesions|tumou?rs|outcomes|complications?|falls|dropouts?))\b"
)
_PLURAL = re.compile(r" (?P<noun>[a-z][a-z-]{2,24}s)\b(?![-'])")
_NO_NOUN = {
    "was", "has", "is", "vs", "as", "its", "this", "versus", "across", "plus", "minus", "less",
    "thus", "does", "points", "times", "whereas", "always", "units", "perhaps", "years", "minutes",
}  # fmt: skip
_NOT_BETWEEN = re.compile(
    r"\b(?:of|the|in|and|with|to|for|were|was|had|has|from|at|on|by|or|than|is|are|who|versus|vs|per|a"
    r"|that|as|versus|received|given|died|did)\b"
)
_ACTED = re.compile(
    r" (?:died|withdrew|discontinued|completed|relapsed|dropped|recovered|developed|had|were lost"
    r"|(?:in|on) (?:the )?(?:[\w-]+ ){1,2}(?:group|arm))\b"
)
_KNOWN = re.compile(r"(?:the|these|those|all|both|our|either|other|of|each|last|first|next|any)$")
_OF_PEOPLE = re.compile(
    r" of (?:the |these |those |our )"
    r"(?!(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred"
    r"|[a-z]{1,6}teen|[a-z]{1,6}ty(?:-[a-z]{1,6})?)\b)(?:[a-z-]{2,20} ){0,2}"
    r"(?:patients|participants|women|men|children|subjects|people|adults|infants|volunteers"
    r"|students|animals|eyes|cases|recipients)\b"
)
_SHARE = re.compile(r" ?\( ?[0-9]{1,3}(?:\.[0-9]{1,3})? ?%")
_FEW = {"man", "woman", "child", "person", "patient", "participant", "subject", "death", "event",
        "episode", "reaction", "withdrawal", "case", "fracture", "infection", "stroke", "relapse",
        "complication", "hospitalisation", "hospitalization", "admission"}  # fmt: skip


def speaks_of_cells(text: str) -> bool:
    """Whether a matching copy tells doses of cells in millions, so that ``100M`` means them.

    >>> speaks_of_cells("a dose of 20 million stem cells"), speaks_of_cells("12 million people")
    (True, False)
    """
    return _OF_CELLS.search(text) is not None


def scaled_cells(
    text: str, end: int, value: Decimal, worded: bool, cells: Cells
) -> tuple[Decimal, int, str] | None:
    """Read ``million`` and ``cells`` behind a number: value, end, unit; None if neither is there.

    The unit is empty where millions of something else are counted.
    """
    scale = _SCALE.match(text, end)
    if scale is None:
        big = _DIRECT.match(text, end)
        if big and value >= _CELLS_FROM:
            return plain(value / _MILLION), big.end(), _CELLS + ("/kg" if big["per"] else "")
        if value >= _MILLION and not worded and _NAMED.match(text, end) and value % _MILLION == 0:
            return plain(value / _MILLION), end, _CELLS
        if worded and value >= _MILLION:
            named = big or _NAMED.match(text, end) or _ARM.match(text, end)
            return (plain(value / _MILLION), big.end() if big else end, _CELLS) if named else None
        return None
    at = scale.end()
    direct = _DIRECT.match(text, at)
    if direct:
        return value, direct.end(), _CELLS + ("/kg" if direct["per"] else "")
    if _MONEY.search(text, max(0, end - 24), end):
        return None
    if _NAMED.match(text, at) or _ARM.match(text, at):
        return value, at, _CELLS
    if _COUNTED.match(text, at):
        return None if scale["scale"] == "M" else (plain(value * _MILLION), at, "")
    if cells.spoken or (cells.part and scale["gap"] in {"", "-"}):
        return value, at, _CELLS
    return None if scale["scale"] == "M" else (plain(value * _MILLION), at, "")


def count_noun(ucum: str, printed: str) -> bool:
    """Whether a unit of the table counts things, so that the figure is the number alone."""
    return ucum.strip("{}") in _COUNTS and printed.isalpha()


def after_count(text: str, end: int, value: Decimal, worded: bool) -> str | None:
    """Return what a whole number counts, by the noun behind it; None if it counts nothing told."""
    if value != int(value) or value < 0:
        return None
    match = _NOUN.match(text, end)
    if match and not _NOT_BETWEEN.search(match["noun"]) and not match.group().startswith("-"):
        return match["noun"]
    plural = _PLURAL.match(text, end)
    if plural and plural["noun"] not in _NO_NOUN:
        return plural["noun"]
    if _SHARE.match(text, end) or (value > 1 and _OF_PEOPLE.match(text, end)):
        return ""
    return "" if worded and value > 1 and _ACTED.match(text, end) else None


def kind_of(text: str, item: Item) -> Figure | None:
    """Make the figure of a finished item; None for a number word that counts nothing."""
    kind, entity = _kind(text, item), item.noun
    if kind is None:
        return None
    days = None
    unit = item.unit
    if kind is MentionKind.AGE and unit is None:
        unit, days = "a", item.value * Decimal("365.25")
    elif kind in {MentionKind.TIME, MentionKind.AGE} and item.known:
        days = item.value * item.known.factor
    if kind is MentionKind.DOSE and unit and "{cells}" in unit:
        entity = "cells"
    entity = None if entity in {"", "of"} else entity
    noun = kind is MentionKind.COUNT
    return Figure(
        item.start, item.end, kind, "", item.value, item.upper, item.comparator, unit,
        entity if noun or kind is MentionKind.DOSE else None, None, item.spread, item.total, days,
        item.shared,
    )  # fmt: skip


def _kind(text: str, item: Item) -> MentionKind | None:
    if _is_age(text, item):
        return MentionKind.AGE
    if item.unit is not None:
        return _kind_by_unit(text, item)
    if item.noun is not None or item.total is not None:
        return MentionKind.COUNT if _counts(text, item) else None
    return None if item.worded else MentionKind.NUMBER


def _counts(text: str, item: Item) -> bool:
    """Leave out ``the two arms`` and ``one of``, which count nothing new."""
    if not item.worded:
        return True
    if item.total is not None:
        return not re.search(r"\b(?:group|arm|treatment|regimen)s?$", item.noun or "")
    before = text[max(0, item.start - 12) : item.start].rstrip().lower()
    head = (item.noun or "").rpartition(" ")[2].lower()
    if item.again:
        return True
    if item.value == 1:
        return head in _FEW
    return not _KNOWN.search(before)


def is_age_of_people(text: str, start: int, item: Item) -> bool:
    """Whether a bare number bounds the age of people: ``women over 35``.

    :param start: where the word that bounds it begins
    """
    bare = item.unit is None and item.noun is None and item.total is None and not item.worded
    told = _GROWN <= item.value < _OLDEST and _WHO.search(text, max(0, start - 20), start)
    return bare and bool(told)


def is_bare_age(text: str, item: Item) -> bool:
    """Whether a number in words ends what tells an age: ``their mean age was ten and …``."""
    before = text[max(0, item.start - 40) : item.start].rpartition(". ")[2]
    return bool(_AGE_BEFORE.search(before) and _ENDS.match(text, item.end))


def _kind_by_unit(text: str, item: Item) -> MentionKind:
    unit = item.unit or ""
    dimension = item.known.dimension if item.known else ""
    if unit == "%" or dimension.startswith("proportion"):
        return MentionKind.PERCENT
    if dimension == "time":
        return MentionKind.MEASURE if unit in _UNTIMED else MentionKind.TIME
    if unit in _DOSES or unit.startswith(_CELLS) or dimension == "cells_per_mass":
        return MentionKind.DOSE
    if unit == "mL":
        near = text[max(0, item.start - 60) : item.end + 40].lower()
        given = item.hyphened or _GIVEN.search(near)
        return MentionKind.DOSE if given else MentionKind.MEASURE
    return MentionKind.MEASURE


def _is_age(text: str, item: Item) -> bool:
    """Ages stand with ``aged``, ``years old`` or a bound on people; all else is a time."""
    timed = item.known is not None and item.known.dimension == "time"
    if not timed and (item.unit is not None or item.noun is not None):
        return False
    if item.worded and not timed:
        return is_bare_age(text, item)
    before = text[max(0, item.start - 70) : item.start].rpartition(". ")[2]
    if _AGE_BEFORE.search(before):
        return True
    if not timed:
        bound = item.comparator is not Comparator.EQUAL and is_age_of_people(text, item.start, item)
        return bound or (bool(_AGE_WORD.search(before)) and item.value < _OLDEST)
    after = text[item.end : item.end + 14]
    bounded = item.comparator.value not in {"=", "~"}
    older = re.search(r"(?:older|over|above|younger)$", text[item.start : item.end])
    if _AGE_AFTER.match(after) or (older and item.unit in {"a", "mo"}):
        return True
    if item.unit == "a" and item.upper is not None and item.value >= _GROWN:
        return True
    told = re.match(r"(?:older|younger) than", text[item.start : item.end])
    return bool(told) or (bounded and item.unit == "a" and bool(_PEOPLE.search(before)))
