"""One group of a record, and a place where a text speaks of groups."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

POOLED = "*"


@dataclass(frozen=True, slots=True)
class LearnedGroup:
    """One group that a record sets apart.

    :param key: a stable name within the record
    :param start: where the label first stands
    :param dose: value and unit of the dose that sets it apart, if one does
    :param control: whether it is what the others are compared with
    :param span: the days of treatment that set it apart, if they do
    """

    key: str
    label: str
    start: int
    end: int
    aliases: tuple[str, ...] = ()
    n: int | None = None
    dose: tuple[Decimal, str] | None = None
    control: bool = False
    span: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GroupMention:
    """A place where a text speaks of one or more groups.

    :param keys: the groups; ``{"*"}`` for all of them pooled
    :param strong: whether the words leave no doubt that a group is meant
    """

    start: int
    end: int
    keys: frozenset[str]
    strong: bool = True
