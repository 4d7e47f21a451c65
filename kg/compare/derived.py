"""Figures that a claim works out from the record's: sums, percentages of counts, differences.

A derived figure is recomputed from figures that stand together in the record; it is never taken on
trust, and it is only tried when the record does not print the figure itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from types import MappingProxyType

from kg.compare.values import rounds_to, tells_share
from kg.compare.worked_out import worked_out
from kg.compare.worked_shares import counted_from_share
from kg.extract.figure_fractions import SHARE
from kg.extract.mentions import Figure
from kg.extract.reading import Fact, Reading
from kg.model import Comparator, MentionKind

_COUNTS = {MentionKind.COUNT, MentionKind.SAMPLE_SIZE, MentionKind.NUMBER}
_HUNDRED = Decimal(100)
_MOST = 14
_FEW = 5
_ROUGH = Decimal("0.12")
_ABOUT = Decimal("0.06")
_ROUND = Decimal(2)
_FITTING = 0.4
_NEXT_COUNT = 40
_NEXT_OF = 12
_NEAREST = Decimal("0.5")
_OF = re.compile(r"\b(?:of|out of|from|among|in)\b[^.;]*$", re.IGNORECASE)
_NO_FITS: Mapping[int, float] = MappingProxyType({})
_FOLD = "{fold}"
_SHARES = {MentionKind.PERCENT, MentionKind.MEASURE}
_THRESHOLDS = {Comparator.AT_LEAST, Comparator.AT_MOST}
_PERCENT = {"%", "{percentage_points}"}
_COMBINING = {
    "altogether", "either", "together", "combined", "total", "overall", "both", "sum", "rest",
    "remaining",
    "other", "others", "difference", "gap", "more", "fewer", "less", "earlier", "later", "longer",
    "shorter", "higher", "lower", "without", "rather", "between", "not", "among",
    "left", "stayed", "remained", "completed", "finished", "lost", "neither", "nor", "never",
    "missing", "withdrew", "none",
}  # fmt: skip
_DENYING = {"other", "not", "no", "none", "neither", "nor", "never", "without", "rest", "remaining"}
_POOLING = {"across", "pooled", "all"}
_MOVING = {"up", "down", "better", "worse", "different"}
_ARMS = {"arm", "group", "dose", "cohort", "regimen", "treatment", "level"}


def derived_from(
    fact: Fact, record: Reading, claim: Reading, fits: Mapping[int, float] = _NO_FITS
) -> tuple[str, tuple[int, int]] | None:
    """Return how a figure follows from the record, and where its parts stand; None if it does not.

    Tried are: the sum of the groups' sizes, the sum or difference of two figures of one unit in a
    sentence, a count as a percentage of its total and the reverse, a ratio told as *times*, and,
    where the claim says so (*altogether*, *the rest*, *longer by*), sums and differences of figures
    from different sentences.

    :param fits: sentence of the record → how well it fits the claim as a whole
    """
    figure = fact.figure
    if figure is None or figure.value is None or figure.upper is not None:
        return None
    if figure.kind is MentionKind.NUMBER and figure.comparator in _THRESHOLDS:
        return None  # "a score of 10 or more" is set, and follows from nothing
    found = _from_amounts(fact, figure, record, claim, fits)
    return found or worked_out(fact, figure, record, claim, fits)


def _from_amounts(
    fact: Fact, figure: Figure, record: Reading, claim: Reading, fits: Mapping[int, float]
) -> tuple[str, tuple[int, int]] | None:
    if figure.value is None:
        return None
    if figure.kind in _COUNTS:
        return (
            _sum_of_sizes(figure.value, record)
            or _number_of_arms(fact, figure.value, record, claim)
            or _pairs(figure, record)
            or _times(fact, figure, record, claim)
            or _the_rest(fact, figure, record, claim, fits)
            or _count_of_percentage(fact, figure, record, claim)
            or counted_from_share(fact, record)
            or _combined(fact, figure, record, claim, fits)
        )
    if figure.kind is MentionKind.PERCENT:
        found = _percentage(figure, record, fits) or _share_of(fact, figure, record, claim)
        found = found or (_pairs(figure, record) if _combines(claim) else None)
        return found or _combined(fact, figure, record, claim, fits)
    if figure.kind is MentionKind.MEASURE and figure.unit == _FOLD:
        return _times(fact, figure, record, claim)
    if figure.kind in {MentionKind.MEASURE, MentionKind.TIME, MentionKind.DOSE}:
        return _pairs(figure, record) or _combined(fact, figure, record, claim, fits)
    return None


def _is_denied(fact: Fact, claim: Reading) -> bool:
    """Whether the figure's own clause says that so many did not, or were left."""
    sentence = claim.sentences[fact.sentence]
    words = zip(sentence.tokens, sentence.layout.clause, strict=True)
    return any(w.lower in _DENYING for w, clause in words if clause == fact.clause)


def _the_rest(
    fact: Fact, figure: Figure, record: Reading, claim: Reading, fits: Mapping[int, float]
) -> tuple[str, tuple[int, int]] | None:
    """``124 had none``: what ``178 of 302 had it`` leaves, of a sentence that fits the claim."""
    if figure.value is None or not _is_denied(fact, claim):
        return None
    if figure.total is not None:
        return _left_of(figure.total, figure.value, record)
    floor = _FITTING * max(fits.values(), default=0.0)
    for other in record.facts:
        own = other.figure
        if own is None or own.value is None or not own.total:
            continue
        if fits.get(other.sentence, 0.0) >= floor and own.total - own.value == figure.value:
            text = f"{own.total:f} − {own.value:f} = {figure.value:f}"
            return text, (other.start, other.end)
    return None


def _left_of(total: Decimal, value: Decimal, record: Reading) -> tuple[str, tuple[int, int]] | None:
    """Return where a record prints how many of a total the claim leaves out: ``110 of the 181``."""
    counts = [
        f for s in record.sentences for f in s.figures if f.kind in _COUNTS and f.value is not None
    ]
    if not any(total in {f.value, f.total} for f in counts):
        return None
    found = next((f for f in counts if f.value == total - value), None)
    text = f"{total:f} − {total - value:f} = {value:f}"
    return (text, (found.start, found.end)) if found is not None else None


def _share_of(
    fact: Fact, figure: Figure, record: Reading, claim: Reading
) -> tuple[str, tuple[int, int]] | None:
    """``half of the 54``: a count of the record that is so much of what the claim names next."""
    if figure.entity != SHARE or figure.value is None:
        return None
    totals = [
        f.figure.value for f in claim.facts
        if f.figure is not None and f.figure.kind in _COUNTS and 0 < f.start - fact.end <= _NEXT_OF
    ]  # fmt: skip
    for total in totals:
        for other in record.facts:
            own = other.figure
            if not total or own is None or own.value is None or own.kind not in _COUNTS:
                continue
            if own.value * _HUNDRED == figure.value * total:
                return f"{own.value:f} of {total:f}", (other.start, other.end)
    return None


def _combines(claim: Reading) -> bool:
    """Whether a claim says that it adds or subtracts, or tells a change."""
    words = {w.lower for s in claim.sentences for w in s.tokens}
    return bool(words & _COMBINING) or any(f.sense in _MOVING for f in claim.facts)


def _times(
    fact: Fact, figure: Figure, record: Reading, claim: Reading
) -> tuple[str, tuple[int, int]] | None:
    """``about twice``, ``2.5 times the odds``: a ratio that the record prints, or its inverse."""
    following = claim.text[fact.end : fact.end + 8].lower().lstrip(" -")
    worded = fact.phrase.lower().endswith(("times", "fold", "twice", "double"))
    told = worded or figure.unit == _FOLD
    if figure.value is None or not (told or following.startswith(("times", "fold"))):
        return None
    for other in record.facts:
        own = other.figure
        if own is None or own.value is None or own.kind is not MentionKind.EFFECT:
            continue
        for ratio in (own.value, 1 / own.value if own.value else Decimal(0)):
            if abs(ratio - figure.value) <= _ROUGH * figure.value:
                return f"{own.value:f}", (other.start, other.end)
    return _times_between(figure.value, record)


def _times_between(value: Decimal, record: Reading) -> tuple[str, tuple[int, int]] | None:
    """``three times as common``: one share of a sentence over another."""
    for sentence in record.sentences:
        shares = [f for f in sentence.figures if f.kind in _SHARES and f.value][:_MOST]
        for one, two in combinations(shares, 2):
            alike = one.kind is two.kind and one.unit == two.unit
            for high, low in ((one, two), (two, one)) if alike else ():
                ends = [v for v in (high.value, high.upper) if v]
                if low.value and any(abs(v / low.value - value) <= _ROUGH * value for v in ends):
                    return f"{high.printed} / {low.printed}", (one.start, two.end)
    return None


def _count_of_percentage(
    fact: Fact, figure: Figure, record: Reading, claim: Reading
) -> tuple[str, tuple[int, int]] | None:
    """``12 of 74``: a percentage of the record, turned into a count of its group."""
    totals = [figure.total] if figure.total else [
        f.figure.value for f in claim.facts
        if f.figure is not None and f.figure.kind in _COUNTS
        and 0 < f.start - fact.end <= _NEXT_COUNT and _OF.search(claim.text[fact.end : f.start])
    ]  # fmt: skip
    for total in totals:
        for other in record.facts:
            own = other.figure
            if own is None or own.value is None or own.kind is not MentionKind.PERCENT or not total:
                continue
            if figure.value and abs(own.value * total / _HUNDRED - figure.value) <= _NEAREST:
                return f"{own.value:f}% of {total:f}", (other.start, other.end)
    return None


def _combined(
    fact: Fact, figure: Figure, record: Reading, claim: Reading, fits: Mapping[int, float]
) -> tuple[str, tuple[int, int]] | None:
    """Sum or subtract figures of fitting sentences, if the claim's words say that it does so."""
    words = {w.lower for s in claim.sentences for w in s.tokens}
    pools = figure.kind in _COUNTS and words & _POOLING
    if figure.value is None or not (pools or words & _COMBINING):
        return None
    floor = _FITTING * max(fits.values(), default=0.0)
    parts = [
        f for f in record.facts
        if f.figure is not None and f.figure.value is not None and f.figure.upper is None
        and _alike(f.figure, figure)
        and (figure.kind in _COUNTS or fits.get(f.sentence, 0.0) >= floor)
    ][:_MOST]  # fmt: skip
    for size in (2, 3) if figure.kind in _COUNTS else (2,):
        for chosen in combinations(parts, size):
            if figure.kind not in _COUNTS and not _stand_together(chosen, parts):
                continue
            values = [f.figure.value for f in chosen if f.figure and f.figure.value is not None]
            totals = [f.figure.total or Decimal(0) for f in chosen if f.figure]
            results = [sum(values, Decimal(0)), sum(totals, Decimal(0))]
            results.append(2 * max(values) - sum(values, Decimal(0)))
            if figure.kind in _COUNTS:
                results += [t - v for t in totals for v in values if t]
            if any(_comes_to(result, figure) for result in results):
                printed = ", ".join(f"{v:f}" for v in values)
                return f"{printed} → {figure.value:f}", (chosen[0].start, chosen[0].end)
    return None


def _stand_together(chosen: Sequence[Fact], parts: Sequence[Fact]) -> bool:
    """Whether figures are of one sentence; of many, whether they are neighbours there."""
    if len({f.sentence for f in chosen}) > 1:
        return False
    here = [f for f in parts if f.sentence == chosen[0].sentence]
    apart = here.index(chosen[-1]) - here.index(chosen[0])
    return len(here) <= _FEW or apart == 1


def _alike(one: Figure, two: Figure) -> bool:
    if one.kind in _COUNTS and two.kind in _COUNTS:
        return True
    return one.unit == two.unit or (one.unit is None and one.kind is MentionKind.NUMBER)


def _comes_to(result: Decimal, figure: Figure) -> bool:
    if figure.value is None or result == 0:
        return False
    if figure.comparator is Comparator.ABOUT:
        near = abs(result - figure.value) <= _ABOUT * abs(figure.value)
        return near or rounds_to(result, figure.value)
    return rounds_to(result, figure.value)


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
            if f.value is not None and f.upper is None
            and (f.unit == figure.unit or {f.unit, figure.unit} <= _PERCENT)
            and (f.kind is figure.kind or {f.kind, figure.kind} <= _COUNTS)
        ][:_MOST]  # fmt: skip
        # of many figures any two may come to anything
        beside = combinations(alike, 2) if len(alike) <= _FEW else pairwise(alike)
        for one, two in beside:
            if one.value is None or two.value is None or one.value == two.value:
                continue
            for sign, result in (("+", one.value + two.value), ("−", abs(one.value - two.value))):
                if result == value and result not in {one.value, two.value}:
                    high, low = sorted((one.value, two.value), reverse=True)
                    text = f"{high:f} {sign} {low:f} = {value:f}"
                    return text, (one.start, two.end)
    return None


def _percentage(
    figure: Figure, record: Reading, fits: Mapping[int, float]
) -> tuple[str, tuple[int, int]] | None:
    value = figure.value
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    slack = Decimal("0.6").scaleb(-places)
    if figure.comparator is Comparator.ABOUT:
        slack = max(slack, _ROUND if figure.entity == SHARE else Decimal(1))
    for count, total, span in _ratios(record, fits):
        if not total:
            continue
        share = _HUNDRED * count / total
        if abs(share - value) <= slack or tells_share(figure, share):
            return f"{count:f} of {total:f} = {value:f}%", span
    return None


def _ratios(
    record: Reading, fits: Mapping[int, float]
) -> Iterator[tuple[Decimal, Decimal, tuple[int, int]]]:
    """Yield counts with their totals, of sentences that fit the claim: printed ``n/N`` first.

    Two counts make a share only where the sentence does not print shares itself.
    """
    floor = _FITTING * max(fits.values(), default=0.0)
    for sentence in record.sentences:
        if fits.get(sentence.index, 0.0) < floor:
            continue
        printed = any(f.kind is MentionKind.PERCENT for f in sentence.figures)
        counts = [f for f in sentence.figures if f.kind in _COUNTS and f.value is not None]
        for figure in counts:
            if figure.value is not None and figure.total:
                yield figure.value, figure.total, (figure.start, figure.end)
        for one, two in () if printed else combinations(counts[:_MOST], 2):
            if one.value is None or two.value is None:
                continue
            low, high = sorted((one.value, two.value))
            yield low, high, (one.start, two.end)
