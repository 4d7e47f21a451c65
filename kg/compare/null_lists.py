"""Members of a record's list of what did not differ: ``no differences in A, B or C``.

Such a list speaks of each of its members, though only the nearest stands beside the words that say
so.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record(
...     "No significant differences between the groups were found in grip strength, pain or sleep "
...     "quality."
... )
>>> text = "Drugol improved sleep quality compared with placebo."
>>> claim = read_claim(text, 0, len(text), record)
>>> is_listed(claim.facts[0], record.facts[0], record, {})
True
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from kg.compare.similarity import ANY_TRIAL
from kg.extract.groups import POOLED
from kg.extract.mentions import Figure
from kg.extract.reading import Fact, Reading
from kg.model import Comparator, Comparison, MentionKind
from kg.text.lexicon import categories

_MEASURED = {"outcome", "condition"}
_FEWEST = 2
_SPOKEN = 0.3
_ALPHA = Decimal("0.05")
_START = "=baseline"
_COMPARATIVES = {"lower", "higher", "less", "more", "fewer", "greater", "better", "worse",
                 "shorter", "longer"}  # fmt: skip
_ALTERS = re.compile(
    r"\bhow (?:far|fast|much|quickly|well|long|strongly|often|likely|soon)\b|\bwhether\b"
    r"|\b(?:regardless|irrespective) of\b|\bno matter\b|\bsubgroups?\b|\bor not made\b"
    r"|\b(?:in|across) (?:every|each|all)(?: one)? of the\b|\binteractions?\b"
)
_MOVING = {"up", "down", "better", "worse"}


def is_listed(fact: Fact, other: Fact, record: Reading, soft: Mapping[str, str]) -> bool:
    """Whether what the claim tells of is a member of the record's list of what did not differ.

    ``no differences in A, B or C`` lists behind the cue, ``A, B and C did not differ`` before it.
    """
    sentence = record.sentences[other.sentence]
    within = fact.comparison is Comparison.WITHIN_GROUP or _START in sentence.keys
    if other.sense != "null" or fact.sense == "null" or within:
        return False
    between = fact.reference or fact.comparison is Comparison.BETWEEN_GROUPS
    if not between and other.comparison is not Comparison.BETWEEN_GROUPS:
        return False
    if other.sentence in _moving(record):
        return False  # what did not differ between some differed from others
    told = {k: w for k, w in fact.context.items() if k not in ANY_TRIAL}
    told = {k: w for k, w in told.items() if categories().get(k) in _MEASURED} or told
    nearest = max(told, key=lambda key: (told[key], key), default="")
    behind = other.phrase.startswith(("no ", "not affect", "did not affect", "without"))
    listed = [
        c.key for c in sentence.concepts
        if sentence.layout.clause[c.first] == other.clause and (c.start > other.start) == behind
        and categories().get(c.key) in _MEASURED
    ]  # fmt: skip
    return soft.get(nearest, nearest) in listed and len(listed) >= _FEWEST


@lru_cache(maxsize=8)
def _moving(record: Reading) -> frozenset[int]:
    """Return the sentences of a record that tell a rise, a fall, or what was better or worse."""
    return frozenset(f.sentence for f in record.facts if f.sense in _MOVING)


def denied_after(fact: Fact, agreeing: Fact, record: Reading) -> int | None:
    """Return the index of what denies, after a group's own change, that it was the greater one.

    *Appetite rose with A; the change did not differ between A and B* does not bear out that it rose
    more with A than with B.

    :param fact: the claim's direction
    :param agreeing: the record's direction that says the same of one group
    """
    told_null = fact.sense == "null" or fact.significant is False
    if told_null or not is_between(fact) or is_between(agreeing):
        return None
    if agreeing.phrase in _COMPARATIVES:
        return None
    own = agreeing.sentence, agreeing.clause
    for index, other in enumerate(record.facts):
        near = other.sentence - agreeing.sentence in {0, 1} and other.start > agreeing.start
        if not near or other.sense != "null" or other.figure is not None:
            continue
        compares = POOLED in other.groups or len(other.groups) > 1 or is_between(other)
        here = (other.sentence, other.clause) == own
        if compares and (here or not _measured(other, record)):
            return index
    return None


def _measured(fact: Fact, record: Reading) -> frozenset[str]:
    """Return the outcomes and conditions that the clause of a direction names."""
    sentence = record.sentences[fact.sentence]
    return frozenset(
        c.key for c in sentence.concepts
        if categories().get(c.key) in _MEASURED and sentence.layout.clause[c.first] == fact.clause
    )  # fmt: skip


def _outcomes(fact: Fact, record: Reading) -> frozenset[str]:
    """Return the outcomes that the clause of a direction names."""
    sentence = record.sentences[fact.sentence]
    return frozenset(
        c.key for c in sentence.concepts
        if categories().get(c.key) == "outcome" and sentence.layout.clause[c.first] == fact.clause
    )  # fmt: skip


def _of_sentence(fact: Fact, record: Reading) -> frozenset[str]:
    """Return the outcomes that the sentence of a direction names."""
    keys = record.sentences[fact.sentence].keys
    return frozenset(k for k in keys if categories().get(k) in _MEASURED)


def denied_elsewhere(fact: Fact, record: Reading, soft: Mapping[str, str]) -> bool:
    """Whether a claim of no difference of an outcome is what the record finds of it somewhere.

    What the record hopes for or finds in one place does not contradict what it denies in another.
    """
    if fact.sense != "null":
        return False
    told = {k: w for k, w in fact.context.items() if categories().get(k) in _MEASURED}
    nearest = max(told, key=lambda key: (told[key], key), default="")
    key = soft.get(nearest, nearest)
    for other in record.facts:
        if other.figure is not None:
            if _is_not_significant(other.figure) and other.context.get(key, 0.0) >= _SPOKEN:
                return True
        elif other.sense == "null" and key in (
            _measured(other, record) or _of_sentence(other, record)
        ):  # "it fell, but this was not significant"
            within = other.comparison is Comparison.WITHIN_GROUP
            if _of_both(other, record) or not within:
                return True
    return False


def _is_not_significant(figure: Figure) -> bool:
    """Whether a figure is a p-value that tells no difference."""
    if figure.kind is not MentionKind.P_VALUE:
        return False
    if figure.comparator is Comparator.NS:
        return True
    return figure.value is not None and figure.comparator is not Comparator.LESS and (
        figure.value > _ALPHA
    )  # fmt: skip


def _of_both(fact: Fact, record: Reading) -> bool:
    """Whether a direction is told of groups together: *before and after … in two groups*."""
    words = {w.lower for w in record.sentences[fact.sentence].tokens}
    return POOLED in fact.groups or bool(words & {"groups", "arms"})


def is_exception(fact: Fact, other: Fact, claim: Reading, soft: Mapping[str, str]) -> bool:
    """Whether a claim of no difference is told of what the record excepts from a difference.

    *Better in the completers but not in all randomised* is no difference in all randomised.
    """
    if fact.sense != "null" or not other.excepted:
        return False
    own = {soft.get(k, k) for k in claim.sentences[fact.sentence].keys}
    return len(own & other.excepted) > len(other.excepted) / 2


def is_between(fact: Fact) -> bool:
    """Whether a direction compares groups with each other."""
    return bool(fact.reference) or fact.comparison is Comparison.BETWEEN_GROUPS


def told_of_both(fact: Fact, record: Reading) -> bool:
    """Whether a direction compares groups, if in how each changed: *before and after … between*."""
    clause = record.sentences[fact.sentence].layout.clause
    return is_between(fact) or any(
        c.kind == "between" and clause[c.first] == fact.clause
        for c in record.sentences[fact.sentence].cues
    )


def is_of_what_alters(fact: Fact, other: Fact, claim: Reading) -> bool:
    """Whether a claim denies that something alters an effect, and a record only tells the effect.

    *Sex made no difference to how far it fell*, *the gain was the same in every subgroup*.
    """
    if fact.sense != "null" or other.sense == "different":
        return False
    own = claim.sentences[fact.sentence]
    return bool(_ALTERS.search(claim.text[own.start : own.end].lower()))
