"""What the record tells of other doses of a drug, claimed of one: *30 mg was better than placebo*.

Where a record finds that its higher doses did better than the control, a sentence of the drug as a
whole bears out nothing of the dose that it left out.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record(
...     "Children took drugol 30 mg, 60 mg or 90 mg or placebo. Pain was lower with drugol. Pain "
...     "was significantly lower in the 60 mg and 90 mg groups than with placebo."
... )
>>> text = "At 30 mg, drugol lowered pain more than placebo."
>>> claim = read_claim(text, 0, len(text), record)
>>> told_of_other_doses(claim.facts[1], record).phrase
'lower'
"""

from __future__ import annotations

from kg.extract.reading import Fact, Reading

_MORE, _LESS = {"up", "better"}, {"down", "worse"}
_MOVING = _MORE | _LESS


def told_of_other_doses(fact: Fact, record: Reading) -> Fact | None:
    """Return what the record tells of other doses against the same control, if not of this one.

    :param fact: a claim's direction
    """
    doses = {g.key for g in record.lexicon.groups if g.dose is not None and not g.control}
    if fact.sense not in _MOVING or len(fact.groups) != 1 or not fact.groups <= doses:
        return None
    if not fact.reference or fact.reference & doses:
        return None
    told = [
        other for other in record.facts
        if other.sense in _MOVING and other.reference == fact.reference and other.groups
    ]  # fmt: skip
    if any(fact.groups & other.groups for other in told):
        return None
    return next((o for o in told if o.firmly and o.groups <= doses), None)
