"""A claim's directions held against the record's: rose or fell, better or worse, no difference.

Only a direction that stands in the same place (outcome, group, time) can speak for or against a
claim. If the record's nearest direction agrees, the claim's stands; if a disagreeing one stands
clearly nearer than any agreeing one, the claim is contradicted; otherwise nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.compare.anchors import anchors
from kg.compare.by_amounts import moved_otherwise
from kg.compare.by_values import by_values, valued
from kg.compare.dose_arms import told_of_other_doses
from kg.compare.draft import FaultDraft, SlotDraft, Span
from kg.compare.misplaced import is_dose_of_drug
from kg.compare.null_lists import (
    denied_after,
    denied_elsewhere,
    is_between,
    is_exception,
    is_listed,
    is_of_what_alters,
    told_of_both,
)
from kg.compare.partly import of_exceptions, part_of
from kg.compare.senses import FLIP, agrees, judged, opposes
from kg.compare.similarity import Nearness, nearness, times_meet
from kg.compare.slots import FigureCheck, told
from kg.extract.facts import ALL_TIMES
from kg.extract.groups import POOLED
from kg.extract.reading import Fact, Reading
from kg.model import CheckOutcome, Comparison, FaultCode, Part, Verdict
from kg.text.lexicon import broader, categories, find_cues

_FLOOR = 0.34
_SURE = 0.45
_NEAREST = 3
_HALF = 0.5
_NO_RESULTS = {Part.TITLE, Part.OBJECTIVE, Part.BACKGROUND, Part.METHODS, Part.KEYWORDS}
_AHEAD = 0.15
_BESIDE = 0.25
_SPOKEN = 0.3
_ALONE = 0.83
_NEXT = 3
_SEVERAL = 2
_NEARLY = 0.5
_WHO = {"=patient", "=woman", "=man", "=child", "=adult", "=arm", "=treatment", "=trial"}
_ALIKE = {"similar", "comparable", "equal", "same", "alike", "similarly", "equally"}
TOLD = {"up": "a rise", "down": "a fall", "better": "an improvement", "worse": "a worsening",
         "null": "no difference", "different": "a difference"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Candidate:
    position: int
    fact: Fact
    near: Nearness
    agrees: bool


def check_directions(
    claim: Reading,
    record: Reading,
    soft: Mapping[str, str],
    fits: Mapping[int, float],
    settled: frozenset[int] = frozenset(),
) -> list[FigureCheck]:
    """Check each direction of a claim, in text order.

    :param settled: facts of the claim that need no check
    """
    found = []
    for position, fact in enumerate(claim.facts):
        if fact.figure is None and position not in settled:
            check = _check(position, fact, claim, record, soft, fits)
            if check is None or not check.faults:
                each = (_check(position, one, claim, record, soft, fits)
                        for one in _one_by_one(fact, claim))  # fmt: skip
                check = next((c for c in each if c is not None and _opposed(c)), check)
            if check is not None:
                found.append(check)
    return found


def _one_by_one(fact: Fact, claim: Reading) -> Iterator[Fact]:
    """Yield a direction for each of several outcomes: ``A, B and C all fell``."""
    sentence = claim.sentences[fact.sentence]
    at = sentence.word_at(fact.start)
    listed = [
        c for c in sentence.concepts
        if c.last < at and sentence.layout.clause[c.first] == fact.clause
        and categories().get(c.key) == "outcome"
    ]  # fmt: skip
    if len(listed) < _SEVERAL:
        return
    follows = [*(c.first for c in listed[1:]), at]
    close = all(stop - c.last <= _NEXT for c, stop in zip(listed, follows, strict=True))
    for concept in listed if close else ():
        yield replace(fact, context={concept.key: _ALONE})


def _opposed(check: FigureCheck) -> bool:
    return any(f.rule == "direction-opposed" for f in check.faults)


def _check(
    position: int,
    fact: Fact,
    claim: Reading,
    record: Reading,
    soft: Mapping[str, str],
    fits: Mapping[int, float],
) -> FigureCheck | None:
    candidates = []
    for index, other in enumerate(record.facts):
        if other.figure is not None or _is_aim(other, record):
            continue
        near = nearness(fact, other, record, soft, fits[other.sentence])
        bears_out = agrees(fact, other) or is_exception(fact, other, claim, soft)
        candidates.append(_Candidate(index, other, near, bears_out))
    candidates = [
        c for c in candidates
        if c.near.context >= _FLOOR or is_listed(fact, c.fact, record, soft)
        or _is_same_comparison(fact, c.fact, soft)
    ]  # fmt: skip
    candidates.sort(key=lambda c: (-c.near.total, c.position))
    apart = [
        c for c in candidates
        if c.near.time < 0 or (c.near.group < 0 and not _of_all(c.fact))
    ]  # fmt: skip
    telling = [c for c in candidates if c.agrees and _says_as_much(fact, c.fact)]
    agreeing = next((c for c in telling if c not in apart), telling[0] if telling else None)
    held = anchors(claim, fact.sentence, record)
    opposing = next(
        (
            c for c in candidates
            if not c.agrees and c not in apart and opposes(fact, c.fact)
            and _is_of_it(fact, c, record, soft) and (not held or c.fact.sentence in held)
            and not (c.fact.sense == "null" and _says_alike(claim, fact))
        ),
        None,
    )  # fmt: skip
    if opposing and _tells_both(fact, opposing, claim, record):
        opposing = None
    if opposing:  # what agrees of another outcome does not count beside what opposes of this one
        named = _named_nearest(fact, soft)
        told_of_it = named in record.sentences[opposing.fact.sentence].keys
        kept = [c for c in telling if named in record.sentences[c.fact.sentence].keys]
        nearer = [c for c in telling if c.near.context > opposing.near.context]
        telling = (kept or nearer) if told_of_it else telling
        opposing = opposing if told_of_it or not kept else None
    if (
        opposing
        and _outweighs(fact, opposing, telling, record)
        and not is_of_what_alters(fact, opposing.fact, claim)
        and not denied_elsewhere(fact, record, soft)
    ):
        return _contradicted(position, fact, opposing.position, record)
    return _unopposed(position, fact, agreeing, held, claim, record, soft, fits)


def _tells_both(fact: Fact, opposing: _Candidate, claim: Reading, record: Reading) -> bool:
    """Whether claim and record each tell both ways in one sentence: ``it rose, yet no more``."""
    if "null" not in {fact.sense, opposing.fact.sense}:
        return False
    sentence = claim.sentences[fact.sentence]
    mine = {c.kind for c in find_cues(sentence.tokens) if c.start != fact.start}
    return opposing.fact.sense in mine and any(
        f.figure is None and f.sentence == opposing.fact.sentence and agrees(fact, f)
        for f in record.facts
    )


def _unopposed(
    position: int,
    fact: Fact,
    agreeing: _Candidate | None,
    held: frozenset[int],
    claim: Reading,
    record: Reading,
    soft: Mapping[str, str],
    fits: Mapping[int, float],
) -> FigureCheck | None:
    """Hold a direction that no word of the record opposes against what follows and the values."""
    denied = denied_after(fact, agreeing.fact, record) if agreeing else None
    goes_on = any(c.kind == "null" for c in claim.sentences[fact.sentence].cues)  # to deny it, too
    elsewhere = denied is not None and held and record.facts[denied].sentence not in held
    if denied is not None and not goes_on and not elsewhere:
        return _contradicted(position, fact, denied, record)
    moved = moved_otherwise(fact, claim, record, soft)
    if moved is not None:
        return valued(position, fact, moved.own, moved.other, record, bears_out=False)
    if agreeing is None or not _says_which(agreeing, fact):
        told_by_them = by_values(position, fact, record, soft, fits)
        if told_by_them is not None or agreeing is None:
            return told_by_them
    return _agreed(position, fact, agreeing, record, claim, held)


def _says_alike(claim: Reading, fact: Fact) -> bool:
    """Whether the claim itself says that it moved alike: ``fell to a similar extent``."""
    return any(
        c.kind == "null" and any(word in c.phrase.split() for word in _ALIKE)
        for c in claim.sentences[fact.sentence].cues
    )


def _is_of_it(fact: Fact, candidate: _Candidate, record: Reading, soft: Mapping[str, str]) -> bool:
    """Whether a record's direction is told of what the claim's is told of."""
    other = candidate.fact
    near = (
        candidate.near.context >= _SURE or _of_one_outcome(fact, other, record, soft)
        or _is_same_comparison(fact, other, soft) or is_listed(fact, other, record, soft)
    )  # fmt: skip
    return (
        near and not _names_another(fact, other, record, soft)
        and _shares_content(fact, other, record, soft)
    )  # fmt: skip


def _is_same_comparison(fact: Fact, other: Fact, soft: Mapping[str, str]) -> bool:
    """Whether both compare the same two sides, in what the claim names nearest."""
    sides = bool(fact.groups and fact.reference) and fact.groups == other.groups
    nearest = max(fact.context, key=lambda k: (fact.context[k], k), default="")
    told = other.context.get(soft.get(nearest, nearest), 0.0) >= _SPOKEN
    return sides and fact.reference == other.reference and told


def _named_nearest(fact: Fact, soft: Mapping[str, str]) -> str:
    """Return the outcome that a claim names nearest to its direction, in the record's terms."""
    told = {k: w for k, w in fact.context.items() if categories().get(k) == "outcome"}
    nearest = max(told, key=lambda key: (told[key], key), default="")
    least = max(_SPOKEN, _NEARLY * max(fact.context.values(), default=0.0))
    return soft.get(nearest, nearest) if told.get(nearest, 0.0) >= least else ""


def _says_which(agreeing: _Candidate, fact: Fact) -> bool:
    """Whether a direction that agrees is told of the claim's own group, or of the same sides."""
    return agreeing.near.group > 0 or not fact.groups


def _of_all(other: Fact) -> bool:
    """Whether a record tells no difference of all groups: that opposes any difference of one."""
    return other.sense == "null" and POOLED in other.groups


def _says_as_much(fact: Fact, other: Fact) -> bool:
    """Whether a direction that agrees says as much: *a difference* bears out no rise or fall."""
    compares = fact.reference or fact.comparison is Comparison.BETWEEN_GROUPS
    pooled = POOLED in other.groups and POOLED not in fact.groups
    if compares and pooled and not other.reference and other.sense != "null":
        return False  # what both groups did tells nothing of which did more
    return fact.sense == "different" or other.sense != "different"


def _outweighs(
    fact: Fact, opposing: _Candidate, agreeing: Sequence[_Candidate], record: Reading
) -> bool:
    """Whether a direction that opposes stands clearly nearer than any that says the same."""
    if fact.sense in FLIP:  # "an improvement" does not bear out a fall that is told as a rise
        agreeing = [c for c in agreeing if judged(fact, c.fact) == fact.sense]
    if not agreeing:
        return True
    # what is told of that very time counts before what is told of none or of another
    timely = [c for c in agreeing if c.near.time > 0]
    always = ALL_TIMES in fact.times and ALL_TIMES not in opposing.fact.times
    if opposing.near.time > 0 and opposing.near.context >= _SURE and (always or not timely):
        return True
    # that two groups did not differ says nothing against what each of them did
    if (
        told_of_both(opposing.fact, record)
        and opposing.fact.sense == "null"
        and not is_between(fact)
    ):
        own = [c for c in agreeing if not is_between(c.fact) and c.near.context >= _SURE]
        if own:
            return False
    beside = agreeing[0].fact.sentence == opposing.fact.sentence
    return opposing.near.total > agreeing[0].near.total + (_BESIDE if beside else _AHEAD)


def _is_aim(fact: Fact, record: Reading) -> bool:
    """Whether a record's direction is wished for, asked or planned, and so no result."""
    sentence = record.sentences[fact.sentence]
    if sentence.part in _NO_RESULTS:
        return True
    at = sentence.word_at(fact.start)
    if at and sentence.tokens[at - 1].lower == "to":
        return True
    clause = sentence.layout.clause[at]
    return any(
        c.kind in {"aim", "recommended"} and sentence.layout.clause[c.first] == clause
        for c in sentence.cues
    )


def _names_another(fact: Fact, other: Fact, record: Reading, soft: Mapping[str, str]) -> bool:
    """Whether the outcome that the claim names nearest is not in the record's sentence."""
    named = {k: w for k, w in fact.context.items() if categories().get(k) and w >= _SPOKEN}
    if not named:
        return False
    keys = record.sentences[other.sentence].keys
    kin = {wide for key in keys for wide in broader(key)} | keys
    return not any(soft.get(k, k) in kin or broader(k) & keys for k in named)


def _shares_content(fact: Fact, other: Fact, record: Reading, soft: Mapping[str, str]) -> bool:
    """Whether anything but who was studied stands near both directions."""
    own = {soft.get(k, k) for k, w in fact.context.items() if w >= _SPOKEN / 2} - _WHO
    groups = {
        c.key for s in (record.sentences[other.sentence],) for m in s.groups for c in s.concepts
        if m.start <= c.start < m.end
    }  # fmt: skip
    near = set(other.context) | record.sentences[other.sentence].heading
    return bool((own - groups) & near)


def _of_one_outcome(fact: Fact, other: Fact, record: Reading, soft: Mapping[str, str]) -> bool:
    """Whether what stands nearest to the claim's direction stands near the record's, too."""
    weights = {soft.get(k, k): w * record.weight(soft.get(k, k)) for k, w in fact.context.items()}
    nearest = sorted(weights, key=lambda key: (-weights[key], key))[:_NEAREST]
    total = sum(weights[key] for key in nearest)
    shared = sum(weights[key] for key in nearest if other.context.get(key, 0.0) >= _SPOKEN)
    return bool(total) and shared >= _HALF * total


def _contradicted(position: int, fact: Fact, index: int, record: Reading) -> FigureCheck:
    """Tell that a record's direction, given by its index, says the opposite."""
    other = record.facts[index]
    told, found = TOLD[fact.sense], TOLD[other.sense]
    spans = (fact.start, fact.end), (other.start, other.end)
    draft = SlotDraft("direction", CheckOutcome.MISMATCH, fact.phrase, other.phrase, *spans)
    reason = f"tells {found} (“{other.phrase}”) where the claim tells {told}"
    if fact.sense == other.sense or (fact.significant and other.significant is False):
        reason = f"says that it was not significant (“{other.phrase}”)"
    fault = FaultDraft(
        FaultCode.WRONG_DIRECTION, "direction", "direction-opposed", Verdict.CONTRADICTED,
        fact.phrase, other.phrase, *spans, reason,
    )  # fmt: skip
    return FigureCheck(position, index, (draft,), (fault,))


def _at_another_time(fact: Fact, other: Fact) -> bool:
    if not fact.times or not other.times or ALL_TIMES in fact.times | other.times:
        return False
    return not times_meet(fact.times, other.times)


def _prints_its_values(fact: Fact, other: Fact, claim: Reading, record: Reading) -> bool:
    """Whether the sentence of a direction prints the claim's own values for the claim's group.

    ``the increase was 145 with A and 66 with B``: B rose by 66, though the increase stands by A.
    """
    own = {
        f.figure.value for f in claim.facts
        if f.figure is not None and (f.sentence, f.clause) == (fact.sentence, fact.clause)
    }  # fmt: skip
    return any(
        f.figure is not None and f.sentence == other.sentence and f.groups == fact.groups
        and f.figure.value in own
        for f in record.facts
    )  # fmt: skip


def _of_another_time(fact: Fact, other: Fact, spans: tuple[Span, Span]) -> FaultDraft:
    """Tell that a record's direction is told of another time."""
    return FaultDraft(
        FaultCode.WRONG_TIME, "time", "direction-of-another-time",
        Verdict.MISATTRIBUTED, told(fact.times), told(other.times), *spans,
        f"tells it of {told(other.times)}, not of {told(fact.times)}",
    )  # fmt: skip


def _agreed(
    position: int,
    fact: Fact,
    best: _Candidate,
    record: Reading,
    claim: Reading,
    held: frozenset[int],
) -> FigureCheck:
    other = best.fact
    spans = (fact.start, fact.end), (other.start, other.end)
    draft = SlotDraft("direction", CheckOutcome.MATCH, fact.phrase, other.phrase, *spans)
    faults = []
    told_of_others = told_of_other_doses(fact, record)
    if told_of_others is not None and not other.groups:
        other = told_of_others
    apart = fact.groups and other.groups and not fact.groups & other.groups
    apart = apart and not is_dose_of_drug(fact, other, record)
    apart = apart and fact.sense != "null"  # no difference is told of two groups
    apart = apart and POOLED not in fact.groups | other.groups and fact.firmly and other.firmly
    apart = apart and not _prints_its_values(fact, other, claim, record)
    if apart and not fact.groups & other.reference:
        faults.append(
            FaultDraft(
                FaultCode.WRONG_GROUP, "group", "direction-of-another-group",
                Verdict.MISATTRIBUTED, record.lexicon.label(fact.groups),
                record.lexicon.label(other.groups), *spans,
                f"tells it of {record.lexicon.label(other.groups)}, "
                f"not of {record.lexicon.label(fact.groups)}",
            )
        )  # fmt: skip
    valued_by = any(f.days is None for f in claim.sentences[fact.sentence].figures)
    # its values stand in another sentence
    elsewhere = valued_by and bool(held) and other.sentence not in held
    if _at_another_time(fact, other) and not elsewhere:
        faults.append(_of_another_time(fact, other, spans))
    faults += of_exceptions(fact, other, record, claim)
    part = part_of(fact, other, record)
    if part is not None:
        faults.append(
            FaultDraft(
                FaultCode.OUTCOME_MISMATCH, "outcome", "part-told-as-whole",
                Verdict.OVERGENERALISED, fact.phrase, record.text[slice(*part)], spans[0], part,
                f"tells it of the {record.text[slice(*part)]} only",
            )
        )  # fmt: skip
    both = {fact.comparison, other.comparison}
    if both == {Comparison.WITHIN_GROUP, Comparison.BETWEEN_GROUPS}:
        faults.append(
            FaultDraft(
                FaultCode.COMPARISON_MISMATCH, "comparison", "direction-of-another-comparison",
                Verdict.MISATTRIBUTED, str(fact.comparison), str(other.comparison), *spans,
                "makes another comparison: "
                + ("a group with its own baseline" if other.comparison is Comparison.WITHIN_GROUP
                   else "groups with each other"),
            )
        )  # fmt: skip
    return FigureCheck(position, best.position, (draft,), tuple(faults))
