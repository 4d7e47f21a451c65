"""Every marker of a sentence: numbers, names, identifiers, and links to other places.

>>> from kg.model import DocumentRole
>>> from kg.sources import read
>>> page = b"Pain **fell** in gout ([Doe's trial](https://pubmed.ncbi.nlm.nih.gov/12/))."
>>> answer = read(page, "a.md", DocumentRole.ANSWER, "markdown")
>>> [m.label for m in all_markers(answer, 0, len(page), weak=False)]
["Doe's trial"]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.markers import PrintedMarker, printed_markers
from kg.extract.named_markers import named_markers
from kg.model import Source
from kg.text.filler import plain

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}(?:/\S*)?")
_OPEN = re.compile(r"[(\[]\s*\Z")
_CLOSE = re.compile(r"\s*[)\]]")
_LONGEST = 120


def all_markers(source: Source, start: int, end: int, *, weak: bool) -> tuple[PrintedMarker, ...]:
    """Return the markers of one sentence in text order; what one kind prints no other takes."""
    text = source.readable
    found = list(printed_markers(text, start, end, weak=weak))
    for more in (named_markers(text, start, end), tuple(_links(source, start, end))):
        found += [m for m in more if not any(f.start < m.end and m.start < f.end for f in found)]
    return tuple(sorted(found, key=lambda m: (m.start, m.end, len(m.label), m.label)))


def _links(source: Source, start: int, end: int) -> Iterator[PrintedMarker]:
    """Yield the links that lead out of the answer, by what they show."""
    text = source.readable
    for low, high in source.links:
        label = " ".join(plain(text[low:high]).split())
        if not (start <= low and high <= end) or not 0 < len(label) <= _LONGEST:
            continue
        opened, closed = _OPEN.search(text, start, low), _CLOSE.match(text, high)
        if opened and closed:
            yield PrintedMarker(label, low, high, opened.start(), closed.end())
        elif _ADDRESS.fullmatch(label):
            yield PrintedMarker(label, low, high, low, high)
        else:
            yield PrintedMarker(label, low, high, low, low)
