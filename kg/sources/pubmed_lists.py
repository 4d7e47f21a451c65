r"""The two lists of a PubMed page: figure captions and references.

>>> from kg.sources.lines import lines
>>> text = "1. Other work. J Inv Med. 2009;1:1.\n2. A third. 2010."
>>> [(s.label, text[s.start : s.end]) for s in references(lines(text))]
[('1', 'Other work. J Inv Med. 2009;1:1.'), ('2', 'A third. 2010.')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Part, Segment
from kg.sources.lines import Line, Mark, mark_of
from kg.sources.pieces import has_ended

_FIGURE = re.compile(
    r"(?P<label>(?:(?:Supplementary|Suppl\.|Online|Appendix|Extended Data)\s)?"
    r"(?:Fig(?:ure)?s?|Table|Scheme|Chart|Box)\.?[\s\u00a0]?[A-Z]?\d{1,3}[A-Za-z]?[.:|]?"
    r"|Graphical abstract[.:]?)(?:\Z|[\s\u00a0]+(?=(?-i:[A-Z(])))",
    re.IGNORECASE,
)
_LINKED = re.compile(r"(?:PubMed|PMC|DOI)\Z")


def captions(text: str, found: Sequence[Line]) -> Iterator[Segment]:
    """Yield one segment a caption, panels included; a label without a caption is furniture."""
    waiting: Line | None = None
    current: Segment | None = None
    for line in found:
        match = _FIGURE.match(line.text)
        alone = match is not None and match.end() == len(line.text)
        if match or (
            current is not None
            and line.gap
            and has_ended(text[max(current.start, current.end - 80) : current.end])
        ):
            yield from (current,) if current else ()
            current = None
        if alone:
            yield from _furniture(waiting)
            waiting = line
        elif match:
            yield from _furniture(waiting)
            start = line.start + match.end()
            waiting, current = None, Segment(start, line.end, Part.CAPTION, match.group("label"))
        elif current is None:
            current = Segment(line.start, line.end, Part.CAPTION, waiting.text if waiting else None)
            waiting = None
        else:
            current = replace(current, end=line.end)
    yield from (current,) if current else ()
    yield from _furniture(waiting)


def _furniture(line: Line | None) -> Iterator[Segment]:
    if line is not None:
        yield Segment(line.start, line.end, Part.FURNITURE)


def references(found: Sequence[Line]) -> Iterator[Segment]:
    """Yield one segment a reference, without its list mark.

    The label is the printed number, if the list counts; a copied page may print 1 for each.
    """
    items = list(_items(found))
    numbers = [number for segment, number in items if segment.part is Part.REFERENCE]
    counts = all(number == at for at, number in enumerate(numbers, 1))
    for segment, number in items:
        yield replace(segment, label=str(number)) if counts and number else segment


def _items(found: Sequence[Line]) -> Iterator[tuple[Segment, int | None]]:
    """Yield each reference with its printed number, and list marks without one as furniture."""
    current: Segment | None = None
    number: int | None = None
    lone: Line | None = None
    last = ""
    for line in found:
        mark = mark_of(line)
        if mark and mark.length == len(line.text):
            if current is not None:
                yield current, number
            yield from ((segment, None) for segment in _furniture(lone))
            current, lone = None, line
            continue
        if current is not None and not _begins(line, mark, last):
            current = replace(current, end=line.end)
        else:
            if current is not None:
                yield current, number
            printed = mark_of(lone) if lone else mark
            number = printed.number if printed else None
            start = line.start + (mark.length if mark and not lone else 0)
            current, lone = Segment(start, line.end, Part.REFERENCE), None
        last = line.text
    if current is not None:
        yield current, number
    yield from ((segment, None) for segment in _furniture(lone))


def _begins(line: Line, mark: Mark | None, last: str) -> bool:
    return bool(mark or line.gap or _LINKED.search(last)) or has_ended(last)
