"""A printed reference list: which lines are entries, and under which label.

The label is the number that the list prints, by which markers in the text call the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model import Part
from kg.sources.furniture import is_cue
from kg.sources.lines import Mark
from kg.sources.pieces import WRAPS_FROM, Gathering, Piece

_NUMBER = re.compile(r"(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.):]?(?=\s))\s*")
_BRACKETED = re.compile(r"\[\d{1,3}\]\s*\S")
_BIBLIOGRAPHIC = re.compile(
    r"\b(?:19|20)\d\d\b|https?://|\bdoi\b|\bet al\b|\bPMID\b", re.IGNORECASE
)
_BY_AUTHOR = re.compile(
    r"[A-ZÀ-Þ][\w'’-]+(?:[- ][A-ZÀ-Þ][\w'’-]+)?,? (?:[A-Z]\.?[ -]?){1,3}(?:[,.&]| and |\s\()"
)
_LISTED = frozenset({Part.BULLET, Part.STEP})
_MOST_SKIPPED = 20  # a list may leave numbers out; a larger leap is a page or a volume


def with_references(pieces: Sequence[Piece]) -> list[Piece]:
    """Turn the entries of a printed reference list into references, one piece each.

    A list begins at its heading, or where a line ``[1] …`` names a year, a DOI or an address; it
    ends at the first line after a gap that can be no entry.
    """
    found = Gathering()
    listing = False
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        last = found.last
        if _is_heading(piece, following):
            listing = True
            found.add(replace(piece, part=Part.HEADING))
        elif listing and last and last.part is Part.REFERENCE and _continues(last, piece):
            found.extend(piece)
        elif (listing and is_entry(piece)) or _stands_alone(piece):
            listing = True
            found.add(_entry(piece))
        else:
            listing = listing and piece.part is Part.FURNITURE
            found.add(piece)
    return found.pieces()


def _is_heading(piece: Piece, following: Piece | None) -> bool:
    named = piece.part in {Part.PARAGRAPH, Part.HEADING} and is_cue("references", piece.text)
    return named and following is not None and is_entry(following)


def is_entry(piece: Piece) -> bool:
    """Tell whether a line below the heading of a reference list begins an entry."""
    if piece.part in _LISTED:
        return True
    if piece.part is not Part.PARAGRAPH:
        return False
    return bool(_NUMBER.match(piece.text) or _BIBLIOGRAPHIC.search(piece.text))


def _stands_alone(piece: Piece) -> bool:
    """Tell an entry such as ``[1] …`` that no heading announces."""
    return (
        piece.part is Part.PARAGRAPH
        and _BRACKETED.match(piece.text) is not None
        and _BIBLIOGRAPHIC.search(piece.text) is not None
    )


def _continues(last: Piece, line: Piece) -> bool:
    """Tell whether a line goes on with the entry before it."""
    if line.gap or line.part not in {Part.PARAGRAPH, *_LISTED}:
        return False
    number = _label(line)
    if last.label is None:
        if _BY_AUTHOR.match(line.text) and _BIBLIOGRAPHIC.search(line.text):
            return False
        return (
            line.part is Part.PARAGRAPH
            and len(last.last) >= WRAPS_FROM
            and (line.indent > last.indent or not last.last.endswith("."))
        )
    if number is None:
        return True
    ahead = int(number) - int(last.label)
    skips = 1 < ahead <= _MOST_SKIPPED and _BIBLIOGRAPHIC.search(line.text) is not None
    return not (ahead == 1 or number == "1" or skips)


def _label(piece: Piece) -> str | None:
    if piece.mark:
        return str(piece.mark.number) if piece.mark.number else None
    match = _NUMBER.match(piece.text)
    return match.group(match.lastindex or 0) if match else None


def _entry(piece: Piece) -> Piece:
    """Return the entry without its number."""
    match = None if piece.mark else _NUMBER.match(piece.text)
    if match is None or match.end() == len(piece.text):
        return replace(piece, part=Part.REFERENCE, label=_label(piece))
    text = piece.text[match.end() :]
    printed = match.group().rstrip()
    mark = Mark(printed, int(match.group(match.lastindex or 0)), match.end())
    return replace(
        piece, start=piece.start + match.end(), part=Part.REFERENCE, text=text, last=text,
        label=str(mark.number), mark=mark,
    )  # fmt: skip


def labels(pieces: Iterable[Piece]) -> list[str]:
    """Return the labels of the entries, in order."""
    return [piece.label for piece in pieces if piece.part is Part.REFERENCE and piece.label]
