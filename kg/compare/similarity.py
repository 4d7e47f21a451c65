"""How near a fact of the record stands to a fact of the claim. It ranks; it decides nothing.

The nearness of two facts is the share of the claim's weighted context that the record's fact has,
with something added or taken for the group, the time, and the sentence as a whole. The parts are
kept, so that an explanation can show them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.compare.values import same_time
from kg.extract.facts import ALL_TIMES
from kg.extract.groups import POOLED
from kg.extract.reading import Fact, Reading
from kg.model import Part
from kg.text.lexicon import broader, categories, everyday

# What the sentences of any trial speak of, so that it tells no outcome.
ANY_TRIAL = {"=patient", "=adult", "=arm", "=treatment", "=trial", "=compared", "=mean"}
_FULL = 0.35
_ELSEWHERE = 0.4
_UNKNOWN_WORD = 0.4
_PREDICATE = 2.0
_TURNED = 0.3
_MEASURED = {"outcome", "condition"}
_PREDICATES = {"expects", "serious", "superlative"}
_SENTENCE = 0.35
_PART = {Part.TITLE: -0.08, Part.BACKGROUND: -0.08, Part.OBJECTIVE: -0.05, Part.METHODS: -0.02}


@dataclass(frozen=True, slots=True)
class Nearness:
    """The parts of a score: context, group, time, sentence, and their sum."""

    context: float
    group: float
    time: float
    sentence: float

    @property
    def total(self) -> float:
        """The sum of the parts."""
        return self.context + self.group + self.time + self.sentence


def soft_keys(claim: Reading, record: Reading) -> Mapping[str, str]:
    """Map each content word of the claim to the record's form of it, where one is near enough.

    Two stems meet if they share at least five letters and three quarters of the shorter one. An
    outcome that the record has by a narrower name alone is meant by it: *pain*, *pain intensity*.
    """
    known = [key for key in record.rarity if key]
    mapped: dict[str, str] = {}
    for key in sorted({k for s in claim.sentences for k in s.keys}):
        if key in record.rarity:
            mapped[key] = key
            continue
        near = [other for other in known if _near(key, other)] or _narrower(key, known)
        mapped[key] = min(near, key=lambda o: (abs(len(o) - len(key)), o)) if near else key
    return mapped


def _narrower(key: str, known: Sequence[str]) -> list[str]:
    if categories().get(key) not in _MEASURED:
        return []
    found = [o for o in known if key in broader(o) and categories().get(o) == "outcome"]
    return found if len(found) == 1 else []


def _near(one: str, two: str) -> bool:
    if one[:5] != two[:5] or one[0] == "=" or two[0] == "=":
        return False
    shared = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= 5 and shared >= 0.75 * min(len(one), len(two))


def coverage(
    keys: Mapping[str, float], present: frozenset[str] | Mapping[str, float], record: Reading
) -> float:
    """Return the share of weighted content that is present, between 0 and 1."""
    total = sum(_weight(record, key) * weight for key, weight in keys.items())
    if not total:
        return 0.0
    return sum(_weight(record, k) * w for k, w in keys.items() if k in present) / total


def _weight(record: Reading, key: str) -> float:
    known = record.rarity.get(key)
    if known is None:
        return 0.0 if key in everyday() else record.rarity[""] * _UNKNOWN_WORD
    return known


@lru_cache(maxsize=8)
def printed_stems(record: Reading) -> frozenset[str]:
    """Return the stems of a record's words: one of them may stand in a longer name there."""
    return frozenset(w.stem for s in record.sentences for w in s.tokens)


def nearness(
    claimed: Fact, reported: Fact, record: Reading, soft: Mapping[str, str], overall: float
) -> Nearness:
    """Score a record's fact for a claim's fact.

    :param overall: how well the record's sentence as a whole fits the claim, 0 to 1
    """
    sentence = record.sentences[reported.sentence]
    total = found = 0.0
    keys = sentence.keys
    for key, weight in claimed.context.items():
        own = soft.get(key, key)
        value = weight * _weight(record, own)
        total += value
        if own in reported.context:
            found += value * min(1.0, reported.context[own] / _FULL)
        elif own in keys:
            found += value * _ELSEWHERE
    context = found / total if total else 0.0
    part = _PART.get(sentence.part, 0.0)
    return Nearness(
        context, _sides_fit(claimed, reported),
        time_fit(claimed.times, reported.times),
        _SENTENCE * overall + part,
    )  # fmt: skip


def _sides_fit(claimed: Fact, reported: Fact) -> float:
    """Return what the groups add; the sides of one comparison may be told the other way round."""
    turned = claimed.groups and claimed.groups == reported.reference
    turned = turned and claimed.reference == reported.groups
    if turned and POOLED not in claimed.groups:
        return _TURNED
    fit = group_fit(claimed.groups, reported.groups)
    # of which group nothing differed, a clause without one of its own does not say
    return min(fit, 0.0) if claimed.sense == "null" and not claimed.firmly else fit


def group_fit(claimed: frozenset[str], reported: frozenset[str]) -> float:
    """Return what two sets of groups add: agreement 0.3, disagreement −0.3, unknown 0."""
    if not claimed or not reported:
        return 0.0
    if claimed == reported:
        return 0.3
    if POOLED in claimed or POOLED in reported:
        return -0.1
    return 0.15 if claimed & reported else -0.3


def time_fit(claimed: frozenset[Decimal], reported: frozenset[Decimal]) -> float:
    """Return what two sets of times add: agreement 0.2, disagreement −0.25, unknown 0."""
    if not claimed or not reported:
        return 0.0
    if ALL_TIMES in claimed or ALL_TIMES in reported:
        return 0.1
    return 0.2 if times_meet(claimed, reported) else -0.25


def times_meet(one: frozenset[Decimal], two: frozenset[Decimal]) -> bool:
    """Whether any time of one set is told in the other."""
    return any(same_time(a, b) for a in one for b in two)


def content_weights(claim: Reading, soft: Mapping[str, str]) -> dict[str, float]:
    """Weigh the claim's content: what is said of a thing (*safe*, *best*) counts twice."""
    keys = {soft[k]: 1.0 for s in claim.sentences for k in s.keys}
    for own in claim.sentences:
        told = [(c.start, c.end) for c in own.cues if c.kind in _PREDICATES]
        for concept in own.concepts:
            if any(start <= concept.start < end for start, end in told):
                keys[soft[concept.key]] = _PREDICATE
    return keys
