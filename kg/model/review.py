"""What a person decided on a verdict: a revision beside it, which never takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.assessment import Verdict


class Decision(StrEnum):
    """What a reviewer made of a verdict."""

    CONFIRMED = "confirmed"
    OVERRULED = "overruled"


@dataclass(frozen=True, slots=True)
class Review:
    """One person's decision on one assessment or judgement.

    :param target: id of the assessment or the judgement
    :param verdict: the verdict that the reviewer holds to be right
    :param by: who decided, as they want to be named
    :param revises: id of the node that it revises: the target, or the review of it before this one
    :param date: the day of the decision, as given
    """

    id: str
    target: str
    decision: Decision
    verdict: Verdict
    by: str
    why: str
    revises: str
    date: str | None = None
