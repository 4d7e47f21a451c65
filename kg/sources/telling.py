r"""A readable text made for a file that tells in fields, each stretch tied to where it is printed.

>>> from kg.sources.json_tree import parse
>>> entry = parse('{"title": "Pain \\u2264 3", "value": "12"}', "r.json")
>>> told = Telling('{"title": "Pain \\u2264 3", "value": "12"}')
>>> told.tell(Part.RESULTS, entry, entry.member("title"), ": ", entry.member("value"), ".")
>>> text, segments, places = told.whole()
>>> text, [(p.start, p.end, p.first, p.last) for p in places][-2:]
('Pain ≤ 3: 12.\n', [(10, 12, 37, 39), (12, 13, 0, 41)])
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kg.model import Part, Place, Segment
from kg.sources.json_tree import Item

_ESCAPE = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\.")


class Telling:
    """Gathers sentences and where their words stand in a file.

    :param text: the file's text
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.said: list[str] = []
        self.length = 0
        self.segments: list[Segment] = []
        self.places: list[Place] = []

    def tell(
        self, part: Part, around: Item, *pieces: Item | str | None, label: str | None = None
    ) -> None:
        """Add a sentence on a line of its own.

        :param around: the sentence's place: words, and values from elsewhere, stand for all of it
        :param pieces: words, or values of the file; None is left out
        """
        start = self.length
        for piece in pieces:
            inside = isinstance(piece, Item) and around.start <= piece.start <= around.end
            if isinstance(piece, Item) and inside:
                self._print(piece)
            elif piece:
                says = str(piece.value) if isinstance(piece, Item) else piece
                self._add(says, around.start, around.end, exact=False)
        if self.length > start:
            self.segments.append(Segment(start, self.length, part, label))
            self.said.append("\n")
            self.length += 1

    def whole(self) -> tuple[str, tuple[Segment, ...], tuple[Place, ...]]:
        """Return the text with its segments and places."""
        return "".join(self.said), tuple(self.segments), tuple(self.places)

    def _print(self, item: Item) -> None:
        """Add a value as the file prints it, escapes of a string undone."""
        if isinstance(item.value, str):
            for says, first, last in _unescaped(self.text, item):
                self._add(says, first, last, exact=len(says) == last - first)
        elif item.value is not None:
            self._add(self.text[item.start : item.end], item.start, item.end, exact=True)

    def _add(self, says: str, first: int, last: int, *, exact: bool) -> None:
        end = self.length + len(says)
        self.places.append(Place(self.length, end, first, last, exact))
        self.said.append(says)
        self.length = end


def _unescaped(text: str, item: Item) -> Iterator[tuple[str, int, int]]:
    """Yield the runs of a string between its escapes, and the escapes."""
    at = item.start
    for match in _ESCAPE.finditer(text, item.start, item.end):
        if at < match.start():
            yield text[at : match.start()], at, match.start()
        yield json.loads(f'"{match.group()}"'), *match.span()
        at = match.end()
    if at < item.end:
        yield text[at : item.end], at, item.end
