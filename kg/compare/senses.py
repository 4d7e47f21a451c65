"""Whether two directions say the same or the opposite, each seen from its side of a comparison.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Adults took tabrol (n = 9) or zolamine (n = 9). "
...                      "Pain was lower with tabrol than with zolamine.")
>>> text = "Pain was higher with zolamine than with tabrol."
>>> claim = read_claim(text, 0, len(text), record)
>>> (own,), told = claim.facts, record.facts[-1]
>>> agrees(own, told), opposes(own, told)
(True, False)
"""

from __future__ import annotations

from kg.extract.groups import POOLED
from kg.extract.reading import Fact
from kg.model import Comparison
from kg.text.lexicon import categories, polarity

_SPOKEN = 0.3
_NARROWED = 0.15
FLIP = {"up": "down", "down": "up", "better": "worse", "worse": "better"}
_OPPOSITE = {
    frozenset({"up", "down"}), frozenset({"better", "worse"}), frozenset({"null", "up"}),
    frozenset({"null", "down"}), frozenset({"null", "better"}), frozenset({"null", "worse"}),
    frozenset({"null", "different"}),
}  # fmt: skip


def oriented(claimed: Fact, reported: Fact) -> str:
    """Return the record's sense as seen from the claim's side of the comparison.

    *A lower than B* is *B higher than A*: where the claim's group is what the record compares
    with, the record's sense is turned round.
    """
    turned = claimed.groups and claimed.groups == reported.reference
    turned = turned or (claimed.reference and claimed.reference == reported.groups)
    if turned and POOLED not in claimed.groups and reported.groups != claimed.groups:
        return FLIP.get(reported.sense, reported.sense)
    return reported.sense


def judged(claimed: Fact, reported: Fact) -> str:
    """Return the record's sense in the claim's terms: *pain fell* is *pain got better*."""
    sense = oriented(claimed, reported)
    amounts, values = {"up", "down"}, {"better", "worse"}
    if sense in amounts and claimed.sense in values:
        more = _polarity(reported, claimed) or _polarity(claimed)
        if more is not None:
            return "better" if (sense == "up") == (more == "good") else "worse"
    if sense in values and claimed.sense in amounts:
        more = _polarity(claimed) or _polarity(reported, claimed)
        if more is not None:
            return "up" if (sense == "better") == (more == "good") else "down"
    return sense


def _polarity(fact: Fact, told: Fact | None = None) -> str | None:
    """Return whether more of the nearest outcome that has a polarity is good or bad.

    :param told: the claim's direction, where the record's may be of several outcomes
    """
    known = {k: w for k, w in fact.context.items() if polarity(k) and w >= _SPOKEN}
    if told is not None and len(known) > 1:
        known = {k: w for k, w in known.items() if k in told.context}
    # "a gain in asthma quality of life": what the disease only narrows has the polarity
    named = {k for k in known if categories().get(k) == "outcome"}
    top = max(known.values(), default=0.0)
    if any(known[k] >= top - _NARROWED for k in named):
        known = {k: w for k, w in known.items() if k in named}
    return polarity(max(known, key=lambda k: (known[k], k))) if known else None


def agrees(claimed: Fact, reported: Fact) -> bool:
    """Whether a record's direction bears a claimed one out."""
    sense = judged(claimed, reported)
    if sense == claimed.sense:
        return not (claimed.significant and reported.significant is False and sense != "null")
    if claimed.sense == "null":
        return reported.significant is False
    if sense == "null":
        return False
    if claimed.significant and reported.significant is False:
        return False
    return frozenset({sense, claimed.sense}) not in _OPPOSITE


def opposes(claimed: Fact, reported: Fact) -> bool:
    """Whether a record's direction says the opposite of a claimed one.

    A group's own change says nothing against another's being greater: that *A rose* is not opposed
    by *B rose more than A*.
    """
    own_change = not claimed.reference and claimed.comparison is not Comparison.BETWEEN_GROUPS
    if own_change and claimed.groups and claimed.groups == reported.reference:
        return False
    sense = judged(claimed, reported)
    if claimed.significant and reported.significant is False:
        return True
    if claimed.sense == "null" and reported.significant is False:
        return False
    return frozenset({sense, claimed.sense}) in _OPPOSITE
