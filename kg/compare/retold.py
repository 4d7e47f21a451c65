"""A claim that retells a sentence of the record nearly word for word: what stands in whose place.

Where the wording is kept, the place of a word is the surest sign of its slot. The two sentences are
laid side by side, and what stands in the place of a figure, a direction, a denial or a group is
held against it by type and value, never by spelling: ``2 percent`` in the place of ``2%`` is the
same, ``5%`` is another value. A freely worded claim has no such places; nothing is said of it here.

>>> from kg.compare.beside import beside
>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Mean pain fell by 2 points in the drug arm at week 6 (p = .02).")
>>> text = "Mean pain fell by 3 points in the drug arm at week 6 (p = .02)."
>>> claim = read_claim(text, 0, len(text), record)
>>> (told,) = retold(claim, record, [beside(claim.sentences[0], record, [0])])
>>> [(f.code.value, f.claimed, f.found) for check in told.checks for f in check.faults]
[('wrong_value', '3 points', '2 points')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.compare.beside import Beside
from kg.compare.directions import TOLD
from kg.compare.draft import FaultDraft, SlotDraft, Span
from kg.compare.misplaced import conflicts, misplaced
from kg.compare.slots import SLOT, FigureCheck, code_of, named, slot_matches
from kg.compare.values import rounds_to, same_kind, same_value
from kg.extract.groups import POOLED
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import CheckOutcome, FaultCode, MentionKind, Verdict
from kg.text.lexicon import Cue
from kg.text.tokens import Word

_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)[a-z]{0,8}")
_DENIALS = {
    "not", "no", "never", "without", "neither", "nor", "failed", "none", "cannot", "nonsignificant",
    "insignificant",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Retold:
    """What came of laying a claim beside a sentence.

    :param checks: one for each fact of the claim that has its place in the sentence
    :param faults: of words that are no fact: a denial put in or left out, a group, a bare number
    """

    sentence: int
    checks: tuple[FigureCheck, ...]
    faults: tuple[FaultDraft, ...]

    @property
    def settled(self) -> frozenset[int]:
        """The facts of the claim that need no other check."""
        return frozenset(check.fact for check in self.checks)


def retold(claim: Reading, record: Reading, laid: Sequence[Beside]) -> tuple[Retold, ...]:
    """Hold each sentence of a claim against the record's sentence that it is laid beside.

    :param laid: the claim's sentences whose wording is kept
    """
    found = []
    for beside in (pair for pair in laid if pair.kept):
        checks = tuple(_checks(claim, record, beside))
        faulty = [f.claim_span for c in checks for f in c.faults]
        faults = [
            *_turns(claim, record, beside), *_denials(claim, record, beside),
            *_numbers(claim, record, beside, checks),
            *(_groups(claim, record, beside) if beside.whole_but_for_brackets else ()),
        ]  # fmt: skip
        fresh = tuple(f for f in faults if not _overlaps(f.claim_span, faulty))
        exchanged = _exchanged(checks, claim, record)
        found.append(Retold(beside.theirs.index, exchanged, fresh))
    return tuple(found)


def _overlaps(span: Span | None, others: Sequence[Span | None]) -> bool:
    return span is not None and any(o and o[0] < span[1] and span[0] < o[1] for o in others)


def _checks(claim: Reading, record: Reading, beside: Beside) -> Iterator[FigureCheck]:
    theirs = [(i, f) for i, f in enumerate(record.facts) if f.sentence == beside.theirs.index]
    for position, fact in enumerate(claim.facts):
        if fact.sentence != beside.mine.index:
            continue
        place = beside.place(beside.mine.word_at(fact.start))
        if place is None:
            continue
        for index, other in theirs:
            at = beside.theirs.word_at(other.start)
            if place[0] <= at < place[1] and (fact.figure is None) == (other.figure is None):
                check = _held(position, fact, index, other, claim, record)
                if check is None:
                    continue
                # of a claim that picks from a list only what the list nowhere tells is said here
                elsewhere = _elsewhere(fact, [o for _, o in theirs])
                if beside.whole or (check.faults and not elsewhere):
                    yield check
                break


def _elsewhere(fact: Fact, others: Sequence[Fact]) -> bool:
    """Whether the sentence prints the claimed figure, or tells the claimed direction, anywhere."""
    if fact.figure is None:
        return any(o.figure is None and o.sense == fact.sense for o in others)
    return any(
        o.figure is not None and same_kind(fact.figure, o.figure)
        and same_value(fact.figure, o.figure)
        for o in others
    )  # fmt: skip


def _held(
    position: int, fact: Fact, index: int, other: Fact, claim: Reading, record: Reading
) -> FigureCheck | None:
    spans = (fact.start, fact.end), (other.start, other.end)
    slot = SLOT[fact.figure.kind] if fact.figure else "direction"
    match = SlotDraft(slot, CheckOutcome.MATCH, fact.phrase, other.phrase, *spans)
    if fact.figure is None or other.figure is None:
        if fact.sense == other.sense:
            return FigureCheck(position, index, (match, *slot_matches(fact, other, record)))
        return _turned(position, fact, index, other)
    if not same_kind(fact.figure, other.figure):
        return None
    if same_value(fact.figure, other.figure):
        return FigureCheck(position, index, (match, *slot_matches(fact, other, record)))
    draft = SlotDraft(slot, CheckOutcome.MISMATCH, fact.phrase, other.phrase, *spans)
    rival = _of_another(fact, other, record)
    if rival is not None:
        return FigureCheck(position, index, (draft,), (rival,))
    fault = FaultDraft(
        code_of(fact, claim), slot, "another-value-in-its-place",
        Verdict.CONTRADICTED, fact.phrase, other.phrase, *spans,
        f"gives {other.phrase} where the claim gives {fact.phrase}",
    )  # fmt: skip
    return FigureCheck(position, index, (draft,), (fault,))


def _of_another(fact: Fact, other: Fact, record: Reading) -> FaultDraft | None:
    """Return the fault of a value that a sentence like this one gives of another group or time."""
    own = record.sentences[other.sentence].keys
    for rival in record.facts:
        if rival.sentence == other.sentence or fact.figure is None or rival.figure is None:
            continue
        same = same_kind(fact.figure, rival.figure) and same_value(fact.figure, rival.figure)
        shared = len(own & record.sentences[rival.sentence].keys)
        if not same or shared < _ALIKE * len(own):
            continue
        if conflicts(fact, rival, record):
            return misplaced(fact, rival, (), record)
        if _of_two_arms(fact, other, rival):
            mine, theirs = named(other.groups, other, record), named(rival.groups, rival, record)
            return FaultDraft(
                FaultCode.WRONG_GROUP, "group", "value-of-another-group", Verdict.MISATTRIBUTED,
                mine, theirs, (fact.start, fact.end), (rival.start, rival.end),
                f"gives {rival.phrase} for {theirs}, not for {mine}; for {mine} it gives "
                f"{other.phrase}",
            )  # fmt: skip
    return None


def _of_two_arms(fact: Fact, other: Fact, rival: Fact) -> bool:
    """Whether two sentences tell the same of two arms, and the claim's arm is the first."""
    apart = bool(other.groups and rival.groups) and not other.groups & rival.groups
    return apart and bool(fact.groups & other.groups) and rival.firmly and other.firmly


_ALIKE = 0.7  # of the words of one sentence, in another that tells the same of a second arm
_SENSES = {"up", "down", "better", "worse", "null", "different"}
_OPPOSED = {
    frozenset(pair) for pair in (
        ("up", "down"), ("better", "worse"), ("null", "up"), ("null", "down"), ("null", "better"),
        ("null", "worse"), ("null", "different"),
    )
}  # fmt: skip


def _turned(position: int, fact: Fact, index: int, other: Fact) -> FigureCheck | None:
    if frozenset({fact.sense, other.sense}) not in _OPPOSED:
        return None
    spans = (fact.start, fact.end), (other.start, other.end)
    draft = SlotDraft("direction", CheckOutcome.MISMATCH, fact.phrase, other.phrase, *spans)
    fault = FaultDraft(
        FaultCode.WRONG_DIRECTION, "direction", "another-direction-in-its-place",
        Verdict.CONTRADICTED, fact.phrase, other.phrase, *spans,
        f"tells {TOLD[other.sense]} (“{other.phrase}”) where the claim tells {TOLD[fact.sense]}",
    )  # fmt: skip
    return FigureCheck(position, index, (draft,), (fault,))


def _exchanged(
    checks: Sequence[FigureCheck], claim: Reading, record: Reading
) -> tuple[FigureCheck, ...]:
    """Call two values that stand in each other's places what they are: exchanged."""
    wrong = {c.fact: c for c in checks if c.faults and claim.facts[c.fact].figure is not None}
    swaps: set[int] = set()
    for one in wrong.values():
        for two in wrong.values():
            mine, theirs = claim.facts[one.fact].figure, record.facts[two.matched or 0].figure
            if one is not two and mine and theirs and same_kind(mine, theirs):
                swaps |= {one.fact} if same_value(mine, theirs) else set()
    return tuple(_as_exchanged(c) if c.fact in swaps and len(swaps) > 1 else c for c in checks)


def _as_exchanged(check: FigureCheck) -> FigureCheck:
    (fault,) = check.faults
    code = fault.code if fault.code is FaultCode.WRONG_TIME else FaultCode.WRONG_GROUP
    exchanged = FaultDraft(
        code, "group", "values-exchanged", Verdict.CONTRADICTED, fault.claimed, fault.found,
        fault.claim_span, fault.record_span, fault.reason,
    )  # fmt: skip
    return FigureCheck(check.fact, check.matched, check.checks, (exchanged,))


def _turns(claim: Reading, record: Reading, beside: Beside) -> Iterator[FaultDraft]:
    """Yield a word of direction in the place of its opposite: *smaller* for *greater*."""
    for i1, i2, j1, j2 in beside.swapped:
        mine = _cues(beside.mine, i1, i2)
        theirs = _cues(beside.theirs, j1, j2)
        kinds, others = {c.kind for c in mine}, {c.kind for c in theirs}
        opposed = any(frozenset({a, b}) in _OPPOSED for a in kinds for b in others)
        if not opposed or kinds & others & _SENSES:
            continue
        one, two = mine[0], theirs[0]
        yield FaultDraft(
            FaultCode.WRONG_DIRECTION, "direction", "another-direction-in-its-place",
            Verdict.CONTRADICTED, one.phrase, two.phrase, (one.start, one.end),
            (two.start, two.end), f"says “{two.phrase}” where the claim says “{one.phrase}”",
        )  # fmt: skip


def _cues(sentence: Sentence, first: int, stop: int) -> list[Cue]:
    return [
        c for c in sentence.cues
        if c.kind in _SENSES and c.first < stop and first <= c.last and sentence.start <= c.start
    ]  # fmt: skip


def _denials(claim: Reading, record: Reading, beside: Beside) -> Iterator[FaultDraft]:
    """Yield a denial that the claim puts in or leaves out."""
    for i1, i2, j1, j2 in beside.swapped:
        mine = [w for w in beside.mine.tokens[i1:i2] if w.lower in _DENIALS]
        theirs = [w for w in beside.theirs.tokens[j1:j2] if w.lower in _DENIALS]
        at = beside.mine.tokens[min(i1, len(beside.mine.tokens) - 1)].start
        outside = not beside.mine.start <= at < beside.mine.end
        if outside or bool(mine) == bool(theirs) or _means_the_same(beside, i1, i2, j1, j2):
            continue
        spans = _spans(beside, i1, i2, j1, j2)
        said = " ".join(claim.text[slice(*spans[0])].split())
        found = " ".join(record.text[slice(*spans[1])].split())
        yield FaultDraft(
            FaultCode.WRONG_DIRECTION, "polarity", "denial-put-in-or-left-out",
            Verdict.CONTRADICTED, said, found, *spans,
            f"says “{found}” where the claim says “{said}”",
        )  # fmt: skip


def _means_the_same(beside: Beside, i1: int, i2: int, j1: int, j2: int) -> bool:
    """Whether both stretches tell one direction: ``did not differ``, ``was similar``."""
    mine, theirs = beside.mine.tokens, beside.theirs.tokens
    one = {
        c.kind for c in beside.mine.cues
        if i1 < i2 and mine[i1].start <= c.start < mine[i2 - 1].end
    }  # fmt: skip
    two = {
        c.kind for c in beside.theirs.cues
        if j1 < j2 and theirs[j1].start <= c.start < theirs[j2 - 1].end
    }  # fmt: skip
    return "null" in one and "null" in two


def _spans(
    beside: Beside, i1: int, i2: int, j1: int, j2: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return both stretches, each with a word to its sides where it is empty."""
    return _span(beside.mine, i1, i2), _span(beside.theirs, j1, j2)


def _span(sentence: Sentence, first: int, stop: int) -> tuple[int, int]:
    if first == stop:
        first, stop = max(0, first - 1), min(len(sentence.tokens), stop + 1)
    return sentence.tokens[first].start, sentence.tokens[stop - 1].end


def _numbers(
    claim: Reading, record: Reading, beside: Beside, checks: Sequence[FigureCheck]
) -> Iterator[FaultDraft]:
    """Yield a number in the place of another, whatever it counts: a degree of freedom, a label."""
    printed = {_number(record.text, w) for w in beside.theirs.tokens}
    pairs = [*beside.same.items()]
    pairs += [(i1, j1) for i1, i2, j1, j2 in beside.swapped if i2 - i1 == 1 and j2 - j1 == 1]
    for i, j in pairs:
        mine, theirs = beside.mine.tokens[i], beside.theirs.tokens[j]
        inside = beside.mine.start <= mine.start < beside.mine.end
        number = _number(claim.text, mine)
        if not inside or not _differ(number, _number(record.text, theirs)):
            continue
        held = any(f.start <= mine.start < f.end for f in beside.mine.figures)
        if not beside.whole and (held or number in printed):
            continue
        if not _is_settled(mine, number, claim, record, checks) and _of_one_kind(
            mine, theirs, beside
        ):
            yield FaultDraft(
                FaultCode.WRONG_VALUE, "number", "another-number-in-its-place",
                Verdict.CONTRADICTED, claim.text[mine.start : mine.end],
                record.text[theirs.start : theirs.end], (mine.start, mine.end),
                (theirs.start, theirs.end),
                f"prints {record.text[theirs.start : theirs.end]} where the claim prints "
                f"{claim.text[mine.start : mine.end]}",
            )  # fmt: skip


def _is_settled(
    word: Word,
    number: Decimal | None,
    claim: Reading,
    record: Reading,
    checks: Sequence[FigureCheck],
) -> bool:
    """Whether a number was held against the record's by value: a p's bound, a time's other unit."""
    for check in checks:
        figure = claim.facts[check.fact].figure
        if figure is None or not figure.start <= word.start < figure.end or check.matched is None:
            continue
        other = record.facts[check.matched].figure
        told_otherwise = other is not None and other.unit != figure.unit
        if figure.kind is MentionKind.P_VALUE or told_otherwise:
            return number == figure.value
    return False


def _of_one_kind(mine: Word, theirs: Word, beside: Beside) -> bool:
    """Whether both numbers belong to figures of one kind, or to none."""
    one = [f.kind for f in beside.mine.figures if f.start <= mine.start < f.end]
    two = [f.kind for f in beside.theirs.figures if f.start <= theirs.start < f.end]
    return not one or not two or bool(set(one) & set(two))


def _differ(claimed: Decimal | None, reported: Decimal | None) -> bool:
    """Whether both are numbers, and the claim's neither the record's nor a rounding of it."""
    return claimed is not None and reported is not None and not rounds_to(reported, claimed)


def _number(text: str, word: Word) -> Decimal | None:
    """Return what a word that begins with a digit counts, the point before it included: ``.05``."""
    match = _NUMBER.fullmatch(word.lower)
    if match is None:
        return None
    pointed = text[word.start - 1 : word.start] == "." and not text[word.start - 2].isdigit()
    digits = match.group(1).replace(",", "")
    return Decimal(f"0.{digits}" if pointed and "." not in digits else digits)


def _groups(claim: Reading, record: Reading, beside: Beside) -> Iterator[FaultDraft]:
    """Yield a group in the place of another."""
    facts = [f for f in claim.facts if f.sentence == beside.mine.index]
    if not facts:
        return
    for mine in beside.mine.groups:
        word = beside.mine.word_at(mine.start)
        place = beside.place(word)
        if place is None or word in beside.same or POOLED in mine.keys:
            continue
        for theirs in beside.theirs.groups:
            at = beside.theirs.word_at(theirs.start)
            apart = not mine.keys & theirs.keys and POOLED not in theirs.keys
            if place[0] <= at < place[1] and apart:
                yield FaultDraft(
                    FaultCode.WRONG_GROUP, "group", "another-group-in-its-place",
                    Verdict.MISATTRIBUTED, claim.text[mine.start : mine.end],
                    record.text[theirs.start : theirs.end], (mine.start, mine.end),
                    (theirs.start, theirs.end),
                    f"tells it of {record.text[theirs.start : theirs.end]}, "
                    f"not of {claim.text[mine.start : mine.end]}",
                )  # fmt: skip
