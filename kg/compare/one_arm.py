"""Two names of a record's groups that may be one arm's, so that neither is held against the other.

>>> from kg.extract.reading import read_record
>>> record = read_record("Relapse was 12% in the DL group, 30% in the direct light group and 9% in "
...     "the placebo group.")
>>> may_be_one(frozenset({"dl"}), frozenset({"direct light"}), record)
True
>>> may_be_one(frozenset({"dl"}), frozenset({"placebo"}), record)
False
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.group import LearnedGroup
from kg.extract.reading import Reading
from kg.text.tokens import words

_UNNAMED = {
    "active", "active drug", "active treatment", "active treatments", "experimental", "treated",
    "treatment", "study drug", "verum", "intervention", "interventions", "study", "test",
    "experimental treatment", "index", "case",
}  # fmt: skip
_REGIMEN = re.compile(
    r"(?:sc |iv |im |oral )?(?:q ?\d+ ?(?:w|d|h|weeks?|months?)|qd|qod|b\.?i\.?d\.?|t\.?i\.?d\.?"
    r"|(?:once|twice|thrice|every|\d+)?[ -]?(?:other )?(?:week|month|dai|bi-?week|day)(?:ly|s)?)"
)
_SHORTEST, _LONGEST = 2, 5
_SKIPPED = {"of", "and", "the", "with", "plus", "for", "in", "on"}


def may_be_one(mine: frozenset[str], theirs: frozenset[str], record: Reading) -> bool:
    """Whether two groups have names that may be one arm's: *active* and its drug, *DL* in full.

    :param mine: the one's keys in the record
    :param theirs: the other's
    """
    return all(
        any(_is_kin(one, other, record) for other in theirs) for one in mine
    ) and bool(mine and theirs)  # fmt: skip


@lru_cache(maxsize=256)
def _is_kin(one: str, other: str, record: Reading) -> bool:
    first, second = record.lexicon.get(one), record.lexicon.get(other)
    if first is None or second is None:
        return False
    if first.control or second.control:
        return _abbreviates(first, second) or _abbreviates(second, first)
    labels = first.label.lower(), second.label.lower()
    unnamed = {label in _UNNAMED or bool(_REGIMEN.fullmatch(label)) for label in labels}
    return unnamed == {True, False} or _abbreviates(first, second) or _abbreviates(second, first)


def _abbreviates(short: LearnedGroup, long: LearnedGroup) -> bool:
    """Whether a label is made of the other's initials: *DL* of *direct laryngoscopy*."""
    letters = short.label
    if not (letters.isalpha() and letters.isupper() and _SHORTEST <= len(letters) <= _LONGEST):
        return False
    told = [w.lower for w in words(long.label) if w.lower not in _SKIPPED]
    return "".join(word[0] for word in told) == letters.lower()
