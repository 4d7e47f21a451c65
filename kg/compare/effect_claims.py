"""Claims of one effect: ``compared with C, I lowered O``; ``I made no difference to O``.

Such a claim names four things and no figure: what was given, what it is compared with, the outcome,
and which way the outcome went. The words themselves say which is which; a frame is only asked where
they leave it open, as where commas inside a name hide the one that divides two names.

>>> claim = read_effect("Compared with placebo, drugol significantly reduced headache days.")
>>> claim.intervention, claim.comparator, claim.outcome, claim.sense
('drugol', 'placebo', 'headache days', 'down')
>>> read_effect("Headache fell by 3 days (p = .02).") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_NO_FRAME: Mapping[str, str] = MappingProxyType({})
_AGAINST = r"(?:compared|in comparison|when compared|as compared)\s+(?:with|to)|relative to|versus"
_OPENS = re.compile(rf"\s*(?:{_AGAINST})\s+", re.IGNORECASE)
_CLOSES = re.compile(rf",?\s+(?:{_AGAINST}|than|vs\.?)\s+", re.IGNORECASE)
_SURELY = r"(?:(?:statistically\s+)?significantly\s+|markedly\s+|clearly\s+)?"
_UP = r"(?:increase[sd]?|raise[sd]?|elevate[sd]?|boost(?:s|ed)?|prolong(?:s|ed)?)"
_DOWN = r"(?:decrease[sd]?|reduce[sd]?|lower(?:s|ed)?|diminish(?:es|ed)?|shorten(?:s|ed)?)"
_ANY = r"(?:statistically\s+)?(?:significant\s+)?(?:difference|change|effect|impact|influence)"
_VERB = re.compile(
    rf"\s(?:(?P<up>{_SURELY}{_UP})|(?P<down>{_SURELY}{_DOWN})"
    rf"|(?P<null>(?:made|makes|had|has|shows?|showed)\s+no\s+{_ANY}\s+(?:to|in|on|for)"
    r"|(?:did|does)\s+not\s+(?:significantly\s+)?"
    r"(?:change|affect|alter|influence|increase|decrease|reduce|lower|raise)))\s+"
)
_SURE = re.compile(r"significan")
_FIGURES = re.compile(
    r"\b(?:by|almost|nearly|about)\s+(?:about\s+|almost\s+)?\d|\bp\s*[<=>]|\(\s*[\d−-]"
    r"|\d\s?(?:%|\w+)?\s(?:higher|lower|more|less|fewer|longer|shorter|greater|smaller)\b"
)
_AMOUNTS = re.compile(r"\bby\s+\d[\d.,]*\s*(?:%|points?\b|per\s?cent|kg|cm|mm)|\bp\s*[<=>]")
_BRACKETED = re.compile(r"\(\s*[\d−-]")
_MORE = re.compile(r"\b(?:but|whereas|while|although|though|however)\b")
_MOST = 600


@dataclass(frozen=True, slots=True)
class EffectClaim:
    """What one claim says of one effect.

    :param sense: ``up``, ``down`` or ``null``
    :param sure: whether it calls the effect significant
    :param span: where the words that tell the direction stand
    """

    intervention: str
    comparator: str
    outcome: str
    sense: str
    sure: bool
    span: tuple[int, int]


def read_effect(text: str, frame: Mapping[str, str] = _NO_FRAME) -> EffectClaim | None:
    """Read a claim of one effect; None where the claim says something else, or more.

    :param frame: names of ``intervention`` and ``comparator``, used only to divide the words
    """
    body = text.strip().rstrip(".").rstrip()
    if not body or len(text) > _MOST * 2 or "\n" in body:
        return None
    offset = text.index(body)
    opening = _OPENS.match(body)
    verb = _telling(body, opening.end() if opening else 0)
    if verb is None:
        return None
    sense = str(verb.lastgroup)
    before, outcome = body[opening.end() if opening else 0 : verb.start()], body[verb.end() :]
    if opening:
        sides = _divided(before, frame)
        if sides is None:
            return None
        comparator, intervention = sides
    else:
        tail = _last(_CLOSES, outcome)
        if tail is None:
            return None
        intervention, comparator = before, outcome[tail.end() :]
        outcome = outcome[: tail.start()]
    if not intervention.strip() or not comparator.strip() or not outcome.strip():
        return None
    if _tells_more(body, outcome, opening is not None and bool(_SURE.search(verb.group()))):
        return None
    at = verb.start(sense) + offset, verb.end(sense) + offset
    told = verb.group(sense)
    return EffectClaim(
        intervention.strip(), comparator.strip(), outcome.strip(), sense,
        bool(_SURE.search(told)), at,
    )  # fmt: skip


def _tells_more(body: str, outcome: str, plain: bool) -> bool:
    """Whether a claim has figures or clauses of its own beside the effect.

    :param plain: whether it opens with what it compares with and calls the effect significant;
        then figures in brackets belong to names
    """
    if plain:
        return bool(_AMOUNTS.search(outcome))
    told = _MORE.search(outcome) or _FIGURES.search(body) or _BRACKETED.search(body)
    return told is not None


def _telling(body: str, start: int) -> re.Match[str] | None:
    """Return the verb that tells the effect: one that is called significant before others."""
    found = [m for m in _VERB.finditer(body, start) if not _within_bracket(body, m.start())]
    sure = [m for m in found if _SURE.search(m.group()) or m.lastgroup == "null"]
    return next(iter(sure or found), None)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = [m for m in pattern.finditer(text) if not _within_bracket(text, m.start())]
    return found[-1] if found else None


def _within_bracket(text: str, at: int) -> bool:
    """Whether a place lies in a bracket that is closed; one left open holds nothing."""
    opened: list[int] = []
    for place, char in enumerate(text):
        if char in "([":
            opened.append(place)
        elif char in ")]" and opened and opened.pop() < at < place:
            return True
    return False


def _divided(before: str, frame: Mapping[str, str]) -> tuple[str, str] | None:
    """Divide ``C, I`` at the comma that ends the comparator."""
    given = frame.get("intervention", "").strip(), frame.get("comparator", "").strip()
    if given[0] and before.rstrip().endswith(given[0]):
        return before[: -len(given[0])].rstrip(" ,") or given[1], given[0]
    commas = [
        m.start() for m in re.finditer(r", ", before) if not _within_bracket(before, m.start())
    ]
    if not commas:
        return None
    half = len(before) / 2
    at = min(commas, key=lambda c: abs(c - half))
    return before[:at], before[at + 2 :]
