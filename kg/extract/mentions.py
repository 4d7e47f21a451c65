"""Typed figures of a text: p-values, intervals, effects, percentages, counts, doses, times, ages.

Figures are looked for in a matching copy (see :mod:`kg.text.normal`) and given back in the offsets
of the text as given. Names with digits (IL-6, Phase 2), years, identifiers and reference markers
are no figures.

>>> text = "Pain fell by 12 points (95% CI 8 to 16; P<.001) at 6 months in Phase 2."
>>> [(f.kind.value, f.printed) for f in find(text)]  # doctest: +NORMALIZE_WHITESPACE
[('measure', '12 points'), ('interval', '95% CI 8 to 16'), ('p_value', 'P<.001'),
 ('time', '6 months')]
>>> [(f.printed, str(f.value), f.unit) for f in find("the 100M arm, 1×10⁸ cells")]
[('100M', '100', '10*6.{cells}'), ('1×10⁸ cells', '100', '10*6.{cells}')]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kg.extract.figure import Cells, Figure, Taken
from kg.extract.figure_durations import durations
from kg.extract.figure_fractions import fractions
from kg.extract.figure_kinds import speaks_of_cells
from kg.extract.figure_names import names
from kg.extract.figure_quantities import quantities
from kg.extract.figure_statistics import statistics
from kg.model import MentionKind
from kg.text.filler import plain
from kg.text.normal import Normal, normalise

__all__ = ["Figure", "find"]
_AFTER_NAMES = (MentionKind.SAMPLE_SIZE, MentionKind.COUNT)


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Figure]:
    """Yield the figures of a text, or of one stretch of it, in text order and without overlap.

    :param start: where the stretch begins
    :param end: where it ends, the end of the text by default
    """
    begin, stop, _ = slice(start, end).indices(len(text))
    normal = normalise(text, begin, stop)
    part = begin > 0 or stop < len(text)
    last = begin
    for figure in _in_copy(normal, Cells(_cells(text), part)):
        low, high = normal.original(figure.start, figure.end)
        low, high = _trimmed(text, low, high)
        if low >= last and high > low:
            last = high
            yield replace(figure, start=low, end=high, printed=plain(text[low:high]))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@lru_cache(maxsize=16)
def _cells(text: str) -> bool:
    return speaks_of_cells(normalise(text).text)


def _in_copy(normal: Normal, cells: Cells) -> list[Figure]:
    """Find the figures of a copy: labelled ones first, then names taken out, then quantities."""
    taken = Taken(len(normal.text))
    found: list[Figure] = []
    for figure in (*fractions(normal.text), *durations(normal.text)):
        if taken.free(figure.start, figure.end):
            taken.take(figure.start, figure.end)
            found.append(figure)
    labelled = list(statistics(normal.text))
    for figure in labelled:
        if figure.kind not in _AFTER_NAMES and taken.free(figure.start, figure.end):
            taken.take(figure.start, figure.end)
            found.append(figure)
    for start, end in names(normal.text):
        if taken.free(start, end):
            taken.take(start, end)
    for figure in labelled:
        if figure.kind in _AFTER_NAMES and taken.free(figure.start, figure.end):
            taken.take(figure.start, figure.end)
            found.append(figure)
    found += quantities(normal.text, taken, cells)
    return sorted(found, key=lambda figure: (figure.start, figure.end))
