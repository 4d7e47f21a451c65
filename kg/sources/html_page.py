r"""Answers and records saved as HTML: laid out as text at the places where the file prints them.

The view that comes out has the file's length: block elements part lines, list items get a mark,
and a citation's number, raised or linked to a place in the page, stands in square brackets.
That text is read as a pasted answer or a pasted record is, so that the same answer gives the same
statements in either form.

>>> from kg.sources.decoding import decode
>>> page = b'''<html><body><h1>Does it help?</h1><ul><li>It is safe.<sup>1</sup></li></ul>
... <p>It helps <a href="#ref2">2</a>.</p></body></html>'''
>>> source = read(decode(page, "a.html"), DocumentRole.ANSWER)
>>> [(s.part.value, source.view[s.start : s.end].replace(FILLER, "")) for s in source.segments]
[('title', 'Does it help?'), ('bullet', 'It is safe.[1]'), ('paragraph', 'It helps [2].')]
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model import DocumentRole, Source
from kg.sources import answer_text, plain_text, pubmed_page
from kg.sources.decoding import Decoded, EmptyFileError
from kg.sources.html_tree import parse
from kg.sources.tree import Data, Element
from kg.text.filler import FILLER

FORMAT = "html"
PUBMED = "pubmed-html"
_SILENT = {
    "head", "title", "script", "style", "noscript", "template", "svg", "nav", "footer", "aside",
    "button", "iframe", "select", "textarea", "canvas", "audio", "video", "object",
    "dialog",
}  # fmt: skip
_FEWEST_CHARS = 200
_BLANK = {" ", "\n", FILLER}
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "img",
}  # fmt: skip
_VISIBLE = re.compile(r"[^\s\u200b]")
_AT_SPACE = re.compile(rf"(?<=[.;:,)]){FILLER}+(?=\s)")  # it is for the inside of words
_BACK = re.compile(r"[↩↑^⏎\ufe0e\ufe0f]+|back to (?:text|top)", re.IGNORECASE)
_HEADING = re.compile(r"h[1-6]")
_BASE = re.compile(r"(?:10|(?:^|[\s/·.\d(])(?:[cdkmµμn]?m|[cm]?L|s|h|min|kg|g|mL))$")
_NUMBERS = re.compile(r"[\[(]?\s*(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\s*[\])]?")


def read(file: Decoded, role: DocumentRole) -> Source:
    """Read a saved page as what it shows.

    :raises SourceError: as the readers of pasted text do
    """
    layout = _Layout(file.text, role)
    shown = layout.lay()
    if _VISIBLE.search(shown) is None:
        raise EmptyFileError(file.name, "the page shows no text", expected="text")
    laid = Decoded(file.name, file.sha256, shown)
    if role is DocumentRole.ANSWER:
        found = answer_text.read(laid, role)
    elif pubmed_page.looks_like(shown.lstrip()):
        found = pubmed_page.read(laid, role)
    else:
        found = plain_text.read(laid, role)
    made = PUBMED if found.document.format == pubmed_page.FORMAT else FORMAT
    document = replace(found.document, format=made, text=file.text)
    return replace(found, document=document, seen=shown, links=tuple(layout.links))


def _content(root: Element) -> Element:
    """Return what of a page is its content: a main part that the page marks as such, or all."""
    for element in root.walk():
        marked = element.name == "main" or element.attributes.get("role") == "main"
        marked = marked or "rprt" in element.attributes.get("class", "").split()
        if marked and len(element.text()) > _FEWEST_CHARS:
            return element
    return root


def _notes(root: Element) -> dict[str, str]:
    """Return place in the page → number, of the notes and entries that numbers link to."""
    found: dict[str, str] = {}
    for element in root.walk():
        place = element.attributes.get("href", "")
        number = _NUMBERS.fullmatch(element.text()) if place.startswith("#") else None
        if number is not None and number[1].isdigit():
            found.setdefault(place[1:], number[1])
    return found


class _Layout:
    """Writes the text of a page into a canvas of the file's length."""

    def __init__(self, text: str, role: DocumentRole) -> None:
        self.answers = role is DocumentRole.ANSWER
        self.root = parse(text)
        self.shown = [" "] * len(text)
        self.links: list[tuple[int, int]] = []
        self.notes = _notes(self.root)

    def lay(self) -> str:
        """Lay the whole page out."""
        self.inside(_content(self.root), pre=False)
        return _AT_SPACE.sub(lambda match: " " * len(match.group()), "".join(self.shown))

    def inside(self, element: Element, *, pre: bool) -> None:
        """Lay out what is inside an element."""
        for child in element.children:
            if isinstance(child, Data):
                self.say(child, pre=pre)
            elif child.name in {"p", "div"} and self.begins(element, child):
                self.inside(child, pre=pre)  # an item's text stands on the line of its mark
            elif child.name in _SILENT or (child.name == "form" and not self.is_page(child)):
                self.put(child.start, "\n")
            elif child.name in _INLINE:
                self.inline(child, pre=pre)
            else:
                self.block(child, pre=pre or child.name == "pre")

    def begins(self, item: Element, child: Element) -> bool:
        """Whether a paragraph is the first thing in a list item."""
        if item.name != "li":
            return False
        return not any(c not in _BLANK for c in self.shown[item.inner_start : child.start])

    def is_page(self, form: Element) -> bool:
        """Whether a form is what the whole page stands in, and not a box on it."""
        body = next((e for e in self.root.walk() if e.name == "body"), self.root)
        return 2 * len(form.text()) > len(body.text())

    def say(self, data: Data, *, pre: bool) -> None:
        says = data.says[: data.end - data.start]
        if not pre:
            says = re.sub(r"[\r\n\t]", " ", says)
        width = data.end - data.start
        self.shown[data.start : data.end] = [*says, *(FILLER * (width - len(says)))]

    def block(self, child: Element, *, pre: bool) -> None:
        """Part a block from what is around it; an item, a heading and a cell get their mark."""
        if child.name == "br":
            self.put(child.start, "\n")
            return
        opening = "\n\n"
        if child.attributes.get("id") in self.notes:
            opening = f"\n[{self.notes[child.attributes['id']]}] "
        elif child.name == "li":
            opening = "\n• "
        elif self.answers and _HEADING.fullmatch(child.name):
            opening = "\n## " if child.name != "h1" else "\n# "
        elif child.name in {"td", "th", "tr"}:
            opening = "\n" if child.name == "tr" else ""
        elif child.name == "dd":
            opening = " "
        self.put(child.start, opening, child.inner_start)
        self.inside(child, pre=pre)
        closing = "\n\n" if child.name not in {"td", "th", "tr", "li", "dt"} else ""
        closing = " | " if child.name in {"td", "th"} else closing
        self.put(child.inner_end, closing, child.end)

    def inline(self, child: Element, *, pre: bool) -> None:
        """Lay out an inline element: a citation's number is shown as one."""
        if _BACK.fullmatch(child.text()) and child.name == "a":
            return  # a footnote's way back to its call; spaces stand there already
        self.fill(child.start, child.inner_start)
        address = child.attributes.get("href", "")
        if child.name == "a" and address.startswith(("http://", "https://")):
            self.links.append((child.start, child.end))
        number = _NUMBERS.fullmatch(child.text())
        raised = number is not None and child.name == "sup"
        self.inside(child, pre=pre)
        self.fill(child.inner_end, child.end)
        if raised and self.is_power(child):
            self.shown[child.start] = "^"
        elif raised and not self.answers:
            self.put(child.start, "", child.end)
            self.shown[child.start : child.end] = [" "] * (child.end - child.start)
        elif raised or (number and child.attributes.get("href", "").startswith("#")):
            self.bracket(child)

    def bracket(self, child: Element) -> None:
        """Set a citation's numbers in square brackets, if they print none of their own."""
        inside = "".join(self.shown[child.start : child.end])
        if "[" not in inside and "(" not in inside:
            self.shown[child.inner_start - 1] = "["
            self.shown[child.inner_end] = "]"

    def is_power(self, child: Element) -> bool:
        """Whether a raised figure is a power: ``10<sup>6</sup>``, ``kg/m<sup>2</sup>``."""
        before = "".join(self.shown[max(0, child.start - 60) : child.start]).replace(FILLER, "")
        return _BASE.search(before) is not None

    def put(self, at: int, words: str, stop: int | None = None) -> None:
        """Write a mark into a tag's place, as far as it has room; the rest is spaces."""
        end = at + len(words) if stop is None else stop
        room = words[: end - at]
        self.shown[at : at + len(room)] = list(room)

    def fill(self, start: int, end: int) -> None:
        if start < end:
            self.shown[start:end] = [FILLER] * (end - start)
