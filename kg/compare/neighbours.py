"""An estimate told with the interval of another: *0.48 (0.47 to 1.02)* where 0.48 has 0.35 to 0.66.

Both figures stand in the record, each beside another; only together are they wrong.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record(
...     "The hazard ratio was 0.48 (95% CI 0.35 to 0.66) for death and 0.69 (95% CI 0.47 to 1.02) "
...     "for relapse."
... )
>>> text = "For death the hazard ratio was 0.48 (95% CI 0.47 to 1.02)."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.claimed, f.found) for f in mismatched(claim, record)]
[('95% CI 0.47 to 1.02', '95% CI 0.35 to 0.66')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from kg.compare.draft import FaultDraft
from kg.compare.values import same_kind, same_value
from kg.extract.reading import Fact, Reading
from kg.model import FaultCode, MentionKind, Verdict

_ESTIMATES = {
    MentionKind.EFFECT, MentionKind.MEASURE, MentionKind.NUMBER, MentionKind.PERCENT,
    MentionKind.TIME,
}  # fmt: skip
_BESIDE = 24


def mismatched(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield the intervals of a claim that the record gives beside another estimate only."""
    pairs = _printed(record)
    for estimate, interval in _pairs(claim.facts):
        own = [pair for pair in pairs if _is(estimate, pair[0])]
        others = [pair for pair in pairs if _is(interval, pair[1])]
        if not own or not others or any(pair in others for pair in own):
            continue
        found = own[0][1]
        yield FaultDraft(
            FaultCode.WRONG_VALUE, "interval", "interval-of-another-estimate",
            Verdict.CONTRADICTED, interval.phrase, found.phrase, (interval.start, interval.end),
            (found.start, found.end),
            f"gives {found.phrase} with {own[0][0].phrase}, and {interval.phrase} with "
            f"{others[0][0].phrase}",
        )  # fmt: skip


@lru_cache(maxsize=8)
def _printed(record: Reading) -> tuple[tuple[Fact, Fact], ...]:
    return tuple(_pairs(record.facts))


def _pairs(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Yield each estimate with the interval right behind it."""
    figures = [f for f in facts if f.figure is not None]
    for one, two in pairwise(figures):
        first, second = one.figure, two.figure
        if first is None or second is None or one.sentence != two.sentence:
            continue
        beside = 0 <= two.start - one.end <= _BESIDE
        if first.kind in _ESTIMATES and second.kind is MentionKind.INTERVAL and beside:
            yield one, two


def _is(claimed: Fact, reported: Fact) -> bool:
    mine, theirs = claimed.figure, reported.figure
    if mine is None or theirs is None:
        return False
    alike = same_kind(mine, theirs) or {mine.kind, theirs.kind} <= _ESTIMATES
    return alike and same_value(mine, theirs)
