"""Figures that follow from an effect, from shares of two arms, from arms' sizes, or from the claim.

*An 18% higher hazard* follows from a hazard ratio of 1.18, *11 to be treated for one to gain* from
a difference of 9.4 points, *twelve of 49 left* from *37 stayed*. Each is recomputed; none is taken
on trust.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations, pairwise, permutations

from kg.compare.values import rounds_to, tells_share
from kg.extract.figure_fractions import SHARE
from kg.extract.mentions import Figure
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import Comparator, MentionKind
from kg.text.lexicon import categories, everyday

Source = tuple[str, tuple[int, int]]

RATIOS = {"HR", "OR", "RR", "IRR", "SHR", "PR", "aHR", "aOR", "aRR", "aIRR", "adjHR", "adjOR"}
_COUNTS = {MentionKind.COUNT, MentionKind.SAMPLE_SIZE, MentionKind.NUMBER}
_WHOLE = {*_COUNTS, MentionKind.MEASURE}
_AMOUNTS = {MentionKind.MEASURE, MentionKind.TIME, MentionKind.NUMBER, MentionKind.PERCENT}
_CHANGING = _AMOUNTS - {MentionKind.TIME}
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)
_SLACK = Decimal("0.6")
_ABOUT = Decimal("0.06")
_ROUND = Decimal(2)
_NEARLY = Decimal(1)
_FITTING = 0.4
_MOST = 10
_MOVING = {"up", "down", "better", "worse", "different"}
_NEEDED = re.compile(
    r"\bneed(?:s|ed)? to (?:be )?treat|\bNNT\b|\bfor one (?:\w+ ){0,3}to\b"
    r"|\b(?:one|1) (?:extra|more|additional|further|fewer)\b"
    r"|\b(?:prevents?|avoids?|spares?|saves?|gains?|helps?) one\b",
    re.IGNORECASE,
)
_PER_THOUSAND = re.compile(r"\b(?:per|for every|for each|in every) 1[ ,]?000\b")
_NEXT = 16
_BESIDE = 0.2
_SEVERAL = 3
_AROUND = 100  # a claim may be cut off before "for one to gain"
_BY = re.compile(r"\bby (?:only |just |about |some |around |roughly |nearly |almost |a mere )*$")


def worked_out(
    fact: Fact, figure: Figure, record: Reading, claim: Reading, fits: Mapping[int, float]
) -> Source | None:
    """Return what a figure follows from, and where that stands; None if it follows from nothing.

    :param fits: sentence of the record → how well it fits the claim as a whole

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("The hazard ratio for death was 0.61 with drugol.")
    >>> text = "The risk of death was 39% lower with drugol."
    >>> claim = read_claim(text, 0, len(text), record)
    >>> (fact,) = [f for f in claim.facts if f.figure]
    >>> worked_out(fact, fact.figure, record, claim, {0: 1.0})[0]
    'a ratio of 0.61 = 39% less'
    """
    floor = _FITTING * max(fits.values(), default=0.0)
    near = {i + step for i, fit in fits.items() if fit >= floor for step in (-1, 0, 1)}
    near |= _told_of_it(fact, record)
    fitting = [s for s in record.sentences if s.index in near or not fits]
    found = None
    if figure.kind is MentionKind.PERCENT:
        found = _share_of_ratio(fact, figure, claim, fitting) or _share_of_sizes(figure, record)
    elif figure.kind in _COUNTS:
        found = _needed(fact, figure, claim, record)
    if found is None and figure.kind in _AMOUNTS:
        found = _change(fact, figure, claim, record, fitting)
    return found or _of_own_figures(fact, figure, record, claim)


def _told_of_it(fact: Fact, record: Reading) -> set[int]:
    """Return the sentences that name what stands by a figure: its outcome, or two words of it."""
    said = {k for k, w in fact.context.items() if w >= _BESIDE and k not in everyday()}
    named = {k for k in said if categories().get(k) in {"outcome", "condition"}}
    return {
        s.index for s in record.sentences
        if named & s.keys or len(said & s.keys) >= _SEVERAL
    }  # fmt: skip


def _comes_near(result: Decimal, figure: Figure) -> bool:
    """Whether a result is the figure, as precisely as the claim tells it."""
    if figure.value is None:
        return False
    if figure.comparator is Comparator.ABOUT:
        least = _ROUND if figure.entity == SHARE else _NEARLY if figure.unit == "%" else Decimal(0)
        slack = max(least, _ABOUT * abs(figure.value))
        return abs(result - figure.value) <= slack or rounds_to(result, figure.value)
    return rounds_to(result, figure.value)


def _comes_near_share(result: Decimal, figure: Figure) -> bool:
    """Whether a share in percent is the figure, give or take its last digit."""
    if figure.value is None:
        return False
    if tells_share(figure, result):
        return True
    exponent = figure.value.as_tuple().exponent
    slack = _SLACK.scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(result - figure.value) <= slack or _comes_near(result, figure)


def _moves(fact: Fact, claim: Reading) -> bool:
    """Whether the claim tells a direction where it gives the figure."""
    by = fact.figure is not None and "point" in (fact.figure.unit or "")
    if by and _BY.search(claim.text[: fact.start].lower()):
        return True  # "…, but by 1 point with water"
    return any(f.sentence == fact.sentence and f.sense in _MOVING for f in claim.facts)


def _share_of_ratio(
    fact: Fact, figure: Figure, claim: Reading, fitting: Sequence[Sentence]
) -> Source | None:
    """``18% higher``: what a ratio is above or below 1."""
    ways = {f.sense for f in claim.facts if f.sentence == fact.sentence}
    for sentence in fitting:
        for own in sentence.figures:
            if own.entity not in RATIOS or own.value is None or own.value <= 0:
                continue
            if not (own.value > 1 and "up" in ways) and not (own.value < 1 and "down" in ways):
                continue
            share = abs(_HUNDRED * (own.value - 1))
            if _comes_near_share(share, figure):
                way = "more" if own.value > 1 else "less"
                told = f"a ratio of {own.value:f} = {share.normalize():f}% {way}"
                return told, (own.start, own.end)
    return None


def _needed(fact: Fact, figure: Figure, claim: Reading, record: Reading) -> Source | None:
    """``11 to be treated for one to gain``: a hundred over a difference in percentage points."""
    own = claim.sentences[fact.sentence]
    around = claim.text[max(0, own.start - _AROUND) : own.end + _AROUND]
    if figure.value is None or not _NEEDED.search(around):
        return None
    for difference, span in _differences(record):
        exact = _HUNDRED / difference
        near = {exact.quantize(Decimal(1), way) for way in (ROUND_FLOOR, ROUND_CEILING)}
        if figure.value in near or (figure.value % 1 and rounds_to(exact, figure.value)):
            return f"100 / {difference:f} = {exact:.1f}", span
    return None


def _differences(record: Reading) -> Iterator[tuple[Decimal, tuple[int, int]]]:
    """Yield the absolute differences of shares that sentences print, or that two shares make."""
    for sentence in record.sentences:
        shares = [f for f in sentence.figures if f.kind is MentionKind.PERCENT and f.value][:_MOST]
        absolute = any(w.lower.startswith("absolut") for w in sentence.tokens)
        for one in shares if absolute else ():
            if one.value is not None and one.value > 0:
                yield one.value, (one.start, one.end)
        for one, two in combinations(shares, 2):
            if one.value is not None and two.value is not None and one.value != two.value:
                yield abs(one.value - two.value), (one.start, two.end)


def _share_of_sizes(figure: Figure, record: Reading) -> Source | None:
    """``37% were given it``: an arm's size over the sizes of all that one sentence lists.

    So is a count of an arm over its size, where another sentence gives that.
    """
    sized = [f for f in record.facts if f.figure and f.figure.kind is MentionKind.SAMPLE_SIZE]
    for count in record.facts:
        if count.figure is None or count.figure.kind is not MentionKind.COUNT or not count.groups:
            continue
        for size in (f for f in sized if f.groups == count.groups):
            a, b = _value(count), _value(size)
            if 0 < a <= b and _comes_near_share(_HUNDRED * a / b, figure):
                return f"{a:f} of {b:f}", (count.start, count.end)
    for sentence in record.sentences:
        sizes = [f for f in sentence.figures if f.kind is MentionKind.SAMPLE_SIZE and f.value]
        total = sum((f.value for f in sizes if f.value), Decimal(0))
        for own in sizes if len(sizes) > 1 else ():
            if own.value and _comes_near_share(_HUNDRED * own.value / total, figure):
                return f"{own.value:f} of {total:f}", (sizes[0].start, sizes[-1].end)
    return None


def _change(
    fact: Fact, figure: Figure, claim: Reading, record: Reading, fitting: Sequence[Sentence]
) -> Source | None:
    """``fell by 12 points``: what lies between two figures of one sentence, of no other group."""
    if not _moves(fact, claim):
        return None
    others = _of_others(fact, record, {s.index for s in fitting})
    for sentence in fitting:
        after = record.sentences[sentence.index + 1 : sentence.index + 2]
        alike = [
            f for near in (sentence, *after) for f in near.figures
            if f.value is not None and f.upper is None and f.kind in _AMOUNTS
            and f.start not in others
            and (f.unit == figure.unit or f.unit is None or _are_points(f, figure))
        ][:_MOST]  # fmt: skip
        ends = _from_to(sentence, figure)
        if ends is not None:
            return ends
        for one, two in pairwise(alike):
            if one.value is None or two.value is None or one.unit != two.unit:
                continue
            apart = min(one.value, two.value) >= 0 and one.value != two.value
            if apart and _comes_near(abs(one.value - two.value), figure):
                high, low = sorted((one.value, two.value), reverse=True)
                return f"{high:f} − {low:f} = {high - low:f}", (one.start, two.end)
    return None


def _from_to(sentence: Sentence, figure: Figure) -> Source | None:
    """Return what lies between the ends of a printed span: ``an improvement of 62 to 88``."""
    moved = [c for c in sentence.cues if c.kind in _MOVING]
    for own in sentence.figures if moved else ():
        if own.value is None or own.upper is None or own.kind is not MentionKind.NUMBER:
            continue
        apart = abs(own.upper - own.value)
        if apart and _comes_near(apart, figure) and own.start > moved[0].start:
            return f"{own.value:f} to {own.upper:f}: {apart:f}", (own.start, own.end)
    return None


def _of_others(fact: Fact, record: Reading, fitting: set[int]) -> set[int]:
    """Return where the figures of other groups stand, if any of the claim's own is told there."""
    told = [
        f for f in record.facts
        if f.figure and f.figure.kind in _CHANGING and f.firmly and f.sentence in fitting
    ]  # fmt: skip
    if not fact.firmly or not any(f.groups & fact.groups for f in told):
        return set()
    return {f.start for f in told if not f.groups & fact.groups}


def _are_points(one: Figure, two: Figure) -> bool:
    """Whether a share in percent differs from another by points."""
    return one.unit == "%" and bool(two.unit and "point" in two.unit)


def _of_own_figures(fact: Fact, figure: Figure, record: Reading, claim: Reading) -> Source | None:
    """``of 49, twelve left, so 37 stayed``: what two figures of the claim come to.

    The record has to print both, so that no two figures bear each other out.
    """
    others = [
        f for f in claim.facts
        if f is not fact and f.figure and f.figure.kind in _WHOLE and _value(f) > 0
    ][:_MOST]  # fmt: skip
    rated = _PER_THOUSAND.search(fact.phrase + claim.text[fact.end : fact.end + _NEXT]) is not None
    for own in others:
        total = own.figure.total if own.figure else None
        span = _where(total, record) if total else None
        if total and span and _comes_near_share(_HUNDRED * _value(own) / total, figure):
            return f"{own.phrase} = {figure.value:f}%", span
    for one, two in permutations(others, 2):
        a, b = _value(one), _value(two)
        span = _where(a, record)
        if span is None or _where(b, record) is None or a == b:
            continue
        shared = (figure.kind is MentionKind.PERCENT or rated) and a < b
        if shared and _comes_near_share((_THOUSAND if rated else _HUNDRED) * a / b, figure):
            return f"{a:f} of {b:f}", span
        if figure.kind in _COUNTS and not rated and figure.value == a - b:
            return f"{a:f} − {b:f} = {a - b:f}", span
    return None


def _where(value: Decimal, record: Reading) -> tuple[int, int] | None:
    """Return where the record prints a count."""
    found = (
        (f.start, f.end) for s in record.sentences for f in s.figures
        if f.kind in _WHOLE and f.value == value
    )  # fmt: skip
    return next(found, None)


def _value(fact: Fact) -> Decimal:
    figure = fact.figure
    return figure.value if figure is not None and figure.value is not None else Decimal(0)
