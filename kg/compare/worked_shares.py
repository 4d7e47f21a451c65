"""How many people a share of a group comes to: *34 on drugol* of 6.7% of 507.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Drugol (n = 507) and tabrol (n = 514) were safe. Gout: 6.7% on drugol.")
>>> text = "Some 34 patients on drugol had gout."
>>> fact = next(f for f in read_claim(text, 0, len(text), record).facts if f.figure)
>>> counted_from_share(fact, record)[0]
'6.7% of 507'
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from kg.extract.reading import Fact, Reading
from kg.model import Comparator, MentionKind

_HUNDRED = Decimal(100)
_EXACT, _ABOUT = Decimal("0.5"), Decimal(1)
_LEAST = 5
_PEOPLE = {"=patient", "=woman", "=man", "=child", "=adult", "=infant", "=student", "=older-adult"}
_TAKEN_IN = {"=enrolled", "=randomised", "recruit", "analy", "analyz", "evaluat", "stud", "studi"}


def counted_from_share(fact: Fact, record: Reading) -> tuple[str, tuple[int, int]] | None:
    """Return which share of which group a count is, and where the share stands.

    Only a share that the record tells of the count's own group counts, or one of no group: then
    it is a share of all who were studied.

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("252 patients were included. The incidence of vomiting was 13%.")
    >>> fact = read_claim("Some 33 patients vomited.", 0, 25, record).facts[0]
    >>> counted_from_share(fact, record)[0]
    '13% of 252'
    """
    figure = fact.figure
    if figure is None or figure.value is None or figure.total is not None:
        return None
    if figure.kind is not MentionKind.COUNT or figure.value < _LEAST:
        return None
    slack = _ABOUT if figure.comparator is Comparator.ABOUT else _EXACT
    sizes = {g.key: g.n for g in record.lexicon.groups if g.n}
    for other in record.facts:
        own = other.figure
        if own is None or own.value is None or own.kind is not MentionKind.PERCENT:
            continue
        keys = fact.groups & other.groups if fact.groups else other.groups
        every = sorted({sizes[key] for key in keys if key in sizes})
        for size in every if keys else _whole_samples(record):
            if abs(own.value * size / _HUNDRED - figure.value) <= slack:
                return f"{own.value:f}% of {size}", (other.start, other.end)
    return None


@lru_cache(maxsize=8)
def _whole_samples(record: Reading) -> tuple[int, ...]:
    """Return how many people a record says that it studied: ``252 patients were included``."""
    found = {
        int(f.figure.value) for f in record.facts
        if f.figure is not None and f.figure.value is not None and f.figure.upper is None
        and f.figure.kind in {MentionKind.COUNT, MentionKind.SAMPLE_SIZE}
        and f.figure.total is None and f.context.keys() & _PEOPLE and f.context.keys() & _TAKEN_IN
        and f.figure.value == f.figure.value.to_integral_value()
    }  # fmt: skip
    return tuple(sorted(found))
