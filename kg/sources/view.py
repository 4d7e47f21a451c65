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

from kg.sources.xml_tree import Data, Element
from kg.text.filler import FILLER

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
    shown = [" "] * len(text)
    for element in elements:
        _show(element, shown)
    return "".join(shown)


def _show(element: Element, shown: list[str]) -> None:
    at = element.inner_start
    for child in element.children:
        if isinstance(child, Data):
            _fill(shown, at, child.start, FILLER)
            _say(child, shown)
            at = child.end
        else:
            _fill(shown, at, child.start, FILLER)
            _inside(child, shown)
            at = child.end
    _fill(shown, at, element.inner_end, FILLER)


def _inside(child: Element, shown: list[str]) -> None:
    """Show an element inside a text: its tags are nothing, or part what they stand between."""
    if child.name not in _INLINE:
        _fill(shown, child.start, child.inner_start, " ")
        _show(child, shown)
        _fill(shown, child.inner_end, child.end, " ")
        if child.name in _CELLS and child.end - child.inner_end > 1:
            shown[child.inner_end + 1] = "|"
        return
    if _cites(child):
        return  # a citation's number is no word of the sentence; spaces stand there already
    _fill(shown, child.start, child.inner_start, FILLER)
    if child.name == "sup" and _is_power(child, shown):
        shown[child.start] = "^"
    _show(child, shown)
    _fill(shown, child.inner_end, child.end, FILLER)


def _cites(child: Element) -> bool:
    """Whether an element prints a citation's number: ``<xref>12</xref>``, alone or raised."""
    if child.name == "sup":
        inside = list(child.elements())
        return bool(inside) and all(e.name in _MARKERS for e in inside)
    return child.name in _MARKERS and child.attributes.get("ref-type") == "bibr"


def _is_power(child: Element, shown: list[str]) -> bool:
    """Whether a raised figure stands behind a figure: ``10<sup>6</sup>``."""
    before = "".join(shown[max(0, child.start - 8) : child.start]).replace(FILLER, "")
    raised = child.text().lstrip("-−+")
    return before[-1:] in _DIGITS and raised.isdigit()


def _say(data: Data, shown: list[str]) -> None:
    """Write what a piece of data says over its print; an entity leaves filler behind."""
    says, width = data.says, data.end - data.start
    if len(says) > width:
        says = says[:width]
    shown[data.start : data.end] = [*says, *(FILLER * (width - len(says)))]


def _fill(shown: list[str], start: int, end: int, character: str) -> None:
    if start < end:
        shown[start:end] = [character] * (end - start)
