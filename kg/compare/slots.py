"""What a figure check says of its slots: their names, both wordings, what matches.

Groups are named in the record's words, times in the largest unit that fits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kg.compare.draft import FaultDraft, SlotDraft
from kg.compare.similarity import Nearness, times_meet
from kg.extract.reading import Fact, Reading
from kg.extract.when import ALL_TIMES, says_when
from kg.model import CheckOutcome, FaultCode, MentionKind

_UNITS = (
    ("year", Decimal("365.25")), ("month", Decimal("30.4375")), ("week", Decimal(7)),
    ("day", Decimal(1)), ("hour", 1 / Decimal(24)), ("minute", 1 / Decimal(1440)),
)  # fmt: skip
_FINEST = Decimal("0.0001")
_MANY = 2
_HUGE = 1000
SLOT = {
    MentionKind.P_VALUE: "p_value", MentionKind.INTERVAL: "interval",
    MentionKind.EFFECT: "estimate",
    MentionKind.PERCENT: "percent", MentionKind.COUNT: "count", MentionKind.SAMPLE_SIZE: "n",
    MentionKind.DOSE: "dose", MentionKind.TIME: "time", MentionKind.AGE: "age",
    MentionKind.MEASURE: "value", MentionKind.NUMBER: "number",
}  # fmt: skip
CODE = {
    MentionKind.DOSE: FaultCode.DOSE_MISMATCH,
    MentionKind.TIME: FaultCode.WRONG_TIME,
    MentionKind.AGE: FaultCode.POPULATION_MISMATCH,
}


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """What came out for one figure of the claim.

    :param fact: position of the claim's fact
    :param matched: position of the record's fact that bears it out, or that it was taken from
    """

    fact: int
    matched: int | None
    checks: tuple[SlotDraft, ...] = ()
    faults: tuple[FaultDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure of the record that could be the claim's, and how near it stands.

    :param position: its place among the record's facts
    :param equal: whether it bears the claimed value out
    """

    position: int
    fact: Fact
    near: Nearness
    equal: bool


def code_of(fact: Fact, reading: Reading) -> FaultCode:
    """Name the fault of a figure that differs: a time that was measured is a value."""
    figure = fact.figure
    if figure is None:
        return FaultCode.WRONG_VALUE
    sentence = reading.sentences[fact.sentence]
    if figure.kind is MentionKind.TIME and not says_when(figure, reading.text, sentence):
        return FaultCode.WRONG_VALUE
    return CODE.get(figure.kind, FaultCode.WRONG_VALUE)


def slot_of(fact: Fact) -> str:
    """Name the slot that a fact fills."""
    return SLOT[fact.figure.kind] if fact.figure else "direction"


def named(groups: frozenset[str], at: Fact | None, record: Reading) -> str:
    """Name groups in the record's words: those of a fact's own sentence where it names them."""
    if at is not None:
        for mention in record.sentences[at.sentence].groups:
            if mention.keys == groups:
                return record.text[mention.start : mention.end]
    return record.lexicon.label(groups)


def told(times: frozenset[Decimal]) -> str:
    """Say times in the largest unit that fits.

    >>> told(frozenset({Decimal("91.3125"), Decimal(14)}))
    '2 weeks and 3 months'
    """
    return " and ".join(_time(days) for days in sorted(times))


def _time(days: Decimal) -> str:
    if days == ALL_TIMES:
        return "all time points"
    if days >= _HUGE:
        return f"{days:.3g} days"
    sizes = [(name, (days / factor).quantize(_FINEST)) for name, factor in _UNITS]
    whole = [(n, size) for n, size in sizes if size > 0 and size == size.to_integral_value()]
    large = [(n, round(size, 1)) for n, size in sizes if size >= _MANY]
    for name, size in (*whole[:1], *large[:1]):
        if size < _HUGE:
            return f"{size.normalize():f} {name}{'s' if size != 1 else ''}"
    return f"{days.normalize():f} days"


def slot_draft(slot: str, outcome: CheckOutcome, fact: Fact, other: Fact) -> SlotDraft:
    """Draft the comparison of one slot, with both wordings and spans."""
    return SlotDraft(
        slot, outcome, fact.phrase, other.phrase, (fact.start, fact.end), (other.start, other.end)
    )


def slot_matches(fact: Fact, other: Fact, record: Reading) -> list[SlotDraft]:
    """Note the group and the time that both texts name alike."""
    drafts = []
    if fact.groups and other.groups and fact.groups & other.groups:
        drafts.append(
            replace(
                slot_draft("group", CheckOutcome.MATCH, fact, other),
                claimed=named(fact.groups, None, record),
                found=named(other.groups, other, record),
            )
        )
    is_time = fact.figure is not None and fact.figure.kind is MentionKind.TIME
    if not is_time and fact.times and other.times and times_meet(fact.times, other.times):
        drafts.append(
            replace(
                slot_draft("time", CheckOutcome.MATCH, fact, other),
                claimed=told(fact.times),
                found=told(other.times),
            )
        )
    return drafts
