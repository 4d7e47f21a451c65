"""How weak a link is: grades from 0 (broken or wrong) to 4 (as good as it gets).

Grades order links of one path and mean nothing else: they are no probabilities, and none is added
to or multiplied with another. The weakest link has the lowest grade; among equals the order of
:class:`Aspect` decides, from what a path stands or falls with to what only qualifies it.

>>> weakest([Link(Aspect.SCOPE, 3, 6, "an abstract"), Link(Aspect.VERDICT, 0, 2, "contradicted")])
Link(aspect=<Aspect.VERDICT: 1>, grade=0, step=2, why='contradicted')
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING

from kg.model import Scope, Verdict, WorkState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

BEST = 4
SMALL_TRIAL = 20
_CONFIDENCE = ((Decimal("0.95"), 4), (Decimal("0.8"), 3), (Decimal("0.5"), 2))
_VERDICT: dict[str, int] = {
    Verdict.SUPPORTED: 4,
    Verdict.PARTIALLY_SUPPORTED: 2,
    Verdict.OVERGENERALISED: 2,
    Verdict.OUTDATED: 1,
    Verdict.NOT_FOUND: 1,
    Verdict.NOT_CHECKABLE: 1,
    Verdict.MISATTRIBUTED: 0,
    Verdict.CONTRADICTED: 0,
}
_STATE: dict[str, int] = {
    WorkState.CORRECTED: 3,
    WorkState.SUPERSEDED: 2,
    WorkState.EXPRESSION_OF_CONCERN: 1,
    WorkState.REPLACED: 1,
    WorkState.RETRACTED: 0,
}
_POOLING = {"systematic_review", "meta_analysis"}
_NOT_OF_PATIENTS = {"animal", "in_vitro"}


class Aspect(IntEnum):
    """What a link is judged by; of equal grades the first is named."""

    RESOLUTION = 0
    VERDICT = 1
    DESIGN = 2
    SCOPE = 3
    STATUS = 4


@dataclass(frozen=True, slots=True)
class Link:
    """One judged link.

    :param step: index of the step that it belongs to
    """

    aspect: Aspect
    grade: int
    step: int
    why: str


def weakest(links: Iterable[Link]) -> Link:
    """Return the link of the lowest grade, by the order of the aspects among equals."""
    return min(links, key=lambda link: (link.grade, link.aspect, link.step, link.why))


def of_resolution(confidence: Decimal) -> int:
    """Grade how surely an entry was tied to its work.

    >>> [of_resolution(Decimal(c)) for c in ("1", "0.8", "0.6", "0.2", "0")]
    [4, 3, 2, 1, 0]
    """
    for least, grade in _CONFIDENCE:
        if confidence >= least:
            return grade
    return 1 if confidence > 0 else 0


def of_verdict(verdict: str) -> int:
    """Grade the verdict of a claim against a record."""
    return _VERDICT.get(verdict, 0)


def of_design(design: str | None, enrolled: int | None, *, randomised: bool | None) -> int:
    """Grade a trial by its design, then by its size.

    >>> of_design("dose_escalation", 15, randomised=False)
    1
    >>> of_design(None, 400, randomised=True), of_design(None, None, randomised=None)
    (4, 3)
    """
    if design in _NOT_OF_PATIENTS:
        return 1
    small = enrolled is not None and enrolled < SMALL_TRIAL
    if design in _POOLING or randomised:
        return 3 if small else BEST
    if small:
        return 1
    return 3 if randomised is None and design is None else 2


def of_scope(scope: Collection[str]) -> int:
    """Grade how much of the work was in hand."""
    if Scope.FULL_TEXT in scope:
        return BEST
    return 3 if set(scope) - {Scope.METADATA} else 1


def of_states(states: Collection[str]) -> int:
    """Grade a work by the gravest of its states."""
    return min((_STATE.get(state, 0) for state in states), default=BEST)
