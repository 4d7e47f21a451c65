"""A claim that retells a sentence of the record nearly word for word: what stands in whose place.

Where the wording is kept, the place of a word is the surest sign of its slot. The two sentences are
laid side by side, and what stands in the place of a figure, a direction, a denial or a group is
held against it by type and value, never by spelling: ``2 percent`` in the place of ``2%`` is the
same, ``5%`` is another value. A freely worded claim has no such places; nothing is said of it here.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Mean pain fell by 2 points in the drug arm at week 6 (p = .02).")
>>> text = "Mean pain fell by 3 points in the drug arm at week 6 (p = .02)."
>>> told = retold(read_claim(text, 0, len(text), record), record, [0])
>>> [(f.code.value, f.claimed, f.found) for check in told.checks for f in check.faults]
[('wrong_value', '3 points', '2 points')]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.compare.draft import FaultDraft, SlotDraft
from kg.compare.figures import CODE, SLOT, FigureCheck, slot_matches
from kg.compare.values import same_kind, same_value
from kg.extract.groups import POOLED
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import CheckOutcome, FaultCode, Verdict

_KEPT = 0.78
_FEWEST = 6
_LONGEST = 4
_TRIED = 3
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


@dataclass(frozen=True, slots=True)
class _Beside:
    """A claim's sentence beside a record's: which word stands in the place of which."""

    mine: Sentence
    theirs: Sentence
    same: Mapping[int, int]
    swapped: tuple[tuple[int, int, int, int], ...]


def retold(claim: Reading, record: Reading, ranked: Sequence[int]) -> Retold | None:
    """Lay a claim beside the sentences that fit it best; None if its wording is not kept.

    :param ranked: the record's sentences, the best first
    """
    own = [s for s in claim.sentences if s.start < s.end]
    beside = next((b for s in own[:1] if (b := _beside(s, record, ranked)) is not None), None)
    if beside is None or len(own) != 1:
        return None
    checks = tuple(_checks(claim, record, beside))
    settled = {check.fact for check in checks}
    faults = [*_denials(claim, record, beside), *_numbers(claim, record, beside, settled)]
    faults += _groups(claim, record, beside)
    return Retold(beside.theirs.index, _exchanged(checks, claim, record), tuple(faults))


def _beside(mine: Sentence, record: Reading, ranked: Sequence[int]) -> _Beside | None:
    words = [w.lower for w in mine.tokens if mine.start <= w.start < mine.end]
    offset = next((i for i, w in enumerate(mine.tokens) if w.start >= mine.start), 0)
    if len(words) < _FEWEST:
        return None
    best: tuple[float, SequenceMatcher[str], Sentence] | None = None
    matcher = SequenceMatcher(None, "", words, autojunk=False)
    for index in ranked[:_TRIED]:
        theirs = record.sentences[index]
        matcher.set_seq1([w.lower for w in theirs.tokens])
        share = sum(block.size for block in matcher.get_matching_blocks()) / len(words)
        if share >= _KEPT and (best is None or share > best[0]):
            own = SequenceMatcher(None, [w.lower for w in theirs.tokens], words, autojunk=False)
            best = share, own, theirs
    if best is None:
        return None
    same: dict[int, int] = {}
    swapped: list[tuple[int, int, int, int]] = []
    for kind, j1, j2, i1, i2 in best[1].get_opcodes():
        if kind == "equal":
            same |= {offset + i1 + k: j1 + k for k in range(i2 - i1)}
        elif max(j2 - j1, i2 - i1) <= _LONGEST:
            swapped.append((offset + i1, offset + i2, j1, j2))
    return _Beside(mine, best[2], same, tuple(swapped))


def _checks(claim: Reading, record: Reading, beside: _Beside) -> Iterator[FigureCheck]:
    theirs = [(i, f) for i, f in enumerate(record.facts) if f.sentence == beside.theirs.index]
    for position, fact in enumerate(claim.facts):
        if fact.sentence != beside.mine.index:
            continue
        place = _place(beside.mine.word_at(fact.start), beside)
        if place is None:
            continue
        for index, other in theirs:
            at = beside.theirs.word_at(other.start)
            if place[0] <= at < place[1] and (fact.figure is None) == (other.figure is None):
                check = _held(position, fact, index, other, record)
                if check is not None:
                    yield check
                    break


def _place(word: int, beside: _Beside) -> tuple[int, int] | None:
    """Return the record's words that stand where a word of the claim stands."""
    if word in beside.same:
        return beside.same[word], beside.same[word] + 1
    for i1, i2, j1, j2 in beside.swapped:
        if i1 <= word < i2 and j2 > j1:
            return j1, j2
    return None


def _held(
    position: int, fact: Fact, index: int, other: Fact, record: Reading
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
    fault = FaultDraft(
        CODE.get(fact.figure.kind, FaultCode.WRONG_VALUE), slot, "another-value-in-its-place",
        Verdict.CONTRADICTED, fact.phrase, other.phrase, *spans,
        f"gives {other.phrase} where the claim gives {fact.phrase}",
    )  # fmt: skip
    return FigureCheck(position, index, (draft,), (fault,))


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
        f"says “{other.phrase}” where the claim says “{fact.phrase}”",
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


def _denials(claim: Reading, record: Reading, beside: _Beside) -> Iterator[FaultDraft]:
    """Yield a denial that the claim puts in or leaves out."""
    for i1, i2, j1, j2 in beside.swapped:
        mine = [w for w in beside.mine.tokens[i1:i2] if w.lower in _DENIALS]
        theirs = [w for w in beside.theirs.tokens[j1:j2] if w.lower in _DENIALS]
        if bool(mine) == bool(theirs) or _means_the_same(beside, i1, i2, j1, j2):
            continue
        spans = _spans(beside, i1, i2, j1, j2)
        said = " ".join(claim.text[slice(*spans[0])].split())
        found = " ".join(record.text[slice(*spans[1])].split())
        yield FaultDraft(
            FaultCode.WRONG_DIRECTION, "polarity", "denial-put-in-or-left-out",
            Verdict.CONTRADICTED, said, found, *spans,
            f"says “{found}” where the claim says “{said}”",
        )  # fmt: skip


def _means_the_same(beside: _Beside, i1: int, i2: int, j1: int, j2: int) -> bool:
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
    beside: _Beside, i1: int, i2: int, j1: int, j2: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return both stretches, each with a word to its sides where it is empty."""
    return _span(beside.mine, i1, i2), _span(beside.theirs, j1, j2)


def _span(sentence: Sentence, first: int, stop: int) -> tuple[int, int]:
    if first == stop:
        first, stop = max(0, first - 1), min(len(sentence.tokens), stop + 1)
    return sentence.tokens[first].start, sentence.tokens[stop - 1].end


def _numbers(
    claim: Reading, record: Reading, beside: _Beside, settled: set[int]
) -> Iterator[FaultDraft]:
    """Yield a bare number (a code, a label) in the place of another."""
    told = [claim.facts[i] for i in settled]
    for i1, i2, j1, j2 in beside.swapped:
        if i2 - i1 != 1 or j2 - j1 != 1:
            continue
        mine, theirs = beside.mine.tokens[i1], beside.theirs.tokens[j1]
        both = mine.lower[:1].isdigit() and theirs.lower[:1].isdigit()
        known = any(f.start <= mine.start < f.end for f in told)
        if both and not known and _digits(mine.lower) != _digits(theirs.lower):
            yield FaultDraft(
                FaultCode.WRONG_VALUE, "number", "another-number-in-its-place",
                Verdict.CONTRADICTED, claim.text[mine.start : mine.end],
                record.text[theirs.start : theirs.end], (mine.start, mine.end),
                (theirs.start, theirs.end),
                f"prints {record.text[theirs.start : theirs.end]} where the claim prints "
                f"{claim.text[mine.start : mine.end]}",
            )  # fmt: skip


def _digits(word: str) -> str:
    return word.replace(",", "").lstrip("0").rstrip(".") or "0"


def _groups(claim: Reading, record: Reading, beside: _Beside) -> Iterator[FaultDraft]:
    """Yield a group in the place of another."""
    facts = [f for f in claim.facts if f.sentence == beside.mine.index]
    if not facts:
        return
    for mine in beside.mine.groups:
        word = beside.mine.word_at(mine.start)
        place = _place(word, beside)
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
