"""Two audits compared: what got worse, better, new and gone, with the slots that changed.

Statements of one answer are met by where they stand. Where the answer changed they are met by their
words and their order, so that one that was reworded is met between its neighbours; two audits that
share no words, by short id. Each side is the object of ``kg audit --json``.

>>> one = {"statements": [{"id": "s001", "sha256": "a", "answer": "x", "start": 0, "end": 9,
...        "verdict": "supported", "claims": [], "citations": []}]}
>>> two = {"statements": [one["statements"][0] | {"verdict": "contradicted"}]}
>>> [(c.kind.value, c.before, c.after) for c in compare(one, two).changes]
[('worse', 'supported', 'contradicted')]
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kg.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    View = Mapping[str, Any]

# From what one would act on to what one may rely on; equals are neither better nor worse.
_RANK: dict[str | None, int] = {
    Verdict.CONTRADICTED: 0,
    Verdict.MISATTRIBUTED: 0,
    Verdict.OUTDATED: 1,
    Verdict.OVERGENERALISED: 2,
    Verdict.NOT_FOUND: 2,
    Verdict.UNRESOLVABLE_REFERENCE: 3,
    Verdict.UNCITED: 3,
    Verdict.SOURCE_UNAVAILABLE: 3,
    Verdict.PARTIALLY_SUPPORTED: 4,
    None: 5,
    Verdict.NOT_CHECKABLE: 5,
    Verdict.SUPPORTED: 6,
}


class ChangeKind(StrEnum):
    """How a statement changed, the worst first."""

    WORSE = "worse"
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    BETTER = "better"


_ORDER = {kind: rank for rank, kind in enumerate(ChangeKind)}


@dataclass(frozen=True, slots=True)
class SlotChange:
    """A fault that stands on one side alone.

    :param claim: short id of the claim, or of the statement for a fault of its citation
    """

    claim: str
    code: str
    slot: str
    claimed: str | None
    found: str | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that differs; ``before`` and ``after`` are its verdicts."""

    kind: ChangeKind
    statement_before: str | None
    statement_after: str | None
    before: str | None
    after: str | None
    slots: tuple[SlotChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed, the worst first, and how many statements did not."""

    changes: tuple[Change, ...]
    unchanged: int

    @property
    def worse(self) -> bool:
        """Whether anything got worse; a new statement with an error counts."""
        return any(
            change.kind is ChangeKind.WORSE
            or (change.kind is ChangeKind.NEW and _RANK.get(change.after, 0) == 0)
            for change in self.changes
        )

    def to_dict(self) -> dict[str, Any]:
        """Return what ``kg diff --json`` writes."""
        counts = {kind.value: 0 for kind in ChangeKind}
        for change in self.changes:
            counts[change.kind.value] += 1
        return {
            "summary": counts | {"unchanged": self.unchanged},
            "changes": [asdict(change) for change in self.changes],
        }


def compare(before: View, after: View) -> Diff:
    """Compare two audits.

    :param before: the object of an audit; ``after`` is the later one
    """
    pairs, gone, new = _met(before["statements"], after["statements"])
    changes = [change for pair in pairs if (change := _change(*pair))]
    changes += [Change(ChangeKind.GONE, s["id"], None, s["verdict"], None) for s in gone]
    changes += [
        Change(ChangeKind.NEW, None, s["id"], None, s["verdict"], tuple(_slots(_faults(s), True)))
        for s in new
    ]
    changes.sort(key=lambda c: (_ORDER[c.kind], c.statement_after or c.statement_before or ""))
    unchanged = len(pairs) - sum(c.kind not in {ChangeKind.NEW, ChangeKind.GONE} for c in changes)
    return Diff(tuple(changes), unchanged)


def _met(
    before: Sequence[View], after: Sequence[View]
) -> tuple[list[tuple[View, View]], list[View], list[View]]:
    """Pair the statements of two audits; return also those of each side that are left."""
    pairs = _by(_place, before, after)
    pairs += _by_words(*_left(before, after, pairs))
    pairs += _by(_words, *_left(before, after, pairs))
    if not pairs:
        pairs = _by(_named, before, after)
    return pairs, *_left(before, after, pairs)


def _left(
    before: Sequence[View], after: Sequence[View], pairs: Sequence[tuple[View, View]]
) -> tuple[list[View], list[View]]:
    met = {id(one) for pair in pairs for one in pair}
    return [s for s in before if id(s) not in met], [s for s in after if id(s) not in met]


def _by(
    key: Callable[[View], object], before: Sequence[View], after: Sequence[View]
) -> list[tuple[View, View]]:
    """Pair statements of one key, in their order."""
    waiting: defaultdict[object, list[View]] = defaultdict(list)
    for statement in after:
        waiting[key(statement)].append(statement)
    return [(one, waiting[key(one)].pop(0)) for one in before if waiting.get(key(one))]


def _by_words(before: Sequence[View], after: Sequence[View]) -> list[tuple[View, View]]:
    """Pair what stands in the same order; what was reworded stands between the same neighbours."""
    one, two = [_words(s) for s in before], [_words(s) for s in after]
    pairs: list[tuple[View, View]] = []
    if not set(one) & set(two):
        return pairs
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            pairs += zip(before[a:b], after[c:d], strict=True)
    return pairs


def _place(statement: View) -> object:
    return statement["answer"], statement["start"], statement["end"]


def _words(statement: View) -> str:
    return str(statement["sha256"])


def _named(statement: View) -> object:
    return statement["id"]


def _change(before: View, after: View) -> Change | None:
    old, new = _faults(before), _faults(after)
    slots = (*_slots(new - old, True), *_slots(old - new, False))
    one, two = before["verdict"], after["verdict"]
    if one == two and not slots:
        return None
    step = _RANK.get(two, 0) - _RANK.get(one, 0)
    kind = ChangeKind.WORSE if step < 0 else ChangeKind.BETTER if step else ChangeKind.CHANGED
    return Change(kind, before["id"], after["id"], one, two, slots)


def _faults(statement: View) -> set[tuple[str, str, str, str | None, str | None]]:
    """Return a statement's faults; a claim is known by its number, which outlives a new id."""
    found = set()
    for claim in statement["claims"]:
        for assessment in claim["assessments"]:
            found |= {_fault(claim["id"].rpartition(".")[2], f) for f in assessment["faults"]}
    told = {fault[1:] for fault in found}
    for citation in statement["citations"]:
        own = {_fault("", fault) for fault in citation["faults"]}
        found |= {fault for fault in own if fault[1:] not in told}
    return found


def _fault(claim: str, fault: View) -> tuple[str, str, str, str | None, str | None]:
    return claim, fault["code"], fault["slot"], fault["claimed"], fault["found"]


def _slots(
    faults: Iterable[tuple[str, str, str, str | None, str | None]], is_new: bool
) -> Iterator[SlotChange]:
    for fault in sorted(faults, key=lambda f: tuple(part or "" for part in f)):
        yield SlotChange(*fault, is_new)
