"""Which citations of a statement stand behind which of its claims.

A citation inside a claim, or behind it and before the next, governs it. A claim with none of its
own is governed by those of the next claim that has some, as a list of claims before one citation
is, and the last claims of a statement by those before them.

>>> governed([(0, 10), (15, 30), (31, 40)], [(11, 12), (41, 42)])
[(0,), (1,), (1,)]
>>> governed([(0, 10), (15, 30)], [(11, 12)])
[(0,), (0,)]
"""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int]


def governed(claims: Sequence[Span], markers: Sequence[Span]) -> list[tuple[int, ...]]:
    """Return, for each claim, the positions of the markers that govern it.

    :param claims: spans in text order
    :param markers: spans in text order
    """
    own: list[tuple[int, ...]] = []
    for at, (start, _) in enumerate(claims):
        stop = claims[at + 1][0] if at + 1 < len(claims) else None
        first = start if at else 0
        own.append(
            tuple(
                position
                for position, (low, _) in enumerate(markers)
                if first <= low and (stop is None or low < stop)
            )
        )
    following: tuple[int, ...] = ()
    for at in range(len(own) - 1, -1, -1):
        own[at] = following = own[at] or following
    before: tuple[int, ...] = ()
    for at, found in enumerate(own):
        own[at] = before = found or before
    return own
