r"""Cuts a file of several records into its records, each with the place where it begins.

A set of PubMed or PMC records in XML is cut as it streams by, so that a file of any length takes
the room of its longest record; other files are cut whole.

>>> text = "PMID- 1\nTI  - One\n\nPMID- 2\nTI  - Two\n"
>>> [(cut.begins, cut.text.split()[1]) for cut in cuts([text], "nbib", "r.nbib")]
[(0, '1'), (19, '2')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.sources.decoding import MAX_BYTES, TooLargeError
from kg.sources.json_tree import Item, parse
from kg.sources.lines import lines
from kg.sources.pubmed_export import is_export, record_starts
from kg.sources.xml_tree import Frame, XmlError

_OPENED = {
    "pubmed-xml": re.compile(r"<(PubmedArticle|PubmedBookArticle|MedlineCitation)(?=[\s>/])"),
    "jats": re.compile(r"<(article)(?=[\s>/])"),
}
STREAMED = frozenset(_OPENED)
_RECORD = re.compile(r"^PMID- ?(?=\d)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cut:
    """One record's own text.

    :param begins: where it begins in its file, in code points
    :param line: how many lines of the file stand before it
    :param error: why the text is no whole record, if it is none
    """

    text: str
    begins: int
    line: int = 0
    error: XmlError | None = None


def cuts(pieces: Iterable[str], fmt: str, name: str) -> Iterator[Cut]:
    """Yield the records of a file, as its text comes in pieces.

    Of XML, what stands between the records is checked, too; a file that ends inside a record, or
    whose frame is not well formed, ends with a cut that says so.

    :param fmt: one of :data:`kg.sources.FORMATS`; a format whose files hold one record is not cut
    """
    if fmt in _OPENED:
        yield from _Cutter(_OPENED[fmt], name).run(pieces)
        return
    text = "".join(pieces)
    starts = _STARTS[fmt](text) if fmt in _STARTS else []
    if fmt == "ctgov":
        yield from (Cut(text[i.start : i.end], i.start) for i in _studies(text, name))
        return
    starts = starts or [0]
    for at, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        yield Cut(text[at:stop].rstrip(), at, text.count("\n", 0, at))


def _studies(text: str, name: str) -> list[Item]:
    """Find the studies of a page of a search, or of a list."""
    root = parse(text, name)
    held = root.member("studies") if root.is_object() else root
    studies = [i for i in held.items() if i.is_object()] if held is not None else []
    return studies or [root]


def _tagged(text: str) -> list[int]:
    return [match.start() for match in _RECORD.finditer(text)]


def _exported(text: str) -> list[int]:
    found = lines(text)
    return record_starts(found) if is_export(found) else []


_STARTS: Mapping[str, Callable[[str], list[int]]] = MappingProxyType(
    {"nbib": _tagged, "pubmed-page": _exported}
)


class _Cutter:
    """Cuts records out of XML that comes in pieces."""

    def __init__(self, opened: re.Pattern[str], name: str) -> None:
        self.opened, self.name = opened, name
        self.frame = Frame(name)
        self.buffer, self.offset, self.line = "", 0, 0

    def run(self, pieces: Iterable[str]) -> Iterator[Cut]:
        """Yield each record as soon as it is whole."""
        found = 0
        for piece in pieces:
            self.buffer += piece
            try:
                for cut in self.whole():
                    found += 1
                    yield cut
            except XmlError as error:
                yield self.ill(error)
                return
            if len(self.buffer) > MAX_BYTES:
                raise TooLargeError(self.name, len(self.buffer), MAX_BYTES)
        yield from self.rest(found)

    def whole(self) -> Iterator[Cut]:
        """Yield the records that the buffer holds whole, and give their frame to the check."""
        at = 0
        while (match := self.begins(at)) is not None:
            closing = f"</{match[1]}>"
            end = self.buffer.find(closing, match.end())
            if end < 0:
                break
            end += len(closing)
            end = self.again(match[1], match.end(), end)
            self.frame.feed(self.buffer[at : match.start()])
            self.line += self.lines(at, match.start())
            yield Cut(self.buffer[match.start() : end], self.offset + match.start(), self.line)
            self.line += self.lines(match.start(), end)
            at = end
        else:
            tag = self.buffer.rfind("<", at)  # perhaps a record's first tag, not yet whole
            stop = len(self.buffer) if tag < 0 else tag
            self.frame.feed(self.buffer[at:stop])
            self.line += self.lines(at, stop)
            at = stop
        self.offset += at
        self.buffer = self.buffer[at:]

    def begins(self, at: int) -> re.Match[str] | None:
        """Find where the next record begins, comments passed over."""
        while (match := self.opened.search(self.buffer, at)) is not None:
            comment = self.buffer.rfind("<!--", at, match.start())
            end = self.buffer.find("-->", comment, match.start()) if comment >= 0 else 0
            if comment < 0 or end >= 0:
                return match
            at = self.buffer.find("-->", match.end())
            if at < 0:
                return None
        return None

    def again(self, tag: str, start: int, end: int) -> int:
        """Return where the next record begins if the end tag that was found is that one's."""
        at = self.buffer.find(f"<{tag}", start, end)
        while at >= 0:
            if self.opened.match(self.buffer, at):
                return at
            at = self.buffer.find(f"<{tag}", at + 1, end)
        return end

    def lines(self, start: int, end: int) -> int:
        return self.buffer.count("\n", start, end)

    def rest(self, found: int) -> Iterator[Cut]:
        """Say what is wrong with the end of the file, if anything is."""
        if self.begins(0) is not None:
            yield Cut(self.buffer, self.offset, self.line)  # cut off: its own parser says where
            return
        try:
            self.frame.feed(self.buffer)
            self.frame.end(alone=found > 0)
        except XmlError as error:
            yield self.ill(error)

    def ill(self, error: XmlError) -> Cut:
        """Say what is wrong around the records, at the line of the file that was come to."""
        self.line += self.lines(0, len(self.buffer))
        error.place = f"by line {self.line + 1}"
        return Cut("", self.offset, self.line, error)
