"""Words of a text with exact offsets, and the stem by which two forms of a word meet.

The stemmer is small on purpose: it unites the inflections of English that trial reports use and
leaves technical names alone, so that an explanation can show what was matched.

>>> [w.stem for w in words("Improvements in walking distances")]
['improv', 'in', 'walk', 'dist']
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.text.filler import plain

_WORD = re.compile(
    r"[A-Za-zÀ-ÖØ-öø-ÿΑ-Ωα-ωµ][A-Za-zÀ-ÖØ-öø-ÿΑ-Ωα-ωµ\u200b]*+(?:['’][a-z]{1,2}\b)?[0-9]*"
    r"|[0-9][0-9\u200b]*+(?:[.,·]\u200b*[0-9]+)*[A-Za-z]*|%"
)
_SUFFIXES = (
    ("izations", ""), ("isations", ""), ("ization", ""), ("isation", ""), ("ations", ""),
    ("ation", ""), ("ational", ""), ("ements", ""), ("ement", ""), ("ments", ""), ("ment", ""),
    ("ities", ""), ("ively", ""), ("ity", ""), ("ions", ""), ("ion", ""), ("ingly", ""),
    ("edly", ""), ("iness", ""), ("ness", ""), ("ically", "ic"), ("ally", "al"), ("ably", ""),
    ("ibly", ""), ("ances", ""), ("ance", ""), ("ences", ""), ("ence", ""), ("ings", ""),
    ("ing", ""), ("ies", "i"), ("ied", "i"), ("ative", ""), ("ive", ""), ("ables", ""),
    ("ibles", ""), ("able", ""),
    ("ible", ""), ("ants", ""), ("ers", ""), ("ed", ""), ("er", ""), ("est", ""), ("es", ""),
    ("ly", ""), ("s", ""), ("e", ""), ("y", "i"),
)  # fmt: skip
_BY_LAST = {last: tuple(pair for pair in _SUFFIXES if pair[0][-1] == last) for last in "scnydetgrl"}
_KEEP = re.compile(r"(?:us|is|ss|as|os)$")
_VOWEL = re.compile(r"[aeiouy]")
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "ω": "omega"}
_MIN_STEM = 3
_MIN_WORD = 4


class Word(NamedTuple):
    """One word: offsets into the text that was read, its lower-case form and its stem."""

    start: int
    end: int
    lower: str
    stem: str


# Words whose stem would be another word's: *liver* of *live*, *tens* of *ten*, *stay* of *STAI*,
# *older* of *old*.
_UNLIKE = {"liver": "liver", "livers": "liver", "carer": "carer", "carers": "carer",
           "tens": "tens", "alter": "alter", "alters": "alter", "stay": "stay", "stays": "stay",
           "stayed": "stay", "staying": "stay", "older": "older"}  # fmt: skip


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a word.

    >>> stem("randomised") == stem("randomized") == stem("randomization")
    True
    >>> stem("placebo"), stem("TNF"), stem("biopsies") == stem("biopsy")
    ('placebo', 'tnf', True)
    """
    lower = word.lower().replace("’", "'").removesuffix("'s")
    if lower in _UNLIKE:
        return _UNLIKE[lower]
    lower = lower.replace("ae", "e").replace("oe", "e") if len(lower) > _MIN_WORD else lower
    lower = re.sub(r"is(?=(?:e|es|ed|ing|er|ers|ation|ations)$)", "iz", lower)
    lower = lower.replace("our", "or") if len(lower) > _MIN_WORD else lower
    if len(lower) < _MIN_WORD or not lower.isalpha() or _KEEP.search(lower):
        return lower
    for suffix, other in _BY_LAST.get(lower[-1], ()):
        head = lower.removesuffix(suffix)
        if head != lower and len(head) >= _MIN_STEM and _VOWEL.search(head):
            return _undouble(head + other)
    return lower


def _undouble(head: str) -> str:
    """Drop the consonant that inflection doubled (``running`` → ``run``) and a final ``iz``."""
    if head[-1:] == head[-2:-1] and head[-1:] not in "aeiouls":
        head = head[:-1]
    return head.removesuffix("iz") if len(head) > _MIN_WORD else head


def forms(text: str, *, by_stem: bool) -> tuple[str, ...]:
    """Return the words of a phrase as stems or in lower case, without their places.

    >>> forms("Walking tests", by_stem=True), forms("Walking tests", by_stem=False)
    (('walk', 'test'), ('walking', 'tests'))
    """
    lowers = [plain(word).lower() for word in _WORD.findall(text)]
    return tuple(map(stem, lowers)) if by_stem else tuple(lowers)


def words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Return the words of a span, numbers and percent signs included, in text order."""
    return _words(text, start, len(text) if end is None else end)


@lru_cache(maxsize=2048)  # the rules ask for the same span one after the other
def _words(text: str, start: int, end: int) -> tuple[Word, ...]:
    return tuple(Word(*m.span(), *_form(m.group())) for m in _WORD.finditer(text, start, end))


@lru_cache(maxsize=65536)
def _form(printed: str) -> tuple[str, str]:
    """Return a word in lower case, and its stem."""
    lower = plain(printed).lower()
    lower = _GREEK.get(lower, lower)
    return lower, stem(lower)
