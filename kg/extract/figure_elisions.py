"""What a sentence leaves out of a figure, since it has told it before: its unit, what it counts.

>>> from kg.extract.mentions import find
>>> [f.unit for f in find("A third left after two months, half of them after four.") if f.days]
['mo', 'mo']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.figure import Item

_BEHIND_WHEN = re.compile(r"\b(?:[Aa]fter|[Ww]ithin|[Bb]eyond) (?:about |nearly |just )?$")
_AGAIN = re.compile(
    r" (?:of (?:them|whom|these|those)|(?:after|on|with|in|given|receiving|taking|assigned to) "
    r"(?:the |a )?\w)"
)
_ALONE = re.compile(r" ?(?:[.;,)]|$)| (?:and|but|or|than|versus)\b")
_LEFT_OUT = 200
_SENTENCE_END = re.compile(r"[.!?] |\n\n")


def elided(text: str, items: Sequence[Item]) -> Iterator[Item]:
    """Yield figures; what a sentence leaves out is what its last time or count was of.

    ``A third left after two months and half after four``, ``six women on A, two on B, one on C``.
    """
    last: Item | None = None
    counted: Item | None = None
    for item in items:
        if counted and _is_elsewhere(text, counted, item):
            counted = None
        if _is_again(text, item, counted):
            item = replace(item, noun=counted.noun if counted else None, again=True)
        counted = item if item.noun and item.noun != "of" and item.unit is None else counted
        timed = item.known is not None and item.known.dimension == "time"
        if _BEHIND_WHEN.search(text, max(0, item.start - 16), item.start):
            bare = item.unit is None and item.noun is None and item.total is None
            if last and _is_elsewhere(text, last, item):
                last = None
            if bare and last and _ALONE.match(text, item.end):
                item = replace(item, unit=last.unit, known=last.known, shared=True)
            last = item if timed else last
        yield item


def _is_elsewhere(text: str, earlier: Item, item: Item) -> bool:
    """Whether a figure stands in another sentence, or too far off to be what is left out."""
    far = item.start - earlier.end > _LEFT_OUT
    return far or _SENTENCE_END.search(text, earlier.end, item.start) is not None


def _is_again(text: str, item: Item, counted: Item | None) -> bool:
    """Whether a number word counts again what stands before it: ``three of them``, ``two on B``."""
    bare = item.worded and item.unit is None and not item.noun and item.total is None
    whole = item.value == item.value.to_integral_value()
    return bare and whole and counted is not None and bool(_AGAIN.match(text, item.end))
