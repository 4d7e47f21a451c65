r"""Lines of a document with exact offsets, and the marks of list items.

>>> [(line.text, line.indent, line.gap) for line in lines("One\r\n\r\n  • two ")]
[('One', 0, True), ('• two', 2, True)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\u2028\u2029\f\v]+")
_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029\f\v]")
_INVISIBLE = " \t\ufeff\u200b\u200c\u200d\u2060"
_TAB = 4
_MARK = re.compile(
    r"(?P<bullet>[•◦▪▫‣⁃●○■□◆◇➢➤►▶✓✔✗✘❖∙·\uf0b7\uf0a7\uf0d8\uf02d]"
    r"|[*+–—-](?=[\s\u00a0])|o(?=\t|[ \u00a0]{2}))[\s\u00a0]*"
    r"|(?P<step>\(?(?:\d{1,3}|[a-z]|[A-Z](?=\))|[ivx]{2,4})[.)](?=[\s\u00a0])|[Ss]tep\s\d{1,2}[.:)])"
    r"[\s\u00a0]+"
)
_LONE_MARK = re.compile(r"(?:[•◦▪‣●○■*+–—-]|\(?(?:\d{1,3}|[a-z])[.)])\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    :param start: where its first visible character stands
    :param end: after its last visible character
    :param text: what stands between
    :param indent: columns of white space before it
    :param gap: whether a blank line, or the beginning of the text, comes before
    """

    start: int
    end: int
    text: str
    indent: int
    gap: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A list mark at the beginning of a line.

    :param printed: the mark, without the white space after it
    :param number: the figure of a numbered mark, 0 for a letter, None for a bullet
    :param length: how many characters of the line come before the item's own text
    """

    printed: str
    number: int | None
    length: int


def lines(text: str) -> list[Line]:
    """Return the lines that are not blank, in order, trimmed, with offsets into the text."""
    found: list[Line] = []
    done = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        body = _strip(raw)
        if not body:
            continue
        lead = raw.index(body)
        start = match.start() + lead
        gap = done == 0 or len(_BREAK.findall(text, done, start)) > 1
        indent = len(raw[:lead].expandtabs(_TAB).replace("\ufeff", ""))
        done = start + len(body)
        found.append(Line(start, done, body, indent, gap))
    return found


def _strip(raw: str) -> str:
    """Strip white space and characters without width, whichever way they are mixed."""
    body = raw.strip().strip(_INVISIBLE)
    while body != (inner := body.strip().strip(_INVISIBLE)):
        body = inner
    return body


def mark_of(line: Line) -> Mark | None:
    """Return the list mark that a line begins with.

    >>> [mark_of(lines(t)[0]) for t in ("• one", "2) two", "-5 mg")]
    [Mark(printed='•', number=None, length=2), Mark(printed='2)', number=2, length=3), None]
    """
    match = _MARK.match(line.text)
    if match is None or match.end() == len(line.text):
        match = _LONE_MARK.match(line.text)
        return Mark(line.text, _number(line.text), len(line.text)) if match else None
    printed = match.group(match.lastgroup or 0)
    return Mark(printed, None if match.lastgroup == "bullet" else _number(printed), match.end())


def _number(printed: str) -> int | None:
    digits = "".join(c for c in printed if c.isascii() and c.isdigit())
    if digits:
        return int(digits)
    return 0 if any(c.isalpha() for c in printed) else None
