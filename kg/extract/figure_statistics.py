"""Figures that carry their own label: p-values, intervals, effects, sample sizes, ``n/N``.

Each finder yields figures in offsets of the matching copy that it searches. Effect names keep
their letter case, so that the word *or* is no odds ratio.

>>> text = "OR 1.4 (95% CI 1.1 to 1.9; p=0.01), n = 40"
>>> [(f.kind.value, str(f.value)) for f in statistics(text)]
[('p_value', '0.01'), ('interval', '1.1'), ('effect', '1.4'), ('sample_size', '40')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from kg.extract.figure import BEGIN, COMPARATORS, NUMBER, PLAIN, SIGNED, Figure, number
from kg.model import Comparator, MentionKind
from kg.text.units import lookup, unit_alternation

_SIGN = r"(?:<=|>=|=<|=>|[<>=~≈])"
_WORDED = {
    "less than": Comparator.LESS, "lower than": Comparator.LESS, "below": Comparator.LESS,
    "under": Comparator.LESS, "greater than": Comparator.MORE, "more than": Comparator.MORE,
    "above": Comparator.MORE, "at most": Comparator.AT_MOST, "at least": Comparator.AT_LEAST,
}  # fmt: skip
_P_NAME = (
    r"(?<![A-Za-z0-9_'-])[pP](?:[-_ ]?(?i:values?)|adj|corr|trend|interaction)?"
    r"(?:[ -](?:for|of)(?: the)? (?i:[a-z-]{2,20})(?: [a-z]{2,12})?| ?\([a-zA-Z -]{2,20}\))?"
)
_P_LINK = r"(?: (?:of|was|were|is|being|equal to|equals))?"
_NS = r"(?:NS|N\.S\.|ns|n\.s\.|not significant|non-?significant)(?![A-Za-z])"
_P = re.compile(
    rf"{_P_NAME}{_P_LINK} ?:? ?(?:(?P<sign>{_SIGN}) ?|(?P<word>{'|'.join(_WORDED)}) )?"
    rf"(?P<value>{NUMBER})(?! ?(?:%|mg|mL)(?![a-z]))"
)
_P_NS = re.compile(
    rf"{_P_NAME}{_P_LINK} ?[:=]? ?{_NS}|(?<=[(,;\[] )(?:NS|N\.S\.)(?=[),;\]])|"
    r"(?<=[(\[])(?:NS|N\.S\.|n\.s\.)(?=[),;\]])"
)
_P_MORE = re.compile(
    rf"(?: ?[,;]| ?, and| and| or| vs\.?| versus| to)(?: respectively,?)? "
    rf"(?P<all>(?P<sign>{_SIGN})? ?(?P<value>0\.[0-9]{{1,12}}|1\.0{{1,4}}))(?![0-9])"
    r"(?! ?(?:%|±|\+/-|\(?95|(?:mg|g|kg|mL|ml|L|cm|mm|m|points?|SDs?|units?|[mk]?g/[a-zA-Z]+)\b))"
)
_BOUND = rf"{SIGNED}(?: ?%)?"
_TO = r" ?(?:(?<=[0-9% ])to (?=[-+0-9])|to |, ?|; ?|- ?|/ ?|and |through )"
_CI_NAME = (
    r"(?:CIs?|C\.I\.|CrIs?|HDI|(?i:confidence|credible|credibility|fiducial|uncertainty) "
    r"(?i:intervals?|limits?)(?: ?[\[(]C(?:r)?I[\])])?)"
)
_LEVEL = r"(?P<level>[0-9]{2}(?:\.[0-9]{1,2})?) ?(?:%|per ?cent|-percent)"
_CI = re.compile(
    rf"(?:{BEGIN}{_LEVEL}[- ]?(?:\(?{_CI_NAME}\)?)|(?<![A-Za-z])CI ?(?P<level2>9[0-9]) ?%?"
    rf"|(?<![A-Za-z])(?:{_CI_NAME})(?: ?(?:of )?\(?9[059] ?%\)?)?)"
    r"(?: (?:for the difference|for difference|of|was|from|ranged from|between|range))?"
    rf" ?[,:=;]? ?(?:\[|\(|was |from )?(?P<low>{_BOUND})"
    rf"(?P<unit1> ?(?!to |and |through )[a-zA-Z/]{{1,8}})?"
    rf"{_TO}(?P<high>{_BOUND})"
)
_SPANS = re.compile(
    rf"(?<![A-Za-z])(?P<name>IQR|(?i:interquartile range)|(?i:range))(?:,|:| of| from| was|=|)"
    rf" ?[=,:]? ?[\[(]?(?P<low>{SIGNED}(?: ?%)?)"
    rf"(?: ?(?:to|-|,|;|and) ?)(?P<high>{SIGNED}(?: ?%)?)"
)
_EFFECTS = {
    "hazard ratio": "HR", "hazards ratio": "HR", "hazard ratios": "HR", "odds ratio": "OR",
    "odds ratios": "OR", "risk ratio": "RR", "relative risk": "RR", "rate ratio": "IRR",
    "incidence rate ratio": "IRR", "subdistribution hazard ratio": "SHR", "prevalence ratio": "PR",
    "risk difference": "RD", "absolute risk reduction": "ARR", "absolute risk difference": "RD",
    "relative risk reduction": "RRR", "number needed to treat": "NNT", "effect size": "ES",
    "number needed to harm": "NNH", "standardised mean difference": "SMD",
    "standardized mean difference": "SMD", "weighted mean difference": "WMD",
    "mean difference": "MD", "mean between-group difference": "MD", "treatment difference": "MD",
    "least squares mean difference": "MD", "least-squares mean difference": "MD",
    "correlation coefficient": "r", "regression coefficient": "β", "cohen's d": "d",
    "hedges' g": "g",
}  # fmt: skip
_SHORT = (
    r"(?P<short>(?:adj\.? ?|[am])?(?:HR|OR|RR|IRR|sHR|SHR|PR|MD|SMD|WMD|LSMD|ARR|RRR|RD|NNT|NNH)s?"
    r"|Cohen'?s d|Hedges'? g)"
)
_LONG = "|".join(sorted(map(re.escape, _EFFECTS), key=lambda name: (-len(name), name)))
_EFFECT = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_SHORT}|(?P<adjusted>(?i:adjusted |multivariable ))?"
    rf"(?P<long>(?i:{_LONG}))"
    r"(?: ?[\[(](?:adj\.? ?|a)?[A-Z]{2,4}[\])])?)(?: ?[\[(](?:9[059] ?% ?)?C\.?I\.?[\])])?"
    r"(?P<link>(?: (?:for|of|in) [A-Za-z][A-Za-z -]{0,40}"
    r"| for (?:the )?\d[\w ./-]{0,60}(?= was | is )| for [A-Za-z][\w ./-]{0,70}(?= was | is ))?)"
    rf" ?(?:,|:|=|was|of|is|\[|\()? ?(?P<sign>{_SIGN})? ?(?P<value>{SIGNED})(?P<percent> ?%)?"
    r"(?! ?(?:mg|µg|μg|mcg|mL|ml|IU|weeks|days|months|years|hours)\b)"
)
_SYMBOL = re.compile(
    r"(?<![A-Za-z0-9])(?P<short>r|R|β|rho|ρ|d|g|r2|R2|κ|kappa|η2|χ2|F|t|z|Z)"
    r"(?: ?\([0-9]{1,4}(?:\.[0-9]{1,3})?(?:, ?[0-9]{1,4}(?:\.[0-9]{1,3})?)?\))? ?= ?"
    rf"(?P<value>{SIGNED})"
)
_SAMPLE = re.compile(
    rf"(?<![A-Za-z0-9])[nN] ?(?:=|:) ?(?P<value>{PLAIN})(?: ?(?:/|of|out of) ?(?P<total>{PLAIN}))?"
)
_RATIO = re.compile(
    rf"{BEGIN}(?<!/)(?P<value>{PLAIN}) ?/ ?(?P<total>{PLAIN})(?![/.0-9]|,[0-9]| ?mm ?Hg)"
)
_BRACKETED = re.compile(
    rf"{BEGIN}(?P<value>-?{NUMBER})(?: ?%| [a-zA-Z/]{{1,10}})? [(\[](?P<low>{SIGNED}(?: ?%)?)"
    rf"(?: ?(?:to|-|,|;) ?)(?P<high>{SIGNED}(?: ?%)?)(?=[;,)\]])"
)
_ANNOUNCED = re.compile(r"(?:(?P<level>9[059]) ?% ?)?(?:CIs?|confidence intervals?)\b")
_AFTER_EFFECT = re.compile(
    rf" ?,? ?[(\[](?P<low>{SIGNED})(?: ?(?:to|-|,|;) ?)(?P<high>{SIGNED})(?=[;,)\]])"
)


def _holds(interval: Figure, value: Decimal | None) -> bool:
    low, high = interval.value, interval.upper
    return None not in {low, high, value} and low <= value <= high  # type: ignore[operator]


def statistics(text: str) -> Iterator[Figure]:
    """Yield the labelled figures of a matching copy, pattern by pattern; they may overlap."""
    yield from _p_values(text)
    yield from _intervals(text)
    yield from _effects(text)
    for match in _SAMPLE.finditer(text):
        total = match["total"]
        yield Figure(
            match.start(), match.end(), MentionKind.SAMPLE_SIZE, "", number(match["value"]),
            total=number(total) if total else None,
        )  # fmt: skip
    for match in _RATIO.finditer(text):
        value, total = number(match["value"]), number(match["total"])
        if value <= total and total > 3 and value == int(value):
            yield Figure(match.start(), match.end(), MentionKind.COUNT, "", value, total=total)


def _p_values(text: str) -> Iterator[Figure]:
    for match in _P_NS.finditer(text):
        yield Figure(*match.span(), MentionKind.P_VALUE, "", comparator=Comparator.NS)
    for match in _P.finditer(text):
        labelled = match["sign"] or match["word"] or match["value"].startswith(("0.", "1.0", "0,"))
        value = number(match["value"])
        if not 0 <= value <= 1 or not labelled:
            continue
        sign = _comparator(match["sign"], match["word"])
        yield Figure(*match.span(), MentionKind.P_VALUE, "", value, comparator=sign)
        at = match.end()
        while more := _P_MORE.match(text, at):
            own = COMPARATORS[more["sign"]] if more["sign"] else sign
            start = more.start("all") + len(more["all"]) - len(more["all"].lstrip())
            value = number(more["value"])
            yield Figure(start, more.end(), MentionKind.P_VALUE, "", value, comparator=own)
            at = more.end()


def _comparator(sign: str | None, word: str | None) -> Comparator:
    if sign:
        return COMPARATORS[sign]
    return _WORDED[word] if word else Comparator.EQUAL


def _intervals(text: str) -> Iterator[Figure]:
    for match in _CI.finditer(text):
        level = match["level"] or match["level2"]
        if level is None:
            digits = re.search(r"9[059](?= ?%)", match.group())
            level = digits.group() if digits else None
        yield _interval(match, Decimal(level) if level else None, None)
    for match in _BRACKETED.finditer(text):
        sentence = text[max(0, match.start() - 200) : match.start()].rpartition(". ")[2]
        announced = list(_ANNOUNCED.finditer(sentence))
        level = announced[-1]["level"] if announced else None
        inner = _interval(match, Decimal(level) if level else None, None)
        if announced and _holds(inner, number(match["value"])):
            yield replace(inner, start=match.start("low"), end=match.end("high"))
    for match in _SPANS.finditer(text):
        name = "range" if match["name"].lower() == "range" else "IQR"
        if name == "IQR":
            yield _interval(match, None, name)


def _interval(match: re.Match[str], level: Decimal | None, entity: str | None) -> Figure:
    low, high = (match[name].replace("%", "") for name in ("low", "high"))
    unit = "%" if "%" in match["low"] + match["high"] else None
    one, two = number(low), number(high)
    one, two = (two, one) if two < one else (one, two)
    start, end = match.span()
    opened = match.group().count("(") + match.group().count("[")
    closed = match.group().count(")") + match.group().count("]")
    end += opened > closed and match.string[end : end + 1] in {")", "]"}
    return Figure(
        start, end, MentionKind.INTERVAL, "", one, two, unit=unit, entity=entity, level=level
    )


_LISTED_RATIOS = {"HR", "OR", "RR", "IRR", "aHR", "aOR", "aRR"}
_LIST_REACH = 400
_SENTENCE_END = re.compile(r"[.;!?](?: |\n|$)")
_NEXT_RATIO = re.compile(
    r"(?:,|,? and|,? or) (?P<value>[0-9]{1,2}\.[0-9]{1,3})(?![0-9%])"
    r"(?= ?(?:[(\[](?:95 ?%|CI\b)|(?:for|in|among|with|after|at) (?!baseline)))"
)


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"(?: |-)?(?P<unit>{unit_alternation()})")


def _effects(text: str) -> Iterator[Figure]:
    for match in _EFFECT.finditer(text):
        if re.search(r"\b(?:was|were|in|at|and|with)\b", match["link"] or "") and match["short"]:
            continue
        figure = _effect(text, match)
        yield figure
        after = _AFTER_EFFECT.match(text, figure.end)
        inner = _interval(after, None, None) if after else None
        if after and inner and _holds(inner, figure.value):
            yield replace(inner, start=after.start("low"), end=after.end("high"))
        if figure.entity in _LISTED_RATIOS:
            yield from _listed_ratios(text, figure)
    for match in _SYMBOL.finditer(text):
        value = number(match["value"])
        yield Figure(*match.span(), MentionKind.EFFECT, "", value, entity=match["short"])


def _listed_ratios(text: str, first: Figure) -> Iterator[Figure]:
    """Yield the ratios that a list goes on with: ``0.92 for A, 0.60 (95% CI …) for B``."""
    reach = min(len(text), first.end + _LIST_REACH)
    stop = _SENTENCE_END.search(text, first.end, reach)
    end = stop.start() if stop else reach
    for match in _NEXT_RATIO.finditer(text, first.end, end):
        yield Figure(
            match.start("value"), match.end("value"), MentionKind.EFFECT, "",
            number(match["value"]), entity=first.entity,
        )  # fmt: skip


def _effect(text: str, match: re.Match[str]) -> Figure:
    """Name the effect; a difference with a unit is a measure in that unit."""
    short = match["short"]
    if short:
        name = re.sub(r"^adj\.? ?", "a", short).removesuffix("s")
        name = {"Cohen's d": "d", "Cohens d": "d", "LSMD": "MD", "sHR": "SHR"}.get(name, name)
        name = "g" if name.startswith("Hedges") else name
    else:
        name = ("a" if match["adjusted"] else "") + _EFFECTS[match["long"].lower()]
    start, end, value = match.start(), match.end(), number(match["value"])
    sign = _comparator(match["sign"], None)
    if match["percent"]:
        return Figure(start, end, MentionKind.PERCENT, "", value, None, sign, "%", name)
    unit = _unit().match(text, end) if name.lstrip("a") in {"MD", "WMD", "RD", "ARR"} else None
    known = lookup(unit["unit"]) if unit else None
    if unit and known:
        return Figure(
            start, unit.end(), MentionKind.MEASURE, "", value, None, sign, known.ucum, name
        )
    return Figure(start, end, MentionKind.EFFECT, "", value, None, sign, None, name)
