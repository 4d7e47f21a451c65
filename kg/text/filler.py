"""The character that stands where a marked-up file prints markup inside a word.

It has no width, belongs to the word around it, and is left out of everything that is shown.

>>> plain(f"CO{FILLER * 5}2")
'CO2'
"""

from __future__ import annotations

import html
import re

FILLER = "\u200b"
MARKED_UP = frozenset({"pubmed-xml", "jats", "html"})
_MARKUP = re.compile(r"<[^<>]*>|&#?\w{1,32};")


def without_markup(text: str) -> str:
    """Return a marked-up text with filler over its tags and entities, as long as it was.

    >>> plain(without_markup("p &lt; .05 in <i>ten</i> men"))
    'p < .05 in ten men'
    """
    return _MARKUP.sub(_filled, text)


def _filled(match: re.Match[str]) -> str:
    printed = match.group()
    says = html.unescape(printed) if printed[0] == "&" else ""
    says = says if len(says) <= len(printed) else printed
    return says + FILLER * (len(printed) - len(says))


def plain(text: str) -> str:
    """Return a text without filler."""
    return text.replace(FILLER, "") if FILLER in text else text
