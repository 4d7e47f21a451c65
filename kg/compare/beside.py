"""A claim's sentence laid beside the record's that it retells: which word is in whose place.

Where the wording is kept, the place of a word is the surest sign of its slot. A sentence is laid
beside another if most of its words stand in it in order, any number for any other, or if it holds
nearly all of the other's words and adds to them.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Mean pain fell by 2 points in the drug arm at week 6.")
>>> text = "Mean pain fell by 3 points in the drug arm at week 9."
>>> found = beside(read_claim(text, 0, len(text), record).sentences[0], record, [0])
>>> (found.same[4], found.gaps) if found else None
(4, ())
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from kg.extract.reading import Reading, Sentence

_KEPT = 0.78
_HELD = 0.8
_FEWEST = 6
_MOST = 250
_LONGEST = 4
_TRIED = 3
_WHOLE = 0.8
_LONG = 16
_NEARLY = 0.9

Gap = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim's sentence beside a record's.

    :param same: word of the claim → the record's word that it stands for
    :param gaps: stretches that differ: first and stop in the claim, first and stop in the record
    """

    mine: Sentence
    theirs: Sentence
    same: Mapping[int, int]
    gaps: tuple[Gap, ...]

    @property
    def swapped(self) -> tuple[Gap, ...]:
        """The gaps that are short enough for their words to stand in each other's place."""
        return tuple(g for g in self.gaps if max(g[1] - g[0], g[3] - g[2]) <= _LONGEST)

    @property
    def kept(self) -> bool:
        """Whether most of the claim's words stand in the sentence, and it does not add to them."""
        return len(self.same) >= _KEPT * len(self.mine.tokens)

    @property
    def whole(self) -> bool:
        """Whether the claim tells all of the sentence, and does not pick from a list in it."""
        kept, said = len(self.same), len(self.mine.tokens)
        long = said >= _LONG and kept >= _NEARLY * said
        return long or kept >= _WHOLE * len(self.theirs.tokens)

    @property
    def whole_but_for_brackets(self) -> bool:
        """Whether the claim tells all of the sentence but what stands in brackets."""
        return self.whole or len(self.same) >= _WHOLE * self.theirs.layout.bracket.count(0)

    def place(self, word: int) -> tuple[int, int] | None:
        """Return the record's words that stand where a word of the claim stands."""
        if word in self.same:
            return self.same[word], self.same[word] + 1
        for i1, i2, j1, j2 in self.swapped:
            if i1 <= word < i2 and j2 > j1:
                return j1, j2
        return None


def beside(mine: Sentence, record: Reading, ranked: Sequence[int]) -> Beside | None:
    """Lay a claim's sentence beside the one of the best that it keeps most of.

    :param ranked: the record's sentences, the best first
    """
    words = _shape(mine)
    if not _FEWEST <= len(words) <= _MOST:
        return None
    best: tuple[float, Sentence] | None = None
    for index in ranked[:_TRIED]:
        theirs = record.sentences[index]
        kept = sum(size for _, _, size in _blocks(_shape(theirs), words))
        share = kept / len(words)
        held = kept >= max(_FEWEST, _HELD * len(theirs.tokens))
        rated = share + kept / (len(words) + len(theirs.tokens))
        if (share >= _KEPT or held) and (best is None or rated > best[0]):
            best = rated, theirs
    return _laid(mine, best[1]) if best else None


def lay(claim: Reading, record: Reading, ranked: Sequence[int]) -> tuple[Beside, ...]:
    """Lay each sentence of a claim, as far as it keeps the record's wording.

    :param ranked: the record's sentences, the best first
    """
    pairs = (beside(s, record, ranked) for s in claim.sentences if s.start < s.end)
    return tuple(pair for pair in pairs if pair is not None)


def _shape(sentence: Sentence) -> tuple[str, ...]:
    """Return a sentence's words, any number for any other."""
    return tuple("#" if w.lower[:1].isdigit() else w.lower for w in sentence.tokens)


@lru_cache(maxsize=64)
def _blocks(theirs: tuple[str, ...], mine: tuple[str, ...]) -> tuple[tuple[int, int, int], ...]:
    matcher = SequenceMatcher(None, theirs, mine, autojunk=False)
    return tuple((b.a, b.b, b.size) for b in matcher.get_matching_blocks())


def _laid(mine: Sentence, theirs: Sentence) -> Beside:
    same: dict[int, int] = {}
    gaps: list[Gap] = []
    i = j = 0
    for first, own, size in _blocks(_shape(theirs), _shape(mine)):
        if own > i or first > j:
            gaps.append((i, own, j, first))
        same |= {own + k: first + k for k in range(size)}
        i, j = own + size, first + size
    return Beside(mine, theirs, same, tuple(gaps))
