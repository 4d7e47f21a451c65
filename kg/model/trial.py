"""What a record describes: the trial, its groups, doses, outcomes, times and adverse events."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class GroupKind(StrEnum):
    """A number belongs to one arm, to arms pooled, or to a set of people that is neither."""

    ARM = "arm"
    POOLED = "pooled"


class EndpointRole(StrEnum):
    """The rank that the record gives an outcome."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class Better(StrEnum):
    """Which way is good for the patient."""

    HIGHER = "higher"
    LOWER = "lower"


class Relatedness(StrEnum):
    """Whether the source ties an adverse event to the treatment."""

    RELATED = "related"
    UNRELATED = "unrelated"
    NOT_STATED = "not_stated"


class CertaintyLevel(StrEnum):
    """How sure the evidence makes one, in the four levels of GRADE."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"


class CertaintyBasis(StrEnum):
    """Where a certainty comes from; none is told without it."""

    STATED_BY_SOURCE = "stated_by_source"
    ASSESSED_BY_CURATOR = "assessed_by_curator"
    RULE_DERIVED = "rule_derived"


@dataclass(frozen=True, slots=True)
class Certainty:
    """How certain the evidence of a trial or a review is, and who says so.

    :param about: id of the trial
    :param rule: the rule that it was derived by; None where a source or a curator says it
    :param stated_in: ids of the passages that say it, or that the rule rests on
    """

    id: str
    document: str
    about: str
    level: CertaintyLevel
    basis: CertaintyBasis
    rule: str | None = None
    stated_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dose:
    """An amount given.

    :param unit: UCUM, such as ``10*6.{cells}`` or ``mg``
    :param counted_entity: what is counted, where the unit counts
    """

    id: str
    document: str
    printed: str
    value: Decimal | None = None
    unit: str | None = None
    counted_entity: str | None = None
    route: str | None = None
    schedule: str | None = None
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """An arm, or a pool of arms. A pool lists the arms that it pools.

    :param aliases: other names that the document uses of it (``100M``, ``the high-dose group``)
    """

    id: str
    document: str
    kind: GroupKind
    label: str
    aliases: tuple[str, ...] = ()
    n: int | None = None
    received: str | None = None
    pools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Population:
    """Who was studied, or who is spoken of."""

    id: str
    document: str
    label: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured. ``aliases`` are the document's other names and abbreviations of it."""

    id: str
    document: str
    label: str
    aliases: tuple[str, ...] = ()
    role: EndpointRole | None = None
    better_when: Better | None = None


@dataclass(frozen=True, slots=True)
class TimePoint:
    """When it was measured: days from the anchor (a month 30.4375, a year 365.25)."""

    id: str
    document: str
    printed: str
    days: Decimal
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """The study that a record reports.

    :param design: concept code of the design scheme, such as ``dose_escalation``
    :param randomised: None where the record does not say
    """

    id: str
    document: str
    label: str
    work: str | None = None
    design: str | None = None
    randomised: bool | None = None
    blinding: str | None = None
    phase: str | None = None
    enrolled: int | None = None
    population: str | None = None
    registration: str | None = None
    arms: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    doses: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    adverse_events: tuple[str, ...] = ()
    stated_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdverseEventReport:
    """An adverse event as reported; causality is not implied.

    :param event: the event in the record's words
    :param count: how many people had it; 0 where the record says that none had
    :param onset: id of the time point
    """

    id: str
    document: str
    event: str
    stated_in: str
    group: str | None = None
    count: int | None = None
    at_risk: int | None = None
    serious: bool | None = None
    onset: str | None = None
    relatedness: Relatedness = Relatedness.NOT_STATED
