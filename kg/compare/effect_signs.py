"""What one sentence of a record tells of one effect: signs that it rose, fell, or did not differ.

A sign is a direction word, seen from the side of what was given: *lower on placebo than on the
drug* is a rise on the drug. A verdict word (*improved*) goes the way that is good for the outcome.
Values handed to both sides, and p-values, are signs too. Each sign has a strength between 0 and 1,
by how near it stands to the outcome's words. Weights are put on them elsewhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kg.compare.effect_outcomes import CHANGES, TURNED, OutcomeWords
from kg.compare.sides import GIVEN, SideMention
from kg.extract.reading import Fact, Sentence
from kg.model import Comparison

_REACH = 6.0
_APART = 0.5
_UNNAMED = 0.3
_SIZED = 2
_MARKS = {"than", "versus", "vs", "over", "against", "relative", "comparison", "compared", "v"}
_AMOUNT = {"greater", "larger", "higher", "more", "stronger", "bigger", "faster", "longer",
           "smaller", "less", "lower", "slower", "weaker", "fewer", "shorter"}  # fmt: skip
_LITTLE = {"smaller", "less", "lower", "slower", "weaker", "fewer", "shorter"}
_THINGS = {"recovery", "growth", "fall", "falls", "elevation"}
_QUICK = {"faster": "down", "quicker": "down", "sooner": "down", "earlier": "down",
          "accelerated": "down", "slower": "up", "later": "up", "slowed": "up"}  # fmt: skip
_TOWARD = {"in", "on", "for", "among", "with", "by", "after", "following", "receiving", "of"}
_BEGINNING = {"baseline", "before", "pre", "pretreatment", "pretest", "preoperative", "initial",
              "previous", "start", "beginning", "entry", "screening"}  # fmt: skip
_EXTREMES = {"highest": "up", "greatest": "up", "largest": "up", "longest": "up", "most": "up",
             "lowest": "down", "least": "down", "smallest": "down",
             "shortest": "down"}  # fmt: skip
_SINCE = {"from", "to", "with", "versus", "than", "over", "for", "by"}
_AFTERWARDS = {"after", "end", "follow", "post", "then"}
_GIVING = {"treatment", "intervention", "training", "therapy", "surgery", "operation", "injection",
           "drug", "study"}  # fmt: skip
PLAIN = {"differ", "group", "signific", "two", "thre", "between", "statist", "observ", "found",
          "seen", "=group", "was", "wer", "note", "noted", "arm", "treat", "=treatment", "compar",
          "similar", "both", "chang", "show", "detect"}  # fmt: skip
_THAN = {"less than": "down", "fewer than": "down", "more than": "up", "greater than": "up"}
_BEING = (["was"], ["were"], ["is"], ["are"])
_NOT_FAR = 3
_ONLY_OTHERS = ("but not in", "but not with", "but not on", "but not for", "but not among")
_EXCEPT = ("with the exception of", "except", "with exception of", "apart from", "other than")
_NAMED = 0.6
_POOLING = {"both", "all", "either", "each"}


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: its way, what kind of word it is, its strength, how surely its side is known."""

    way: str
    kind: str
    strength: float
    known: str
    significant: bool | None = None


def signs(
    sentence: Sentence,
    facts: Sequence[Fact],
    mentions: Sequence[SideMention],
    outcome: OutcomeWords,
) -> Iterator[Sign]:
    """Yield the signs of a sentence.

    :param facts: the sentence's facts, in text order
    """
    excepted = _excepted(sentence, facts, outcome)
    if excepted:
        yield Sign("null", "word", excepted, "", None)
        return
    nouns = _noun_senses(sentence)
    told = {sentence.word_at(f.start) for f in facts if f.figure is None}
    silent = _carried(sentence, nouns, told)
    for fact in [*facts, *_compared_amounts(sentence)]:
        if fact.figure is not None:
            continue
        at = sentence.word_at(fact.start)
        strength = near(sentence, at, outcome)
        if fact.sense in {"null", "different"}:
            if of_beginning(sentence, at) or _of_one_side(sentence, at, mentions, fact):
                continue
            if fact.sense == "null" and _elliptic(sentence, at):
                strength = max(strength, _whole(sentence, outcome))
            side = _side_of_null(sentence, at, mentions, fact)
            yield Sign(fact.sense, "word", strength, side, fact.significant)
            continue
        named = sentence.tokens[at].lower in _THINGS and sentence.tokens[at].stem in outcome.named
        bound = at > 0 and sentence.tokens[at - 1].lower == "or"  # *50 % or more*
        if named or bound or (at in silent and not outcome.own):
            continue  # part of the outcome's name: *recovery time*
        sense = _amount(sentence, at, nouns, fact, outcome)
        sign, known = side_of(sentence, at, mentions)
        if against_beginning(sentence, at):
            sign, known = _own_side(sentence, at, mentions), "within"
        if denied_reference(sentence, at, mentions):
            yield Sign("null", "word", strength, "", False)
            continue
        if sign < 0:
            sense = TURNED[sense]
        if fact.comparison is Comparison.WITHIN_GROUP and known != "reference":
            known = "within"
        yield _seen(sense, strength, known, outcome, fact)


def _excepted(sentence: Sentence, facts: Sequence[Fact], outcome: OutcomeWords) -> float:
    """Return how much of the outcome is named as what did not move: ``except for A, all rose``."""
    if any(f.sense == "null" for f in facts):
        return 0.0
    for cue in sentence.cues:
        if cue.kind != "exception" or not cue.phrase.startswith(_EXCEPT):
            continue
        tokens, stop = sentence.tokens, cue.last + 2
        while stop < len(tokens) and tokens[stop].start - tokens[stop - 1].end == 1:
            stop += 1  # up to a comma
        named = {c.key for c in sentence.concepts if cue.last < c.first < stop}
        share = sum(outcome.weights.get(key, 0.0) for key in named)
        if share >= _NAMED and named <= set(outcome.weights):
            return share
    return 0.0


def of_beginning(sentence: Sentence, at: int) -> bool:
    """Whether a word's clause tells how the groups stood at the start: ``alike at baseline``."""
    layout, tokens = sentence.layout, sentence.tokens
    own = [i for i in range(len(tokens)) if layout.clause[i] == layout.clause[at]]
    if any(tokens[k].lower in _AFTERWARDS for k in own):
        return False
    for i in own:
        word, before = tokens[i].lower, tokens[i - 1].lower if i else ""
        if word == "baseline" and before not in _SINCE:
            return True  # else it is a change since then, or an adjustment
        if word == "before" and {w.lower for w in tokens[i + 1 : i + 3]} & _GIVING:
            return True
    return False


def _elliptic(sentence: Sentence, at: int) -> bool:
    """Whether a clause has no content of its own: *, but the groups did not differ*."""
    layout = sentence.layout
    here = {c.key for c in sentence.concepts if layout.clause[c.first] == layout.clause[at]}
    return layout.clause[at] > 0 and not here - PLAIN


def _whole(sentence: Sentence, outcome: OutcomeWords) -> float:
    """Return how much of the outcome a sentence names, however far off."""
    return sum(outcome.weights.get(key, 0.0) for key in sentence.keys)


def _of_one_side(sentence: Sentence, at: int, mentions: Sequence[SideMention], fact: Fact) -> bool:
    """Whether a null is told between two groups of one side: ``not different between A and B``."""
    clause = sentence.layout.clause
    here = [m.side for m in mentions if clause[m.first] == clause[at]]
    between = fact.comparison is Comparison.BETWEEN_GROUPS
    return between and len(here) >= _SIZED and len(set(here)) == 1


def _side_of_null(sentence: Sentence, at: int, mentions: Sequence[SideMention], fact: Fact) -> str:
    """Return of which side alone a clause tells no change: ``it was unchanged on placebo``."""
    clause = sentence.layout.clause
    here = {m.side for m in mentions if clause[m.first] == clause[at]}
    if not here and fact.phrase.startswith(_ONLY_OTHERS):
        return "against"
    if fact.comparison is Comparison.BETWEEN_GROUPS or len(here) != 1:
        return ""
    return "given" if GIVEN in here else "against"


def against_beginning(sentence: Sentence, at: int) -> bool:
    """Whether what is compared with is an earlier time: ``higher than before in group B``."""
    tokens, clause = sentence.tokens, sentence.layout.clause
    for i in range(at + 1, min(len(tokens), at + 12)):
        if clause[i] - clause[at] > 1:
            return False
        if tokens[i].lower in _MARKS:
            return any(w.lower in _BEGINNING for w in tokens[i + 1 : i + 4])
    return False


def _own_side(sentence: Sentence, at: int, mentions: Sequence[SideMention]) -> int:
    """Return the side that a clause speaks of, for a change since an earlier time."""
    clause = sentence.layout.clause
    here = [m.side for m in mentions if clause[m.first] == clause[at]]
    return here[0] if here else 1


def _compared_amounts(sentence: Sentence) -> Iterator[Fact]:
    """Yield amounts held against a side, not a bound, and those that rank highest or lowest.

    ``significantly less than on placebo``, ``it was highest on placebo``.
    """
    tokens = sentence.tokens
    for cue in sentence.cues:
        clause = sentence.layout.clause[cue.first]
        if cue.kind == "superlative" and cue.phrase in _EXTREMES:
            yield Fact(cue.start, cue.end, sentence.index, clause, _EXTREMES[cue.phrase],
                       cue.phrase, comparison=Comparison.BETWEEN_GROUPS)  # fmt: skip
        way = _THAN.get(cue.phrase) if cue.kind == "neutral" else None
        if way is None or any(w.lower[0].isdigit() for w in tokens[cue.last + 1 : cue.last + 2]):
            continue
        sure = any("significan" in w.lower for w in tokens[max(0, cue.first - 2) : cue.first])
        yield Fact(
            cue.start, cue.end, sentence.index, clause, way, cue.phrase,
            comparison=Comparison.BETWEEN_GROUPS, significant=sure or None,
        )  # fmt: skip


def _seen(sense: str, strength: float, known: str, outcome: OutcomeWords, fact: Fact) -> Sign:
    """Turn verdict words into ways of the outcome, and undo the outcome's own direction."""
    kind = "word"
    if sense in {"better", "worse"}:
        kind = "polar" if outcome.polarity or outcome.own == "better" else "verdict"
        good = "down" if outcome.polarity < 0 and outcome.own != "better" else "up"
        sense = good if sense == "better" else TURNED[good]
        if outcome.own in {"up", "down"}:
            sense = "up" if (sense == outcome.own) else "down"
    elif outcome.own == "down":
        sense = TURNED[sense]
    return Sign(sense, kind, strength, known, fact.significant)


def near(sentence: Sentence, at: int, outcome: OutcomeWords) -> float:
    """Return how near the outcome's words stand to a word, 0 to 1."""
    layout = sentence.layout
    found: dict[str, float] = {}
    for concept in sentence.concepts:
        if concept.key not in outcome.weights:
            continue
        distance = max(0, abs(layout.outer(concept.first) - layout.outer(at)) - 1)
        value = _APART ** abs(layout.clause[concept.first] - layout.clause[at])
        value /= 1 + distance / _REACH
        found[concept.key] = max(found.get(concept.key, 0.0), value)
    return max(
        sum(outcome.weights[key] * value for key, value in found.items()),
        _UNNAMED * sum(outcome.weights[k] for k in sentence.heading if k in outcome.weights),
    )


def _noun_senses(sentence: Sentence) -> list[tuple[int, str]]:
    """Return what tells a change that can be large or small: ``the fall``, ``fell more``."""
    following = {c.first for c in sentence.cues if c.phrase in _AMOUNT}
    return [
        (c.first, c.kind) for c in sentence.cues
        if c.kind in TURNED
        and (c.phrase in CHANGES or following & {c.last + 1, c.last + 2})
        and c.phrase not in _AMOUNT
    ]  # fmt: skip


def _carried(
    sentence: Sentence, nouns: Sequence[tuple[int, str]], told: Collection[int]
) -> frozenset[int]:
    """Return the words of a change and its size that another word of the two tells.

    The noun tells in ``a greater fall``, and the size in ``the fall was smaller``.

    :param told: words that are facts of their own
    """
    clause = sentence.layout.clause
    found = set()
    for cue in sentence.cues:
        if cue.phrase not in _AMOUNT or cue.first not in told:
            continue
        here = [first for first, _ in nouns if clause[first] == clause[cue.first]]
        if any(cue.last < first <= cue.last + _SIZED for first in here):
            found.add(cue.first)
        else:
            found.update([first for first in here if first < cue.first][-1:])
    return frozenset(found)


def _amount(
    sentence: Sentence,
    at: int,
    nouns: Sequence[tuple[int, str]],
    fact: Fact,
    outcome: OutcomeWords,
) -> str:
    """Let a comparative tell how large a change was: ``the fall was smaller`` is no fall."""
    word = sentence.tokens[at].lower
    if outcome.timed and word in _QUICK:
        return _QUICK[word]
    if word in _AMOUNT:
        clause = sentence.layout.clause[at]
        told = [
            kind for first, kind in nouns if first < at and sentence.layout.clause[first] == clause
        ]
        if told and not outcome.own:
            return TURNED[told[-1]] if word in _LITTLE else told[-1]
        return fact.sense
    before = {w.lower for w in sentence.tokens[max(0, at - _SIZED) : at]}
    changes = any(first == at for first, _ in nouns)
    less = "less" in {w.lower for w in sentence.tokens[at + 1 : at + 1 + _SIZED]}
    return TURNED[fact.sense] if changes and (before & _LITTLE or less) else fact.sense


def side_of(sentence: Sentence, at: int, mentions: Sequence[SideMention]) -> tuple[int, str]:
    """Return the side that a direction word speaks of (1 given, −1 compared with), and how surely.

    ``reference``: by what it is compared with; ``subject``: by whom it is told of; ``pooled``: of
    both; ``unsaid``: the words name no side, and the one given is taken to be meant.
    """
    clause = sentence.layout.clause
    references = [
        m for i, m in enumerate(mentions)
        if _is_reference(sentence, m, mentions[i - 1].last if i else -1)
    ]  # fmt: skip
    close = [m for m in references if abs(clause[m.first] - clause[at]) <= 1]
    if close:
        chosen = min(close, key=lambda m: abs(m.first - at))
        return (1 if chosen.side != GIVEN else -1), "reference"
    told = [m for m in mentions if m not in references and not _denied(sentence, m)]
    here = [m for m in told if clause[m.first] == clause[at]]
    here = here or [m for m in told if clause[m.first] < clause[at]]
    if not here:
        return 1, "unsaid"
    if len({m.side for m in here}) > 1:
        return _of_two(sentence, at, here)
    return here[0].side, "subject"


def _of_two(sentence: Sentence, at: int, here: Sequence[SideMention]) -> tuple[int, str]:
    """Choose between two sides in a clause; listed together they are pooled."""
    tokens = sentence.tokens
    behind = [m for m in here if at < m.first <= at + 9]
    if behind:
        first = behind[0]
        toward = any(w.lower in _TOWARD for w in tokens[at + 1 : first.first + 1])
        joined = len(behind) > 1 and _joined(sentence, behind[0], behind[1])
        if toward and not joined:
            return first.side, "subject"
        if joined:
            return 1, "pooled"
    left = [m for m in here if m.last < at]
    if left:
        if len(left) > 1 and _joined(sentence, left[-2], left[-1]):
            return 1, "pooled"
        return left[-1].side, "subject"
    return here[0].side, "subject"


def _denied(sentence: Sentence, mention: SideMention) -> bool:
    """Whether a side is only said to be left out: ``drugol, but not placebo, lowered it``.

    ``those who were not blinded`` tells who they were.
    """
    words = [w.lower for w in sentence.tokens[max(0, mention.first - 4) : mention.first]]
    return any(
        word == "not" and words[i - 1 : i] not in _BEING for i, word in enumerate(words)
        if len(words) - i <= _NOT_FAR
    )  # fmt: skip


def denied_reference(sentence: Sentence, at: int, mentions: Sequence[SideMention]) -> bool:
    """Whether a direction is denied against the other side: ``lower than on diet, not drugol``."""
    tokens = [w.lower for w in sentence.tokens]
    for one, two in itertools.pairwise(mentions):
        if one.side == GIVEN != two.side and at < two.first and _denied(sentence, two):
            return any(w in _MARKS for w in tokens[max(at, one.first) : two.first])
    return False


def _joined(sentence: Sentence, one: SideMention, two: SideMention) -> bool:
    between = [w.lower for w in sentence.tokens[one.last + 1 : two.first]]
    return one.side != two.side and len(between) <= 4 and "and" in between


def _is_reference(sentence: Sentence, mention: SideMention, after: int) -> bool:
    """Whether a side is what the sentence compares with: ``than on placebo``.

    :param after: the last word of the mention before it, which nothing reaches across
    """
    tokens = sentence.tokens
    back = mention.first - 1
    for position in range(back, max(after, back - 6), -1):
        word = tokens[position].lower
        if word == "comparison" and tokens[position + 1].lower not in {"with", "to"}:
            return False  # *a comparison of the groups* says not which of them is the measure
        if word in _MARKS:
            return word != "over" or position == back
        if word in {"and", "was", "were", "had", "or"}:
            return False
    return False


def pools(sentence: Sentence) -> bool:
    """Whether a sentence speaks of both groups alike: ``in both groups``."""
    tokens = [w.lower for w in sentence.tokens]
    return any(
        one in _POOLING and two in {"groups", "arms", "group", "treatments", "treatment", "arm"}
        for one, two in itertools.pairwise(tokens)
    ) or any(
        tokens[i : i + 3] in (["both", "the", "groups"], ["all", "the", "groups"])
        for i in range(len(tokens) - 2)
    )
