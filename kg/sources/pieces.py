"""Lines on their way to segments: what each is, and which of them belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.model import Part
from kg.sources.lines import Mark

WRAPS_FROM = 40
_OWN_PARAGRAPH = 120
_ENDED = re.compile(r"(?:[.!?:;…]|[.!?…)\]]\s?[\[(]?\d[\d\s,–-]*[\])]?)[\"'”’)\]*]*\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that will be one segment.

    :param text: its lines so far, trimmed, joined by line feeds; empty after a lone list mark
    :param indent: columns before its first line, list mark included
    :param gap: whether a blank line comes before it
    :param last: the last of its lines
    :param mark: the list mark that stands before it
    """

    start: int
    end: int
    part: Part
    text: str
    indent: int
    gap: bool
    last: str
    mark: Mark | None = None
    label: str | None = None
    level: int = 0


def has_ended(line: str) -> bool:
    """Tell whether a line ends as a sentence does, citation markers aside.

    >>> [has_ended(t) for t in ("It helps.", "It helps [1].", "It helps. 4, 3", "It helps")]
    [True, True, True, False]
    """
    return _ENDED.search(line) is not None


class Gathering:
    """Pieces in the making; a piece's text is joined once, when the piece is complete.

    A piece of many lines would otherwise be copied with each of them.
    """

    def __init__(self) -> None:
        self._found: list[Piece] = []
        self._more: list[str] = []

    @property
    def last(self) -> Piece | None:
        """The last piece so far; its ``text`` may lack the lines that went on with it."""
        return self._found[-1] if self._found else None

    def add(self, piece: Piece) -> None:
        """Begin a new piece."""
        self._complete()
        self._found.append(piece)

    def fill(self, piece: Piece) -> None:
        """Put a piece in the place of the last, which was a list mark alone."""
        self._found[-1] = piece

    def extend(self, line: Piece) -> None:
        """Give the last piece one more line."""
        self._more.append(line.text)
        self._found[-1] = replace(self._found[-1], end=line.end, last=line.text)

    def pieces(self) -> list[Piece]:
        """Return the pieces, all complete."""
        self._complete()
        return self._found

    def _complete(self) -> None:
        if self._more:
            piece = self._found[-1]
            self._found[-1] = replace(piece, text="\n".join((piece.text, *self._more)))
            self._more = []


def unmarked(piece: Piece, part: Part = Part.PARAGRAPH) -> Piece:
    """Give a piece back the list mark that its line began with."""
    if piece.mark is None:
        return replace(piece, part=part)
    text = f"{piece.mark.printed} {piece.text}".strip()
    start = piece.start - piece.mark.length
    return replace(piece, start=start, part=part, text=text, last=text, mark=None)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Join lines that go on; undo list marks that are none; fill marks that stand alone."""
    found = Gathering()
    for line in pieces:
        previous = found.last
        piece = line if begins_item(line, previous) else unmarked(line)
        if previous is None or piece.part is not Part.PARAGRAPH:
            found.add(piece)
        elif not previous.text and not piece.gap:
            kept = replace(piece, part=previous.part, mark=previous.mark, indent=previous.indent)
            found.fill(kept)
        elif _goes_on(previous, piece):
            found.extend(piece)
        else:
            found.add(piece)
    return [p if p.text else unmarked(p, Part.FURNITURE) for p in found.pieces()]


def begins_item(piece: Piece, previous: Piece | None) -> bool:
    """Tell a list mark from a figure or letter that a broken line happens to begin with."""
    number = piece.mark.number if piece.mark else None
    if piece.mark is None or number is None:
        return True
    before = previous.mark if previous and previous.part is Part.STEP else None
    if number == 0 and piece.mark.printed.endswith("."):
        letter = piece.mark.printed.strip("(.").lower()
        return letter in {"a", "i"} or (before is not None and before.number == 0)
    if previous is None or piece.gap or number in {0, 1} or has_ended(previous.last):
        return True
    if before is not None and number == (before.number or 0) + 1:
        return True
    return len(previous.last) < WRAPS_FROM or previous.part not in {Part.PARAGRAPH, Part.STEP}


def _goes_on(previous: Piece, line: Piece) -> bool:
    """Tell whether a line continues the piece before it.

    A line of fewer than 40 characters was not broken to fit; one of more than 120 that ends as a
    sentence does was not broken either.
    """
    if line.gap:
        return False
    starts_low = line.text[:1].islower()
    if previous.part in {Part.BULLET, Part.STEP}:
        if line.indent > previous.indent or starts_low:
            return True
        return not has_ended(previous.last) and len(previous.last) >= WRAPS_FROM
    if previous.part is not Part.PARAGRAPH:
        return False
    if starts_low:
        return True
    if len(previous.last) > _OWN_PARAGRAPH and has_ended(previous.last):
        return False
    return len(previous.last) >= WRAPS_FROM
