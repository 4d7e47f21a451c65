"""What one sentence of a record tells of one effect: signs that it rose, fell, or did not differ.

A sign is a direction word, seen from the side of what was given: *lower on placebo than on the
drug* is a rise on the drug. A verdict word (*improved*) goes the way that is good for the outcome.
Values handed to both sides, and p-values, are signs too. Each sign has a strength between 0 and 1,
by how near it stands to the outcome's words. Weights are put on them elsewhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.compare.sides import GIVEN, SideMention
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import Comparator, Comparison, MentionKind
from kg.text import lexicon
from kg.text.lexicon import concepts
from kg.text.tokens import words

_REACH = 6.0
_APART = 0.5
_UNNAMED = 0.3
_ALPHA = Decimal("0.05")
_MARKS = {"than", "versus", "vs", "over", "against", "relative", "comparison", "compared", "v"}
_AMOUNT = {"greater", "larger", "higher", "more", "stronger", "bigger", "faster", "longer",
           "smaller", "less", "lower", "slower", "weaker", "fewer", "shorter"}  # fmt: skip
_LITTLE = {"smaller", "less", "lower", "slower", "weaker", "fewer", "shorter"}
_NOUNS = {"decrease", "reduction", "reductions", "decline", "fall", "drop", "improvement", "loss",
          "increase", "rise", "elevation", "gain", "worsening", "deterioration"}  # fmt: skip
_TOWARD = {"in", "on", "for", "among", "with", "by", "after", "following", "receiving", "of"}
_THAN = {"less than": "down", "fewer than": "down", "more than": "up", "greater than": "up"}
_TURNED = {"up": "down", "down": "up", "better": "worse", "worse": "better"}
_VALUES = {MentionKind.PERCENT, MentionKind.COUNT, MentionKind.MEASURE, MentionKind.NUMBER}
_POOLING = {"both", "all", "either", "each"}


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """The words of an outcome, and what they say of it.

    :param weights: content key → share of the whole, summing to 1
    :param polarity: 1 if more is better, −1 if less is, 0 if the words do not say
    :param own: the direction that the outcome itself names (``reduction in pain``), or ""
    """

    weights: Mapping[str, float]
    polarity: int
    own: str


def polarity(outcome: str) -> int:
    """Return 1 for an outcome of which more is better, −1 for less, 0 where nothing says so.

    >>> polarity("depression scores"), polarity("overall survival"), polarity("serum zinc")
    (-1, 1, 0)
    """
    tokens = words(outcome)
    told = {lexicon.polarity(c.key) for c in concepts(tokens)}
    found = lexicon.match_phrases([w.stem for w in tokens], _good_when())
    ways = {way for *_, values in found for way in values}
    if "bad" in told or "down" in ways:
        return -1
    return 1 if "good" in told or "up" in ways else 0


@cache
def _good_when() -> lexicon.Phrases:
    """Index the words of outcomes' names by the way that is good for them."""
    told = [(row[0], row[1].split("|")) for row in lexicon.rows("good_when.tsv")]
    pairs = [(way, term.strip()) for way, terms in told for term in terms]
    return lexicon.phrase_table(pairs, by_stem=True)


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
    nouns = _noun_senses(sentence)
    for fact in [*facts, *_compared_amounts(sentence)]:
        if fact.figure is not None:
            continue
        at = sentence.word_at(fact.start)
        strength = near(sentence, at, outcome)
        if fact.sense in {"null", "different"}:
            yield Sign(fact.sense, "word", strength, "", fact.significant)
            continue
        sense = _amount(sentence, at, nouns, fact, outcome)
        if not sense:
            continue
        sign, known = side_of(sentence, at, mentions)
        if sign < 0:
            sense = _TURNED[sense]
        if fact.comparison is Comparison.WITHIN_GROUP and known != "reference":
            known = "within"
        yield _seen(sense, strength, known, outcome, fact)


def _compared_amounts(sentence: Sentence) -> Iterator[Fact]:
    """Yield ``significantly less than on placebo``: an amount held against a side, not a bound."""
    tokens = sentence.tokens
    for cue in sentence.cues:
        way = _THAN.get(cue.phrase) if cue.kind == "neutral" else None
        if way is None or any(w.lower[0].isdigit() for w in tokens[cue.last + 1 : cue.last + 2]):
            continue
        sure = any("significan" in w.lower for w in tokens[max(0, cue.first - 2) : cue.first])
        clause = sentence.layout.clause[cue.first]
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
        sense = good if sense == "better" else _TURNED[good]
        if outcome.own in {"up", "down"}:
            sense = "up" if (sense == outcome.own) else "down"
    elif outcome.own == "down":
        sense = _TURNED[sense]
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
        if c.kind in _TURNED
        and (c.phrase in _NOUNS or following & {c.last + 1, c.last + 2})
        and c.phrase not in _AMOUNT
    ]  # fmt: skip


def _amount(
    sentence: Sentence,
    at: int,
    nouns: Sequence[tuple[int, str]],
    fact: Fact,
    outcome: OutcomeWords,
) -> str:
    """Let a comparative tell how large a change was: ``the fall was smaller`` is no fall."""
    word = sentence.tokens[at].lower
    if word in _AMOUNT:
        clause = sentence.layout.clause[at]
        told = [
            kind for first, kind in nouns if first < at and sentence.layout.clause[first] == clause
        ]
        if told and not outcome.own:
            return _TURNED[told[-1]] if word in _LITTLE else told[-1]
        return fact.sense
    before = [w.lower for w in sentence.tokens[max(0, at - 2) : at]]
    if before and before[-1] in _LITTLE:
        return _TURNED[fact.sense]
    return fact.sense


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
    """Whether a side is only said to be left out: ``drugol, but not placebo, lowered it``."""
    return any(w.lower == "not" for w in sentence.tokens[max(0, mention.first - 3) : mention.first])


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
        if word in _MARKS:
            return word != "over" or position == back
        if word in {"and", "was", "were", "had", "or"}:
            return False
    return False


def value_sign(sentence: Sentence, facts: Sequence[Fact], mentions: Sequence[SideMention]) -> str:
    """Return which way the sides' own values go, seen from what was given; "" if they do not say.

    Two values of one kind and both sides named: values and sides go together in order.
    """
    sides = list(dict.fromkeys(m.side for m in mentions))
    if len(sides) != 2:
        return ""
    by_kind: dict[tuple[str, str], list[Decimal]] = {}
    for fact in facts:
        figure = fact.figure
        if figure is None or figure.kind not in _VALUES or figure.value is None:
            continue
        if figure.days is not None:
            continue
        by_kind.setdefault((figure.kind.value, figure.unit or ""), []).append(figure.value)
    for kind in sorted(by_kind, key=lambda k: (k[0] != "percent", k)):
        values = by_kind[kind]
        if len(values) == 2 and values[0] != values[1]:
            own, other = values if sides[0] == GIVEN else values[::-1]
            return "up" if own > other else "down"
    return ""


def p_signs(
    sentence: Sentence, facts: Sequence[Fact], outcome: OutcomeWords
) -> tuple[float, float]:
    """Return how near a significant p, and one that is not, stand to the outcome's words."""
    low = high = 0.0
    for fact in facts:
        figure = fact.figure
        if figure is None or figure.kind is not MentionKind.P_VALUE:
            continue
        strength = near(sentence, sentence.word_at(figure.start), outcome)
        if _significant(figure.value, figure.comparator):
            low = max(low, strength)
        else:
            high = max(high, strength)
    return low, high


def _significant(value: Decimal | None, comparator: Comparator | None) -> bool:
    if value is None or comparator is Comparator.NS:
        return False
    if comparator is Comparator.MORE:
        return False
    return value < _ALPHA or (value == _ALPHA and comparator is Comparator.LESS)


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


def outcome_words(keys: Mapping[str, float], outcome: str, own: str) -> OutcomeWords:
    """Weigh an outcome's content so that it sums to 1."""
    total = sum(keys.values()) or 1.0
    shares = {key: value / total for key, value in keys.items()}
    return OutcomeWords(shares, polarity(outcome), own)


def own_direction(outcome: Reading) -> str:
    """Return the direction that an outcome's own name has: ``reduction in pain`` → ``down``."""
    for sentence in outcome.sentences:
        for cue in sentence.cues:
            if cue.kind in _TURNED and cue.phrase in _NOUNS | {"improving", "reducing", "lowering"}:
                return cue.kind
    return ""
