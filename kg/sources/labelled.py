r"""Paragraphs below printed section labels, for abstracts and articles alike.

A segment is one paragraph; the label that opens a section is left out of the span and kept beside
its first paragraph.

>>> from kg.sources.lines import lines
>>> text = "BACKGROUND: It is rare. METHODS: Ten men walked.\n\nRESULTS: They felt well."
>>> for segment in labelled(text, lines(text), Part.ABSTRACT):
...     print(segment.part.value, segment.label, text[segment.start : segment.end])
background BACKGROUND: It is rare.
methods METHODS: Ten men walked.
results RESULTS: They felt well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Part, Segment
from kg.sources.lines import Line
from kg.sources.pieces import has_ended
from kg.sources.sections import Label, dotted_at, label_at, part_of

_INNER = re.compile(r"(?<=[.!?)\]])[ \u00a0\n]+(?=[A-Z][A-Za-z'’,/& -]{2,60}:\s)")
_OWN_PARAGRAPH = 120
_NAME_WORDS = 8
_BRIEF = frozenset(
    {Part.TITLE, Part.IDENTIFIER, Part.AUTHORS, Part.JOURNAL, Part.KEYWORDS, Part.REGISTRATION}
)
_ROLES = frozenset({Part.BACKGROUND, Part.OBJECTIVE, Part.METHODS, Part.RESULTS, Part.CONCLUSIONS})


@dataclass(frozen=True, slots=True)
class _Section:
    part: Part
    label: str | None = None
    inherits: bool = False

    def under(self, label: Label, default: Part) -> _Section:
        """Return the section that a label opens; an unknown name stays in the role around it."""
        inherits = self.inherits or label.printed.startswith("BODY")
        kept = self.part if inherits and self.part in _ROLES else default
        return _Section(label.part or kept, label.printed, inherits)

    def after(self, default: Part) -> _Section:
        """Return the section after one paragraph; a title or a DOI is one paragraph long."""
        part = default if self.part in _BRIEF else self.part
        return _Section(part, None, self.inherits)


def labelled(text: str, found: Iterable[Line], default: Part) -> Iterator[Segment]:
    """Yield one segment a paragraph, by the section that it stands in.

    :param default: the part of what stands in no section, or in one of an unknown name
    """
    section = _Section(default)
    start = end = 0
    last = ""
    for line in found:
        label = _label(line, last)
        if label or line.gap or not last or _whole(last):
            yield from _paragraph(text, start, end, section)
            section = section.after(default) if end > start else section
            start = line.start
        if label:
            section = section.under(label, default)
            start = line.start + label.length
        end = line.end
        last = line.text
    yield from _paragraph(text, start, end, section)


def _whole(line: str) -> bool:
    """Tell a line that is a paragraph of its own from one that was broken to fit."""
    return len(line) > _OWN_PARAGRAPH and has_ended(line)


def _label(line: Line, last: str) -> Label | None:
    """Return the label that a line begins with, or that it is."""
    text = line.text
    dotted = dotted_at(text)
    if dotted:
        return dotted
    label = label_at(text)
    apart = line.gap or not last or has_ended(last)
    if label and (apart or label.known):
        return label
    if not apart or len(text.split()) > _NAME_WORDS or text[-1] in ".;,?!":
        return None
    part = part_of(text)
    return Label(text, part, len(text), True) if part else None


def _paragraph(text: str, start: int, end: int, section: _Section) -> Iterator[Segment]:
    """Yield the segments of one paragraph: more than one where labels stand inside it."""
    if end <= start:
        return
    at = start
    for match in _INNER.finditer(text, start, end):
        label = label_at(text[match.end() : min(end, match.end() + 120)])
        if label and label.known and (section.label or label.printed.isupper()):
            yield from _segment(text, at, match.start(), section)
            section = section.under(label, section.part)
            at = match.end() + label.length
    yield from _segment(text, at, end, section)


def _segment(text: str, start: int, end: int, section: _Section) -> Iterator[Segment]:
    body = text[start:end].strip()
    if body:
        begin = start + text[start:end].index(body)
        yield Segment(begin, begin + len(body), section.part, section.label)
