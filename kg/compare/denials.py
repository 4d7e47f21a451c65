"""A denial that only the claim tells: the words may all be the record's, and say the opposite.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("The virus spreads among cats by droplets. Dogs were not infected.")
>>> text = "The virus is unable to spread among cats by droplets."
>>> denies_alone(read_claim(text, 0, len(text), record), record.sentences[:1])
True
>>> denies_alone(read_claim(text, 0, len(text), record), record.sentences[1:])
False
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.reading import Reading, Sentence

_CUES = {"negation", "null"}
_WORDS = {"impossible", "unlikely", "unable", "unaffected", "ineffective", "inaccurate",
          "unreliable", "unnecessary", "few", "little", "rare", "rarely"}  # fmt: skip
# What a record may tell as a denial without a word for it.
_ENDS = {"prevent", "prevents", "prevented", "avoid", "avoids", "avoided", "inactivated", "lack",
         "lacked", "insufficient", "unrelated", "unchanged", "unclear", "difficulties",
         "difficulty", "absence", "stopped", "futility"}  # fmt: skip


def denies_alone(claim: Reading, sentences: Sequence[Sentence]) -> bool:
    """Whether a claim denies something, and none of the sentences that fit it best does.

    :param sentences: the record's
    """
    own = [s for s in claim.sentences if s.start < s.end]
    return any(_denies(s) for s in own) and not any(_denies(s) or _ends(s) for s in sentences)


def _denies(sentence: Sentence) -> bool:
    told = any(cue.kind in _CUES for cue in sentence.cues)
    return told or any(word.lower in _WORDS for word in sentence.tokens)


def _ends(sentence: Sentence) -> bool:
    return any(word.lower in _ENDS for word in sentence.tokens)
