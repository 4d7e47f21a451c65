"""What a site puts around a text: menus, banners, buttons, review states, dates.

The cues are rows of ``kg/text/data/furniture.tsv``; this module only matches them.

>>> is_cue("furniture", "Have a follow-up question?"), is_cue("furniture", "Share of patients")
(True, False)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.text.dates import printed_date
from kg.text.lexicon import rows

_LONGEST = 300
_LONGEST_LEAD = 30
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u2011": "-"})


def folded(text: str) -> str:
    """Return a line as cues are written: lower case, hyphens as spaces, single spaces."""
    return " ".join(text.lower().translate(_FOLD).replace("-", " ").split())


@cache
def cues(kind: str, where: str) -> tuple[str, ...]:
    """Return the cues of a kind that apply at a place of the line, in the table's order."""
    return tuple(folded(row[2]) for row in rows("furniture.tsv") if row[:2] == [kind, where])


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """Compile a kind's cues; a cue ends at a word's end, and a whole line may end in a stop."""
    whole = "|".join(map(re.escape, sorted(cues(kind, "whole"))))
    start = "|".join(map(re.escape, sorted(cues(kind, "start"))))
    inner = "|".join(map(re.escape, sorted(cues(kind, "in"))))
    parts = [f"(?:{whole})[.:!…]?\\Z"] * bool(whole)
    parts += [f"(?:{start})(?![a-z])"] * bool(start)
    parts += [f".*\\b(?:{inner})(?![a-z])"] * bool(inner)
    return re.compile("|".join(parts) or r"(?!)")


def is_cue(kind: str, text: str) -> bool:
    """Tell whether a line is of a kind: ``furniture review state references top``."""
    return len(text) <= _LONGEST and _pattern(kind).match(folded(text)) is not None


def glued_at(text: str) -> int | None:
    """Return where furniture begins that is glued to the end of a line, or None.

    >>> text = "Last updated: 1 March 2026View editorial policy"
    >>> text[glued_at(text):]
    'View editorial policy'
    """
    lower = text.lower()
    for cue in (*cues("furniture", "whole"), *cues("furniture", "start")):
        at = len(text) - len(cue)
        if at > 0 and lower.endswith(cue) and not lower[at - 1].isalpha():
            return at
    return None


def review_phrase(banners: list[str]) -> str | None:
    """Return the words of the banners that name the state of review, the most cautious first.

    >>> review_phrase(["Approved", "This text is pending human review."])
    'pending human review'
    """
    for cue in cues("phrase", "in"):
        pattern = re.compile(
            r"\b" + r"[\s\u00a0-]+".join(map(re.escape, cue.split())) + r"\b", re.IGNORECASE
        )
        for banner in banners:
            match = pattern.search(banner)
            if match:
                return match.group()
    return None


@dataclass(frozen=True, slots=True)
class OwnDate:
    """The date that a line prints of its document.

    :param end: where the words of the date end in the line
    :param rank: how sure the words before it make it, 0 the surest
    """

    end: int
    iso: str
    rank: int


def own_date(line: str) -> OwnDate | None:
    """Read a line that tells the document's own date and nothing else but furniture.

    >>> own_date("Last updated: March 1, 2026View editorial policy")
    OwnDate(end=27, iso='2026-03-01', rank=0)
    >>> own_date("As of 2024, three trials were under way.") is None
    True
    """
    found = printed_date(line)
    if found is None or found[0] > _LONGEST_LEAD:
        return None
    start, end, iso = found
    lead = re.sub(r"(?: (?:on|at|in))?\s*:?$", "", folded(line[:start]))
    if lead not in cues("date", "start"):
        return None
    rest = line[end:].strip(" .|)")
    if rest and (glued_at(line) or 0) < end and not is_cue("furniture", rest):
        return None
    return OwnDate(end, iso, cues("date", "start").index(lead))
