"""When what a sentence tells holds: the times that govern a word of it.

The nearest time to the left counts, then one to the right; a time in a bracket governs the bracket.

>>> from kg.extract.reading import read_record
>>> text = "Pain fell at 3 months (p = .04) and at 6 months (p = .01)."
>>> record = read_record(text)
>>> [[str(day) for day in sorted(f.times)] for f in record.facts if f.phrase.startswith("p")]
[['91.3125'], ['182.6250']]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from kg.extract.mentions import Figure
from kg.extract.reading import Sentence
from kg.model import MentionKind

ALL_TIMES = Decimal(-1)
_ALL_TIMES = ("all time points", "all timepoints", "every time point", "each time point",
              "all follow-up", "all visits", "at all times", "throughout follow-up")  # fmt: skip
_MEASURED = {"median", "mean", "average", "averaged", "was", "were", "lasted", "took", "than",
             "vs", "v", "versus"}  # fmt: skip
_AVERAGE = {"median", "mean", "average"}
_WHEN_AGED = re.compile(r"\b(?:at|by|until|before|from) (?:the )?(?:age (?:of )?)?$", re.IGNORECASE)
_HELD_AGAINST = re.compile(
    r"(?: at the median|,? on average)?(?: (?:in|with|on|for) [\w -]{1,30})?,? "
    r"(?:as against|against|versus|vs\.?|compared (?:with|to)|rather than) (?:only |just |about )?"
    r"\d[\d.]* ?(?:hours?|days?|weeks?|months?|years?)\b"
)
_BARE = re.compile(
    r" (?:at|after|by) (?:\d{1,2}|one|two|three|four|five|six|eight|nine|ten|twelve)"
    r"(?=[.,;)]|$| and\b| \()"
)
_PER_TIME = re.compile(r" ?(?:a|per|each|every|/) ?(?:day|week|month|year)")


class When:
    """Works on one sentence; holds nothing beyond it."""

    def __init__(self, text: str, sentence: Sentence, at: Callable[[int], int]) -> None:
        """Take the sentence, and what tells the position of the word at an offset."""
        self.text = text
        self.s = sentence
        self.at = at
        self.low = text[sentence.start : sentence.end].lower()
        self.times = [
            f for f in sentence.figures
            if f.days is not None and says_when(f, text, sentence) and not _is_age(f, text)
            and not any(m.start <= f.start < m.end for m in sentence.groups)
        ]  # fmt: skip

    def of(self, position: int, figure: Figure | None) -> frozenset[Decimal]:
        """Return the days that govern a word: nearest time to the left, then to the right."""
        if figure is not None and _BARE.match(self.text, figure.end):
            return frozenset()  # "12% at two months and 21% at six"
        layout = self.s.layout
        bracket, clause = layout.bracket[position], layout.clause[position]
        times = [(self.at(f.start), f) for f in self.times if f is not figure]
        inside = [t for t in times if bracket and layout.bracket[t[0]] == bracket]
        left = [t for t in inside if t[0] < position] or inside
        if not left:
            outer = layout.opens[bracket] if bracket else position
            here = [t for t in times if not layout.bracket[t[0]] and layout.clause[t[0]] == clause]
            before = [t for t in here if t[0] <= outer]
            after = [t for t in here if t[0] > outer]
            near_after = [t for t in after if t[0] - outer <= 8]
            if figure is None or not bracket:
                left = (near_after[:1] or before[-1:] or after[:1])[:1]
                left = self._time_chain(left, here)
            else:
                left = before[-1:] or after[:1]
                left = self._time_chain(left, here) if not self._split_by(figure, left) else left
        else:
            left = left[-1:]
        found = frozenset(t[1].days for t in left if t[1].days is not None)
        if not found and any(phrase in self.low for phrase in _ALL_TIMES):
            return frozenset({ALL_TIMES})
        return found

    def _split_by(self, figure: Figure, chosen: Sequence[tuple[int, Figure]]) -> bool:
        """Whether other figures of the kind stand between listed times: then one time is meant."""
        same = [f for f in self.s.figures if f.kind is figure.kind]
        return len(same) > 1 and bool(chosen)

    def _time_chain(
        self, chosen: Sequence[tuple[int, Figure]], here: Sequence[tuple[int, Figure]]
    ) -> list[tuple[int, Figure]]:
        """``at 3 and 6 months`` is two times."""
        if not chosen:
            return []
        chain = [chosen[0]]
        for position, other in here:
            if other is chosen[0][1]:
                continue
            one, two = sorted((chosen[0][1], other), key=lambda f: f.start)
            gap = self.text[one.end : two.start].lower()
            if gap.strip(" ,-") in {"", "and", "or", "to", "months and", "weeks and", "and at"}:
                chain.append((position, other))
        return chain


def _is_age(figure: Figure, text: str) -> bool:
    """Whether it tells how old people were: ``21 years old``, but not ``at 2 years of age``."""
    return figure.kind is MentionKind.AGE and not _WHEN_AGED.search(
        text, max(0, figure.start - 24), figure.start
    )


def says_when(figure: Figure, text: str, sentence: Sentence) -> bool:
    """Whether a time says when, and is not itself what was measured: ``a median of 9 days``."""
    if figure.spread is not None or _PER_TIME.match(text[figure.end : figure.end + 16].lower()):
        return False
    before = [w.lower for w in sentence.tokens if w.end <= figure.start][-4:]
    if before[-1:] == ["every"]:
        return False  # how often it was given
    if {"up", "follow"} <= set(before) or "followed" in before:
        return False  # how long people were followed, not when a result was taken
    if _HELD_AGAINST.match(text[figure.end : figure.end + 60].lower()):
        return False  # "17.4 weeks at the median, as against 17.9 weeks"
    return not (before and (before[-1] in _MEASURED or before[-2:][0] in _AVERAGE))
