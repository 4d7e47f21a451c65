"""A comparison told in words, of which the record only gives the two groups' values.

*Flares were rarer with A than with B* stands or falls with ``flares: A 10 %, B 25 %``: the values
say which way it went, though no word of the record does.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record(
...     "Adults took drugol (n = 60) or tabrol (n = 60). Flares occurred in 10% of the drugol "
...     "group and 25% of the tabrol group."
... )
>>> text = "Flares were rarer with tabrol than with drugol."
>>> claim = read_claim(text, 0, len(text), record)
>>> way = way_of_values(claim.facts[0], record, {}, {0: 0.1, 1: 1.0})
>>> way.sense, way.own.phrase, way.other.phrase
('up', '25%', '10%')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.compare.draft import FaultDraft, SlotDraft
from kg.compare.similarity import ANY_TRIAL, nearness, time_fit
from kg.compare.slots import FigureCheck
from kg.extract.groups import POOLED
from kg.extract.reading import Fact, Reading
from kg.model import CheckOutcome, FaultCode, MentionKind, Verdict

_VALUED = {MentionKind.PERCENT, MentionKind.MEASURE, MentionKind.NUMBER, MentionKind.TIME}
_CHANGING = re.compile(r"(?:reduc|lower|decreas|cut|increas|rais|doubl|halv)")
_COMPARATIVE = re.compile(
    r"(?:more|less|fewer|higher|lower|greater|smaller|larger|longer|shorter|rarer|commoner|faster"
    r"|slower|likelier|oftener|half|a third|a quarter|one third|\w+ times|twice)\b"
)
_FITTING = 0.5
_SAME_PLACE = 0.5
_TWO = 2
_SPOKEN = 0.3
_BESIDE = 0.2


@dataclass(frozen=True, slots=True)
class Way:
    """Which way the claim's group went, by its value and the other group's.

    :param sense: ``up`` or ``down``, seen from the claim's group
    """

    sense: str
    own: Fact
    other: Fact


def way_of_values(
    fact: Fact, record: Reading, soft: Mapping[str, str], fits: Mapping[int, float]
) -> Way | None:
    """Return which way the record's values went for a claim's comparison of two groups.

    :param fits: sentence of the record → how well it fits the claim as a whole
    """
    changing = bool(_CHANGING.match(fact.phrase))
    if fact.sense not in {"up", "down"} or not (changing or _COMPARATIVE.match(fact.phrase)):
        return None
    against = fact.reference or the_other(fact, record)
    if len(fact.groups) != 1 or POOLED in fact.groups or len(against) != 1:
        return None
    floor = _FITTING * max(fits.values(), default=0.0)
    found: list[tuple[float, Way]] = []
    for own in _values(record, fact.groups):
        if fits.get(own.sentence, 0.0) < floor or time_fit(fact.times, own.times) < 0:
            continue
        if changing and not _is_share(own):  # one group's own change is not told by two end values
            continue
        near = nearness(fact, own, record, soft, fits[own.sentence]).context
        if near < _SAME_PLACE or not _shares_outcome(fact, own, soft):
            continue
        found += [
            (near, Way(_sense(own, other), own, other)) for other in _values(record, against)
            if other.sentence == own.sentence and _are_alike(own, other)
            and _shares_outcome(fact, other, soft)
        ]  # fmt: skip
    ways = {way.sense for _, way in found}
    best = max(found, key=lambda pair: (pair[0], -pair[1].own.start), default=None)
    # values of several outcomes that go both ways tell nothing
    return best[1] if best is not None and len(ways) == 1 and best[1].sense else None


def by_values(
    position: int,
    fact: Fact,
    record: Reading,
    soft: Mapping[str, str],
    fits: Mapping[int, float],
) -> FigureCheck | None:
    """Hold a comparison against the two groups' values, where no word of the record tells it."""
    way = way_of_values(fact, record, soft, fits)
    if way is None:
        return None
    return valued(position, fact, way.own, way.other, record, bears_out=way.sense == fact.sense)


def valued(
    position: int, fact: Fact, own: Fact, other: Fact, record: Reading, *, bears_out: bool
) -> FigureCheck:
    """Tell that the values of the claim's group and the other bear a comparison out, or deny it."""
    spans = (fact.start, fact.end), (own.start, own.end)
    found = f"{own.phrase} and {other.phrase}"
    outcome = CheckOutcome.MATCH if bears_out else CheckOutcome.MISMATCH
    draft = SlotDraft("direction", outcome, fact.phrase, found, *spans)
    if bears_out:
        return FigureCheck(position, None, (draft,))
    fault = FaultDraft(
        FaultCode.WRONG_DIRECTION, "direction", "values-say-otherwise", Verdict.CONTRADICTED,
        fact.phrase, found, *spans,
        f"gives {own.phrase} for {record.lexicon.label(fact.groups)} and {other.phrase} "
        f"for {record.lexicon.label(other.groups)}", (other.start, other.end),
    )  # fmt: skip
    return FigureCheck(position, None, (draft,), (fault,))


def _shares_outcome(fact: Fact, own: Fact, soft: Mapping[str, str]) -> bool:
    """Whether anything but who was studied and treated stands near both."""
    told = {soft.get(k, k) for k, w in fact.context.items() if w >= _SPOKEN} - ANY_TRIAL
    return any(own.context.get(key, 0.0) >= _BESIDE for key in told)


def the_other(fact: Fact, record: Reading) -> frozenset[str]:
    """Return the second of a record's two groups, where the claim names only one."""
    keys = {g.key for g in record.lexicon.groups}
    left = frozenset(keys - fact.groups)
    return left if len(keys) == _TWO and len(left) == 1 else frozenset()


def _values(record: Reading, groups: frozenset[str]) -> Iterator[Fact]:
    for fact in record.facts:
        figure = fact.figure
        if figure is None or figure.value is None:
            continue
        if figure.kind not in _VALUED and not _is_share(fact):
            continue
        if fact.firmly and fact.groups == groups and figure.upper is None and figure.value >= 0:
            yield fact


def _is_share(fact: Fact) -> bool:
    """Whether a value counts those who had an event out of a group: ``124 of 302``."""
    figure = fact.figure
    return figure is not None and figure.kind is MentionKind.COUNT and bool(figure.total)


def _are_alike(one: Fact, two: Fact) -> bool:
    first, second = one.figure, two.figure
    if first is None or second is None:
        return False
    units = first.unit == second.unit or first.shared_unit or second.shared_unit
    return first.kind is second.kind and units and one.times == two.times


def _sense(own: Fact, other: Fact) -> str:
    mine, theirs = own.figure, other.figure
    if mine is None or theirs is None or mine.value is None or theirs.value is None:
        return ""
    if _is_share(own) and mine.total and theirs.total:
        ours, others = mine.value / mine.total, theirs.value / theirs.total
    else:
        ours, others = mine.value, theirs.value
    if ours == others:
        return ""
    return "up" if ours > others else "down"
