"""Figures of one passage that cannot all be right: sums that the text itself lets a reader do.

Each rule looks at figures that stand together in one sentence and works one of them out from the
others, in the rounding that is printed. A rule is silent where print leaves room: a bound on the
null, a corrected test, a reduction told as a positive number. The text may be an answer's or a
record's; a record that is at odds with itself is shown, and no claim is blamed for repeating it.

>>> from kg.extract.reading import read_record
>>> text = "Of those on drugol 12/40 (45%) fell ill. The risk ratio was 0.7 (95% CI 0.9 to 1.4)."
>>> for odd in impossible(read_record(text)):
...     print(odd.rule, "|", odd.told)
percentage-is-not-of-count | 12 of 40 is 30%, not 45%
estimate-outside-interval | 0.7 does not lie in 0.9 to 1.4
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kg.compare.draft import FaultDraft
from kg.compare.p_values import from_interval, half_unit, retested
from kg.extract.figure import Figure
from kg.extract.reading import Reading, Sentence
from kg.model import Comparator, FaultCode, MentionKind, Verdict

_RATIOS = {"HR", "OR", "RR", "IRR", "SHR", "PR"}
_DIFFERENCES = {"MD", "SMD", "WMD", "RD", "ARR", "LSMD", "d", "g"}
_COUNTS = {MentionKind.COUNT, MentionKind.SAMPLE_SIZE, MentionKind.NUMBER}
_HUNDRED = Decimal(100)
_TEN = Decimal(10)
_OF_COUNT = re.compile(r"\s*(?:[a-z-]{2,20}\s*){0,3}[(\[,=]\s*", re.I)
_BRACKET = re.compile(r"\s*[(\[]\s*")
_CLOSED = re.compile(r"\s*(?:[a-z-]{2,20}\s*){0,2}[)\]]", re.I)
_BY = re.compile(r"\bby\s*$")
_OF_MORE = re.compile(r"\s*(?:higher|lower|more|less|fewer|reduction|increase|decrease|CI|conf)")
_TO_INTERVAL = re.compile(r"\s*%?\s*[,;(\[]?\s*")
_CHANGED = re.compile(r"\bfrom\b[^.;()]{0,60}\bto\s*$")
_TO_P = re.compile(r"\s*(?:[)\]]?\s*[,;:]\s*)?")
_OTHER_TEST = re.compile(
    r"(?i)\b(?:non-?inferior|equivalen|one-?(?:sided|tailed)|interaction|trend|heterogeneity|"
    r"superiority margin|subgroups?)"
)
_ALPHA = 0.05
_APART = 3.0
_SHARED_OUT = re.compile(r"(?i)\b(?:randomi[sz]ed|allocated|assigned|divided|split)\b")
_LEFT_OUT = re.compile(
    r"(?i)\b(?:exclu|withdr|dropp|declin|complet|analy|lost|discontinu|remain|respectively|other|"
    r"stud|trials|evaluab|available|per protocol|including|of whom|of these|then\b|run-in)"
)
_PART = re.compile(
    r"(?<![\d.,/-])(?P<part>\d{1,6}) (?:out )?of (?:the )?(?P<whole>\d{1,6})"
    r"(?= (?:patients|participants|subjects|adults|women|men|children|infants|people|eyes|cases)\b"
    r"| ?[(\[]\d)"
)
_P_ABOVE = re.compile(
    r"(?<![A-Za-z])(?P<name>[pP]) ?= ?(?P<value>\d{1,6}(?:\.\d{1,6})?)(?![\d%]| ?[x×*%]|\.\d|,\d)"
)
_MEAN_COUNT = re.compile(r"(?i)\b(?:mean|average) (?:number|count) of\b")


@dataclass(frozen=True, slots=True)
class Impossible:
    """Two figures of one passage that cannot both be right.

    :param told: what is wrong, as a clause
    :param first: span of the figure that the other was worked out from
    :param second: span of the figure that does not come out
    """

    rule: str
    first: tuple[int, int]
    second: tuple[int, int]
    told: str


def impossible(reading: Reading) -> Iterator[Impossible]:
    """Yield what does not add up in a text, sentence by sentence, rule by rule."""
    for sentence in reading.sentences:
        figures = sorted(sentence.figures, key=lambda f: (f.start, f.end))
        for rule in _RULES:
            yield from rule(reading.text, sentence, figures)


def _percentages(text: str, _: Sentence, figures: list[Figure]) -> Iterator[Impossible]:
    """``12/40 (45%)``: a count with its total, and a percentage beside it."""
    for one, two in pairwise(figures):
        gap = text[one.end : two.start]
        if one.total and two.kind is MentionKind.PERCENT:
            count, share, beside = one, two, bool(_OF_COUNT.fullmatch(gap))
        elif two.total and one.kind is MentionKind.PERCENT:
            count, share, beside = two, one, bool(_BRACKET.fullmatch(gap))
            beside &= bool(_CLOSED.match(text, two.end)) and not _BY.search(text[: one.start][-8:])
        else:
            continue
        plain = share.comparator is Comparator.EQUAL and share.upper is None
        if not beside or not plain or _OF_MORE.match(text, share.end):
            continue
        if count.value is None or share.value is None or not count.total:
            continue
        real = _HUNDRED * count.value / count.total
        slack = 2 * half_unit(share.value)
        if share.value == share.value.to_integral_value():  # 83.0 for 83.3
            slack = Decimal(1)
        if count.kind in _COUNTS and abs(real - share.value) > slack:
            told = f"{count.value:f} of {count.total:f} is {_short(real, share.value)}%"
            yield Impossible(
                "percentage-is-not-of-count", (count.start, count.end), (share.start, share.end),
                f"{told}, not {share.value:f}%",
            )  # fmt: skip


def _parts(text: str, s: Sentence, _: list[Figure]) -> Iterator[Impossible]:
    """``45 of 40 patients``: a part that is more than its whole."""
    for found in _PART.finditer(text, s.start, s.end):
        part, whole = int(found["part"]), int(found["whole"])
        if part > whole:
            yield Impossible(
                "part-exceeds-total", found.span("whole"), found.span("part"),
                f"{part} is more than the {whole} that it is a part of",
            )  # fmt: skip


def _estimates(text: str, _: Sentence, figures: list[Figure]) -> Iterator[Impossible]:
    """``OR 1.4 (95% CI 0.5 to 0.9)``: an estimate that its own interval leaves out."""
    for estimate, interval in _intervals(text, figures):
        value, low, high = estimate.value, interval.value, interval.upper
        if value is None or low is None or high is None:
            continue
        slack = half_unit(value) + max(half_unit(low), half_unit(high))
        least, most = sorted((low, high))
        sizes = sorted((abs(low), abs(high)))
        inside = least - slack <= value <= most + slack
        unsigned = sizes[0] - slack <= abs(value) <= sizes[1] + slack
        if not inside and not unsigned:
            yield Impossible(
                "estimate-outside-interval", (interval.start, interval.end),
                (estimate.start, estimate.end),
                f"{value:f} does not lie in {least:f} to {most:f}",
            )  # fmt: skip


def _intervals(text: str, figures: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Yield each estimate that a confidence interval follows at once."""
    for one, two in pairwise(figures):
        bounds = two.kind is MentionKind.INTERVAL and two.entity not in {"IQR", "range"}
        plain = one.upper is None and one.comparator is Comparator.EQUAL and one.spread is None
        close = _TO_INTERVAL.fullmatch(text[one.end : two.start])
        named = bounds and (two.level or "CI" in two.printed)
        if named and plain and close and _of_interval(text, one, two):
            yield one, two


def _of_interval(text: str, estimate: Figure, interval: Figure) -> bool:
    """Whether an interval is of the figure before it: not of a change, in the same unit."""
    if estimate.kind is MentionKind.EFFECT:
        return True
    if estimate.kind not in {MentionKind.MEASURE, MentionKind.PERCENT}:
        return False
    sizes = [abs(v) for v in (interval.value, interval.upper) if v is not None]
    alike = estimate.value is not None and abs(estimate.value) < _TEN * max(sizes)
    return alike and not _CHANGED.search(text[: estimate.start][-80:])


def _intervals_and_ps(text: str, s: Sentence, figures: list[Figure]) -> Iterator[Impossible]:
    """``HR 0.7 (95% CI 0.5 to 0.9; p = .4)``: an interval and a p-value on two sides of 0.05."""
    if _OTHER_TEST.search(text, s.start, s.end):
        return
    for estimate, interval in _intervals(text, figures):
        position = figures.index(interval) + 1
        p = figures[position] if position < len(figures) else None
        if p is None or p.kind is not MentionKind.P_VALUE or p.value is None:
            continue
        if not _TO_P.fullmatch(text[interval.end : p.start]):
            continue
        implied = _implied(estimate, interval)
        if implied is not None and _opposed(implied, p):
            yield Impossible(
                "p-against-interval", (interval.start, interval.end), (p.start, p.end),
                f"the interval {interval.printed} gives a p-value of about {implied:.2g}, "
                f"not {p.printed}",
            )  # fmt: skip


def _implied(estimate: Figure, interval: Figure) -> float | None:
    """Return the p-value that an interval implies; None on the edge and for an unknown kind."""
    value, low, high = estimate.value, interval.value, interval.upper
    level = interval.level or Decimal(95)
    if value is None or low is None or high is None or level != Decimal(95):
        return None
    name = (estimate.entity or "").removeprefix("a").strip()
    ratio = name in _RATIOS
    null = Decimal(1 if ratio else 0)
    if not (ratio or name in _DIFFERENCES) or not low < value < high or (ratio and low <= 0):
        return None
    if any(abs(bound - null) <= 2 * half_unit(bound) for bound in (low, high)):
        return None
    return from_interval(float(value), float(low), float(high), float(level), ratio)


def _opposed(implied: float, p: Figure) -> bool:
    """Whether a p-value lies on the other side of 0.05, and far from what the interval implies."""
    value = float(p.value or 0)
    if p.comparator in {Comparator.LESS, Comparator.AT_MOST}:
        return value <= _ALPHA < implied / _APART
    if p.comparator in {Comparator.MORE, Comparator.AT_LEAST}:
        return implied * _APART < _ALPHA <= value
    return (implied * _APART < _ALPHA < value / 2) or (value * _APART < _ALPHA < implied / 2)


def _p_range(text: str, s: Sentence, _: list[Figure]) -> Iterator[Impossible]:
    """``p = 1.3``: no probability."""
    for found in _P_ABOVE.finditer(text, s.start, s.end):
        if Decimal(found["value"]) > 1:
            yield Impossible(
                "p-above-one", found.span("name"), found.span("value"),
                f"a p-value cannot be {found['value']}",
            )  # fmt: skip


def _statistics(text: str, sentence: Sentence, _: list[Figure]) -> Iterator[Impossible]:
    """``t(28) = 2.20, p = .36``: a test statistic that gives another p-value."""
    for odd in retested(text, sentence.start, sentence.end):
        told = f"{text[slice(*odd.statistic)]} gives p = {odd.computed:.3g}, not {odd.printed}"
        yield Impossible("p-is-not-of-statistic", odd.statistic, odd.p, told)


def _arms(text: str, s: Sentence, figures: list[Figure]) -> Iterator[Impossible]:
    """``45 adults were randomised to A (n = 20) or B (n = 20)``: arms that miss their total."""
    if not _SHARED_OUT.search(text, s.start, s.end) or _LEFT_OUT.search(text, s.start, s.end):
        return
    sizes = [f for f in figures if f.kind is MentionKind.SAMPLE_SIZE and f.value and not f.total]
    total = next((f for f in figures if f.kind is MentionKind.COUNT and f.value), None)
    if total is None or total.value is None or len(sizes) < 2 or total.start > sizes[0].start:
        return
    if not _SHARED_OUT.search(text, total.end, sizes[0].start):
        return
    others = [f for f in figures if f.kind in _COUNTS and f not in sizes and f is not total]
    named = {key for group in s.groups for key in group.keys}
    added = sum((f.value for f in sizes if f.value), Decimal(0))
    exact = total.comparator is Comparator.EQUAL and total.entity is not None
    if others or not exact or len(sizes) < len(named) or added == total.value:
        return
    yield Impossible(
        "arms-miss-total", (total.start, total.end), (sizes[0].start, sizes[-1].end),
        f"arms of {' + '.join(f'{f.value:f}' for f in sizes)} make {added:f}, not {total.value:f}",
    )  # fmt: skip


def _means(text: str, s: Sentence, figures: list[Figure]) -> Iterator[Impossible]:
    """Yield ``the mean number of falls was 3.47 (n = 12)``: no 12 counts have that mean.

    The GRIM test: N. J. L. Brown and J. A. J. Heathers, *The GRIM test*, Social Psychological and
    Personality Science 2017;8:363. It can only speak where the group is smaller than the rounding.
    """
    if not _MEAN_COUNT.search(text, s.start, s.end):
        return
    sizes = [f for f in figures if f.kind is MentionKind.SAMPLE_SIZE and f.value and not f.total]
    kinds = {MentionKind.MEASURE, MentionKind.NUMBER, MentionKind.COUNT}
    means = [f for f in figures if f.kind in kinds and f.value is not None and _places(f.value)]
    if len(sizes) != 1 or len(means) != 1:
        return
    mean, size = means[0], sizes[0]
    if mean.value is None or size.value is None or size.value >= Decimal(10) ** _places(mean.value):
        return
    slack = half_unit(mean.value)
    whole = (mean.value * size.value).to_integral_value()
    if not any(abs((whole + step) / size.value - mean.value) <= slack for step in (-1, 0, 1)):
        yield Impossible(
            "mean-is-of-no-counts", (size.start, size.end), (mean.start, mean.end),
            f"no {size.value:f} whole numbers have a mean of {mean.value:f}",
        )  # fmt: skip


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _short(value: Decimal, like: Decimal) -> str:
    return f"{round(value, _places(like)):f}"


def miscounted(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield what does not add up in a claim, unless the record prints both figures itself.

    If it prints one of them, it speaks against the other; else it does not bear them out.
    """
    printed = {_value(f) for s in record.sentences for f in s.figures}
    for odd in impossible(claim):
        figures = [f for s in claim.sentences for f in s.figures]
        known = [
            any(_value(f) in printed for f in figures if a <= f.start < b)
            for a, b in (odd.first, odd.second)
        ]
        if all(known):
            continue
        yield FaultDraft(
            FaultCode.ARITHMETIC_IMPOSSIBLE, "value", odd.rule,
            Verdict.CONTRADICTED if any(known) else Verdict.NOT_FOUND,
            claim.text[slice(*odd.second)], None, odd.second, None,
            f"prints other figures, and these do not add up: {odd.told}",
        )  # fmt: skip


def _value(figure: Figure) -> tuple[object, ...]:
    return figure.kind, figure.value, figure.upper, figure.total, figure.comparator


_Rule = Callable[[str, Sentence, list[Figure]], Iterator[Impossible]]
_RULES: tuple[_Rule, ...] = (
    _percentages, _parts, _estimates, _intervals_and_ps, _p_range, _statistics, _arms, _means,
)  # fmt: skip
