"""What is advised or preferred over what: *A rather than B* against *B over A*.

>>> from kg.compare.similarity import soft_keys
>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Analyses suggest use of the zeta scale rather than a shortened form.")
>>> def found(text):
...     claim = read_claim(text, 0, len(text), record)
...     return [f.rule for f in prefers_the_other(claim, record, soft_keys(claim, record))]
>>> found("The analyses favour a shortened form over the zeta scale.")
['preference-exchanged']
>>> found("The analyses favour the zeta scale over a shortened form.")
[]
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Verdict

_JOINTS = (["rather", "than"], ["instead", "of"], ["in", "preference", "to"], ["over"])
_PREFERS = {
    "favour", "favours", "favoured", "favor", "favors", "favored", "prefer", "prefers", "preferred",
    "recommend", "recommends", "recommended", "suggest", "suggests", "suggested", "advise",
    "advised", "advises", "use", "using", "used", "choose", "chosen", "support", "supports",
    "supported", "endorse", "endorses", "endorsed", "preference",
}  # fmt: skip
_NEAR = 6


@dataclass(frozen=True, slots=True)
class _Preference:
    """What stands on both sides of the words that prefer one to the other."""

    chosen: frozenset[str]
    left: frozenset[str]
    span: Span


def prefers_the_other(
    claim: Reading, record: Reading, soft: Mapping[str, str]
) -> Iterator[FaultDraft]:
    """Yield a preference of the claim that the record tells the other way round.

    :param soft: key of the claim → key of the record that it meets
    """
    said = [p for s in claim.sentences for p in _preferences(s, soft)]
    told = [p for s in record.sentences for p in _preferences(s, {})] if said else []
    for mine, theirs in itertools.product(said, told):
        straight = len(mine.chosen & theirs.chosen) + len(mine.left & theirs.left)
        crossed = len(mine.chosen & theirs.left), len(mine.left & theirs.chosen)
        if min(crossed) and sum(crossed) > straight:
            yield FaultDraft(
                FaultCode.WRONG_DIRECTION, "direction", "preference-exchanged",
                Verdict.CONTRADICTED, claim.text[slice(*mine.span)],
                record.text[slice(*theirs.span)], mine.span, theirs.span,
                "prefers the other of the two",
            )  # fmt: skip
            return


def _preferences(sentence: Sentence, soft: Mapping[str, str]) -> Iterator[_Preference]:
    """Yield the preferences of a sentence; what both sides have tells neither apart."""
    lowers = [w.lower for w in sentence.tokens]
    for joint in _JOINTS:
        for at in range(len(lowers) - len(joint)):
            if lowers[at : at + len(joint)] != joint or not _PREFERS & set(lowers[:at]):
                continue
            behind = at + len(joint)
            verb = max((i for i in range(at) if lowers[i] in _PREFERS), default=0)
            first = max(verb + 1, at - _NEAR)
            left = _content(sentence, first, at, soft)
            right = _content(sentence, behind, behind + _NEAR, soft)
            span = sentence.tokens[first].start, sentence.tokens[behind].end
            if left - right and right - left:
                yield _Preference(left - right, right - left, span)


def _content(sentence: Sentence, first: int, stop: int, soft: Mapping[str, str]) -> frozenset[str]:
    keys = {c.key for c in sentence.concepts if first <= c.first < stop}
    return frozenset(soft.get(key, key) for key in keys)
