r"""What a marked-up file says, at the places where it says it: a text of the same length.

Markup and entities are filled with a character that readers pass over (:data:`FILLER`) where they
stand inside a word, and with spaces where they part words, so that every offset in the view is an
offset in the file.

>>> from kg.sources.xml_tree import parse
>>> text = "<a>10<sup>6</sup> cells, p &lt; .05</a>"
>>> shown = view(text, [parse(text, "r.xml")])
>>> len(shown) == len(text), shown.replace(FILLER, "").strip()
(True, '10^6 cells, p < .05')
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.sources.tree import Data, Element
from kg.text.filler import FILLER, without_markup

__all__ = ["FILLER", "view"]

_INLINE = {
    "i", "b", "u", "sup", "sub", "em", "strong", "italic", "bold", "underline", "sc", "span", "a",
    "ext-link", "xref", "named-content", "styled-content", "monospace", "small", "font", "uri",
}  # fmt: skip
_MARKERS = {"xref"}
_CELLS = {"td", "th"}
_DIGITS = set("0123456789")


def view(text: str, elements: Iterable[Element]) -> str:
    """Return the view in which only the given elements say something."""
    shown: list[str] = []
    at = 0
    for element in elements:
        if element.inner_start < at:
            continue  # inside of what is shown already
        shown += [" " * (element.inner_start - at), _inner(text, element)]
        at = element.inner_end
    return "".join((*shown, " " * (len(text) - at)))


def _inner(text: str, element: Element) -> str:
    """Return what the inside of an element says, as long as its print."""
    raw = text[element.inner_start : element.inner_end]
    if "<" not in raw and "&" not in raw:
        return raw
    if element.closed:
        return _bare(raw)
    shown: list[str] = []
    _show(text, element, shown)
    return "".join(shown)


def _bare(raw: str) -> str:
    """Put spaces over every tag of a stretch whose inside nobody looked into."""
    first, *rest = raw.split("<")
    pieces = [first]
    for piece in rest:
        tag, _, says = piece.partition(">")
        pieces += (" " * (len(tag) + 2), says)
    bare = "".join(pieces)
    return without_markup(bare, "jats") if "&" in bare else bare


def _show(text: str, element: Element, shown: list[str]) -> None:
    at = element.inner_start
    for child in element.content:
        shown.append(FILLER * (child.start - at))
        if isinstance(child, Data):
            says, width = child.says, child.end - child.start
            shown.append(says[:width].ljust(width, FILLER))
        else:
            _inside(text, child, shown)
        at = child.end
    shown.append(FILLER * (element.inner_end - at))


def _inside(text: str, child: Element, shown: list[str]) -> None:
    """Show an element inside a text: its tags are nothing, or part what they stand between."""
    before, behind = child.inner_start - child.start, child.end - child.inner_end
    if child.name not in _INLINE:
        shown.append(" " * before)
        if child.closed:
            shown.append(_bare(text[child.inner_start : child.inner_end]))
        else:
            _show(text, child, shown)
        bar = child.name in _CELLS and behind > 1
        shown.append(" |".ljust(behind) if bar else " " * behind)
    elif _cites(child):
        shown.append(" " * (child.end - child.start))  # its number is no word of the sentence
    else:
        power = child.name == "sup" and _is_power(child, shown)
        shown.append("^".ljust(before, FILLER) if power else FILLER * before)
        _show(text, child, shown)
        shown.append(FILLER * behind)


def _cites(child: Element) -> bool:
    """Whether an element prints a citation's number: ``<xref>12</xref>``, alone or raised."""
    if child.name == "sup":
        inside = list(child.elements())
        return bool(inside) and all(e.name in _MARKERS for e in inside)
    return child.name in _MARKERS and child.attributes.get("ref-type") == "bibr"


def _is_power(child: Element, shown: list[str]) -> bool:
    """Whether a raised figure stands behind a figure: ``10<sup>6</sup>``."""
    before = next((piece.strip(FILLER) for piece in reversed(shown) if piece.strip(FILLER)), "")
    return before[-1:] in _DIGITS and child.text().lstrip("-−+").isdigit()
