"""Lines of text with a head that may be coloured: what the terminal reports are made of.

>>> print(plain([Line("s001", "good", " is supported", indent=2)]), end="")
  s001 is supported
"""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH = 100
_STYLES = {
    "good": "bold green",
    "warning": "bold yellow",
    "bad": "bold red",
    "neutral": "bold blue",
    "title": "bold",
    "dim": "dim",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a head in a tone, then text; long lines are wrapped below their indent.

    :param tone: a tone of the verdict table, ``title``, ``dim`` or nothing
    :param hang: how much deeper than ``indent`` a wrapped line starts
    """

    head: str = ""
    tone: str = ""
    text: str = ""
    indent: int = 0
    hang: int = 2

    def wrapped(self) -> list[str]:
        """Wrap the line to the report's width."""
        return textwrap.wrap(
            self.head + self.text,
            WIDTH,
            initial_indent=" " * self.indent,
            subsequent_indent=" " * (self.indent + self.hang),
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]


def plain(lines: Iterable[Line]) -> str:
    """Write lines without colour."""
    return "".join(row.rstrip() + "\n" for line in lines for row in line.wrapped())


def coloured(lines: Iterable[Line]) -> str:
    """Write lines for a terminal, the heads in their tones."""
    from rich.console import Console
    from rich.text import Text

    target = io.StringIO()
    console = Console(
        file=target, force_terminal=True, color_system="standard", no_color=False, soft_wrap=True
    )
    for line in lines:
        text = Text("\n".join(row.rstrip() for row in line.wrapped()))
        head_end = line.indent + len(line.head)
        text.stylize(_STYLES[line.tone], line.indent, head_end)
        console.print(text, highlight=False, soft_wrap=True)
    return target.getvalue()
