r"""Answers as plain text: title, banners, headings, bullets, steps, paragraphs, reference list.

Nothing is marked up, so the reader infers: a short line without a full stop that something follows
is a heading; a line that goes on where a long one broke off belongs to it; what the site put around
the text is told by cues. Every visible character lies in one segment or is a list mark.

>>> from kg.sources.decoding import decode
>>> file = decode(b"Does it help?\n\nSafety\n\n  - It is safe. 1\n", "a.txt")
>>> source = read(file, DocumentRole.ANSWER)
>>> [(s.part.value, source.text[s.start : s.end]) for s in source.segments]
[('title', 'Does it help?'), ('heading', 'Safety'), ('bullet', 'It is safe. 1')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Document, DocumentRole, Part, Scope, Segment, Source, document_of
from kg.sources.bibliography import with_references
from kg.sources.decoding import Decoded
from kg.sources.furniture import OwnDate, glued_at, is_cue, own_date, review_phrase
from kg.sources.headings import with_headings
from kg.sources.lines import Line, Mark, lines, mark_of
from kg.sources.pieces import Piece, joined

FORMAT = "answer-text"
_HEADING_MARK = re.compile(r"#{1,6}\s+(?=\S)")
_ALNUM = re.compile(r"[^\W_]")
_FEW_WORDS = 3


def read(file: Decoded, role: DocumentRole) -> Source:
    """Read an answer (or a record that looks like one) into segments.

    Levels of headings are inferred; the document gets its title, date and state of review.
    """
    found = lines(file.text)
    pieces = with_headings(joined(with_references(list(_classified(file.text, found)))))
    segments = tuple(Segment(p.start, p.end, p.part, _label(p), p.level) for p in pieces)
    document = document_of(file.sha256, file.name, role, FORMAT, file.text, (Scope.FULL_TEXT,))
    return Source(_described(document, pieces, found), segments)


def _label(piece: Piece) -> str | None:
    return piece.mark.printed if piece.mark and piece.part is Part.STEP else piece.label


def _described(document: Document, pieces: Sequence[Piece], found: Sequence[Line]) -> Document:
    title = next((p.text for p in pieces if p.part is Part.TITLE), None)
    dates = [date for line in found if (date := own_date(line.text))]
    surest = min(dates, key=lambda d: d.rank).iso if dates else None
    banners = [p.text for p in pieces if p.part is Part.REVIEW_STATUS]
    states = [banner for banner in banners if is_cue("state", banner)]
    status = review_phrase(banners) or "; ".join(states) or None
    return replace(document, title=title, date=surest, review_status=status)


def _classified(text: str, found: Sequence[Line]) -> Iterator[Piece]:
    """Yield one piece a line, two where furniture is glued to a date."""
    previous = Part.PARAGRAPH
    for line in found:
        date = own_date(line.text)
        if date:
            yield from _dated(line, date)
            previous = Part.DATE
            continue
        mark = mark_of(line)
        part = _part(line, mark, previous)
        start = line.start
        if part in {Part.BULLET, Part.STEP} and mark:
            start += mark.length
        else:
            mark = None
        hashes = _HEADING_MARK.match(line.text) if part is Part.PARAGRAPH else None
        if hashes:
            part, start = Part.HEADING, start + hashes.end()
        level = len(hashes.group().rstrip()) if hashes else 0
        own = text[start : line.end]
        yield Piece(start, line.end, part, own, line.indent, line.gap, own, mark, None, level)
        previous = part


def _dated(line: Line, date: OwnDate) -> Iterator[Piece]:
    """Part a date line from the furniture that is glued to it."""
    cut = glued_at(line.text)
    head = line.text[:cut].rstrip(" |") if cut and cut >= date.end else line.text
    end = line.start + len(head)
    yield Piece(line.start, end, Part.DATE, head, line.indent, line.gap, head)
    rest = line.text[len(head) :].lstrip(" |")
    if rest:
        start = line.end - len(rest)
        yield Piece(start, line.end, Part.FURNITURE, rest, line.indent, False, rest)


def _part(line: Line, mark: Mark | None, previous: Part) -> Part:
    text = line.text
    if mark is None:
        short = len(text.split()) < _FEW_WORDS and not line.gap
        after_button = previous is Part.FURNITURE and short and text[-1].isalnum()
        if is_cue("furniture", text) or after_button or not _ALNUM.search(text):
            return Part.FURNITURE
        if is_cue("review", text) or (previous is Part.REVIEW_STATUS and is_cue("state", text)):
            return Part.REVIEW_STATUS
        if text.count("|") > 1 or text.count("\t") > 1:
            return Part.TABLE_ROW
        return Part.PARAGRAPH
    own = text[mark.length :]
    if own and is_cue("furniture", own) and len(own.split()) < _FEW_WORDS:
        return Part.FURNITURE
    return Part.BULLET if mark.number is None else Part.STEP
