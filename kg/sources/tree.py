"""A marked-up file as a tree whose every element and text knows where it stands in the file.

>>> tree = Element("p", 0, {}, 12, 3, 8, [Data(3, 7, "ten "), Data(7, 8, "m")])
>>> tree.text(), [d.start for d in tree.data()]
('ten m', [3, 7])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Data:
    """Character data: what it says, and where it is printed."""

    start: int
    end: int
    says: str


@dataclass(slots=True)
class Element:
    """An element with its attributes; offsets are code points of the file.

    :param children: the elements inside it in order; with its character data once ``fill`` has run
    :param fill: adds the character data when it is first asked for; None once that is done
    :param closed: whether the elements inside are found by ``fill``, too
    """

    name: str
    start: int
    attributes: dict[str, str]
    end: int = 0
    inner_start: int = 0
    inner_end: int = 0
    children: list[Element | Data] = field(default_factory=list)
    fill: Callable[[Element], None] | None = None
    closed: bool = False

    @property
    def content(self) -> list[Element | Data]:
        """What is inside the element, in text order."""
        if self.fill is not None:
            fill, self.fill = self.fill, None
            fill(self)
        return self.children

    def elements(self, name: str | None = None) -> Iterator[Element]:
        """Yield the element's own children, of one name if it is given."""
        for child in self.content if self.closed else self.children:
            if isinstance(child, Element) and (name is None or name == child.name):
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
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(list(element.elements()))

    def data(self) -> Iterator[Data]:
        """Yield every piece of character data inside the element."""
        for child in self.content:
            if isinstance(child, Data):
                yield child
            else:
                yield from child.data()

    def speaks(self) -> bool:
        """Whether the element has any character data but white space."""
        if self.closed:
            return True
        return any(e.speaks() for e in self.elements()) or bool(self.text())

    def text(self) -> str:
        """Return what the element says, its markup left out and its spaces joined."""
        return " ".join("".join([d.says for d in self.data()]).split())
