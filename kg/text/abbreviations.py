"""Abbreviations that a document defines for itself: ``walking distance (WD)``.

The rule is that of Schwartz and Hearst (2003): the letters of the short form must be found, from
right to left, in the words before the bracket, the first of them at the beginning of a word.

>>> defined("Mean walking distance (WD) rose; C-reactive protein (CRP) fell.")
{'WD': 'walking distance', 'CRP': 'C-reactive protein'}
"""

from __future__ import annotations

import re

_SHORT = re.compile(r"[(\[]([A-Za-z][A-Za-z0-9αβγκ\-/]{1,9}s?)[)\];,]")
_MAX_WINDOW = 12


def defined(text: str) -> dict[str, str]:
    """Return short form → long form, as the text defines them; the first definition counts."""
    pairs: dict[str, str] = {}
    for match in _SHORT.finditer(text):
        short = match.group(1)
        if sum(c.isupper() for c in short) < 2 or short in pairs:
            continue
        window = text[max(0, match.start() - 140) : match.start()]
        window = re.split(r"[.;:\n(),\[\]]", window)[-1]
        found = long_form(short, " ".join(window.split()[-_MAX_WINDOW:]))
        if found:
            pairs[short] = found
    return pairs


def long_form(short: str, before: str) -> str | None:
    """Find the words before a bracket that a short form stands for.

    >>> long_form("6MWD", "the six minute walk distance"), long_form("XYZ", "a plain word")
    (None, None)
    """
    letters = [c.lower() for c in short.removesuffix("s") if c.isalnum()]
    at = len(before)
    for position, letter in enumerate(reversed(letters)):
        at -= 1
        first = position == len(letters) - 1
        while at >= 0 and (
            before[at].lower() != letter or (first and at > 0 and before[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
    found = before[at:].strip()
    return found if len(found) > len(short) else None
