"""Typed values and the slots of a result: what a claim says and what a record reports, alike."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class MentionKind(StrEnum):
    """What a printed figure is. The kinds never match one another."""

    P_VALUE = "p_value"
    INTERVAL = "interval"
    EFFECT = "effect"
    PERCENT = "percent"
    COUNT = "count"
    SAMPLE_SIZE = "sample_size"
    DOSE = "dose"
    TIME = "time"
    AGE = "age"
    MEASURE = "measure"
    NUMBER = "number"


class Comparator(StrEnum):
    """How a printed figure bounds its value; ``NS`` is a p told as not significant."""

    EQUAL = "="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    ABOUT = "~"
    NS = "ns"


@dataclass(frozen=True, slots=True)
class Mention:
    """One typed figure at its place.

    :param passage: id of the figure's own passage, as printed, unit included
    :param printed: the figure as printed
    :param value: its value; the lower bound of a range or an interval
    :param upper: the upper bound of a range or an interval
    :param comparator: ``=`` unless printed otherwise
    :param unit: UCUM code, or None for a bare number
    :param entity: what is counted (``allogeneic hMSC``), or the name of the effect (``OR``)
    :param level: level of a confidence interval, in percent
    :param spread: the printed SD, SE or IQR that belongs to the value
    :param total: the denominator of ``n/N``
    """

    id: str
    passage: str
    kind: MentionKind
    printed: str
    value: Decimal | None = None
    upper: Decimal | None = None
    comparator: Comparator = Comparator.EQUAL
    unit: str | None = None
    entity: str | None = None
    level: Decimal | None = None
    spread: Decimal | None = None
    total: Decimal | None = None


class Direction(StrEnum):
    """Where an outcome moved, or how two groups differ."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NO_DIFFERENCE = "no_difference"
    IMPROVEMENT = "improvement"
    WORSENING = "worsening"
    DIFFERENCE = "difference"


class Comparison(StrEnum):
    """What a result compares: a group with its own baseline, groups, or all groups pooled."""

    WITHIN_GROUP = "within_group_vs_baseline"
    BETWEEN_GROUPS = "between_groups"


class Modality(StrEnum):
    """How firmly something is said, from a fact observed to an act advised."""

    OBSERVED = "observed"
    MAY = "may"
    CAUSAL = "causal"
    RECOMMENDED = "recommended"


class Polarity(StrEnum):
    """Whether the proposition is asserted or denied."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True)
class ResultSlots:
    """The slots that a claimed and a reported result share, so that they join.

    Groups, outcomes and times are nodes of the document's own; ``Alignment`` ties them across.

    :param excepted: groups or outcomes that an exception takes out, as printed
    :param significant: whether significance is stated; None where nothing is said of it
    :param superlative: a ranking that is asserted (``best``, ``highest``), as printed
    :param mentions: ids of all typed figures that belong to this result
    :param stated_in: id of the passage that says it
    """

    id: str
    document: str
    stated_in: str
    group: str | None = None
    comparator_group: str | None = None
    population: str | None = None
    outcome: str | None = None
    time_point: str | None = None
    dose: str | None = None
    direction: Direction | None = None
    comparison: Comparison | None = None
    significant: bool | None = None
    modality: Modality = Modality.OBSERVED
    polarity: Polarity = Polarity.AFFIRMED
    superlative: str | None = None
    excepted: tuple[str, ...] = ()
    p_comparator: Comparator | None = None
    p_value: Decimal | None = None
    p_printed: str | None = None
    estimate: Decimal | None = None
    estimate_printed: str | None = None
    estimate_type: str | None = None
    unit: str | None = None
    ci_lower: Decimal | None = None
    ci_upper: Decimal | None = None
    ci_level: Decimal | None = None
    n: int | None = None
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimedResult(ResultSlots):
    """What an answer says that a record reports. It is not a finding."""


@dataclass(frozen=True, slots=True)
class ReportedResult(ResultSlots):
    """What a record reports."""
