r"""JSON as a tree whose every value knows where it stands in the file, in code points.

Strings and numbers are read by the standard library's scanner, which tells where each ends.

>>> root = parse('{"a": [1, "ten\\u00b0"]}', "r.json")
>>> [(i.value, i.start, i.end) for i in root.items("a")]
[(1, 7, 8), ('ten°', 11, 20)]
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.sources.decoding import SourceError

_DEEPEST = 100
_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")


class JsonError(SourceError):
    """JSON that is cut off, malformed or nested too deeply."""


@dataclass(slots=True)
class Item:
    """A value: where it stands, and what it is.

    :param start: where it begins; a string's quotation marks stand outside
    :param value: of a string, a number, true, false or null; None for objects and lists
    :param kind: ``object``, ``list`` or ``value``
    :param children: an object's members by name, a list's items by their number
    """

    start: int
    end: int = 0
    kind: str = "value"
    value: str | float | bool | None = None
    children: list[tuple[str, Item]] = field(default_factory=list)

    def is_object(self) -> bool:
        """Whether it is an object, with members."""
        return self.kind == "object"

    def member(self, path: str) -> Item | None:
        """Return the member at a path such as ``module/title``, or None."""
        found: Item | None = self
        for name in path.split("/"):
            found = next((c for n, c in found.children if n == name), None) if found else None
        return found

    def items(self, path: str | None = None) -> Iterator[Item]:
        """Yield a list's items: its own, or those of the list at a path."""
        held = self.member(path) if path else self
        if held is not None and held.kind == "list":
            yield from (child for _, child in held.children)

    def said(self, path: str) -> str | None:
        """Return what the value at a path says as text, or None."""
        found = self.member(path)
        return None if found is None or found.value is None else str(found.value)


def parse(text: str, name: str) -> Item:
    """Read a file's text as JSON.

    :raises JsonError: if it is none, with the line and column
    """
    try:
        return _Reader(text, name).whole()
    except json.JSONDecodeError as error:
        raise JsonError(
            name, f"not JSON: {error.msg}", place=f"line {error.lineno}, column {error.colno}",
            expected="a whole JSON file", hint="save or download the file again",
        ) from error  # fmt: skip


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name

    def whole(self) -> Item:
        """Read the one value that the text is."""
        item = self.value(self.space(int(self.text.startswith("\ufeff"))), 0)
        end = self.space(self.after(item))
        if end < len(self.text):
            msg = "something follows the value"
            raise json.JSONDecodeError(msg, self.text, end)
        return item

    def space(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def value(self, at: int, depth: int) -> Item:
        """Read the value that begins at a place."""
        first = self.text[at : at + 1]
        if depth > _DEEPEST:
            raise JsonError(
                self.name, f"more than {_DEEPEST} values inside each other",
                place=f"character {at}", expected="a registry's entry",
            )  # fmt: skip
        if first == '"':
            said, end = _DECODER.raw_decode(self.text, at)
            return Item(at + 1, end - 1, value=said)
        if first in {"{", "["}:
            return self.held(at, depth)
        match = _WORD.match(self.text, at)
        if match is None:
            msg = "a value is missing"
            raise json.JSONDecodeError(msg, self.text, at)
        return Item(at, match.end(), value=json.loads(match.group()))

    def held(self, at: int, depth: int) -> Item:
        """Read an object or a list."""
        named = self.text[at] == "{"
        item = Item(at, kind="object" if named else "list")
        closing = "}" if named else "]"
        at = self.space(at + 1)
        while self.text[at : at + 1] != closing:
            if item.children:
                at = self.space(self.expect(at, ","))
            key = str(len(item.children))
            if named:
                key, at = _DECODER.raw_decode(self.text, self.expect(at, '"') - 1)
                at = self.space(self.expect(self.space(at), ":"))
            child = self.value(at, depth + 1)
            item.children.append((key, child))
            at = self.space(self.after(child))
        item.end = at + 1
        return item

    def after(self, child: Item) -> int:
        """Return where the print of a value ends; a string's quotation mark belongs to it."""
        return child.end + isinstance(child.value, str)

    def expect(self, at: int, character: str) -> int:
        if self.text[at : at + 1] != character:
            msg = f"expected {character!r}"
            raise json.JSONDecodeError(msg, self.text, at)
        return at + 1
