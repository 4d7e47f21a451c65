"""The character that stands where a marked-up file prints markup inside a word.

It has no width, belongs to the word around it, and is left out of everything that is shown.

>>> plain(f"CO{FILLER * 5}2")
'CO2'
"""

from __future__ import annotations

import html
import re

FILLER = "\u200b"
_ANGLED = frozenset({"pubmed-xml", "jats", "html", "pubmed-html"})
_MARKUP = re.compile(r"<[^<>]*>|&#?\w{1,32};")
_BRACES = str.maketrans(dict.fromkeys('{}[]"', FILLER))


def without_markup(text: str, fmt: str) -> str:
    """Return a text with filler over its format's markup, as long as it was.

    >>> plain(without_markup("p &lt; .05 in <i>ten</i> men", "html"))
    'p < .05 in ten men'
    >>> plain(without_markup('{"groupId": "OG000", "value": "12"}', "ctgov"))
    'groupId: OG000, value: 12'
    """
    if fmt == "ctgov":
        return text.translate(_BRACES)
    return _MARKUP.sub(_filled, text) if fmt in _ANGLED else text


def _filled(match: re.Match[str]) -> str:
    printed = match.group()
    says = html.unescape(printed) if printed[0] == "&" else ""
    says = says if len(says) <= len(printed) else printed
    return says + FILLER * (len(printed) - len(says))


def plain(text: str) -> str:
    """Return a text without filler."""
    return text.replace(FILLER, "") if FILLER in text else text
