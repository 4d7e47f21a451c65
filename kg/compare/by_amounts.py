"""How much each of two groups moved: *fell more with A than with B* against the amounts printed.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record(
...     "Adults were randomised to drugol (n = 60) or tabrol (n = 60). Weight fell by 4.3 kg with "
...     "drugol and by 1.9 kg with tabrol."
... )
>>> text = "Weight fell more with tabrol than with drugol."
>>> claim = read_claim(text, 0, len(text), record)
>>> moved = moved_otherwise(claim.facts[0], claim, record, {})
>>> moved.own.phrase, moved.other.phrase
('1.9 kg', '4.3 kg')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.compare.by_values import the_other
from kg.extract.groups import POOLED
from kg.extract.reading import Fact, Reading
from kg.model import MentionKind

_MOVED = {MentionKind.PERCENT, MentionKind.MEASURE, MentionKind.NUMBER}
_MORE_BEHIND = re.compile(
    r"\b(?:(?:more|further) (?:with|on|under|in|after|than)|(?:twice|times) (?:that|as))\b"
)
_LESS_BEHIND = re.compile(r"\b(?:less (?:with|on|under|in|after|than)|half (?:that|as))\b")
_MORE_BEFORE = re.compile(r"\b(?:greater|larger|bigger|more)(?: mean| median)? (?:\w+ )?$", re.I)
_LESS_BEFORE = re.compile(r"\b(?:smaller|lesser)(?: mean| median)? (?:\w+ )?$", re.I)
_BY = re.compile(r"\b(?:by|of)(?: an?)?(?: (?:mean|median|average))?(?: of)? [-−–+]?$", re.I)
_ENDS_AT = re.compile(r"\b(?:to|from|was|were|at) [-−–+]?$", re.I)
_SPOKEN = 0.3
_BESIDE = 0.2


@dataclass(frozen=True, slots=True)
class Moved:
    """By how much the claim's group moved, and by how much the other did."""

    own: Fact
    other: Fact


def moved_otherwise(
    fact: Fact, claim: Reading, record: Reading, soft: Mapping[str, str]
) -> Moved | None:
    """Return the amounts that deny a claim's *more*, where the record prints both.

    Amounts of several outcomes, of which some deny it and some do not, tell nothing.
    """
    more = _more(fact, claim)
    against = fact.reference or the_other(fact, record)
    both = len(fact.groups) == 1 and len(against) == 1 and POOLED not in fact.groups
    if more is None or not both:
        return None
    told = {soft.get(k, k) for k, w in fact.context.items() if w >= _SPOKEN}
    found = [
        (moved, (_size(moved.own) > _size(moved.other)) == more)
        for moved in _amounts(fact, against, record, told)
        if _size(moved.own) != _size(moved.other)
    ]
    denied = [moved for moved, bears_out in found if not bears_out]
    return denied[0] if denied and len(denied) == len(found) else None


def _more(fact: Fact, claim: Reading) -> bool | None:
    """Whether the claim says that its group moved more; none where it tells no amount."""
    sentence = claim.sentences[fact.sentence]
    before, behind = (
        claim.text[sentence.start : fact.start], claim.text[fact.end : sentence.end]
    )  # fmt: skip
    more = _MORE_BEHIND.search(behind) or _MORE_BEFORE.search(before)
    less = _LESS_BEHIND.search(behind) or _LESS_BEFORE.search(before)
    return None if bool(more) == bool(less) else bool(more)


def _amounts(
    fact: Fact, against: frozenset[str], record: Reading, told: set[str]
) -> Iterator[Moved]:
    """Yield the two groups' amounts, of one sentence that tells the same movement."""
    here: dict[int, list[Fact]] = {}
    for amount in record.facts:
        if amount.groups in (fact.groups, against) and _is_amount(amount, record):
            here.setdefault(amount.sentence, []).append(amount)
    for verb in record.facts:
        if verb.figure is not None or verb.sense != fact.sense:
            continue
        behind = [f for f in here.get(verb.sentence, ()) if f.start > verb.start]
        # the amount that opens is the first behind the verb, the other group's follows it
        first = behind[0] if behind and _opens(verb, behind[0], record) else None
        if first is None or not any(first.context.get(key, 0.0) >= _BESIDE for key in told):
            continue
        for second in behind[1:]:
            if second.groups != first.groups and _are_alike(first, second):
                own, other = (first, second) if first.groups == fact.groups else (second, first)
                yield Moved(own, other)


def _is_amount(fact: Fact, record: Reading) -> bool:
    figure = fact.figure
    if figure is None or figure.value is None or figure.kind not in _MOVED or not fact.firmly:
        return False
    return _ENDS_AT.search(record.text[max(0, fact.start - 12) : fact.start]) is None


def _opens(verb: Fact, first: Fact, record: Reading) -> bool:
    """Whether the first amount is told as how far it moved: ``fell by 4.3``, ``lost 4.3``."""
    between = record.text[verb.end : first.start]
    return not between.strip() or _BY.search(between) is not None


def _are_alike(own: Fact, other: Fact) -> bool:
    mine, theirs = own.figure, other.figure
    if mine is None or theirs is None or own.times != other.times:
        return False
    shared = mine.shared_unit or theirs.shared_unit
    return mine.kind is theirs.kind and (mine.unit == theirs.unit or shared)


def _size(fact: Fact) -> float:
    figure = fact.figure
    return abs(float(figure.value)) if figure is not None and figure.value is not None else 0.0
