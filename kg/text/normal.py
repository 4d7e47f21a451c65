"""A copy of a text for matching, with a map back to the offsets of the text as given.

The copy unites what print varies: spaces, dashes, quotation marks, ``≤``, ``.02`` and ``0.02``,
middle dots in figures, ``10⁶`` and ``10^6``. Letters keep their case. Everything that is shown or
hashed is cut from the original; the copy is only ever searched.

>>> normal = normalise("p≤.02 after 2×10⁶ cells")
>>> normal.text
'p<=0.02 after 2x10^6 cells'
>>> normal.original(3, 7)
(2, 5)
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

_GROUPS = {
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
    "\u205f\u3000",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d",
    "'": "\u2018\u2019\u201a\u201b\u2032\u02bc",
    '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb",
    "\n": "\u2028\u2029",
    "": "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067"
    "\u2068\u2069\ufeff",
    "<=": "\u2264\u2266\u2a7d",
    ">=": "\u2265\u2267\u2a7e",
    "\u03bc": "\u00b5",  # micro sign to Greek mu, as NFKC does
    "\u00b7": "\u2219\u22c5\u2027",
    "~": "\u223c\u02dc",
    "/": "\u2044\u2215",
    "=": "\uff1d",
    "<": "\uff1c",
    ">": "\uff1e",
    "%": "\uff05",
    "ff": "\ufb00",
    "fi": "\ufb01",
    "fl": "\ufb02",
    "ffi": "\ufb03",
    "ffl": "\ufb04",
    "st": "\ufb05\ufb06",
}
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_POWER = re.compile(
    r"(?<![0-9.,])10(?P<power>[⁻⁺]?[⁰¹²³⁴-⁹]{1,3})"  # 10⁶, but not the marker in "in 2010⁶"
    r"|(?<![A-Za-zμ])[cdkmμ]?m(?P<area>[²³])(?![⁰¹²³⁴-⁹])"
)
_BARE_POINT = re.compile(r"\.(?<=[\s=<>(\[{,;:~+\-/]\.)(?=[0-9])|\A\.(?=[0-9])")
_SIGN = re.compile(r"[·×](?:(?<=[0-9]·)(?=[0-9])|(?:(?<=[0-9]×)|(?<=[0-9] ×))(?= ?[0-9]))")
_THOUSANDS = re.compile(  # 19 220 with a thin space, but not two figures of a table
    r"(?<![0-9.,])[1-9][0-9]{0,2}(?P<gap>[\u2009\u202f])(?=[0-9]{3}(?![0-9]))"
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_POWER_OF_TEN = re.compile(r"10\^[-+]?[0-9]")


@dataclass(frozen=True, slots=True)
class _Layer:
    """One round of replacements: four sorted, parallel columns of offsets."""

    old_start: tuple[int, ...]
    old_end: tuple[int, ...]
    new_start: tuple[int, ...]
    new_end: tuple[int, ...]

    def old_left(self, position: int) -> int:
        """Return where the character at a new position began."""
        at = bisect_right(self.new_start, position) - 1
        if at < 0:
            return position
        if position < self.new_end[at]:
            return self.old_start[at]
        return position - self.new_end[at] + self.old_end[at]

    def old_right(self, position: int) -> int:
        """Return where the character before a new position ended."""
        at = bisect_left(self.new_start, position) - 1
        if at < 0:
            return position
        if position <= self.new_end[at]:
            return self.old_end[at]
        return position - self.new_end[at] + self.old_end[at]

    def new_left(self, position: int) -> int:
        """Return the new position of an old one; inside a replacement, its beginning."""
        at = bisect_right(self.old_start, position) - 1
        if at < 0:
            return position
        if position < self.old_end[at]:
            return self.new_start[at]
        return position - self.old_end[at] + self.new_end[at]


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised copy of ``text[begin:begin + length]`` and the way back to that text.

    :param text: the copy
    :param begin: where the copied stretch begins in the original
    :param length: how long the copied stretch is in the original
    """

    text: str
    begin: int
    length: int
    layers: tuple[_Layer, ...] = field(default=(), repr=False)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the original that a span of the copy came from.

        A span that cuts a replacement in two takes the whole of what was replaced.

        :raises ValueError: if the span does not lie in the copy

        >>> normalise("size ﬁve").original(5, 6)
        (5, 6)
        """
        if not 0 <= start <= end <= len(self.text):
            message = f"no span {start}–{end} in a copy of {len(self.text)} characters"
            raise ValueError(message)
        left, right = start, end
        for layer in reversed(self.layers):
            left = layer.old_left(left)
            right = layer.old_right(right)
        if start == end:
            right = left = min(left, self.length)
        return self.begin + left, self.begin + right

    def position(self, original_offset: int) -> int:
        """Return the place in the copy of an offset into the original; it never decreases.

        :raises ValueError: if the offset lies outside the copied stretch

        >>> normalise("a\u200bb≥c").position(3), normalise("a\u200bb≥c").position(4)
        (2, 4)
        """
        at = original_offset - self.begin
        if not 0 <= at <= self.length:
            message = f"offset {original_offset} is outside the copied stretch"
            raise ValueError(message)
        for layer in self.layers:
            at = layer.new_left(at)
        return at


@cache
def _characters() -> dict[str, str]:
    table = {old: new for new, many in _GROUPS.items() for old in many}
    table.update({old: str(digit) for digit, old in enumerate(_SUBSCRIPTS)})
    return table


def _character(match: re.Match[str]) -> str:
    return _characters().get(match.group(), match.group())


def _sign(match: re.Match[str]) -> str:
    power = _POWER_OF_TEN.match(match.string, match.end())
    return "." if match.group() == "·" and not power else "x"


def _power(match: re.Match[str]) -> str:
    digits = match.group(match.lastgroup or 0).translate(_SUPERSCRIPTS)
    return digits if match.lastgroup == "area" else f"^{digits}"


def _replace(
    text: str, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]
) -> tuple[str, _Layer | None]:
    """Replace every match's last group (else the whole match), keeping the offsets."""
    pieces: list[str] = []
    columns: list[tuple[int, int, int, int]] = []
    done = shift = 0
    for match in pattern.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        with_ = new(match)
        if with_ == text[start:end]:
            continue
        pieces += (text[done:start], with_)
        columns.append((start, end, start + shift, start + shift + len(with_)))
        shift += len(with_) - (end - start)
        done = end
    if not columns:
        return text, None
    pieces.append(text[done:])
    return "".join(pieces), _Layer(*zip(*columns, strict=True))


def normalise(text: str, start: int = 0, end: int | None = None) -> Normal:
    """Return the matching copy of a text, or of one stretch of it.

    A text that needs no change is returned as it is; offsets of a stretch count in the full text.

    :param start: where the stretch begins
    :param end: where it ends, the end of the text by default

    >>> normalise("TNF‐α fell (P<.05)").text
    'TNF-α fell (P<0.05)'
    >>> normalise("left ﬁrst ﬁnal", 5).original(0, 6)
    (5, 10)
    """
    begin, stop, _ = slice(start, end).indices(len(text))
    copy = source = text[begin : max(begin, stop)]
    layers: list[_Layer] = []
    for pattern, new in _rounds(copy):
        copy, layer = _replace(copy, pattern, new)
        layers += [layer] if layer else []
    return Normal(copy, begin, len(source), tuple(layers))


def _rounds(text: str) -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    """Return the replacements that a text can need, in order; plain ASCII needs one."""
    rounds: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = []
    if not text.isascii():
        if "\u2009" in text or "\u202f" in text:
            rounds.append((_THOUSANDS, lambda _: ","))
        rounds.append((_NOT_ASCII, _character))
        if any(digit in text for digit in "⁰¹²³⁴⁵⁶⁷⁸⁹"):
            rounds.append((_POWER, _power))
        if any(sign in text for sign in "·×\u2219\u22c5\u2027"):
            rounds.append((_SIGN, _sign))
    rounds.append((_BARE_POINT, lambda _: "0."))
    return rounds
