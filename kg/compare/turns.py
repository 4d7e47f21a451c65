"""Words of the lexicon that a claim uses in another sense, so that their absence tells nothing.

*At the price of more bleeding* tells of no cost, *the count returned to baseline* of no relapse,
*worry about side effects* of no anxiety, *a link of moderate strength* of no muscle.

>>> text = "It worked, at the price of more bleeding."
>>> is_turn("=cost", text, 18, 23), is_turn("=cost", "The price fell.", 4, 9)
(True, False)
"""

from __future__ import annotations

import re

_BACK = 28
_AHEAD = 44
# concept → what stands before it, what stands behind it (either is enough)
_TURNS: dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]] = {
    "=cost": (
        re.compile(r"\bat (?:the|some|a|an|no|little|what) (?:[a-z]+ )?$|\b(?:to|was|came at) a $"),
        re.compile(
            r" (?:no|some|any|them|patients|participants|\w+ (?:a few|some)) |"
            r" (?:of|was|being) (?:(?:an?|the|some) )?(?:more|higher|greater|slight|extra|increase)"
        ),
    ),
    "=recurrence": (
        None,
        re.compile(
            r" (?:to|towards?|near|nearly|almost|the|their|its|a|an|his|her|home|all|both|half|back"
            r"|questionnaires?|surveys?|forms?|once|within|sooner|after|when|faster)\b"
        ),
    ),
    "=satisfaction": (
        re.compile(r"(?<!was)(?<!were)(?<!more)(?<!less)(?<!very)(?<!most)(?<!be)(?<!felt) $"),
        None,
    ),
    "=strength": (
        re.compile(
            r"\b(?:link|association|relation|relationship|correlation|connection|tie|effect|evidence"
            r"|dose|moderate|similar|equal|recommendation|full|same|statistical)s?(?: of)?"
            r"(?: [a-z]+)? $"
        ),
        re.compile(r" of (?:the |this |that |an? )?(?:link|associat|relation|correlat|eviden|effect"
                   r"|recommend)"),
    ),
    "=anxiety": (None, re.compile(r" (?:about|that|over|whether)\b")),
    "=attitude": (None, re.compile(r" (?:that|in|they|was that)\b")),
    "=lung": (None, re.compile(r" (?:tube|machine|space|room|circuit|mask|bag)s?\b")),
    "=bowel-movement": (
        re.compile(r"\b(?:in|of) (?:the|their|its|a) $"),
        re.compile(r" samples?\b"),
    ),
    "=survival": (
        None,
        re.compile(r" (?:after )?(?:the |further )?(?:adjust|correction|scrutiny|allow)|"
                   r" (?:past|beyond) day\b"),
    ),
}  # fmt: skip
_CAPS = re.compile(r"[A-Z]{2}[A-Za-z0-9]{1,6}")
_SHORTEST, _LONGEST = 3, 7


def is_turn(key: str, text: str, start: int, end: int) -> bool:
    """Whether a word that the lexicon lists is used in another sense.

    :param key: its concept
    :param text: the claim, of which the word is ``text[start:end]``
    """
    before, behind = _TURNS.get(key, (None, None))
    told = text[start:end].lower()
    if key == "=satisfaction" and told != "satisfied":
        return False
    if key == "=recurrence" and told not in {"returned", "came back"}:
        return False
    if before is not None and before.search(text[max(0, start - _BACK) : start].lower()):
        return True
    return behind is not None and bool(behind.match(text[end : end + _AHEAD].lower()))


def stands_for(short: str, words: tuple[str, ...]) -> bool:
    """Whether initials stand for words that follow one another: EGFR for its receptor's name.

    :param words: a record's words in lower case, in their order

    >>> stands_for("EGFR", ("the", "epidermal", "growth", "factor", "receptor"))
    True
    """
    if not _CAPS.fullmatch(short) or not short.isalpha() or len(short) > _LONGEST:
        return False
    initials = "".join(word[0] for word in words if word)
    return len(short) > _SHORTEST and short.lower() in initials
