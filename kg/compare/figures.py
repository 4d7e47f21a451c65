"""A claim's figures held against the record's: is it there, and is it that slot's.

A figure is asked for twice. By value: where does the record print it? By place: what does the
record print where the claim puts it? If the two answers disagree, the disagreement is the fault: a
value that stands elsewhere belongs to another group, time or outcome; a place that holds another
value makes the claimed one wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.compare.comparisons import told_as
from kg.compare.derived import derived_from
from kg.compare.draft import FaultDraft, SlotDraft, Span
from kg.compare.labels import told_of_another
from kg.compare.similarity import Nearness, coverage, nearness, times_meet
from kg.compare.values import rounds_to, same_kind, same_value
from kg.extract.facts import ALL_TIMES
from kg.extract.groups import POOLED
from kg.extract.reading import Fact, Reading
from kg.model import CheckOutcome, FaultCode, MentionKind, Part, Verdict
from kg.text.lexicon import categories

_NEAR = 0.42
_CLEAR = 0.22
_WEAK = 0.3
_OWN = 0.12
_KIN = 0.2
_TELLING = 0.25
_AGAINST = 0.06
_FULL = 0.6
_UNITS = (
    ("year", Decimal("365.25")), ("month", Decimal("30.4375")), ("week", Decimal(7)),
    ("day", Decimal(1)), ("hour", 1 / Decimal(24)), ("minute", 1 / Decimal(1440)),
)  # fmt: skip
_MEASURED = {
    MentionKind.PERCENT, MentionKind.MEASURE, MentionKind.EFFECT, MentionKind.NUMBER,
    MentionKind.COUNT, MentionKind.P_VALUE,
}  # fmt: skip
_FITTING = 0.6
_TYPED = {MentionKind.P_VALUE, MentionKind.INTERVAL, MentionKind.DOSE, MentionKind.SAMPLE_SIZE}
_LOOSE = {MentionKind.COUNT, MentionKind.NUMBER}
_SMALL = 10
_OF_DESIGN = {
    "arms", "groups", "doses", "trials", "studies", "centres", "centers", "sites", "countries",
    "hospitals", "cohorts",
}  # fmt: skip
_PLAIN = {MentionKind.MEASURE, MentionKind.NUMBER, MentionKind.COUNT}
_FINEST = Decimal("0.0001")
_PLACES = {
    Part.CAPTION: "figure captions", Part.RESULTS: "results", Part.METHODS: "methods",
    Part.CONCLUSIONS: "conclusions", Part.ABSTRACT: "abstract",
}  # fmt: skip
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
class _Candidate:
    position: int
    fact: Fact
    near: Nearness
    equal: bool


def check_figures(
    claim: Reading,
    record: Reading,
    soft: Mapping[str, str],
    fits: Mapping[int, float],
    settled: frozenset[int] = frozenset(),
) -> list[FigureCheck]:
    """Check each figure of a claim.

    :param fits: sentence of the record → how well it fits the claim as a whole
    :param settled: facts of the claim that need no check
    """
    found = []
    for position, fact in enumerate(claim.facts):
        if position in settled:
            continue
        if fact.figure is not None and not _is_slot_only(fact, claim):
            found.append(_check(position, fact, claim, record, soft, fits))
    return found


def _is_slot_only(fact: Fact, claim: Reading) -> bool:
    """Whether a time is the slot of other facts of the claim, and checked through them."""
    figure = fact.figure
    if figure is None or figure.kind is not MentionKind.TIME or figure.days is None:
        return False
    return any(
        other.figure is not None
        and other.figure.kind is MentionKind.P_VALUE
        and figure.days in other.times
        for other in claim.facts
    )


def _candidates(
    fact: Fact, record: Reading, soft: Mapping[str, str], fits: Mapping[int, float]
) -> list[_Candidate]:
    if fact.figure is None:
        return []
    found = []
    for position, other in enumerate(record.facts):
        if other.figure is None or not same_kind(fact.figure, other.figure):
            continue
        near = nearness(fact, other, record, soft, fits[other.sentence])
        found.append(_Candidate(position, other, near, same_value(fact.figure, other.figure)))
    found.sort(key=lambda c: (-c.near.total, c.position))
    return found


def _check(
    position: int,
    fact: Fact,
    claim: Reading,
    record: Reading,
    soft: Mapping[str, str],
    fits: Mapping[int, float],
) -> FigureCheck:
    candidates = _candidates(fact, record, soft, fits)
    equal = [c for c in candidates if c.equal]
    others = [c for c in candidates if not c.equal and _is_rival(fact, c.fact)]
    if not equal:
        return _without_value(position, fact, claim, others, record, fits)
    best = equal[0]
    slot = _slot(fact)
    fitting = next((c for c in equal if not _conflicts(fact, c.fact, record)), None)
    if fitting is not None and fitting.near.total >= best.near.total - _WEAK:
        best = fitting
    rival = others[0] if others else None
    if rival is not None and _place_is_taken(fact, best, rival, record):
        return FigureCheck(
            position, rival.position, (_slot_draft(slot, CheckOutcome.MISMATCH, fact, rival.fact),),
            (_wrong_value(fact, rival.fact, record),),
        )  # fmt: skip
    match = _slot_draft(slot, CheckOutcome.MATCH, fact, best.fact)
    fault = _misplaced(fact, best.fact, candidates, record)
    fault = fault or _miscompared(fact, best.fact, claim, record)
    fault = fault or _mislabelled(fact, best.fact, others, claim, record, soft)
    if fault is None:
        return FigureCheck(position, best.position, (match, *slot_matches(fact, best.fact, record)))
    mismatch = replace(
        _slot_draft(fault.slot, CheckOutcome.MISMATCH, fact, best.fact),
        claimed=fault.claimed,
        found=fault.found,
    )
    return FigureCheck(position, best.position, (match, mismatch), (fault,))


def _is_rival(fact: Fact, other: Fact) -> bool:
    """Whether a figure could stand in the claim's place: a dose is no rival of a measured value."""
    one, two = fact.figure, other.figure
    if one is None or two is None or one.value is None or two.value is None:
        return one is not None and two is not None and one.kind is two.kind
    if two.value <= _SMALL < one.value and not any(c.isdigit() for c in other.phrase):
        return False  # "three groups" is no rival of "60 patients"
    return one.kind is two.kind or {one.kind, two.kind} <= _PLAIN


def _slot(fact: Fact) -> str:
    return SLOT[fact.figure.kind] if fact.figure else "direction"


def _place_is_taken(fact: Fact, best: _Candidate, rival: _Candidate, record: Reading) -> bool:
    """Whether another value stands clearly nearer to the claim's place than the claimed one.

    Only the words on which the two places differ can tell which of them the claim means.
    """
    if best.fact.sentence == rival.fact.sentence or best.near.sentence >= rival.near.sentence:
        return False  # what the fitting sentence itself prints is no slip
    if _conflicts_on_slots(fact, rival.fact):
        return False
    if _conflicts(fact, best.fact, record) and _kin(best.fact, rival.fact, record) >= _KIN:
        return False  # the value is another group's or time's of the same outcome: misattributed
    own, other = _telling(fact, best.fact, record), _telling(fact, rival.fact, record)
    keys = own.keys() | other.keys()
    for_rival = sum(max(0.0, other.get(k, 0.0) - own.get(k, 0.0)) for k in keys)
    for_best = sum(max(0.0, own.get(k, 0.0) - other.get(k, 0.0)) for k in keys)
    return rival.near.context >= _NEAR and for_rival >= _TELLING and for_best <= _AGAINST


def _telling(fact: Fact, other: Fact, record: Reading) -> dict[str, float]:
    """Return what each of the claim's words that stand near a record's figure weighs, of 1."""
    weights = {key: record.weight(key) * w for key, w in fact.context.items()}
    total = sum(weights.values()) or 1.0
    return {
        key: weight / total * min(1.0, other.context.get(key, 0.0) / _FULL)
        for key, weight in weights.items()
    }


def _conflicts_on_slots(fact: Fact, other: Fact) -> bool:
    group = bool(fact.groups and other.groups and not fact.groups & other.groups)
    time = bool(
        fact.times and other.times and ALL_TIMES not in fact.times | other.times
        and not times_meet(fact.times, other.times)
    )  # fmt: skip
    return group or time


def _conflicts(fact: Fact, other: Fact, record: Reading) -> bool:
    return _group_conflict(fact, other) or _time_conflict(fact, other)


def _group_conflict(fact: Fact, other: Fact) -> bool:
    """Both texts tie the figure to a group of their own, and not to the same one."""
    if not (fact.groups and other.groups and fact.firmly and other.firmly):
        return False
    if POOLED in other.groups:
        return POOLED not in fact.groups and fact.figure is not None
    if POOLED in fact.groups:
        return False
    return not fact.groups & other.groups


def _time_conflict(fact: Fact, other: Fact) -> bool:
    if not fact.times or not other.times or ALL_TIMES in fact.times | other.times:
        return False
    figure = fact.figure
    if figure is not None and figure.kind in {MentionKind.TIME, MentionKind.AGE, MentionKind.DOSE}:
        return False
    return not times_meet(fact.times, other.times)


def _without_value(
    position: int,
    fact: Fact,
    claim: Reading,
    others: Sequence[_Candidate],
    record: Reading,
    fits: Mapping[int, float],
) -> FigureCheck:
    """Tell of a figure not printed: another stands in its place, several do, or none."""
    slot = _slot(fact)
    source = derived_from(fact, record, claim, fits) or _printed_bare(fact, record, fits)
    if source is None and _is_loose(fact, claim):
        return FigureCheck(position, None)
    if source is not None:
        draft = SlotDraft(
            slot, CheckOutcome.MATCH, fact.phrase, source[0], (fact.start, fact.end), source[1]
        )
        return FigureCheck(position, None, (draft,))
    near = [c for c in others if c.near.context >= _WEAK and not _conflicts(fact, c.fact, record)]
    near = near or [c for c in others if c.near.context >= _NEAR]
    if near:
        top = near[0]
        tied = [c for c in near[1:] if top.near.total - c.near.total < 0.04]
        values = {(c.fact.figure.value, c.fact.figure.upper) for c in tied if c.fact.figure}
        own = top.fact.figure
        if own is not None and values <= {(own.value, own.upper)}:
            return FigureCheck(
                position, top.position,
                (_slot_draft(slot, CheckOutcome.MISMATCH, fact, top.fact),),
                (_wrong_value(fact, top.fact, record),),
            )  # fmt: skip
        if top.near.context >= _NEAR:
            return FigureCheck(
                position, top.position,
                (_slot_draft(slot, CheckOutcome.MISMATCH, fact, top.fact),),
                (_wrong_value(fact, top.fact, record),),
            )  # fmt: skip
    absent = SlotDraft(
        slot, CheckOutcome.ABSENT_IN_SOURCE, fact.phrase, None, (fact.start, fact.end)
    )
    code = FaultCode.AMBIGUOUS_VALUE if near else FaultCode.UNSUPPORTED_ADDITION
    reason = (
        f"prints several figures of this kind near, and not {fact.phrase}"
        if near
        else f"does not print {fact.phrase}"
    )
    fault = FaultDraft(
        code, slot, "figure-absent", Verdict.NOT_FOUND, fact.phrase, None,
        (fact.start, fact.end), None, reason,
    )  # fmt: skip
    return FigureCheck(position, None, (absent,), (fault,))


def _printed_bare(
    fact: Fact, record: Reading, fits: Mapping[int, float]
) -> tuple[str, Span] | None:
    """Return where a fitting sentence prints the number in another dress: ``20 and 30 h``, ``-4``."""
    figure = fact.figure
    if figure is None or figure.value is None or figure.upper is not None:
        return None
    floor = _FITTING * max(fits.values(), default=0.0)
    for other in record.facts:
        own = other.figure
        if own is None or own.value is None or own.upper is not None or own.kind in _TYPED:
            continue
        dressed = own.unit is None or figure.unit is None or own.unit == figure.unit
        near = fits[other.sentence] >= floor
        if dressed and near and rounds_to(abs(own.value), abs(figure.value)):
            return other.phrase, (other.start, other.end)
    return None


def _is_loose(fact: Fact, claim: Reading) -> bool:
    """Whether a small number in words only helps the telling: ``two of them``, ``one tablet``."""
    figure = fact.figure
    if figure is None or figure.kind not in _LOOSE or figure.value is None or figure.value > _SMALL:
        return False
    following = claim.text[fact.end : fact.end + 12].lower().split()
    if following and following[0].strip(",.;:") in _OF_DESIGN:
        return False
    return not any(char.isdigit() for char in claim.text[fact.start : fact.end])


def _wrong_value(fact: Fact, other: Fact, record: Reading) -> FaultDraft:
    code = CODE.get(fact.figure.kind, FaultCode.WRONG_VALUE) if fact.figure else None
    return FaultDraft(
        code or FaultCode.WRONG_VALUE, _slot(fact), "place-holds-another-value",
        Verdict.CONTRADICTED, fact.phrase, other.phrase, (fact.start, fact.end),
        (other.start, other.end),
        f"gives {other.phrase} where the claim gives {fact.phrase}",
    )  # fmt: skip


def _misplaced(
    fact: Fact, other: Fact, candidates: Sequence[_Candidate], record: Reading
) -> FaultDraft | None:
    """Return the fault of a value that is another group's, time's or comparison's."""
    if _group_conflict(fact, other) and not _is_shared_time(other, record):
        own = _own_value(fact, other, candidates, record)
        mine, theirs = named(fact.groups, None, record), named(other.groups, other, record)
        place = _PLACES.get(record.sentences[own.sentence].part, "text") if own else ""
        instead = f"; for {mine} it gives {own.phrase}, in its {place}" if own else ""
        return FaultDraft(
            FaultCode.WRONG_GROUP, "group", "value-of-another-group", Verdict.MISATTRIBUTED,
            mine, theirs, (fact.start, fact.end), (other.start, other.end),
            f"gives {other.phrase} for {theirs}, not for {mine}{instead}",
            (own.start, own.end) if own else None,
        )  # fmt: skip
    if _time_conflict(fact, other):
        return FaultDraft(
            FaultCode.WRONG_TIME, "time", "value-of-another-time", Verdict.MISATTRIBUTED,
            told(fact.times), told(other.times), (fact.start, fact.end), (other.start, other.end),
            f"gives {other.phrase} at {told(other.times)}, not at {told(fact.times)}",
        )  # fmt: skip
    if (
        fact.comparison is not None
        and other.comparison is not None
        and fact.comparison is not other.comparison
        and record.sentences[other.sentence].part is not Part.TITLE
    ):
        kinds = {"within_group_vs_baseline": "a group with its own baseline",
                 "between_groups": "groups with each other"}  # fmt: skip
        return FaultDraft(
            FaultCode.COMPARISON_MISMATCH, "comparison", "value-of-another-comparison",
            Verdict.MISATTRIBUTED, fact.comparison.value, other.comparison.value,
            (fact.start, fact.end), (other.start, other.end),
            f"compares {kinds[other.comparison.value]} where it prints {other.phrase}",
        )  # fmt: skip
    return None


def _miscompared(fact: Fact, own: Fact, claim: Reading, record: Reading) -> FaultDraft | None:
    """Return the fault of a change told as a difference between groups, or the reverse."""
    found = told_as(fact, own, claim, record)
    if found is None:
        return None
    said, told_in_record = found
    return FaultDraft(
        FaultCode.COMPARISON_MISMATCH, "comparison", "change-and-difference-confused",
        Verdict.MISATTRIBUTED, said, told_in_record, (fact.start, fact.end), (own.start, own.end),
        f"gives {own.phrase} as {told_in_record}, not as {said}",
    )  # fmt: skip


def _as_precise(one: Fact, two: Fact) -> bool:
    """Whether both figures are printed with decimals, or neither is."""
    first, second = one.figure, two.figure
    if first is None or second is None or first.value is None or second.value is None:
        return False
    return (first.value % 1 == 0) == (second.value % 1 == 0) and first.kind is second.kind


def _mislabelled(
    fact: Fact,
    own: Fact,
    candidates: Sequence[_Candidate],
    claim: Reading,
    record: Reading,
    soft: Mapping[str, str],
) -> FaultDraft | None:
    """Return the fault of a value that the claim puts beside its neighbour's label."""
    if fact.figure is None or fact.figure.kind not in _MEASURED:
        return None
    if fact.figure.kind is MentionKind.COUNT and fact.figure.total is None:
        return None
    alike = [c.fact for c in candidates if _as_precise(c.fact, own)]
    found = told_of_another(fact, own, alike, claim, record, soft)
    if found is None:
        return None
    other, keys = found
    arms = any(key.startswith("#") or categories().get(key) == "intervention" for key in keys)
    arms = arms or any(
        m.start <= c.start < m.end and c.key in keys
        for m in record.sentences[other.sentence].groups
        for c in record.sentences[other.sentence].concepts
    )
    code, slot = (
        (FaultCode.WRONG_GROUP, "group") if arms else (FaultCode.OUTCOME_MISMATCH, "outcome")
    )
    return FaultDraft(
        code, slot, "value-beside-anothers-label", Verdict.MISATTRIBUTED, fact.phrase, other.phrase,
        (fact.start, fact.end), (own.start, own.end),
        f"gives {own.phrase} for something else; there it gives {other.phrase}",
        (other.start, other.end),
    )  # fmt: skip


def _is_shared_time(other: Fact, record: Reading) -> bool:
    """Whether a figure is the only time of its sentence, and so the time of every arm in it."""
    if other.figure is None or other.figure.kind is not MentionKind.TIME:
        return False
    sentence = record.sentences[other.sentence]
    return sum(f.kind is MentionKind.TIME for f in sentence.figures) == 1


def _own_value(
    fact: Fact, found: Fact, candidates: Sequence[_Candidate], record: Reading
) -> Fact | None:
    """Return what is printed for the claimed group and time, of the found figure's outcome."""
    kin: list[tuple[float, int, Fact]] = []
    for candidate in candidates:
        other = candidate.fact
        meets = (
            times_meet(fact.times, other.times) if fact.times and other.times else not fact.times
        )
        if other.groups == fact.groups and meets and other.firmly:
            kin.append((_kin(found, other, record), -candidate.position, other))
    best = max(kin, default=None, key=lambda k: k[:2])
    return best[2] if best and best[0] >= _OWN else None


def _kin(one: Fact, two: Fact, record: Reading) -> float:
    """Return how much of one fact's context another has: whether both are of one outcome."""
    return coverage(one.context, two.context, record)


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
    for name, factor in _UNITS:
        number = (days / factor).quantize(_FINEST)
        if number == number.to_integral_value() and number > 0:
            return f"{number.to_integral_value()} {name}{'s' if number != 1 else ''}"
    return f"{days.normalize():f} days"


def _slot_draft(slot: str, outcome: CheckOutcome, fact: Fact, other: Fact) -> SlotDraft:
    return SlotDraft(
        slot, outcome, fact.phrase, other.phrase, (fact.start, fact.end), (other.start, other.end)
    )


def slot_matches(fact: Fact, other: Fact, record: Reading) -> list[SlotDraft]:
    """Note the group and the time that both texts name alike."""
    drafts = []
    if fact.groups and other.groups and fact.groups & other.groups:
        drafts.append(
            replace(
                _slot_draft("group", CheckOutcome.MATCH, fact, other),
                claimed=named(fact.groups, None, record),
                found=named(other.groups, other, record),
            )
        )
    is_time = fact.figure is not None and fact.figure.kind is MentionKind.TIME
    if not is_time and fact.times and other.times and times_meet(fact.times, other.times):
        drafts.append(
            replace(
                _slot_draft("time", CheckOutcome.MATCH, fact, other),
                claimed=told(fact.times),
                found=told(other.times),
            )
        )
    return drafts
