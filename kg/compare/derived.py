"""Figures that a claim works out from the record's: sums, percentages of counts, differences.

A derived figure is recomputed from figures that stand together in the record; it is never taken on
trust, and it is only tried when the record does not print the figure itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from kg.extract.mentions import Figure
from kg.extract.reading import Fact, Reading
from kg.model import Comparator, MentionKind

_COUNTS = {MentionKind.COUNT, MentionKind.SAMPLE_SIZE, MentionKind.NUMBER}
_HUNDRED = Decimal(100)
_MOST = 14
_ARMS = {"arm", "group", "dose", "cohort", "regimen", "treatment", "level"}


def derived_from(fact: Fact, record: Reading, claim: Reading) -> tuple[str, tuple[int, int]] | None:
    """Return how a figure follows from the record, and where its parts stand; None if it does not.

    Tried are: the sum of the groups' sizes, the sum or difference of two figures of one unit in a
    sentence, and a count as a percentage of its total.
    """
    figure = fact.figure
    if figure is None or figure.value is None or figure.upper is not None:
        return None
    if figure.kind in _COUNTS:
        return (
            _sum_of_sizes(figure.value, record)
            or _number_of_arms(fact, figure.value, record, claim)
            or _pairs(figure, record)
        )
    if figure.kind is MentionKind.PERCENT:
        return _percentage(figure, record) or _pairs(figure, record)
    if figure.kind is MentionKind.MEASURE:
        return _pairs(figure, record)
    return None


def _sum_of_sizes(value: Decimal, record: Reading) -> tuple[str, tuple[int, int]] | None:
    for sentence in record.sentences:
        sizes = [
            f for f in sentence.figures if f.kind is MentionKind.SAMPLE_SIZE and f.value is not None
        ]
        if len(sizes) > 1 and sum(f.value for f in sizes if f.value is not None) == value:
            printed = " + ".join(f"{f.value:f}" for f in sizes)
            return f"{printed} = {value:f}", (sizes[0].start, sizes[-1].end)
    return None


def _number_of_arms(
    fact: Fact, value: Decimal, record: Reading, claim: Reading
) -> tuple[str, tuple[int, int]] | None:
    """``three doses``: the arms that the record sets apart are counted."""
    following = claim.text[fact.end : fact.end + 24].lower().split()
    arms = record.lexicon.groups
    counted = any(word.strip(",.:;").rstrip("s") in _ARMS for word in following[:2])
    if not counted or len(arms) != value or len(arms) < 2:
        return None
    names = ", ".join(arm.label for arm in arms)
    return f"{len(arms)}: {names}", (arms[0].start, arms[0].end)


def _pairs(figure: Figure, record: Reading) -> tuple[str, tuple[int, int]] | None:
    value = figure.value
    if value is None:
        return None
    for sentence in record.sentences:
        alike = [
            f
            for f in sentence.figures
            if f.value is not None and f.unit == figure.unit and f.upper is None
            and (f.kind is figure.kind or {f.kind, figure.kind} <= _COUNTS)
        ][:_MOST]  # fmt: skip
        for one, two in combinations(alike, 2):
            if one.value is None or two.value is None or one.value == two.value:
                continue
            for sign, result in (("+", one.value + two.value), ("−", abs(one.value - two.value))):
                if result == value and result not in {one.value, two.value}:
                    high, low = sorted((one.value, two.value), reverse=True)
                    text = f"{high:f} {sign} {low:f} = {value:f}"
                    return text, (one.start, two.end)
    return None


def _percentage(figure: Figure, record: Reading) -> tuple[str, tuple[int, int]] | None:
    value = figure.value
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    slack = Decimal("0.6").scaleb(-places)
    if figure.comparator is Comparator.ABOUT:
        slack = max(slack, Decimal(1))
    for count, total, span in _ratios(record):
        if total and abs(_HUNDRED * count / total - value) <= slack:
            return f"{count:f} of {total:f} = {value:f}%", span
    return None


def _ratios(record: Reading) -> Iterator[tuple[Decimal, Decimal, tuple[int, int]]]:
    """Yield counts with their totals: printed ``n/N`` first."""
    for sentence in record.sentences:
        counts = [f for f in sentence.figures if f.kind in _COUNTS and f.value is not None]
        for figure in counts:
            if figure.value is not None and figure.total:
                yield figure.value, figure.total, (figure.start, figure.end)
        for one, two in combinations(counts[:_MOST], 2):
            if one.value is None or two.value is None:
                continue
            low, high = sorted((one.value, two.value))
            yield low, high, (one.start, two.end)
