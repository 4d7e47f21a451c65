"""The character that stands where a marked-up file prints markup inside a word.

It has no width, belongs to the word around it, and is left out of everything that is shown.

>>> plain(f"CO{FILLER * 5}2")
'CO2'
"""

from __future__ import annotations

FILLER = "\u200b"


def plain(text: str) -> str:
    """Return a text without filler."""
    return text.replace(FILLER, "") if FILLER in text else text
