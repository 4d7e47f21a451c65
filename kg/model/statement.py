"""What an answer says: statements, the atomic claims that they make, and the advice they give."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.frame import Modality, Polarity


class StatementKind(StrEnum):
    """What a statement does."""

    CLAIM = "claim"
    RECOMMENDATION = "recommendation"
    CONTRAINDICATION = "contraindication"
    LIMITATION = "limitation"
    EDITORIAL = "editorial"


class ClaimKind(StrEnum):
    """What an atomic claim is about."""

    RESULT = "result"
    SAFETY = "safety"
    DESIGN = "design"
    STATUS = "status"
    RATIONALE = "rationale"
    ADVICE = "advice"
    GLOSS = "gloss"


class RecommendationDirection(StrEnum):
    """For or against the action."""

    FOR = "for"
    AGAINST = "against"


class RecommendationStrength(StrEnum):
    """How strongly the words advise; ``UNSTATED`` where they only tell what to do."""

    STRONG = "strong"
    CONDITIONAL = "conditional"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Statement:
    """One bullet, step, sentence or table row of an answer, trailing markers included.

    :param short_id: ``s001`` onward, in text order
    :param headings: ids of the headings above it
    :param condition: the condition under which it holds, inherited or its own
    """

    id: str
    short_id: str
    document: str
    passage: str
    kind: StatementKind
    headings: tuple[str, ...] = ()
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """An atomic proposition that a statement makes.

    :param short_id: the statement's short id, a dot, the ordinal
    :param passage: the span of its words
    :param core: whether the main clause asserts it
    :param material: False only for a gloss without a number, group or comparison
    :param checkable: whether a record could bear it out at all
    :param expresses: ids of its ClaimedResults: one, or one for each group and time that it names
    """

    id: str
    short_id: str
    statement: str
    passage: str
    ordinal: int
    kind: ClaimKind
    core: bool
    material: bool
    checkable: bool
    modality: Modality = Modality.OBSERVED
    polarity: Polarity = Polarity.AFFIRMED
    expresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The advice that a statement gives.

    :param action: what to do or not to do, as the answer says it
    :param rests_on: ids of the claims of the same statement that give its reasons
    """

    id: str
    statement: str
    action: str
    direction: RecommendationDirection
    strength: RecommendationStrength
    condition: str | None = None
    population: str | None = None
    setting: str | None = None
    rests_on: tuple[str, ...] = ()
