"""An outcome's name, as the record's words have it: what it weighs, and which way is good.

The head of a name tells what is good: *pain* in ``pain score``, *knowledge* in ``knowledge of side
effects``. A time to something good is bad, and a name may have a direction of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract.reading import Reading
from kg.text import lexicon
from kg.text.lexicon import concepts
from kg.text.tokens import words

CHANGES = {"decrease", "reduction", "reductions", "decline", "fall", "drop", "improvement", "loss",
          "increase", "rise", "elevation", "gain", "worsening", "deterioration", "decreases",
          "increases", "declines", "improvements", "gains", "losses", "falls", "rises",
          "drops"}  # fmt: skip
TURNED = {"up": "down", "down": "up", "better": "worse", "worse": "better"}
_TIMED = {"survival", "time", "times", "duration", "stay", "latency", "delay", "period"}
_WAY = {"good": 1, "bad": -1}
_ENDING = {"of", "in", "for", "during", "with", "according", "measured", "assessed", "at", "after",
           "between", "among", "by", "on", "from", "and", "or", "than", "to"}  # fmt: skip
_GOOD_KIND = {"hdl", "hdlc"}
_MEASURES = {"score", "scores", "activity", "duration", "time", "risk", "incidence", "behavior",
             "behaviour", "health", "density", "flow", "rate", "interval", "capacity"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """The words of an outcome, and what they say of it.

    :param weights: content key → share of the whole, summing to 1
    :param polarity: 1 if more is better, −1 if less is, 0 if the words do not say
    :param own: the direction that the outcome itself names (``reduction in pain``), or ""
    :param timed: whether it is itself a time (``survival``, ``time to relapse``)
    :param named: the stems of its name
    """

    weights: Mapping[str, float]
    polarity: int
    own: str
    timed: bool = False
    named: frozenset[str] = frozenset()


def polarity(outcome: str) -> int:
    """Return 1 for an outcome of which more is better, −1 for less, 0 where nothing says so.

    The head of a name tells: the last word that has a way, before any ``of`` or ``in``. Words of
    measuring (``score``) tell only where no other does, and a time to something good is bad.

    >>> polarity("depression scores"), polarity("overall survival"), polarity("serum zinc")
    (-1, 1, 0)
    >>> polarity("knowledge of side effects"), polarity("HDL cholesterol"), polarity("relapses")
    (1, 1, -1)
    >>> polarity("time to remission"), polarity("time to relapse")
    (-1, 1)
    """
    tokens = words(outcome)
    told = {c.first: _WAY[way] for c in concepts(tokens) if (way := lexicon.polarity(c.key))}
    for first, _, ways in lexicon.match_phrases([w.stem for w in tokens], _good_when()):
        told[first] = 1 if "up" in ways else -1
    low = [w.lower for w in tokens]
    event = next((i for i in range(1, len(low)) if low[i - 1 : i + 1] == ["time", "to"]), None)
    if event is not None:
        behind = [way for first, way in sorted(told.items()) if first > event]
        return -behind[0] if behind else -1
    ends = [0, *(i for i, word in enumerate(low) if word in _ENDING), len(low)]
    for first in [i for i in told if low[i + 1 : i + 2] in (["time"], ["times"])]:
        told[first] = -told[first]  # *recovery time* is a time to it
    if _GOOD_KIND & set(low) or ["high", "density"] in [low[i : i + 2] for i in range(len(low))]:
        return 1  # the good kind of something bad
    strong = {first: way for first, way in told.items() if low[first] not in _MEASURES}
    for known in (strong, told):
        for start, end in itertools.pairwise(ends):
            here = [way for first, way in sorted(known.items()) if start <= first < end]
            if here:
                return here[-1]
    return 0


@cache
def _good_when() -> lexicon.Phrases:
    """Index the words of outcomes' names by the way that is good for them."""
    told = [(row[0], row[1].split("|")) for row in lexicon.rows("good_when.tsv")]
    pairs = [(way, term.strip()) for way, terms in told for term in terms]
    return lexicon.phrase_table(pairs, by_stem=True)


def outcome_words(keys: Mapping[str, float], outcome: str, own: str) -> OutcomeWords:
    """Weigh an outcome's content so that it sums to 1."""
    total = sum(keys.values()) or 1.0
    shares = {key: value / total for key, value in keys.items()}
    timed = any(w.lower in _TIMED for w in words(outcome))
    named = frozenset(w.stem for w in words(outcome))
    return OutcomeWords(shares, polarity(outcome), own, timed, named)


def own_direction(outcome: Reading) -> str:
    """Return the direction that an outcome's own name has: ``reduction in pain`` → ``down``."""
    for sentence in outcome.sentences:
        for cue in sentence.cues:
            if cue.kind in TURNED and cue.phrase in CHANGES | {"improving", "reducing", "lowering"}:
                return cue.kind
    return ""
