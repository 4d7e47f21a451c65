"""Two values told against each other, held against two values that a record sets side by side.

``36 % on oxygen against 7 % on air`` is held against ``(36 % versus 7 %)`` as a whole. If the
record ties both values to one group, it does not say which is whose, and neither value can be
misplaced; if it ties one of them to the group that the claim gives it, so is the other.

>>> from kg.extract.reading import read_claim, read_record
>>> told = "Drugol (n = 9) or placebo (n = 8): pain 4.1 with drugol, 6.3 with placebo."
>>> record = read_record(told)
>>> text = "Pain was 4.1 with drugol as against 6.3 with placebo."
>>> claim = read_claim(text, 0, len(text), record)
>>> mine, own = ([f for f in r.facts if f.phrase == "4.1"] for r in (claim, record))
>>> stand_side_by_side(mine[0], own[0], claim, record)
True
"""

from __future__ import annotations

import re

from kg.compare.values import same_value
from kg.extract.reading import Fact, Reading
from kg.model import MentionKind

_AGAINST = re.compile(
    r"(?:(?>±\s?\d[\d.]*|\([^()]{0,40}\)|[^.;()\d])){0,90}?"
    r"\b(?:versus|vs|v|against|compared (?:with|to)|than|while|whereas|and|but|rather)\b"
    r"[^.;()\d]{0,60}"
)
_BESIDE = re.compile(
    r"(?:(?>±\s?\d[\d.]*|95% ?CI|\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|[^;()\[\]\d])){0,60}?"
)
_REACH = 160
_OF_CHANGE = re.compile(
    r"\b(?:from|baseline|before|start|outset|initially|fell|rose|dropped|climbed|declined|began)\b",
    re.IGNORECASE,
)
_OF_ARMS = re.compile(
    r"\b(?:compared with|compared to|against|versus|vs|while|whereas|than)\b(?:[^.;]|\.\d){0,40}"
    r"\b(?:group|arm|controls?|placebo|patients|those)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom (?:a (?:mean|median) of )?$", re.IGNORECASE)
_TO = re.compile(r"[^\d;]{0,12}(?:±\s?[\d.]+)?[^\d;]{0,12}\bto (?:a (?:mean|median) of )?")


def stand_side_by_side(fact: Fact, own: Fact, claim: Reading, record: Reading) -> bool:
    """Whether the claim's value and its neighbour are two that the record prints side by side.

    Not so if the record ties each to the group of the other: then they are exchanged.

    :param own: the record's figure that has the claim's value
    """
    for mine in _neighbours(fact, claim):
        for theirs in _neighbours(own, record):
            if mine.figure is None or theirs.figure is None or mine.groups == fact.groups:
                continue
            if not same_value(mine.figure, theirs.figure):
                continue
            return not _exchanged((fact, mine), (own, theirs))
    return False


def one_group_has_both(fact: Fact, own: Fact, claim: Reading, record: Reading) -> bool:
    """Whether the record seems to give one group two values that the claim gives to two.

    Then it is not read well enough to say which is whose.
    """
    for mine in claim.facts:
        apart = mine.sentence == fact.sentence and mine is not fact and _alike(mine, fact)
        if not apart or mine.figure is None or not mine.groups or mine.groups & fact.groups:
            continue
        for theirs in record.facts:
            beside = theirs.sentence == own.sentence and theirs is not own and _alike(theirs, own)
            shared = beside and theirs.groups & own.groups and theirs.times == own.times
            if shared and theirs.figure and same_value(mine.figure, theirs.figure):
                return True
    return False


def is_told_as_arms(fact: Fact, own: Fact, claim: Reading, record: Reading) -> bool:
    """Whether the claim sets two groups' values against each other, and the record tells a change.

    *36.1 with drugol, compared with 47.2 in the control group* for *fell from 47.2 to 36.1*.
    """
    sentence = claim.sentences[fact.sentence]
    whole = claim.text[sentence.start : sentence.end]
    if _OF_CHANGE.search(whole) or not _OF_ARMS.search(whole):
        return False
    for mine in _neighbours(fact, claim):
        for theirs in _neighbours(own, record):
            if mine.figure is None or theirs.figure is None:
                continue
            if not same_value(mine.figure, theirs.figure):
                continue
            first, second = sorted((own, theirs), key=lambda f: f.start)
            before = record.text[max(0, first.start - 24) : first.start]
            gap = record.text[first.end : second.start]
            if _FROM.search(before) and _TO.fullmatch(gap):
                return True
    return False


def _neighbours(fact: Fact, reading: Reading) -> list[Fact]:
    """Return the figures of the kind that stand against a figure, with nothing between them."""
    found = []
    for other in reading.facts:
        if other is fact or other.sentence != fact.sentence or not _alike(fact, other):
            continue
        first, second = sorted((fact, other), key=lambda f: f.start)
        if second.start - first.end > _REACH:
            continue
        gap = reading.text[first.end : second.start]
        if _AGAINST.fullmatch(gap) or _BESIDE.fullmatch(gap):
            found.append(other)
    return found


def _alike(one: Fact, two: Fact) -> bool:
    kinds = {f.figure.kind for f in (one, two) if f.figure is not None}
    plain = {MentionKind.MEASURE, MentionKind.NUMBER}
    return one.figure is not None and two.figure is not None and (
        len(kinds) == 1 or kinds == plain
    )  # fmt: skip


def _exchanged(mine: tuple[Fact, Fact], theirs: tuple[Fact, Fact]) -> bool:
    """Whether a value of the claim is told of the group that the record gives the other."""
    (a, b), (x, y) = mine, theirs
    if x.groups and x.groups == y.groups:  # the group before a bracket is the first value's
        later = a if x.start > y.start else b
        return bool(later.groups & x.groups)
    one = a.groups & y.groups and not a.groups & x.groups
    two = b.groups & x.groups and not b.groups & y.groups
    return bool(one or two)
