r"""XML as a tree whose every element and text knows where it stands in the file, in code points.

The parser is expat, which checks the whole and tells where each tag stands; what an element says is
cut from the file between its tags when it is asked for. A file that declares entities of its own,
or nests deeper than any publication, is refused, and nothing outside the file is ever read. An
entity that XML does not know is taken as HTML's, or keeps its place and says nothing.

>>> text = "<a>p &lt; 0.05 in <i>ten</i> men</a>"
>>> root = parse(text, "r.xml")
>>> root.text(), [text[d.start : d.end] for d in root.data()]
('p < 0.05 in ten men', ['p ', '&lt;', ' 0.05 in ', 'ten', ' men'])
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from typing import NoReturn
from xml.parsers import expat

from kg.sources.decoding import SourceError
from kg.sources.tree import Data, Element

_DEEPEST = 256
_TAG = re.compile(r"<[^\s/>\"']+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(r"([^\s=<\"']+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PIECE = re.compile(
    r"<!\[CDATA\[(?P<verbatim>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|(?P<entity>&[^;&<]*;)|(?P<plain>[^<&]+)",
    re.DOTALL,
)


class XmlError(SourceError):
    """XML that is cut off, malformed or unsafe."""


def parse(text: str, name: str, closed: Collection[str] = ()) -> Element:
    """Read a file's text as XML.

    :param closed: names of elements whose inside is only looked into when it is asked for
    :raises XmlError: if it is not well formed, declares entities, or nests too deeply
    """
    outline = _Outline(text, name, frozenset(closed))
    outline.run()
    return next(outline.root.elements())


class Frame:
    """Checks what stands around the records of a long file, piece by piece.

    >>> frame = Frame("r.xml")
    >>> frame.feed("<set>"); frame.feed("</set>"); frame.end(alone=False)
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.parser = _parser(name)
        self.parser.StartElementHandler = self.begin
        self.fed = self.opened = False

    def begin(self, *_: object) -> None:
        """Note that something stands around the records, which has to end, too."""
        self.opened = True

    def feed(self, text: str) -> None:
        """Take the next piece.

        :raises XmlError: if what came so far cannot be part of well-formed XML
        """
        text = text if self.fed else text.removeprefix("\ufeff")
        self.fed = True
        try:
            self.parser.Parse(_bytes(text), False)
        except expat.ExpatError as error:
            raise _malformed(self.name, error, 0, "") from error

    def end(self, *, alone: bool) -> None:
        """Say that nothing follows.

        :param alone: whether a record may be the file's outermost element, with nothing around it
        :raises XmlError: if something should follow
        """
        try:
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            nothing = error.code == expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]
            if not (alone and nothing and not self.opened):
                raise _malformed(self.name, error, 0, "") from error


def _bytes(text: str) -> bytes:
    """Write one byte for each code point, so that the parser's offsets are the file's.

    What is no ASCII stands in texts and attribute values only, which are cut from the file.
    """
    return text.encode("ascii", "replace")


def _parser(name: str) -> expat.XMLParserType:
    def refuse(entity: str, *_: object) -> NoReturn:
        raise XmlError(
            name, f"declares the entity {entity!r}", expected="no entities of its own",
            hint="remove the declaration from the DOCTYPE",
        )  # fmt: skip

    parser = expat.ParserCreate("us-ascii")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.UseForeignDTD(True)
    parser.EntityDeclHandler = refuse
    return parser


def _malformed(name: str, error: expat.ExpatError, start: int, text: str) -> XmlError:
    lines = text.count("\n", 0, start)
    before = 0 if error.lineno > 1 else start - (text.rfind("\n", 0, start) + 1)
    return XmlError(
        name, f"not well-formed XML: {expat.ErrorString(error.code)}",
        place=f"line {error.lineno + lines}, column {error.offset + 1 + before}",
        expected="a whole XML file", hint="save or download the file again",
    )  # fmt: skip


class _Outline:
    """Finds the elements of a text, or of a part of it; their data is left for later."""

    def __init__(
        self, text: str, name: str, closed: frozenset[str], start: int = 0, end: int | None = None
    ) -> None:
        self.text, self.name, self.closed = text, name, closed
        self.first, self.last = start, len(text) if end is None else end
        self.first += text.startswith("\ufeff", start)
        self.root = Element("", start, {})
        self.open = [self.root]
        self.parser = _parser(name)
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.close
        self.fill = _Print(text, name).fill

    def run(self) -> None:
        """Parse the text.

        :raises XmlError: if it is not well formed, declares entities, or nests too deeply
        """
        try:
            self.parser.Parse(_bytes(self.text[self.first : self.last]), True)
        except expat.ExpatError as error:
            raise _malformed(self.name, error, self.first, self.text) from error
        finally:
            self.parser.StartElementHandler = self.parser.EndElementHandler = None

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element; the inside of a closed one is passed over."""
        start = self.parser.CurrentByteIndex + self.first
        if len(self.open) > _DEEPEST:
            raise XmlError(
                self.name, f"more than {_DEEPEST} elements inside each other",
                place=f"character {start}", expected="a publication's record",
            )  # fmt: skip
        inner = start + len(name) + 2
        if attributes or self.text[inner - 1] != ">":
            values = "".join(attributes.values())
            tag = _TAG.match(self.text, start) if ">" in values or "?" in values else None
            inner = tag.end() if tag else self.text.index(">", start) + 1
            if "?" in values:
                attributes = _attributes(self.text[start:inner])
        element = Element(name, start, attributes, 0, inner, 0, [], self.fill)
        self.open[-1].children.append(element)
        self.open.append(element)
        if name in self.closed:
            element.closed = True
            self.parser.StartElementHandler = None
            self.parser.EndElementHandler = self.pass_over

    def pass_over(self, name: str) -> None:
        """Wait for the end of a closed element."""
        if name == self.open[-1].name:
            self.parser.StartElementHandler = self.begin
            self.parser.EndElementHandler = self.close
            self.close(name)

    def close(self, name: str) -> None:
        """Close the innermost element; an empty one's end is its tag's."""
        at = self.parser.CurrentByteIndex + self.first
        element = self.open.pop()
        if self.text[element.inner_start - 2] == "/":
            element.inner_end = element.end = element.inner_start
            return
        element.inner_end = at
        end = at + len(name) + 3
        element.end = end if self.text[end - 1 : end] == ">" else self.text.index(">", at) + 1


class _Print:
    """The text that elements are cut from; it knows none of them, so that they go when unused."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name

    def fill(self, element: Element) -> None:
        """Put an element's character data between the elements inside it."""
        if element.closed:
            inside = _Outline(
                self.text, self.name, frozenset(), element.start, element.end
            )  # fmt: skip
            inside.run()
            element.children = next(inside.root.elements()).children
            element.closed = False
        filled: list[Element | Data] = []
        at = element.inner_start
        for child in element.children:
            if isinstance(child, Element):
                filled += self.pieces(at, child.start)
                filled.append(child)
                at = child.end
        filled += self.pieces(at, element.inner_end)
        element.children = filled

    def pieces(self, start: int, end: int) -> Iterator[Data]:
        """Yield the character data between two tags, entities each for itself."""
        if start >= end:
            return
        raw = self.text[start:end]
        if "&" not in raw and "<" not in raw:
            yield Data(start, end, raw)
            return
        for match in _PIECE.finditer(raw):
            says = match["plain"] or match["verbatim"]
            if match["entity"]:
                says = html.unescape(match["entity"])
                says = "" if says == match["entity"] else says
            elif says is None:
                continue
            low = match.start("verbatim") if match["verbatim"] else match.start()
            high = match.end("verbatim") if match["verbatim"] else match.end()
            yield Data(start + low, start + high, says)


def _attributes(tag: str) -> dict[str, str]:
    return {
        m[1]: html.unescape(m[2] if m[2] is not None else m[3]) for m in _ATTRIBUTE.finditer(tag)
    }
