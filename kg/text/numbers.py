"""Numbers written as words: ``one hundred and three``, ``two thirds``, ``a dozen``.

Ordinals (``third``, ``the twenty-second arm``) are no amounts and are left out. Whether ``one of
the arms`` counts anything is for the reader of the sentence to decide.

>>> number_words("Twenty-four of one hundred and three slept")
[(0, 11, Decimal('24')), (15, 36, Decimal('103'))]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

ONES: Mapping[str, int] = MappingProxyType({word: value for value, word in enumerate(_SMALL)})
TENS: Mapping[str, int] = MappingProxyType({word: 10 * n for n, word in enumerate(_TENS, 2)})
SCALES: Mapping[str, Decimal] = MappingProxyType(
    {
        "hundred": Decimal(100),
        "dozen": Decimal(12),
        "thousand": Decimal(1000),
        "million": Decimal(10**6),
        "billion": Decimal(10**9),
        "trillion": Decimal(10**12),
    }
)
_PARTS: Mapping[str, int] = MappingProxyType(
    {
        "half": 2,
        "halves": 2,
        "third": 3,
        "thirds": 3,
        "quarter": 4,
        "quarters": 4,
        "fourth": 4,
        "fourths": 4,
        "fifth": 5,
        "fifths": 5,
        "tenth": 10,
        "tenths": 10,
    }
)
_LONGEST = 24  # words of one number
_DIGITS_KEPT = Decimal("1e-15")
_VOCABULARY = sorted(
    [*ONES, *TENS, *SCALES, *_PARTS, "a", "an", "and", "point"], key=lambda w: (-len(w), w)
)
_WORD = re.compile(rf"(?<![A-Za-z'’])(?:{'|'.join(_VOCABULARY)})(?![A-Za-z'’])", re.IGNORECASE)
_ORDINAL = re.compile(
    r"-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b", re.IGNORECASE
)
_JOINT = re.compile(r"[ \t\u00a0]+|[-\u2010\u2011]|[ \t]*\n[ \t]*")

Token = tuple[int, int, str]


def scale(word: str) -> Decimal | None:
    """Return what a scale word multiplies by, as in ``20 million``; None for any other word.

    >>> scale("Million"), scale("milligram")
    (Decimal('1000000'), None)
    """
    return SCALES.get(word.lower())


def number_words(
    text: str, start: int = 0, end: int | None = None
) -> list[tuple[int, int, Decimal]]:
    """Return the numbers written as words, with their spans and values, in text order.

    A scale word alone (``million`` after a printed ``20``) is none; see :func:`scale`.

    >>> [str(value) for _, _, value in number_words("half of a dozen, two thirds, 20 million")]
    ['0.5', '12', '0.666666666666667']
    """
    tokens = [
        (m.start(), m.end(), m.group().lower())
        for m in _WORD.finditer(text, start, len(text) if end is None else end)
    ]
    found: list[tuple[int, int, Decimal]] = []
    for run in _runs(text, tokens):
        at = 0
        words = [word for _, _, word in run]
        while at < len(run):
            value, stop = _number(words, at)
            if value is not None and not _ORDINAL.match(text, run[stop - 1][1]):
                found.append((run[at][0], run[stop - 1][1], value))
            at = max(stop, at + 1)
    return found


def _runs(text: str, tokens: Sequence[Token]) -> list[list[Token]]:
    """Group words that nothing but a space or a hyphen parts."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and _JOINT.fullmatch(text, runs[-1][-1][1], token[0]):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _number(words: Sequence[str], at: int) -> tuple[Decimal | None, int]:
    """Read one number from a run; the stop is where it ends, or ``at`` when there is none."""
    if words[at] == "half":
        value, stop = _after_article(words, at + 1) if at + 1 < len(words) else (None, at)
        if value is not None and words[at + 2] in SCALES:
            return value / 2, stop
        return Decimal("0.5"), at + 1
    if words[at] in {"a", "an"}:
        return _after_article(words, at)
    value, stop = _whole(words, at)
    if value is None:
        return None, at
    if stop < len(words) and words[stop] in _PARTS and not _ordinal(value, words[stop]):
        return _fraction(value, words[stop]), stop + 1
    if words[stop : stop + 3] == ["and", "a", "half"]:
        return value + Decimal("0.5"), stop + 3
    return _decimal(value, words, stop)


def _after_article(words: Sequence[str], at: int) -> tuple[Decimal | None, int]:
    word = words[at + 1] if words[at] in {"a", "an"} and at + 1 < len(words) else ""
    if word in SCALES:
        value, stop = _whole(["one", *words[at + 1 : at + _LONGEST]], 0)
        return value, at + stop
    if word in {"half", "quarter", "third"}:
        return _fraction(Decimal(1), word), at + 2
    return None, at


def _ordinal(value: Decimal, part: str) -> bool:
    """Tell ``twenty-third`` and ``two third`` (sic) from ``two thirds`` and ``one third``."""
    return (value == 1) == part.endswith("s")


def _fraction(value: Decimal, part: str) -> Decimal:
    return (value / _PARTS[part]).quantize(_DIGITS_KEPT).normalize()


def _decimal(value: Decimal, words: Sequence[str], stop: int) -> tuple[Decimal, int]:
    """Add the digits of ``one point five``."""
    digits = ""
    at = stop + 1
    if stop < len(words) and words[stop] == "point":
        while at < len(words) and ONES.get(words[at], 10) < 10:
            digits += str(ONES[words[at]])
            at += 1
    if not digits:
        return value, stop
    value += Decimal(f"0.{digits}")
    factor = SCALES.get(words[at]) if at < len(words) else None
    return (value * factor, at + 1) if factor else (value, at)


def _whole(words: Sequence[str], at: int) -> tuple[Decimal | None, int]:
    """Read a whole number such as ``two hundred and five thousand``."""
    part, stop = _below_hundred(words, at)
    total = Decimal(0)
    if part is None:
        return None, at
    while stop < len(words):
        factor = SCALES.get(words[stop])
        if factor is None:
            break
        part *= factor
        stop += 1
        if factor >= 1000:
            total, part = total + part, Decimal(0)
        joined = words[stop : stop + 1] == ["and"]
        more, after = _below_hundred(words, stop + joined)
        # "one hundred and two hundred" and "a dozen and two" are two numbers each
        scaled = after < len(words) and SCALES.get(words[after], factor + 1) <= factor
        if more is not None and not (joined and (scaled or factor == SCALES["dozen"])):
            part, stop = part + more, after
    return total + part, stop


def _below_hundred(words: Sequence[str], at: int) -> tuple[Decimal | None, int]:
    """Read ``seven``, ``twenty`` or ``twenty-four``."""
    word = words[at] if at < len(words) else ""
    if word in ONES:
        return Decimal(ONES[word]), at + 1
    if word not in TENS:
        return None, at
    unit = ONES.get(words[at + 1], 0) if at + 1 < len(words) else 0
    if 0 < unit < 10:
        return Decimal(TENS[word] + unit), at + 2
    return Decimal(TENS[word]), at + 1
