r"""Records as any plain text, with or without labelled sections.

Labels may be ``TITLE: …``, ``ABSTRACT.RESULTS:``, ``BACKGROUND: …`` or a name alone on its line. A
text is taken for a full article if it prints a body label, or if it is longer than 6,000
characters (an abstract is seldom more than 4,000); otherwise for an abstract.

>>> from kg.sources.decoding import decode
>>> file = decode(b"TITLE: Walking\n\nABSTRACT.RESULTS:\nIt helped the ten men.", "r.txt")
>>> source = read(file, DocumentRole.RECORD)
>>> [(s.part.value, source.text[s.start : s.end]) for s in source.segments]
[('title', 'Walking'), ('results', 'It helped the ten men.')]
>>> source.document.scope
(<Scope.ABSTRACT: 'abstract'>,)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import DocumentRole, Part, Scope, Segment, Source, document_of
from kg.sources.decoding import Decoded, NoRecordError
from kg.sources.furniture import is_cue
from kg.sources.labelled import labelled
from kg.sources.lines import Line, lines
from kg.sources.sections import dotted_at, label_at, part_of
from kg.sources.works import doi_in, pmcid_in, pmid_in, registration_in, work
from kg.text.dates import printed_date

FORMAT = "text"
_ABSTRACT_CHARS = 6000
_TITLE_CHARS, _TITLE_WORDS = 300, 45
_LEAST_WORDS = 5
_CAPTION = re.compile(r"((?:Figure|Fig\.|FIGURE|Table|TABLE)\s?\d{1,2}[A-Z]?[.:|]?)\s*(?=[A-Z(])")
_BODY_LABEL = re.compile(r"^[ \t]*BODY(?:\.[^\n:]{1,120})?:", re.MULTILINE)
_SENTENCES = re.compile(r"[a-z)\]][.!?]\s+[A-Z]")
_BIBLIOGRAPHIC = frozenset({Part.IDENTIFIER, Part.JOURNAL})
_PROSE = frozenset(
    {Part.ABSTRACT, Part.BODY, Part.BACKGROUND, Part.OBJECTIVE, Part.METHODS, Part.RESULTS}
    | {Part.CONCLUSIONS, Part.CAPTION}
)


def read(file: Decoded, role: DocumentRole) -> Source:
    """Read a record of plain text.

    :raises NoRecordError: if nothing in it looks like a title, an abstract or an identifier
    """
    found = lines(file.text)
    full = bool(_BODY_LABEL.search(file.text)) or len(file.text) > _ABSTRACT_CHARS
    segments = tuple(_segments(file.text, found, Part.BODY if full else Part.ABSTRACT))
    identifiers = "\n".join(
        f"{s.label or ''} {_text(file, s)}" for s in segments if s.part in _BIBLIOGRAPHIC
    )
    title = next((_text(file, s) for s in segments if s.part is Part.TITLE), None)
    prose = [s for s in segments if s.part in _PROSE]
    if not identifiers and not any(s.label or _worded(_text(file, s)) for s in prose):
        raise NoRecordError(file.name)
    named = [_text(file, s) for s in segments if s.part is Part.REGISTRATION]
    named += [_text(file, s) for s in prose]
    document = document_of(file.sha256, file.name, role, FORMAT, file.text, _scope(full, prose))
    date = printed_date(identifiers)
    own = work(
        doi=doi_in(identifiers),
        pmid=pmid_in(identifiers),
        pmcid=pmcid_in(identifiers),
        title=title,
        date=date[2] if date else None,
        registration=next(filter(None, map(registration_in, named)), None),
        document=file.sha256,
    )
    return Source(replace(document, title=title, work=own.id), segments, own)


def _text(file: Decoded, segment: Segment) -> str:
    return file.text[segment.start : segment.end]


def _worded(text: str) -> bool:
    """Tell text that says something from a link, a menu or a stray word."""
    said = (line for line in text.splitlines() if not is_cue("furniture", line.strip()))
    count = sum(any(c.isalpha() for c in word) for line in said for word in line.split())
    return count >= _LEAST_WORDS - text.endswith((".", "!", "?"))


def _scope(full: bool, prose: Sequence[Segment]) -> tuple[Scope, ...]:
    """Return what the record holds; an article that labels its abstract holds both."""
    if not prose:
        return (Scope.METADATA,)
    if not full:
        return (Scope.ABSTRACT,)
    abstract = any((s.label or "").startswith(("ABSTRACT", "Abstract")) for s in prose)
    return (Scope.ABSTRACT, Scope.FULL_TEXT) if abstract else (Scope.FULL_TEXT,)


def _segments(text: str, found: Sequence[Line], default: Part) -> Iterator[Segment]:
    """Yield the title, then the paragraphs by their sections, furniture and captions told apart."""
    title = _bare_title(found)
    if title:
        yield Segment(title.start, title.end, Part.TITLE)
    for segment in labelled(text, found[1:] if title else found, default):
        own = text[segment.start : segment.end]
        caption = _CAPTION.match(own) if segment.part in _PROSE else None
        if segment.part in _PROSE and is_cue("furniture", own):
            yield replace(segment, part=Part.FURNITURE)
        elif caption and caption.end() < len(own):
            start = segment.start + caption.end()
            label = caption.group(1)
            yield replace(segment, start=start, part=Part.CAPTION, label=label)
        else:
            yield segment


def _bare_title(found: Sequence[Line]) -> Line | None:
    """Return the first line if it is a title without a label: short, one phrase, text below it."""
    if len(found) < 2 or label_at(found[0].text) or dotted_at(found[0].text):
        return None
    first, second = found[:2]
    apart = second.gap or label_at(second.text) or part_of(second.text)
    short = len(first.text) <= _TITLE_CHARS and len(first.text.split()) <= _TITLE_WORDS
    if not apart or not short or part_of(first.text) or _SENTENCES.search(first.text):
        return None
    return first
