"""What a sentence compares with: the groups behind *than*, *versus*, *compared with*, *against*.

>>> from kg.extract.reading import read_record
>>> text = "They took drugol (n = 9) or tabrol (n = 8). Against tabrol, drugol lowered pain."
>>> record = read_record(text)
>>> fact = next(f for f in record.facts if f.phrase == "lowered")
>>> sorted(fact.groups), sorted(fact.reference)
(['drugol'], ['tabrol'])
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from kg.extract.group import POOLED
from kg.extract.reading import Sentence

_FRONTING = {"against", "versus", "compared", "relative"}
_FRONTED = 8
_NEXT_OF_LIST = re.compile(r"[\w-]*,? (?:and |or )?")
_LIKENED = {"similar", "comparable", "equivalent", "identical", "superior", "inferior", "equal"}
_DIFFERS = ("differ", "indistinguishable")
REFERENCE = {"than", "versus", "vs", "against", "over"}
# what was done better than the object did it
_BEATEN = {"beat", "beats", "beaten", "outperformed", "outperforms", "surpassed", "outdid",
           "bettered"}  # fmt: skip


class References:
    """Works on one sentence; holds nothing beyond it."""

    def __init__(self, text: str, sentence: Sentence, at: Callable[[int], int]) -> None:
        """Take the sentence, and what tells the position of the word at an offset."""
        self.text = text
        self.s = sentence
        self.at = at

    def turned_round(self) -> bool:
        """Tell whether the sentence opens with what it compares with: ``Compared with A, B …``."""
        singles = [m for m in self.s.groups if len(m.keys) == 1 and POOLED not in m.keys]
        return bool(singles) and self.is_one(self.at(singles[0].start))

    def of(self, position: int) -> frozenset[str]:
        """Return the groups that the clause compares with: behind ``than``, ``versus``."""
        clause = self.s.layout.clause[position]
        keys: set[str] = set()
        for mention in self.s.groups:
            at = self.at(mention.start)
            if self.is_one(at) and self.s.layout.clause[at] == clause:
                keys |= mention.keys
        return frozenset(keys)

    def only(self, keys: frozenset[str], position: int) -> bool:
        """Whether groups are but what the clause compares others with: B in ``A over B``."""
        layout, references = self.s.layout, self.of(position)
        told = {
            key for m in self.s.groups for key in m.keys
            if layout.clause[self.at(m.start)] == layout.clause[position]
            and not layout.bracket[self.at(m.start)]
        }  # fmt: skip
        return bool(keys) and keys <= references and bool(told - references)

    def is_one(self, position: int) -> bool:
        """Whether the group that begins at a word is what something is compared with."""
        before = [w.lower for w in self.s.tokens[max(0, position - 4) : position]]
        if self.follows_fronted(position):
            return False
        compared = "compared" in before or "comparison" in before
        compared = compared or (bool(_BEATEN & set(before)) and "by" not in before)
        compared = compared or ("relative", "to") in pairwise(before)
        told_apart = "from" in before and any(w.startswith(_DIFFERS) for w in before)
        told_apart = told_apart and "baseline" not in before
        told_apart = told_apart or self._is_likened(position)
        compared = compared or told_apart  # "not different from that with placebo"
        far = bool({"did", "were", "was"} & set(before))  # "than did those on placebo"
        told = before if far else before[-3:]
        return compared or any(
            w in REFERENCE for w in told if w != "over" or not self._timed(position)
        )

    def _timed(self, position: int) -> bool:
        """``over 12 weeks drugol lowered it``: how long, not against what."""
        start, end = self.s.tokens[max(0, position - 4)].start, self.s.tokens[position].start
        return any(start <= f.start < end and f.days is not None for f in self.s.figures)

    def follows_fronted(self, position: int) -> bool:
        """``Against placebo, drugol lowered it``: the comma ends what is compared with."""
        tokens = self.s.tokens
        if not position or position > _FRONTED or tokens[0].lower not in _FRONTING:
            return False
        gap = self.text[tokens[position - 1].end : tokens[position].start]
        later = next((m for m in self.s.groups if m.start > tokens[position].start), None)
        if later is not None and _NEXT_OF_LIST.fullmatch(
            self.text[tokens[position].end : later.start]
        ):
            return False  # "Compared with A, B, and C, drugol …": B is one of the list
        return "," in gap and any(m.end <= tokens[position - 1].end for m in self.s.groups)

    def _is_likened(self, position: int) -> bool:
        """``with similar rates of harm to placebo``: what the clause's subject is likened to."""
        tokens = self.s.tokens
        if not position or tokens[position - 1].lower != "to":
            return False
        return any(w.lower in _LIKENED for w in tokens[max(0, position - 8) : position - 1])
