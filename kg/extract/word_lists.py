"""Words by which claims are cut and markers told, from ``kg/text/data/clauses.tsv``.

>>> "showed" in listed("predicate"), "phase" in listed("takes-number")
(True, True)
"""

from __future__ import annotations

from functools import cache

from kg.text.lexicon import rows


@cache
def listed(kind: str) -> frozenset[str]:
    """Return the words of a kind, in lower case."""
    return frozenset(
        word.strip() for row in rows("clauses.tsv") if row[0] == kind for word in row[1].split("|")
    )
