r"""XML as a tree whose every element and text knows where it stands in the file, in code points.

The parser is expat. A file that declares entities of its own, or nests deeper than any publication,
is refused, and nothing outside the file is ever read. An entity without a declaration keeps its
place and says nothing.

>>> text = "<a>p &lt; 0.05 in <i>ten</i> men</a>"
>>> root = parse(text, "r.xml")
>>> root.text(), [text[d.start : d.end] for d in root.data()]
('p < 0.05 in ten men', ['p ', '&lt;', ' 0.05 in ', 'ten', ' men'])
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from kg.sources.decoding import SourceError

_DEEPEST = 256


class XmlError(SourceError):
    """XML that is cut off, malformed or unsafe."""


@dataclass(frozen=True, slots=True)
class Data:
    """Character data: what it says, and where it is printed."""

    start: int
    end: int
    says: str


@dataclass(slots=True)
class Element:
    """An element with its attributes, and what is inside it in order."""

    name: str
    start: int
    attributes: dict[str, str]
    end: int = 0
    inner_start: int = 0
    inner_end: int = 0
    children: list[Element | Data] = field(default_factory=list)

    def elements(self, name: str | None = None) -> Iterator[Element]:
        """Yield the element's own children, of one name if it is given."""
        for child in self.children:
            if isinstance(child, Element) and name in {None, child.name}:
                yield child

    def find(self, path: str) -> Element | None:
        """Return the first element at a path such as ``Article/Journal/Title``."""
        return next(self.all(path), None)

    def all(self, path: str) -> Iterator[Element]:
        """Yield every element at a path, in text order."""
        first, _, rest = path.partition("/")
        for child in self.elements(first):
            if rest:
                yield from child.all(rest)
            else:
                yield child

    def walk(self) -> Iterator[Element]:
        """Yield the element and every element inside it, in text order."""
        yield self
        for child in self.elements():
            yield from child.walk()

    def data(self) -> Iterator[Data]:
        """Yield every piece of character data inside the element."""
        for child in self.children:
            if isinstance(child, Data):
                yield child
            else:
                yield from child.data()

    def text(self) -> str:
        """Return what the element says, its markup left out and its spaces joined."""
        return " ".join("".join(d.says for d in self.data()).split())


def parse(text: str, name: str) -> Element:
    """Read a file's text as XML.

    :raises XmlError: if it is not well formed, declares entities, or nests too deeply
    """
    return _Builder(text, name).run()


class _Builder:
    """Takes expat's events; an element's or text's end is where the next event begins."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.length = len(text)
        self.encoded = text.encode("utf-8")
        self.ascii = len(self.encoded) == len(text)
        self.root = Element("", 0, {})
        self.open = [self.root]
        self.waiting: Data | Element | None = None
        self.byte = self.char = 0
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = False
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.UseForeignDTD(True)
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.close
        parser.CharacterDataHandler = self.say
        parser.EntityDeclHandler = self.declare
        for handler in ("CommentHandler", "StartCdataSectionHandler", "EndCdataSectionHandler",
                        "ProcessingInstructionHandler", "SkippedEntityHandler"):  # fmt: skip
            setattr(parser, handler, self.pass_over)

    def run(self) -> Element:
        """Parse the whole text and return its outermost element."""
        try:
            self.parser.Parse(self.encoded, True)
            self.settle(self.length)
        except expat.ExpatError as error:
            at = f"line {error.lineno}, column {error.offset + 1}"
            raise XmlError(
                self.name, f"not well-formed XML: {expat.ErrorString(error.code)}", place=at,
                expected="a whole XML file", hint="save or download the file again",
            ) from error  # fmt: skip
        return next(self.root.elements())

    def here(self) -> int:
        """Return the code point at which the event that is handled begins."""
        byte = self.parser.CurrentByteIndex
        if self.ascii:
            return byte
        if byte < self.byte:
            self.byte = self.char = 0
        self.char += len(self.encoded[self.byte : byte].decode("utf-8", "ignore"))
        self.byte = byte
        return self.char

    def settle(self, at: int) -> None:
        """Say where the last event's print ends."""
        if isinstance(self.waiting, Element):
            if self.waiting.end:
                self.waiting.end = at
            else:
                self.waiting.inner_start = at
        elif self.waiting is not None:
            siblings = self.open[-1].children
            siblings[-1] = Data(self.waiting.start, at, self.waiting.says)
        self.waiting = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        at = self.here()
        self.settle(at)
        if len(self.open) > _DEEPEST:
            raise XmlError(
                self.name, f"more than {_DEEPEST} elements inside each other",
                place=f"character {at}", expected="a publication's record",
            )  # fmt: skip
        element = Element(name, at, attributes)
        self.open[-1].children.append(element)
        self.open.append(element)
        self.waiting = element

    def close(self, _: str) -> None:
        """Close the innermost element."""
        at = self.here()
        self.settle(at)
        element = self.open.pop()
        element.inner_start = element.inner_start or at
        element.inner_end, element.end = at, max(at, 1)
        self.waiting = element

    def say(self, says: str) -> None:
        """Take a piece of character data."""
        at = self.here()
        self.settle(at)
        piece = Data(at, at, says)
        self.open[-1].children.append(piece)
        self.waiting = piece

    def pass_over(self, *_: object) -> None:
        """Take what says nothing: a comment, an instruction, an unknown entity."""
        self.settle(self.here())

    def declare(self, entity: str, *_: object) -> None:
        """Refuse a declaration, which could unfold without end or read another file."""
        raise XmlError(
            self.name, f"declares the entity {entity!r}", expected="no entities of its own",
            hint="remove the declaration from the DOCTYPE",
        )  # fmt: skip
