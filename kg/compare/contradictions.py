"""What a document says against itself: two statements of an answer, two passages of a record.

Three kinds of rules find them. *Opposed results*: the same outcome, the same or a pooled group and
no other time, told as moving in two directions, or of one arm as not moving at all. *Denied and
counted*: an event that one passage says nobody had, and another counts. *Arithmetic*: two figures
of one sentence that cannot both be right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from kg.compare.arithmetic import impossible
from kg.compare.events import denied_and_counted
from kg.extract.frames import Frames
from kg.extract.reading import Reading
from kg.extract.record import Reported
from kg.model import (
    ClaimedResult,
    ConflictKind,
    Contradiction,
    Direction,
    Document,
    Dossier,
    Group,
    GroupKind,
    Passage,
    ReportedResult,
    ResultSlots,
    Source,
)
from kg.terms import node_id

_OPPOSED = {
    frozenset({Direction.INCREASE, Direction.DECREASE}),
    frozenset({Direction.IMPROVEMENT, Direction.WORSENING}),
}
_MOVED = {Direction.INCREASE, Direction.DECREASE, Direction.IMPROVEMENT, Direction.WORSENING}
_TOLD = {
    Direction.INCREASE: "a rise", Direction.DECREASE: "a fall", Direction.WORSENING: "a worsening",
    Direction.IMPROVEMENT: "an improvement", Direction.NO_DIFFERENCE: "no difference",
    Direction.DIFFERENCE: "a difference",
}  # fmt: skip


def within_record(record: Reported) -> Dossier:
    """Return where a record's passages disagree, as contradictions between passages."""
    document = record.dossier.documents[0]
    found = list(_opposed(record.dossier.reported_results, record.dossier.groups))
    ends = [(a.stated_in, b.stated_in, slot, rule, told) for a, b, slot, rule, told in found]
    passages: list[Passage] = []
    for one, two, told in denied_and_counted(record.reading):
        both = [document.passage(s.start, s.end, s.part) for s in (one, two)]
        passages += both
        ends.append((both[0].id, both[1].id, "count", "denied-and-counted", told))
    sums, cut = _sums(ConflictKind.WITHIN_RECORD, document, record.reading)
    made = tuple(_made(ConflictKind.WITHIN_RECORD, *end) for end in ends)
    return Dossier(passages=(*passages, *cut), contradictions=(*made, *sums)).normalised()


def within_answer(answer: Source, said: Dossier, reading: Reading) -> Dossier:
    """Return where an answer's statements disagree, as contradictions between statements.

    :param reading: the answer read in its own terms, its citation markers blanked
    """
    frames = Frames(answer.document, reading)
    passages = {p.id: p for p in said.passages}
    places = sorted(
        (passages[s.passage].start, passages[s.passage].end, s.id)
        for s in said.statements
        if s.document == answer.document.id
    )
    results = [
        result
        for sentence in reading.sentences
        if _at(places, sentence.start)
        for result in frames.results(
            ClaimedResult,
            [i for i, f in enumerate(reading.facts) if f.sentence == sentence.index],
        )
    ]
    spans = {p.id: p for p in frames.passages.values()}
    ends = []
    for a, b, slot, rule, told in _opposed(results, tuple(frames.groups.values())):
        one, two = _at(places, spans[a.stated_in].start), _at(places, spans[b.stated_in].start)
        ends.append((one, two, slot, rule, told))
    for first, second, told in denied_and_counted(reading):
        one, two = _at(places, first.start), _at(places, second.start)
        ends.append((one, two, "count", "denied-and-counted", told))
    made = [
        _made(ConflictKind.WITHIN_ANSWER, *end)
        for end in ends
        if end[0] and end[1] and end[0] != end[1]
    ]
    sums, cut = _sums(ConflictKind.WITHIN_ANSWER, answer.document, reading)
    return Dossier(passages=tuple(cut), contradictions=(*made, *sums)).normalised()


def _sums(
    kind: ConflictKind, document: Document, reading: Reading
) -> tuple[list[Contradiction], list[Passage]]:
    """Return figures of a document that do not add up, as contradictions between their passages."""
    made: list[Contradiction] = []
    passages: list[Passage] = []
    for odd in impossible(reading):
        one, two = (document.passage(start, end) for start, end in (odd.first, odd.second))
        passages += [one, two]
        told = f"Two figures do not add up: {odd.told}."
        made.append(_made(kind, one.id, two.id, "value", odd.rule, told))
    return made, passages


def _at(places: Sequence[tuple[int, int, str]], offset: int) -> str:
    return next((key for start, end, key in places if start <= offset < end), "")


def _made(kind: ConflictKind, one: str, two: str, slot: str, rule: str, told: str) -> Contradiction:
    between = tuple(sorted((one, two)))
    return Contradiction(
        node_id("contradiction", kind.value, *between, slot), kind, between, slot, rule, told
    )


def _opposed(
    results: Sequence[ClaimedResult | ReportedResult | ResultSlots], groups: Sequence[Group]
) -> Iterator[tuple[ResultSlots, ResultSlots, str, str, str]]:
    """Yield results of one outcome that cannot both be so."""
    known = {g.id: g for g in groups}
    by_outcome: dict[str, list[ResultSlots]] = {}
    for result in sorted(results, key=lambda r: r.id):
        if result.outcome and result.direction and not result.comparator_group:
            by_outcome.setdefault(result.outcome, []).append(result)
    seen: set[frozenset[str]] = set()
    for own in by_outcome.values():
        for one, two in combinations(own, 2):
            pair = frozenset({one.stated_in, two.stated_in})
            if len(pair) == 1 or pair in seen or not _disagree(one, two, known):
                continue
            seen.add(pair)
            directions = [_TOLD[d] for r in (one, two) if (d := r.direction)]
            told = (
                f"One passage tells {directions[0]} of {_group(one, known)}, the other "
                f"{directions[1]} of {_group(two, known)}."
            )
            yield one, two, "direction", "opposed-results", told


def _disagree(one: ResultSlots, two: ResultSlots, known: dict[str, Group]) -> bool:
    if one.time_point and two.time_point and one.time_point != two.time_point:
        return False
    first, second = one.direction, two.direction
    null = Direction.NO_DIFFERENCE
    if frozenset({first, second}) in _OPPOSED:
        return one.group is not None and one.group == two.group
    if null not in {first, second} or not {first, second} & _MOVED:
        return False
    moved, still = (one, two) if second is null else (two, one)
    if moved.comparison and still.comparison and moved.comparison is not still.comparison:
        return False
    group = known.get(moved.group or "")
    pooled = group is not None and group.kind is GroupKind.POOLED
    of_each = pooled and still.group is not None and still.group != moved.group
    return of_each or (moved.group is not None and moved.group == still.group)


def _group(result: ResultSlots, known: dict[str, Group]) -> str:
    group = known.get(result.group or "")
    return f"“{group.label}”" if group else "everyone"
