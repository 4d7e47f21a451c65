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

from collections.abc import Mapping
from functools import lru_cache

from kg.compare.similarity import ANY_TRIAL
from kg.extract.reading import Fact, Reading
from kg.model import Comparison
from kg.text.lexicon import categories

_MEASURED = {"outcome", "condition"}
_FEWEST = 2
_START = "=baseline"
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
