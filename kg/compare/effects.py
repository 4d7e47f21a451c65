"""What a record tells of one effect: the passages that tell it, best first, and which way it went.

The passages are chosen without a look at what is claimed, so that a claim of a rise, of a fall and
of no difference are judged by the same evidence. Both steps are linear: each passage is scored by
features of its place and words, each way by its signs, and a way's share is summed over the
passages. The weights are data (``effect_weights.tsv``), fitted on training articles.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.compare.effect_outcomes import OutcomeWords, outcome_words, own_direction
from kg.compare.effect_signs import PLAIN, Sign, near, pools, signs
from kg.compare.effect_values import estimate_sign, tests_signs, value_sign
from kg.compare.sides import Sides
from kg.compare.significance import borne_out, denied
from kg.compare.similarity import soft_keys
from kg.extract.reading import Fact, Reading, Sentence, read_claim
from kg.model import Comparison, MentionKind, Part
from kg.text.lexicon import rows

WAYS = ("up", "down", "null")
_CANDIDATES = 20
_CITED = re.compile(
    r"\bet al\b|\bprevious|\bearlier (?:stud|trial|report)|\bother (?:stud|trial)|\bliterature\b"
    r"|\breported by\b|\bstudies (?:have|show|found|report)|\[\d+"
)
_START = re.compile(
    r"\bat (?:the )?(?:baseline|start)|\bbefore (?:the )?(?:treat|interven|train|surg)|"
    r"\bbaseline (?:characteristic|mean|score|value|level|data|demographic)"
    r"|\bpre-?(?:test|treatment|intervention)\b",
    re.IGNORECASE,
)
_POINTING = {"this", "these", "the", "such"}
_POINTED = {"difference", "differences", "increase", "increases", "decrease", "decreases",
            "reduction", "reductions", "change", "changes", "improvement", "finding",
            "result"}  # fmt: skip
_COMPARING = {"comparison", "comparisons", "compared", "differences", "difference"}
_OF_COMPARING = {"control", "=control", "=placebo", "=arm", "=compared", "=significant", "however",
                 "fail", "reach", "intergroup", "wiz", "figur", "fig", "tabl", "detect", "any",
                 "evident", "appar"}  # fmt: skip
_ELLIPTIC = 22
_TABLE_LINES = 3
_EARLY = 0.35
_LONG = 45
_MOVING = {"up", "down", "better", "worse"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that may tell the effect.

    :param score: how well it fits, as the weights have it
    :param ways: share of each way, in the order of :data:`WAYS`
    """

    sentence: int
    score: float
    ways: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a record tells of an effect.

    :param ways: share of each way, summed over the passages
    :param covered: how much of the outcome the best passage names
    """

    passages: tuple[Passage, ...]
    ways: tuple[float, float, float]
    covered: float

    @property
    def way(self) -> str:
        """The way that has the largest share."""
        return WAYS[max(range(3), key=lambda i: self.ways[i])]


def outcome_of(name: str, record: Reading) -> OutcomeWords:
    """Read an outcome's name in a record's terms."""
    read = read_claim(name, 0, len(name), record)
    soft = soft_keys(read, record)
    keys: dict[str, float] = {}
    for sentence in read.sentences:
        for key in sentence.keys:
            known = soft[key] in record.rarity
            keys[soft[key]] = record.weight(soft[key]) * (1.0 if known else 0.4)
    return outcome_words(keys, name, own_direction(read))


def candidates(record: Reading, outcome: OutcomeWords, sides: Sides) -> list[int]:
    """Return the sentences that name most of the outcome, the best first."""
    scored = []
    for sentence in record.sentences:
        covered = _covered(sentence, outcome)
        covered += 0.5 * (_covered(record.sentences[sentence.index - 1], outcome)
                          if sentence.index else 0.0) * (1 - covered)  # fmt: skip
        if covered > 0:
            scored.append((-covered, sentence.index))
    scored.sort()
    return [index for _, index in scored[:_CANDIDATES]]


def _covered(sentence: Sentence, outcome: OutcomeWords) -> float:
    return sum(outcome.weights.get(key, 0.0) for key in sentence.keys)


def place_features(
    index: int,
    record: Reading,
    facts: Sequence[Fact],
    outcome: OutcomeWords,
    sides: Sides,
    sections: Sequence[str],
) -> dict[str, float]:
    """Describe how well a sentence fits: what it names, where it stands, what it tells."""
    sentence = record.sentences[index]
    text = record.text[sentence.start : sentence.end]
    covered = _covered(sentence, outcome)
    by_clause: dict[int, float] = {}
    for concept in {(c.key, sentence.layout.clause[c.first]) for c in sentence.concepts}:
        weight = outcome.weights.get(concept[0], 0.0)
        by_clause[concept[1]] = by_clause.get(concept[1], 0.0) + weight
    before = _covered(record.sentences[index - 1], outcome) if index else 0.0
    named = {m.side for m in sides.mentions(sentence)}
    kinds = {c.kind for c in sentence.cues}
    told = [f for f in facts if f.figure is None]
    figures = {f.figure.kind for f in facts if f.figure is not None}
    strengths = [near(sentence, sentence.word_at(f.start), outcome) for f in told]
    low = text.lower()
    found = {
        "covered": covered, "covered2": covered * covered, "full": float(covered > 0.98),
        "clause": max(by_clause.values(), default=0.0), "before": max(0.0, before - covered),
        "given": float(1 in named), "against": float(-1 in named), "both": float(len(named) > 1),
        "null": float(any(f.sense == "null" for f in told)),
        "moving": float(any(f.sense in _MOVING for f in told)),
        "different": float(any(f.sense == "different" for f in told)),
        "silent": float(not told), "near": max(strengths, default=0.0),
        "significant": float("significan" in low), "p": float(MentionKind.P_VALUE in figures),
        "interval": float(MentionKind.INTERVAL in figures),
        "percent": float(bool(figures & {MentionKind.PERCENT, MentionKind.MEASURE})),
        "between": float("between" in kinds), "within": float("within" in kinds),
        "aim": float("aim" in kinds), "may": float("may" in kinds),
        "recommended": float("recommended" in kinds), "pooled": float(pools(sentence)),
        "start": float(bool(_START.search(text))), "subgroup": float("subgroup" in low),
        "related": float("correlational" in kinds),
        "cited": float(bool(_CITED.search(text))), "table": float(text.count("\n") > _TABLE_LINES),
        "long": max(0.0, len(sentence.tokens) / _LONG - 1), "figure": float("fig" in low),
        "tabled": float("table" in low), "short": float(len(sentence.tokens) < 8),
        "given-covered": covered * (1 in named), "both-covered": covered * (len(named) > 1),
        "unnamed-covered": covered * (not named),
        "p-covered": covered * (MentionKind.P_VALUE in figures),
        "silent-covered": covered * (not told and MentionKind.P_VALUE not in figures),
        sections[index]: 1.0,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def sections_of(record: Reading) -> list[str]:
    """Name each sentence's section; the abstract's parts are kept apart from the body's."""
    total = len(record.sentences)
    end, seen = 0, False
    for sentence in record.sentences[: max(20, int(total * _EARLY))]:
        if sentence.part is Part.CONCLUSIONS:
            seen, end = True, sentence.index + 1
        elif seen:
            break
    first = end if seen else 0
    return [f"{'abstract' if s.index < first else 'body'}-{s.part.value}" for s in record.sentences]


def way_features(
    index: int, record: Reading, facts: Sequence[Fact], outcome: OutcomeWords, sides: Sides
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Describe what a sentence tells of an effect, for a rise, a fall and no difference."""
    sentence = record.sentences[index]
    mentions = sides.mentions(sentence)
    moved: dict[str, dict[str, float]] = {"up": {}, "down": {}}
    null: dict[str, float] = {"bias": 1.0}
    best: tuple[float, str] = (0.0, "")
    for sign in signs(sentence, facts, mentions, outcome):
        _put(sign, moved, null)
        if sign.strength > best[0] + 1e-9:
            best = (sign.strength, sign.way)
    if best[1] in moved:
        moved[best[1]]["nearest"] = 1.0
    elif best[1]:
        null[f"{best[1]}-nearest"] = 1.0
    for name, way in (
        ("values", value_sign(sentence, facts, mentions, outcome)),
        ("estimate", estimate_sign(sentence, facts, outcome)),
    ):
        if way:
            moved[way][name] = 1.0
    if null.get("different-sure") and "different-nearest" in null and not any(moved.values()):
        good = "down" if outcome.polarity < 0 else "up"
        moved[good]["good" if outcome.polarity else "unknown-good"] = 1.0
    surest = max((told.get("word", 0.0) for told in moved.values()), default=0.0)
    if null.get("null-any") and surest > null.get("null", 0.0):
        null["null-beyond"] = 1.0 - null.get("null", 0.0) / surest
    compared = any("side-reference" in told for told in moved.values())
    null |= _without_way(record, sentence, facts, outcome, "null" in null)
    if null["next-null"] and not compared:
        null["next-null-of-one"] = 1.0  # each group moved, and they did not differ
    for told in filter(None, moved.values()):
        told["any"] = 1.0
    clean = {name: value for name, value in null.items() if value}
    return moved["up"], moved["down"], clean


def _put(sign: Sign, moved: Mapping[str, dict[str, float]], null: dict[str, float]) -> None:
    """Put a sign among the features of its way."""
    if sign.way in moved:
        names = [f"{sign.kind}", f"side-{sign.known}"]
        names += ["sure"] if sign.significant else []
        names += ["unsure"] if sign.significant is False else []
        for name in names:
            moved[sign.way][name] = max(moved[sign.way].get(name, 0.0), sign.strength)
        return
    null[sign.way] = max(null.get(sign.way, 0.0), sign.strength)
    null[f"{sign.way}-any"] = 1.0
    if sign.known:
        null[f"{sign.way}-{sign.known}"] = 1.0
    if sign.significant:
        null["different-sure"] = 1.0


def following(record: Reading, sentence: Sentence) -> Sentence | None:
    """Return the next sentence where it goes on about the same: *This difference was small*."""
    if sentence.index + 1 >= len(record.sentences):
        return None
    behind = record.sentences[sentence.index + 1]
    opening = [w.lower for w in behind.tokens[:4]]
    told = opening[:1] and opening[0] in _POINTING and _POINTED & set(opening[1:])
    return behind if told or _goes_on(behind) else None


def _goes_on(behind: Sentence) -> bool:
    """Whether a sentence compares and has no content of its own: *The groups did not differ*."""
    compares = any(c.kind == "between" for c in behind.cues) or _COMPARING & {
        w.lower for w in behind.tokens
    }
    content = {c.key for c in behind.concepts if c.key.lstrip("=")[0].isalpha()}
    content -= PLAIN | _OF_COMPARING
    return bool(compares) and not content and len(behind.tokens) <= _ELLIPTIC


def _without_way(
    record: Reading, sentence: Sentence, facts: Sequence[Fact], outcome: OutcomeWords, null: bool
) -> dict[str, float]:
    """Describe what speaks for no difference or against it, beside direction words.

    :param null: whether the sentence tells a null
    """
    low, high = tests_signs(sentence, facts, outcome)
    kinds = {c.kind for c in sentence.cues}
    start = _START.search(record.text[sentence.start : sentence.end]) is not None
    nulls = [f for f in facts if f.sense == "null"]
    behind = following(record, sentence)
    between = any(f.comparison is Comparison.BETWEEN_GROUPS for f in nulls)
    return {
        "p-low": low, "p-high": high, "p-low-only": float(low > 0 and not high),
        "p-high-only": float(high > 0 and not low), "pooled": float(pools(sentence)),
        "hedged": float("may" in kinds), "excepted": float("exception" in kinds),
        "start": float(start), "start-null": float(start and null), "null-between": float(between),
        "next-sure": float(behind is not None and borne_out(behind)),
        "next-null": float(behind is not None and denied(behind)),
    }  # fmt: skip


@cache
def weights(of: str) -> Mapping[str, float]:
    """Return the fitted weights of a step, ``place`` or ``way-moved`` or ``way-null``."""
    return {row[1]: float(row[2]) for row in rows("effect_weights.tsv") if row[0] == of}


def read_effects(record: Reading, outcome: OutcomeWords, sides: Sides) -> Effect | None:
    """Read what a record tells of an effect; None where nothing in it names the outcome."""
    chosen = candidates(record, outcome, sides)
    if not chosen:
        return None
    sections = sections_of(record)
    wanted = set(chosen)
    facts: dict[int, list[Fact]] = {index: [] for index in chosen}
    for fact in record.facts:
        if fact.sentence in wanted:
            facts[fact.sentence].append(fact)
    scored = []
    for index in chosen:
        place = place_features(index, record, facts[index], outcome, sides, sections)
        score = _dot(place, weights("place"))
        up, down, null = way_features(index, record, facts[index], outcome, sides)
        moved = weights("way-moved")
        ways = softmax((_dot(up, moved), _dot(down, moved), _dot(null, weights("way-null"))))
        scored.append(Passage(index, score, (ways[0], ways[1], ways[2])))
    scored.sort(key=lambda p: (-p.score, p.sentence))
    shares = softmax([p.score for p in scored])
    summed = [sum(s * p.ways[i] for s, p in zip(shares, scored, strict=True)) for i in range(3)]
    best = record.sentences[scored[0].sentence]
    return Effect(tuple(scored), (summed[0], summed[1], summed[2]), _covered(best, outcome))


def _dot(features: Mapping[str, float], by_name: Mapping[str, float]) -> float:
    return sum(value * by_name.get(name, 0.0) for name, value in features.items())


def softmax(values: Sequence[float]) -> list[float]:
    """Turn scores into shares that sum to 1."""
    top = max(values)
    raised = [math.exp(value - top) for value in values]
    total = sum(raised)
    return [value / total for value in raised]
