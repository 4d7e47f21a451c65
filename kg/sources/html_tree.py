r"""HTML as a tree whose every element and text knows where it stands in the file, in code points.

The parser is the standard library's, which reads any tag soup and tells each tag's place. What it
leaves open is closed by the rules that matter for text: a paragraph, an item, a row or a cell ends
where the next one begins.

>>> root = parse("<ul><li>One<li>Two <b>men</b></ul>")
>>> [(e.name, e.text()) for e in root.walk()][1:]
[('ul', 'OneTwo men'), ('li', 'One'), ('li', 'Two men'), ('b', 'men')]
"""

from __future__ import annotations

import html
from html.parser import HTMLParser

from kg.sources.tree import Data, Element

_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
}  # fmt: skip
_ENDED_BY = {
    "li": {"li"}, "p": {"p", "ul", "ol", "table", "div", "h1", "h2", "h3", "h4", "h5", "h6"},
    "tr": {"tr"}, "td": {"td", "th", "tr"}, "th": {"td", "th", "tr"}, "dt": {"dt", "dd"},
    "dd": {"dt", "dd"}, "option": {"option"},
}  # fmt: skip
_HOLDS = {"li": {"ul", "ol"}, "tr": {"table"}, "td": {"table"}, "th": {"table"}}
_DEEPEST = 200


def parse(text: str) -> Element:
    """Read a text as HTML; nothing in it can fail."""
    builder = _Builder(text)
    builder.feed(text)
    builder.close()
    return builder.finish()


class _Builder(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.text = text
        self.starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
        self.root = Element("", 0, {}, 0, 0, 0)
        self.open = [self.root]

    def here(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = self.here()
        self.end_before(tag, at)
        stop = at + len(self.get_starttag_text() or "")
        element = Element(tag, at, {k: v or "" for k, v in attrs}, stop, stop, stop)
        self.open[-1].children.append(element)
        if tag not in _VOID and len(self.open) < _DEEPEST:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open[-1].name == tag and tag not in _VOID:
            self.open.pop()

    def end_before(self, tag: str, at: int) -> None:
        """Close what a new element ends: an item by the next item of its list."""
        for depth in range(len(self.open) - 1, 0, -1):
            name = self.open[depth].name
            if tag in _ENDED_BY.get(name, ()):
                self.close_to(depth, at, at)
                return
            if name in _HOLDS.get(tag, ()) or name not in {*_ENDED_BY, "b", "i", "em", "strong",
                                                           "span", "a", "sup", "sub"}:  # fmt: skip
                return

    def handle_endtag(self, tag: str) -> None:
        at = self.here()
        stop = self.text.find(">", at) + 1 or len(self.text)
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].name == tag:
                self.close_to(depth, at, stop)
                return

    def close_to(self, depth: int, at: int, stop: int) -> None:
        """Close every element from the innermost to one at a depth."""
        for element in self.open[depth + 1 :]:
            element.inner_end = element.end = at
        self.open[depth].inner_end, self.open[depth].end = at, stop
        del self.open[depth:]

    def handle_data(self, data: str) -> None:
        at = self.here()
        self.open[-1].children.append(Data(at, at + len(data), data))

    def handle_entityref(self, name: str) -> None:
        self.refer(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self.refer(f"&#{name}")

    def refer(self, printed: str) -> None:
        """Take an entity; one without a semicolon is as long as it is printed."""
        at = self.here()
        stop = at + len(printed)
        stop += self.text[stop : stop + 1] == ";"
        self.open[-1].children.append(Data(at, stop, html.unescape(f"{printed};")))

    def finish(self) -> Element:
        end = len(self.text)
        for element in self.open:
            element.inner_end = element.end = end
        return self.root
