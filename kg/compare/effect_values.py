"""What the figures of one sentence tell of one effect: the sides' own values, and its tests.

>>> from kg.compare.effects import outcome_of
>>> from kg.compare.sides import learn_sides
>>> from kg.extract.reading import read_record
>>> record = read_record("Pain lasted in 12% and 31% on drugol and placebo (p = .02).")
>>> sides, outcome = learn_sides("drugol", "placebo", "pain", record), outcome_of("pain", record)
>>> own = record.sentences[0]
>>> value_sign(own, record.facts, sides.mentions(own), outcome)
'down'
>>> low, high = tests_signs(own, record.facts, outcome)
>>> low > 0, high
(True, 0.0)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.compare.effect_outcomes import OutcomeWords
from kg.compare.effect_signs import near, of_beginning
from kg.compare.sides import AGAINST, GIVEN, SideMention
from kg.compare.significance import bears, denies, no_difference
from kg.extract.mentions import Figure
from kg.extract.reading import Fact, Sentence
from kg.model import MentionKind

_VALUES = {MentionKind.TIME, MentionKind.PERCENT, MentionKind.COUNT, MentionKind.MEASURE,
           MentionKind.NUMBER}  # fmt: skip
_TESTS = {MentionKind.P_VALUE, MentionKind.INTERVAL}
_SPREADS = {"ci", "sd", "se", "sem", "iqr", "range", "χ", "chi", "df", "f", "t", "z", "r"}
_BOTH_TIMES = {"before", "after"}
_FAR = 14
_BESIDE = 7
_EXCEPTION = 5
_TWO = 2


def value_sign(
    sentence: Sentence,
    facts: Sequence[Fact],
    mentions: Sequence[SideMention],
    outcome: OutcomeWords,
) -> str:
    """Return which way the sides' own values go, seen from what was given; "" if they do not say.

    Two values of one kind that stand together and both sides named: values and sides go together
    in order. Of several such pairs the one nearest the outcome's words tells.
    """
    sides = list(dict.fromkeys(m.side for m in mentions))
    if len(sides) != 2 or {w.lower for w in sentence.tokens} >= _BOTH_TIMES:
        return ""
    told = []
    runs = list(_runs(sentence, facts, timed=outcome.timed))
    for run in runs:
        labelled = _labelled(sentence, run, mentions)
        if labelled is not None:
            place, way = labelled
            told.append((near(sentence, place, outcome), -place, way))
    for one, two in _pairs(sentence, runs):
        at = sentence.word_at(one.start), sentence.word_at(two.start)
        own, other = _handed(at, (one.value, two.value), mentions, sides)
        if own is None or other is None or own == other:
            continue
        told.append((near(sentence, at[0], outcome), -at[0], "up" if own > other else "down"))
    return max(told)[2] if told else ""


def _pairs(sentence: Sentence, runs: Sequence[Sequence[Figure]]) -> Iterator[tuple[Figure, Figure]]:
    """Yield pairs of values of one kind that stand together; *from 3 to 2* is one side's own."""
    for run in runs:
        if len(run) == 2 and not _moved(sentence, run[0], run[1]):
            yield run[0], run[1]


def _labelled(
    sentence: Sentence, run: Sequence[Figure], mentions: Sequence[SideMention]
) -> tuple[int, str] | None:
    """Return where the given side's value stands, and which way it is of the other's.

    Each of three values or more stands right before its group: ``1 on A versus 5 on B versus 9 on
    C``. None where not both sides have one, or they have the same.
    """
    found: dict[int, Figure] = {}
    places = [sentence.word_at(f.start) for f in run]
    for place, following, figure in zip(places, [*places[1:], len(sentence.tokens)], run,
                                        strict=True):  # fmt: skip
        here = [m.side for m in mentions if place < m.first < min(following, place + _BESIDE)]
        if len(run) > _TWO and len(here) == 1:
            found.setdefault(here[0], figure)
    own, other = found.get(GIVEN), found.get(AGAINST)
    if own is None or other is None or own.value is None or other.value in {None, own.value}:
        return None
    more = other.value is not None and own.value > other.value
    return sentence.word_at(own.start), "up" if more else "down"


def _runs(sentence: Sentence, facts: Sequence[Fact], *, timed: bool) -> Iterator[list[Figure]]:
    """Yield values of one kind that stand together, in text order.

    :param timed: whether the outcome is itself a time
    """
    figures = [
        f.figure for f in facts
        if f.figure is not None and f.figure.kind in _VALUES and f.figure.value is not None
        and (timed or f.figure.days is None) and not _aside(sentence, f.figure)
    ]  # fmt: skip
    by_kind: dict[tuple[str, str], list[Figure]] = {}
    for figure in sorted(figures, key=lambda f: f.start):
        by_kind.setdefault((figure.kind.value, figure.unit or ""), []).append(figure)
    bracket = sentence.layout.bracket
    for every in by_kind.values():
        plain = [f for f in every if not bracket[sentence.word_at(f.start)]]
        own = plain if len(plain) > 1 else every  # brackets then hold bounds and spreads
        runs: list[list[Figure]] = []
        for figure in own:
            if runs and _together(sentence, runs[-1][-1], figure):
                runs[-1].append(figure)
            else:
                runs.append([figure])
        yield from runs


def _aside(sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure is no side's own value: a spread, a bound, an amount of change, a start."""
    at = sentence.word_at(figure.start)
    before = [w.lower for w in sentence.tokens[max(0, at - 3) : at]]
    if set(before) & _SPREADS or before[-1:] == ["by"]:
        return True
    return of_beginning(sentence, at)


def _together(sentence: Sentence, one: Figure, two: Figure) -> bool:
    first, second = sentence.word_at(one.start), sentence.word_at(two.start)
    return second - first <= _FAR and not any(
        f.kind is MentionKind.P_VALUE and one.end <= f.start < two.start for f in sentence.figures
    )


def _moved(sentence: Sentence, one: Figure, two: Figure) -> bool:
    first, second = sentence.word_at(one.start), sentence.word_at(two.start)
    before = [w.lower for w in sentence.tokens[max(0, first - 2) : first]]
    between = [w.lower for w in sentence.tokens[first + 1 : second]]
    return "from" in before and "to" in between


def _handed(
    at: tuple[int, int],
    values: tuple[Decimal | None, Decimal | None],
    mentions: Sequence[SideMention],
    sides: Sequence[int],
) -> tuple[Decimal | None, Decimal | None]:
    """Hand two values to the sides: the one given first, then the other.

    Sides that are named before each value, or behind each, decide; else the order of the sides.
    """
    before = [[m.side for m in mentions if m.last < place][-1:] for place in at]
    behind = [[m.side for m in mentions if place < m.first][:1] for place in at]
    order = sides
    for named in (behind, before):
        if named[0] and named[1] and named[0] != named[1]:
            order = [named[0][0], named[1][0]]
    return (values[0], values[1]) if order[0] == GIVEN else (values[1], values[0])


def tests_signs(
    sentence: Sentence, facts: Sequence[Fact], outcome: OutcomeWords
) -> tuple[float, float]:
    """Return how near a test that tells a difference, and one that denies it, stand to the outcome.

    A test is a p, or an interval that leaves no difference out or has it in.
    """
    low = high = 0.0
    for fact in facts:
        figure = fact.figure
        if figure is None or figure.kind not in _TESTS or _of_others(sentence, figure):
            continue
        if bears(figure, sentence):
            low = max(low, near(sentence, sentence.word_at(figure.start), outcome))
        elif denies(figure, sentence):
            high = max(high, near(sentence, sentence.word_at(figure.start), outcome))
    return low, high


def _of_others(sentence: Sentence, figure: Figure) -> bool:
    """Whether a test is of what a short exception names: ``lower than A, but not B (p = .2)``."""
    at = sentence.word_at(figure.start)
    before = [w.lower for w in sentence.tokens[max(0, at - _EXCEPTION) : at]]
    return ("but", "not") in itertools.pairwise(before)


def estimate_sign(sentence: Sentence, facts: Sequence[Fact], outcome: OutcomeWords) -> str:
    """Return which way the estimate nearest the outcome's words goes: *OR 0.6* goes down."""
    told = []
    for fact in facts:
        figure = fact.figure
        if figure is None or figure.kind is not MentionKind.EFFECT or figure.value is None:
            continue
        none = no_difference(figure)
        if none is not None and figure.value != none:
            at = sentence.word_at(figure.start)
            more = figure.value > none
            if outcome.timed and (figure.entity or "").endswith("HR"):
                more = not more  # the hazard is of what ends the time
            way = "up" if more else "down"
            told.append((near(sentence, at, outcome), -at, way))
    return max(told)[2] if told else ""
