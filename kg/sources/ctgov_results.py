"""Posted results of a registry's entry, told as sentences: one a figure, one a comparison.

>>> from kg.sources.json_tree import parse
>>> text = '''{"outcomeMeasuresModule": {"outcomeMeasures": [{"title": "Pain", "paramType": "MEAN",
...  "dispersionType": "Standard Deviation", "unitOfMeasure": "points", "timeFrame": "6 weeks",
...  "groups": [{"id": "OG0", "title": "Drugol"}, {"id": "OG1", "title": "Placebo"}],
...  "classes": [{"categories": [{"measurements": [{"groupId": "OG0", "value": "3.1",
...  "spread": "1.2"}]}]}], "analyses": [{"groupIds": ["OG0", "OG1"], "pValue": "<0.01",
...  "paramType": "Mean Difference", "paramValue": "-1.4", "ciPctValue": "95",
...  "ciLowerLimit": "-2.0", "ciUpperLimit": "-0.8"}]}]}}'''
>>> told = Telling(text)
>>> tell_results(told, parse(text, "r.json"))
>>> for line in told.whole()[0].splitlines():
...     print(line)
At 6 weeks, the mean Pain was 3.1 points (SD 1.2) in the Drugol group.
At 6 weeks, Pain: Drugol versus Placebo, Mean Difference -1.4 (95% CI -2.0 to -0.8), p <0.01.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.model import Part
from kg.sources.json_tree import Item
from kg.sources.telling import Telling

_Words = list["Item | str | None"]
_KINDS = {
    "MEAN": "the mean ", "MEDIAN": "the median ", "LEAST_SQUARES_MEAN": "the adjusted mean ",
    "GEOMETRIC_MEAN": "the geometric mean ", "LOG_MEAN": "the log mean ",
}  # fmt: skip
_SPREADS = {"STANDARD_DEVIATION": "SD ", "STANDARD_ERROR": "SE "}
_COUNTS = {"COUNT_OF_PARTICIPANTS"}
_ABSENT = {"NA", "N/A", ""}
_SHORT_TIME = 60
_FLOW = {
    "STARTED": " started",
    "COMPLETED": " completed the study",
    "NOT COMPLETED": " did not complete the study",
}


@dataclass(frozen=True, slots=True)
class _Measure:
    """An outcome or a baseline measure, with the groups that it is told of."""

    item: Item
    groups: Mapping[str, Item]
    at_risk: Mapping[str, Item]


def tell_results(told: Telling, results: Item) -> None:
    """Tell participant flow, baseline, outcomes with their analyses, and adverse events."""
    _tell_flow(told, results)
    for path, name in (
        ("baselineCharacteristicsModule", "measures"), ("outcomeMeasuresModule", "outcomeMeasures"),
    ):  # fmt: skip
        module = results.member(path)
        for item in module.items(name) if module is not None else ():
            groups = _by_id(item.items("groups")) or _by_id(
                module.items("groups") if module else ()
            )
            denoms = list(item.items("denoms")) or list(module.items("denoms") if module else ())
            counts = {
                str(c.said("groupId")): value
                for denom in denoms[:1] for c in denom.items("counts")
                if (value := c.member("value")) is not None
            }  # fmt: skip
            _tell_measure(told, _Measure(item, groups, counts))
    _tell_events(told, results)


def _by_id(groups: Iterator[Item] | tuple[()]) -> dict[str, Item]:
    return {
        str(group.said("id")): title
        for group in groups
        if (title := group.member("title")) is not None
    }


def _tell_flow(told: Telling, results: Item) -> None:
    groups = _by_id(results.items("participantFlowModule/groups"))
    for period in results.items("participantFlowModule/periods"):
        for milestone in period.items("milestones"):
            kind = milestone.said("type") or ""
            for count in milestone.items("achievements"):
                number, title = count.member("numSubjects"), groups.get(count.said("groupId") or "")
                if number is None or title is None:
                    continue
                did = _FLOW.get(kind.upper())
                told.tell(
                    Part.RESULTS, count, number, " participants in the ", title, " group",
                    did or " reached ", None if did else milestone.member("type"), ".",
                )  # fmt: skip
        for reason in period.items("dropWithdraws"):
            for count in reason.items("reasons"):
                number, title = count.member("numSubjects"), groups.get(count.said("groupId") or "")
                if number is not None and title is not None:
                    told.tell(
                        Part.RESULTS, count, number, " participants in the ", title,
                        " group withdrew (", reason.member("type"), ").",
                    )  # fmt: skip


def _tell_measure(told: Telling, measure: _Measure) -> None:
    for class_ in measure.item.items("classes"):
        for category in class_.items("categories"):
            names = [n for n in (class_.member("title"), category.member("title")) if n is not None]
            for value in category.items("measurements"):
                _tell_value(told, measure, names, value)
    for analysis in measure.item.items("analyses"):
        _tell_analysis(told, measure, analysis)
    described = measure.item.member("description")
    if described is not None:
        told.tell(Part.METHODS, described, described)


def _named(measure: _Measure, names: list[Item]) -> _Words:
    words: _Words = [measure.item.member("title")]
    for name in names:
        words += [", ", name]
    return words


def _time(measure: _Measure) -> _Words:
    frame = measure.item.member("timeFrame")
    if frame is None or len(str(frame.value)) > _SHORT_TIME:
        return []
    begun = str(frame.value).lower().startswith(("baseline", "at ", "from ", "up to ", "through "))
    return [None if begun else "At ", frame, ", "]


def _tell_value(told: Telling, measure: _Measure, names: list[Item], value: Item) -> None:
    figure, group = value.member("value"), measure.groups.get(value.said("groupId") or "")
    if figure is None or group is None or str(figure.value).upper() in _ABSENT:
        return
    kind = (measure.item.said("paramType") or "").upper()
    title = _named(measure, names)
    counted = measure.at_risk.get(value.said("groupId") or "")
    if kind in _COUNTS and counted is not None:
        words: _Words = [
            *_time(measure), figure, " of ", counted, " participants in the ", group,
            " group had ", *title, ".",
        ]  # fmt: skip
    else:
        unit = measure.item.said("unitOfMeasure") or ""
        percent = "percent" in unit.lower() or unit.strip().startswith("%")
        words = [
            *_time(measure), _kind(measure), *title, " was ", figure,
            "%" if percent else " ", None if percent else measure.item.member("unitOfMeasure"),
            *_spread(measure, value), " in the ", group, " group.",
        ]  # fmt: skip
    told.tell(Part.RESULTS, value, *words)


def _kind(measure: _Measure) -> str | None:
    """Return what kind of average a value is, unless the outcome's title says so itself."""
    said = _KINDS.get((measure.item.said("paramType") or "").upper())
    titled = (measure.item.said("title") or "").lower().startswith(("mean", "median", "adjusted"))
    return None if titled else said


def _spread(measure: _Measure, value: Item) -> _Words:
    kind = (measure.item.said("dispersionType") or "").upper().replace(" ", "_")
    spread = value.member("spread")
    low, high = value.member("lowerLimit"), value.member("upperLimit")
    if spread is not None and str(spread.value).upper() not in _ABSENT:
        return [" (", _SPREADS.get(kind, "spread "), spread, ")"]
    if low is None or high is None:
        return []
    if "CONFIDENCE" in kind:
        level = kind.partition("%")[0].rpartition("_")[2] or "95"
        return [" (", f"{level}% CI ", low, " to ", high, ")"]
    named = "IQR " if "QUARTILE" in kind else "range "
    return [" (", named, low, " to ", high, ")"]


def _tell_analysis(told: Telling, measure: _Measure, analysis: Item) -> None:
    """Tell a comparison: its groups, its estimate with interval, its p-value and its method."""
    groups = [
        title for i in analysis.items("groupIds")
        if (title := measure.groups.get(str(i.value))) is not None
    ]  # fmt: skip
    words: _Words = []
    for number, title in enumerate(groups):
        words += [" versus " if number else None, title]
    estimate, p = analysis.member("paramValue"), analysis.member("pValue")
    low, high = analysis.member("ciLowerLimit"), analysis.member("ciUpperLimit")
    if estimate is not None:
        words += [", ", analysis.member("paramType") or "estimate", " ", estimate]
    if low is not None and high is not None:
        level = analysis.member("ciPctValue") or "95"
        words += [" (", level, "% CI ", low, " to ", high, ")"]
    elif low is not None or high is not None:
        bound = low or high
        words += [" (one-sided limit ", bound, ")"]
    if p is not None:
        words += [", p " if str(p.value).strip()[:1] in "<>=≤≥" else ", p = ", p]
    if estimate is None and p is None:
        return
    told.tell(Part.RESULTS, analysis, *_time(measure), *_named(measure, []), ": ", *words, ".")
    for name in (
        "groupDescription",
        "nonInferiorityComment",
        "estimateComment",
        "statisticalComment",
    ):
        remark = analysis.member(name)
        if remark is not None:
            told.tell(Part.METHODS, remark, remark)


def _tell_events(told: Telling, results: Item) -> None:
    module = results.member("adverseEventsModule")
    if module is None:
        return
    groups = _by_id(module.items("eventGroups"))
    for group in module.items("eventGroups"):
        for kind in ("serious", "other"):
            number, risk = group.member(f"{kind}NumAffected"), group.member(f"{kind}NumAtRisk")
            if number is not None and risk is not None:
                told.tell(
                    Part.RESULTS, group, number, " of ", risk, " participants in the ",
                    group.member("title"), f" group had {kind} adverse events.",
                )  # fmt: skip
    for kind, serious in (("seriousEvents", "serious "), ("otherEvents", "")):
        for event in module.items(kind):
            for stat in event.items("stats"):
                number, risk = stat.member("numAffected"), stat.member("numAtRisk")
                title = groups.get(stat.said("groupId") or "")
                if number is None or risk is None or title is None:
                    continue
                told.tell(
                    Part.RESULTS, stat, number, " of ", risk, " participants in the ", title,
                    f" group had {serious}", event.member("term"), ".",
                )  # fmt: skip
