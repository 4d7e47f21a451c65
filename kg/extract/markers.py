r"""Citation markers as an answer prints them: behind the stop, in brackets, superscript.

A number that belongs to the sentence is no marker: one that follows no stop and stands in no
brackets is only read as one where the whole answer cites in that way (:func:`weak_style`).

>>> text = "Grip rose at 3 months (n=15). 4, 3"
>>> [(m.label, text[m.start : m.end]) for m in printed_markers(text, 0, len(text))]
[('4', '4'), ('3', '3')]
>>> text = "It fell [1-3] in phase 2."
>>> [(m.label, text[m.start : m.end]) for m in printed_markers(text, 0, len(text))]
[('1', '1-3'), ('2', '1-3'), ('3', '1-3')]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.word_lists import listed
from kg.text.lexicon import rows

_LIST = r"\d{1,3}(?:\s?(?:,|;|[-‐‑–—])\s?\d{1,3})*"
_SQUARE = re.compile(rf"\[\s*(?P<list>{_LIST})\s*\]")
_ROUND = re.compile(rf"(?<=\S)\s?\((?P<list>{_LIST})\)(?=\s*(?:[.!?…]|\Z))")
_BEHIND_STOP = re.compile(
    rf"(?:(?P<stop>[.!?…])[\"'”’)\]]*(?P<gap>[ \t\u00a0\u202f\u2009]*)|[)\]][.!?…]?\s+)"
    rf"(?P<list>{_LIST})(?P<after>\s*[.]?\s*)\Z"
)
_BEFORE_STOP = re.compile(rf"(?P<word>[A-Za-z][\w'’/-]*|[)\]])\s+(?P<list>{_LIST})\s*[.!?…]?\s*\Z")
_SUPERSCRIPT = re.compile(
    r"(?<=[A-Za-zα-ω.,;:!?)\]\"'”’%])(?P<list>[¹²³⁰⁴-⁹]{1,3}(?:[,˒ ]?[⁻–-]?[¹²³⁰⁴-⁹]{1,3})*)"
    r"(?![⁺⁻\w])"
)
_TO_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻˒", "0123456789-,")
_ITEM = re.compile(r"(\d{1,3})(?:\s?[-‐‑–—]\s?(\d{1,3}))?")
_WORD_BEFORE = re.compile(r"([A-Za-zα-ω][\w'’-]*)\W*\Z")
_LONGEST_RANGE = 40
_FEWEST_WEAK = 2
_SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class PrintedMarker:
    """One label with the place where it is printed; a range gives one for each of its labels.

    :param group_start: where the marker's print begins, brackets included
    :param group_end: where the print ends
    """

    label: str
    start: int
    end: int
    group_start: int
    group_end: int


def printed_markers(
    text: str, start: int, end: int, *, weak: bool = False
) -> tuple[PrintedMarker, ...]:
    """Return the markers of one sentence, bullet or row, in text order.

    :param start: where the sentence begins; ``end`` is where it ends, markers included
    :param weak: whether bare numbers before the stop count (see :func:`weak_style`)
    """
    found: list[PrintedMarker] = []
    last = end
    trailing = _trailing(text, start, end)
    if trailing:
        found += trailing
        last = trailing[0].group_start
    for pattern in (_SQUARE, _SUPERSCRIPT):
        for match in pattern.finditer(text, start, last):
            if _cites(text, match, start):
                found += _labels(match, match.start(), match.end())
    if weak and not found:
        found += _weak(text, start, end)
    return tuple(sorted(found, key=lambda m: (m.start, m.end, len(m.label), m.label)))


def weak_style(text: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether an answer cites with bare numbers before the stop (``helps adults 1, 2.``).

    That is so where no marker of a surer form stands anywhere and several sentences end that way.

    >>> text = "Walking helps adults 1, 2. Sleep helps mood 3."
    >>> weak_style(text, [(0, 26), (27, 46)]), weak_style("It is phase 2.", [(0, 14)])
    (True, False)
    """
    ending = 0
    for start, end in spans:
        if printed_markers(text, start, end):
            return False
        ending += bool(_weak(text, start, end))
    return ending >= _FEWEST_WEAK


def blanked(text: str, markers: Iterable[PrintedMarker]) -> str:
    """Return the text with spaces in place of markers, so that no marker is read as a figure."""
    pieces, at = [], 0
    for start, end in sorted({(m.group_start, m.group_end) for m in markers}):
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join((*pieces, text[at:]))


def _trailing(text: str, start: int, end: int) -> list[PrintedMarker]:
    """Return bare numbers behind the stop, or behind a closing bracket."""
    match = _BEHIND_STOP.search(text, start, end)
    if match is None:
        return []
    stop = match.group("stop")
    if stop and (_decimal(text, match) or _abbreviated(text[start : match.start() + 1])):
        return []
    if not stop and text[match.start()] == "]" and not match.group().strip("] ").isdigit():
        return []
    return _labels(match, match.start("list"), match.end("list"))


def _decimal(text: str, match: re.Match[str]) -> bool:
    """``0.5`` at the end of a sentence is a figure: no gap, and digits on both sides."""
    return not match.group("gap") and text[match.start() - 1 : match.start()].isdigit()


def _abbreviated(words: str) -> bool:
    last = words.rsplit(None, 1)[-1].lower().lstrip("([\"'“‘")
    return last in _number_abbreviations()


@cache
def _number_abbreviations() -> frozenset[str]:
    """``see Fig. 2``: abbreviations that a number follows."""
    return frozenset(row[1] for row in rows("abbreviations.tsv") if row[0] == "inner")


def _cites(text: str, match: re.Match[str], start: int) -> bool:
    """Tell a marker from a range of values in brackets and from a unit's power."""
    before = text[max(start, match.start() - 24) : match.start()]
    if match.group().startswith("["):
        figure = re.search(r"[\d%]\s*\Z", before) is not None
        return not (figure and len(re.findall(r"\d+", match.group("list"))) > 1)
    word = _WORD_BEFORE.search(before)
    glued = word is not None and word.end(1) == len(before)
    return not glued or (word is not None and len(word.group(1)) >= _SHORTEST_WORD)


def _weak(text: str, start: int, end: int) -> list[PrintedMarker]:
    round_ = _ROUND.search(text, start, end)
    if round_:
        at = round_.start() + len(round_.group()) - len(round_.group().lstrip())
        return _labels(round_, at, round_.end())
    match = _BEFORE_STOP.search(text, start, end)
    if match is None:
        return []
    word = match.group("word").lower()
    measured = text[start : match.start("word")].rstrip()[-1:].isdigit() and word in listed("unit")
    if measured:
        return _labels(match, match.start("list"), match.end("list"))
    if word in listed("takes-number") or (word.isalpha() and len(word) < _SHORTEST_WORD):
        return []
    return _labels(match, match.start("list"), match.end("list"))


def _labels(match: re.Match[str], group_start: int, group_end: int) -> list[PrintedMarker]:
    """Return the labels of a printed list; ranges are expanded."""
    base = match.start("list")
    return [
        PrintedMarker(label, base + low, base + high, group_start, group_end)
        for low, high, label in _items(match.group("list").translate(_TO_DIGITS))
    ]


def _items(printed: str) -> Iterator[tuple[int, int, str]]:
    for item in _ITEM.finditer(printed):
        first, last = item.group(1), item.group(2)
        if last is None:
            yield *item.span(), first
        elif 0 < int(last) - int(first) <= _LONGEST_RANGE:
            for number in range(int(first), int(last) + 1):
                yield *item.span(), str(number)
        else:
            yield *item.span(1), first
            yield *item.span(2), last
