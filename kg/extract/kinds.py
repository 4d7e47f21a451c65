"""What a statement does, by its words and by the sections that it stands in.

>>> kind_of("The effect in children has not been studied.", [None], "").value
'limitation'
>>> heading_condition("Drug Protocol (If Iron Is Low)"), heading_condition("Dosing")
('if iron is low', None)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.extract.advice import Advice, advice_cues
from kg.model import RecommendationDirection, StatementKind
from kg.text.tokens import words

_IN_BRACKETS = re.compile(
    r"\((?P<condition>(?:only\s+)?(?:if|when|where|unless|until|once|for|in|during)\s[^()]+)\)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:only\s+)?(?:if|when|whenever|where|unless|until|once|during"
    r"|(?:for|in)\s+(?:(?:[\w-]+\s+){0,3}(?:patients?|adults|people|individuals|women|men|children"
    r"|adolescents|infants|neonates|persons|those|cases?|survivors)\b"
    r"|the\s+(?:presence|absence|setting|event|case)\s+of\b))",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:when|where)\s+(?:to|and|or|not|is|are|was|were|should|do|does|can|will)\b", re.IGNORECASE
)
_UP_TO = re.compile(r"\s*(?::|\s[–—-]\s)")
_TITLE_WORD = re.compile(r"\b[A-Z][a-z'’]*\b")
_LONG = 4


def section_role(labels: Iterable[str]) -> str:
    """Return what the sections above a statement make of it: ``editorial``, ``limitation`` or ````.

    >>> section_role(["Medical Disclaimer"]), section_role(["Evidence Limitations"])
    ('editorial', 'limitation')
    """
    kinds = {kind for label in labels for kind in _kinds(label)}
    if "editorial-heading" in kinds:
        return "editorial"
    return "limitation" if "limitation-heading" in kinds else ""


@lru_cache(maxsize=1024)
def _kinds(label: str) -> frozenset[str]:
    """Return the kinds of cues in a heading, which every statement below it asks for."""
    return frozenset(cue.kind for cue in advice_cues(words(label)))


def kind_of(own: str, advice: Sequence[Advice | None], role: str) -> StatementKind:
    """Return the kind of a statement.

    :param own: its words, markers left out
    :param advice: the advice that each of its sentences gives
    :param role: what its section makes of it, see :func:`section_role`
    """
    kinds = {cue.kind for cue in advice_cues(words(own))}
    if role == "editorial" or "editorial" in kinds or own.rstrip().endswith((":", "?")):
        return StatementKind.EDITORIAL
    given = [a for a in advice if a]
    if given and (role != "limitation" or given[0].imperative):
        against = given[0].direction is RecommendationDirection.AGAINST
        return StatementKind.CONTRAINDICATION if against else StatementKind.RECOMMENDATION
    limited = role == "limitation" or "limitation" in kinds
    return StatementKind.LIMITATION if limited else StatementKind.CLAIM


def heading_condition(label: str) -> str | None:
    """Return the condition that a heading sets, in lower case where the heading is in title case.

    >>> heading_condition("For Patients With eGFR Below 30: Dosing")
    'for patients with eGFR below 30'
    >>> heading_condition("When to Refer") is None
    True
    """
    bracketed = _IN_BRACKETS.search(label)
    if bracketed:
        return _plain_case(bracketed.group("condition").strip())
    if not _OPENING.match(label) or _QUESTION.match(label):
        return None
    cut = _UP_TO.search(label)
    return _plain_case(label[: cut.start()] if cut else label.rstrip(" ?"))


def _plain_case(words_: str) -> str:
    """Undo title case: words such as ``Iron`` lose their capital, ``HbA1c`` and ``CT`` keep it."""
    longer = [w for w in re.findall(r"[A-Za-z]+", words_) if len(w) >= _LONG]
    titled = sum(w[0].isupper() for w in longer) > len(longer) / 2
    if titled:
        return _TITLE_WORD.sub(lambda m: m.group().lower(), words_)
    return re.sub(r"^[A-Z](?=[a-z])", lambda m: m.group().lower(), words_)


def own_condition(
    text: str, spans: Sequence[tuple[int, int]], advice: Sequence[Advice | None]
) -> str | None:
    """Return the condition that a statement sets itself: that of its advice, or an opening *if*."""
    given = {a.condition for a in advice if a}
    if len(given) == 1 and (only := given.pop()):
        return only
    start, end = spans[0] if spans else (0, 0)
    opening = re.match(r"(?:if|unless)\s[^,;()]+(?=,)", text[start:end], re.IGNORECASE)
    return opening.group() if opening and not any(advice) else None
