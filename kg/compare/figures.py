"""A claim's figures held against the record's: is it there, and is it that slot's.

A figure is asked for twice. By value: where does the record print it? By place: what does the
record print where the claim puts it? If the two answers disagree, the disagreement is the fault: a
value that stands elsewhere belongs to another group, time or outcome; a place that holds another
value makes the claimed one wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from kg.compare.derived import derived_from
from kg.compare.draft import FaultDraft, SlotDraft, Span
from kg.compare.misplaced import (
    change_told_as_arms,
    conflicts,
    conflicts_on_slots,
    kin,
    miscompared,
    mislabelled,
    misplaced,
    of_another_outcome,
)
from kg.compare.modifiers import modified
from kg.compare.pairs import is_told_as_arms, one_group_has_both, stand_side_by_side
from kg.compare.similarity import nearness, times_meet
from kg.compare.slots import Candidate, FigureCheck, code_of, slot_draft, slot_matches, slot_of
from kg.compare.values import rounds_to, same_kind, same_value
from kg.extract.figure_fractions import SHARE
from kg.extract.mentions import Figure
from kg.extract.reading import Fact, Reading
from kg.model import CheckOutcome, Comparator, FaultCode, MentionKind, Verdict
from kg.text.numbers import number_words
from kg.text.tokens import words

_NEAR = 0.42
_CLEAR = 0.22
_WEAK = 0.3
_KIN = 0.2
_TELLING = 0.25
_AGAINST = 0.06
_FULL = 0.6
_FITTING = 0.6
_TYPED = {MentionKind.P_VALUE, MentionKind.INTERVAL, MentionKind.DOSE, MentionKind.SAMPLE_SIZE}
_BOUNDS = {"limit", "bound", "rang", "margin", "confid", "interval"}
_BOUNDING = {Comparator.AT_MOST, Comparator.AT_LEAST}
_AS_FAR = ("as low as", "as high as", "as little as", "as much as", "as many as", "as few as")
_LOOSE = {MentionKind.COUNT, MentionKind.NUMBER}
_SMALL = 10
_NEXT_WORDS = 48
_PIECES = {"{tablets}", "{capsules}", "{puffs}"}
_OF_DESIGN = {
    "arms", "groups", "doses", "trials", "studies", "centres", "centers", "sites", "countries",
    "hospitals", "cohorts",
}  # fmt: skip
_PLAIN = {MentionKind.MEASURE, MentionKind.NUMBER, MentionKind.COUNT}


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
) -> list[Candidate]:
    if fact.figure is None:
        return []
    found = []
    for position, other in enumerate(record.facts):
        if other.figure is None or not same_kind(fact.figure, other.figure):
            continue
        near = nearness(fact, other, record, soft, fits[other.sentence])
        found.append(Candidate(position, other, near, same_value(fact.figure, other.figure)))
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
    slot = slot_of(fact)
    fitting = next((c for c in equal if not conflicts(fact, c.fact, record)), None)
    rounded = fact.figure is not None and fact.figure.entity == SHARE
    if fitting is not None and (rounded or fitting.near.total >= best.near.total - _WEAK):
        best = fitting
    rival = others[0] if others else None
    if rival is not None and _place_is_taken(fact, best, rival, record):
        return FigureCheck(
            position, rival.position, (slot_draft(slot, CheckOutcome.MISMATCH, fact, rival.fact),),
            (_wrong_value(fact, rival.fact, claim),),
        )  # fmt: skip
    match = slot_draft(slot, CheckOutcome.MATCH, fact, best.fact)
    paired = stand_side_by_side(fact, best.fact, claim, record)
    paired = paired or one_group_has_both(fact, best.fact, claim, record)
    fault = misplaced(fact, best.fact, candidates, record)
    if fault is not None and fault.slot == "group" and paired:
        fault = None
    if fault is None and is_told_as_arms(fact, best.fact, claim, record):
        fault = change_told_as_arms(fact, best.fact)
    fault = fault or of_another_outcome(fact, best.fact, claim, record, soft)
    fault = fault or miscompared(fact, best.fact, claim, record)
    fault = fault or mislabelled(fact, best.fact, others, claim, record, soft)
    fault = fault or next(modified(fact, best.fact, claim, record, soft), None)
    if fault is None:
        return FigureCheck(position, best.position, (match, *slot_matches(fact, best.fact, record)))
    mismatch = replace(
        slot_draft(fault.slot, CheckOutcome.MISMATCH, fact, best.fact),
        claimed=fault.claimed,
        found=fault.found,
    )
    return FigureCheck(position, best.position, (match, mismatch), (fault,))


def _is_rival(fact: Fact, other: Fact) -> bool:
    """Whether a figure could stand in the claim's place: a dose is no rival of a measured value."""
    one, two = fact.figure, other.figure
    if one is None or two is None or one.value is None or two.value is None:
        return one is not None and two is not None and one.kind is two.kind
    if two.total is not None and two.total == one.value:
        return False  # "25/75" is a part of the 75 that the claim tells
    if two.value <= _SMALL < one.value and not any(c.isdigit() for c in other.phrase):
        return False  # "three groups" is no rival of "60 patients"
    return one.kind is two.kind or {one.kind, two.kind} <= _PLAIN


def _place_is_taken(fact: Fact, best: Candidate, rival: Candidate, record: Reading) -> bool:
    """Whether another value stands clearly nearer to the claim's place than the claimed one.

    Only the words on which the two places differ can tell which of them the claim means.
    """
    if best.fact.sentence == rival.fact.sentence or best.near.sentence >= rival.near.sentence:
        return False  # what the fitting sentence itself prints is no slip
    timed = fact.figure is not None and fact.figure.kind is MentionKind.TIME
    if timed and abs(best.fact.sentence - rival.fact.sentence) == 1:
        return False  # "at 4 months … it was no longer so at 12 months"
    if conflicts_on_slots(fact, rival.fact) or _is_its_time(fact, best.fact, rival.fact):
        return False
    if conflicts(fact, best.fact, record) and kin(best.fact, rival.fact, record) >= _KIN:
        return False  # the value is another group's or time's of the same outcome: misattributed
    own, other = _telling(fact, best.fact, record), _telling(fact, rival.fact, record)
    keys = own.keys() | other.keys()
    for_rival = sum(max(0.0, other.get(k, 0.0) - own.get(k, 0.0)) for k in keys)
    for_best = sum(max(0.0, own.get(k, 0.0) - other.get(k, 0.0)) for k in keys)
    return rival.near.context >= _NEAR and for_rival >= _TELLING and for_best <= _AGAINST


def _is_its_time(fact: Fact, own: Fact, rival: Fact) -> bool:
    """Whether the claimed value stands at the claim's time, and the rival at none or another."""
    at = times_meet(fact.times, own.times)
    return at and not times_meet(fact.times, rival.times)


def _telling(fact: Fact, other: Fact, record: Reading) -> dict[str, float]:
    """Return what each of the claim's words that stand near a record's figure weighs, of 1."""
    weights = {key: record.weight(key) * w for key, w in fact.context.items()}
    total = sum(weights.values()) or 1.0
    return {
        key: weight / total * min(1.0, other.context.get(key, 0.0) / _FULL)
        for key, weight in weights.items()
    }


def _without_value(
    position: int,
    fact: Fact,
    claim: Reading,
    others: Sequence[Candidate],
    record: Reading,
    fits: Mapping[int, float],
) -> FigureCheck:
    """Tell of a figure not printed: another stands in its place, several do, or none."""
    slot = slot_of(fact)
    source = derived_from(fact, record, claim, fits) or _printed_bare(fact, record, fits)
    source = source or _printed_as_ends(fact, record, claim, fits)
    source = source or _printed_in_words(fact, record)
    if source is None and _is_loose(fact, claim):
        return FigureCheck(position, None)
    if source is not None:
        draft = SlotDraft(
            slot, CheckOutcome.MATCH, fact.phrase, source[0], (fact.start, fact.end), source[1]
        )
        return FigureCheck(position, None, (draft,))
    near = [c for c in others if c.near.context >= _WEAK and not conflicts(fact, c.fact, record)]
    near = near or [c for c in others if c.near.context >= _NEAR]
    if near:
        top = near[0]
        tied = [c for c in near[1:] if top.near.total - c.near.total < 0.04]
        values = {(c.fact.figure.value, c.fact.figure.upper) for c in tied if c.fact.figure}
        own = top.fact.figure
        if own is not None and values <= {(own.value, own.upper)}:
            return FigureCheck(
                position, top.position,
                (slot_draft(slot, CheckOutcome.MISMATCH, fact, top.fact),),
                (_wrong_value(fact, top.fact, claim),),
            )  # fmt: skip
        if top.near.context >= _NEAR:
            return FigureCheck(
                position, top.position,
                (slot_draft(slot, CheckOutcome.MISMATCH, fact, top.fact),),
                (_wrong_value(fact, top.fact, claim),),
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
    """Return where a fitting sentence prints the number otherwise: ``20 and 30 h``, ``-4``."""
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
        if near and figure.kind in _LOOSE and own.total == figure.value:
            return other.phrase, (other.start, other.end)
        if dressed and near and rounds_to(abs(own.value), abs(figure.value)):
            return other.phrase, (other.start, other.end)
    return None


def _printed_in_words(fact: Fact, record: Reading) -> tuple[str, Span] | None:
    """Return where a record spells a whole number: ``Seventy-nine female workers`` for 79."""
    figure = fact.figure
    if figure is None or figure.kind not in _LOOSE or figure.value is None or figure.upper:
        return None
    for start, end, value in _spelled(record):
        if value == figure.value:
            behind = words(record.text[end : end + _NEXT_WORDS])[:3]
            if value > _SMALL or any(w.stem in fact.context for w in behind):
                return record.text[start:end], (start, end)
    return None


@lru_cache(maxsize=8)
def _spelled(record: Reading) -> tuple[tuple[int, int, Decimal], ...]:
    """Return the numbers that a record writes in words."""
    return tuple(number_words(record.text))


def _printed_as_ends(
    fact: Fact, record: Reading, claim: Reading, fits: Mapping[int, float]
) -> tuple[str, Span] | None:
    """Return where a fitting sentence has a bound of an interval as such, or both ends of a span.

    ``an upper limit of 1.9`` for ``1.2-1.9``, ``from 3 to 5`` for ``3 ± 1 to 5 ± 1``, ``between 18
    and 40`` for ``aged 18-40``.
    """
    figure = fact.figure
    if figure is None or figure.value is None or figure.kind is MentionKind.P_VALUE:
        return None
    floor = _FITTING * max(fits.values(), default=0.0)
    last: Fact | None = None
    for other in record.facts:
        own = other.figure
        if own is None or own.value is None or fits[other.sentence] < floor:
            continue
        ends = {own.value, own.upper}
        if figure.upper is None:
            found = own.upper is not None and figure.value in ends and _is_bound(fact, own, claim)
        elif own.upper is not None:
            found = {figure.value, figure.upper} == ends and figure.unit in {None, own.unit}
        else:
            beside = last is not None and last.sentence == other.sentence
            before = last.figure.value if last is not None and last.figure else None
            found = beside and before == figure.value and own.value == figure.upper
        if found:
            return other.phrase, (other.start, other.end)
        last = other
    return None


def _is_bound(fact: Fact, own: Figure, claim: Reading) -> bool:
    """Whether the words around a figure make it one end of an interval."""
    figure = fact.figure
    if figure is None or own.value is None or figure.unit not in {None, own.unit}:
        return False
    ends = {own.value, own.upper} - {figure.value}
    if any(
        f.figure is not None and f.figure.value in ends and f.clause == fact.clause
        for f in claim.facts
    ):
        return True  # "anywhere from 66 to 532 mg"
    told = claim.text[max(0, fact.start - 48) : fact.start].lower()
    if own.kind is MentionKind.INTERVAL and ("interval" in told or "95% ci" in told):
        return True
    before = claim.text[max(0, fact.start - 16) : fact.start].lower()
    bounding = figure.comparator in _BOUNDING or before.rstrip().endswith(_AS_FAR)
    return bounding or bool(_BOUNDS & set(fact.context))


def _is_loose(fact: Fact, claim: Reading) -> bool:
    """Whether a small number in words only helps the telling: ``two of them``, ``one tablet``."""
    figure = fact.figure
    if figure is None or figure.value is None or figure.value > _SMALL:
        return False
    if figure.kind not in _LOOSE and figure.unit not in _PIECES:
        return False
    following = claim.text[fact.end : fact.end + 12].lower().split()
    if following and following[0].strip(",.;:") in _OF_DESIGN:
        return False
    return not any(char.isdigit() for char in claim.text[fact.start : fact.end])


def _wrong_value(fact: Fact, other: Fact, claim: Reading) -> FaultDraft:
    return FaultDraft(
        code_of(fact, claim), slot_of(fact), "place-holds-another-value",
        Verdict.CONTRADICTED, fact.phrase, other.phrase, (fact.start, fact.end),
        (other.start, other.end),
        f"gives {other.phrase} where the claim gives {fact.phrase}",
    )  # fmt: skip
