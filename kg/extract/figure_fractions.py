"""Shares told in words: ``a quarter of them``, ``two thirds``, ``one in five``, ``half the women``.

A share told so is a round one: it is compared with a margin. Ordinals (*the third arm*), lengths
(*half an hour*) and numbers of things (*one in each arm*) are no shares.

>>> told = "A quarter of the men, nearly two thirds of the women and one in five children fell."
>>> [(f.printed, str(f.value)) for f in fractions(told)]
[('A quarter', '25.0'), ('nearly two thirds', '66.7'), ('one in five', '20.0')]
>>> list(fractions("Half an hour later, a third dose was given to one in each arm."))
[]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.figure import Figure
from kg.model import Comparator, MentionKind

SHARE = "share"
_WORDS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
    "thousand": 1000,
}  # fmt: skip
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_NUMBER = rf"(?:{'|'.join(_WORDS)}|[1-9]|1[02]|20|50|100|1000)"
_HEADS = re.compile(
    r"(?:grade|phase|stage|exon|day|dose|type|level|cycle|week|year|month|visit|step|group|arm"
    r"|figure|table|class|score|and a|first|second|other|upper|lower)s? $",
    re.IGNORECASE,
)
_HEDGE = (
    r"(?:(?:about|around|roughly|approximately|nearly|almost|just (?:over|under)|over|under"
    r"|more than|less than|fewer than|at least|at most|up to|some|a little (?:over|under)"
    r"|close to) )?"
)
_ABOVE = ("at least", "more than", "over", "just over", "a little over")
_BELOW = ("at most", "up to", "less than", "fewer than", "under", "just under", "a little under")
_PEOPLE = (
    r"(?:patients?|people|persons?|wom[ae]n|m[ae]n|child(?:ren)?|adults?|participants?|infants?"
    r"|bab(?:y|ies)|girls?|boys?|users?)"
)
_FOLLOWS = (
    r"(?! of (?:the )?(?:odds|risk|hazard|rate|dose|size|length|time))"
    r"(?= of (?!an? |its |hour|one )| (?:the|those|these|all) (?!dose|time|length|size|rate|number)"
    r"| (?:had|have|has|were|was|did|felt|said|got|went|reported|recovered|responded|died|achieved"
    r"|remained|became|experienced|survived|completed|reached|took|received|developed)\b)"
)
_IN = re.compile(
    rf"(?<![\w.,-]){_HEDGE}(?P<n>{_NUMBER})(?: {_PEOPLE})? (?:in|out of|in every|of every) "
    rf"(?:an? )?(?P<m>{_NUMBER})\b(?![.,]?\d|%| ?-)(?! (?:hundred|thousand|million|arms?"
    r"|groups?|trials?|stud|doses?|times?|cent|site"
    r"|hospital|country|countries|(?:of )?the (?:arms?|groups?)|weeks?|days?|months?|years?|hours?"
    r"|minutes?|visits?|domains?|measures?|outcomes?|scales?))",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?<![\w.,-]){_HEDGE}(?:(?P<n>a|one|two|three|four|five|seven|nine) "
    rf"(?P<part>third|quarter|fifth|sixth|eighth|tenth)s?|(?P<half>half)){_FOLLOWS}",
    re.IGNORECASE,
)


def fractions(text: str) -> Iterator[Figure]:
    """Yield the shares of a matching copy, in text order."""
    found = [
        (m.start(), m.end(), _of(m["n"], _value(m["m"]))) for m in _IN.finditer(text)
        if not _is_counted(m) and not _HEADS.search(text, max(0, m.start() - 12), m.start())
    ]  # fmt: skip
    for match in _PART.finditer(text):
        if _HEADS.search(text, max(0, match.start() - 12), match.start()):
            continue  # "the first half", "one and a half"
        part = _PARTS["half" if match["half"] else match["part"].lower()]
        found.append((match.start(), match.end(), _of(match["n"] or "one", part)))
    for start, end, share in sorted(found):
        if share is not None:
            yield Figure(
                start, end, MentionKind.PERCENT, text[start:end], share,
                comparator=_comparator(text[start:end].lower()), unit="%", entity=SHARE,
            )  # fmt: skip


def _is_counted(match: re.Match[str]) -> bool:
    """Whether digits count: ``12 out of 20``, ``grade 3 in 10``; only ``1 in 10`` tells a share."""
    return match["n"].isdigit() and ("out of" in match.group() or match["n"] != "1")


def _comparator(told: str) -> Comparator:
    if told.startswith(_ABOVE):
        return Comparator.MORE
    return Comparator.LESS if told.startswith(_BELOW) else Comparator.ABOUT


def _value(told: str) -> int:
    return int(told) if told.isdigit() else _WORDS[told.lower()]


def _of(part: str, whole: int) -> Decimal | None:
    """Return a share in percent; None of what is no share, such as four in two."""
    value = _value(part)
    if not 0 < value < whole:
        return None
    return (Decimal(100 * value) / whole).quantize(Decimal("0.1"))
