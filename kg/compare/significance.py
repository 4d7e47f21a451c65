"""A difference that a claim calls significant and the record does not.

The record bears the word out where it says so itself, prints a p below .05, or an interval that
leaves no difference out. It denies it where it prints a p of .05 or more, *NS*, or an interval with
no difference in it. Where it does neither, the word is the claim's own.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Pain fell more with drugol (relative risk 0.83; 95% CI 0.61 to 1.14).")
>>> text = "Drugol significantly lowered pain."
>>> claim = read_claim(text, 0, len(text), record)
>>> [f.rule for f in unborne(claim, record, {0: 1.0})]
['significance-denied']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from kg.compare.draft import FaultDraft
from kg.extract.mentions import Figure
from kg.extract.reading import Fact, Reading, Sentence
from kg.model import Comparator, FaultCode, MentionKind, Verdict

_ALPHA = Decimal("0.05")
_RATIOS = {"HR", "OR", "RR", "IRR", "SHR", "PR"}
_DIFFERENCES = {"MD", "SMD", "WMD"}
_MOVING = {"up", "down", "better", "worse"}
_FITTING = 0.75
_BEST = 0.85


def unborne(
    claim: Reading,
    record: Reading,
    fits: Mapping[int, float],
    pairs: Mapping[int, int] = MappingProxyType({}),
) -> Iterator[FaultDraft]:
    """Yield directions that the claim calls significant in words and the record does not.

    :param fits: sentence of the record → how well it fits the claim as a whole
    :param pairs: fact of the claim → the record's fact that it was matched with
    """
    for fact in claim.facts:
        spot = _p_of_its_figures(fact, claim, record, pairs)
        if spot is not None and fact.sense in _MOVING and _calls(fact, claim):
            yield _unborne(fact, spot)
            return
    top = max(fits.values(), default=0.0)
    fitting = [record.sentences[i] for i, fit in fits.items() if fit >= _FITTING * top > 0]
    best = [record.sentences[i] for i, fit in fits.items() if fit >= _BEST * top > 0]
    if not best or any(borne_out(s) for s in fitting):
        return
    for fact in claim.facts:
        if fact.figure is not None or fact.sense == "null" or not _calls(fact, claim):
            continue
        spot = next((figure for s in best for figure in s.figures if denies(figure, s)), None)
        if spot is not None:
            yield _unborne(fact, spot)
            return


def _unborne(fact: Fact, spot: Figure) -> FaultDraft:
    return FaultDraft(
        FaultCode.WRONG_DIRECTION, "significance", "significance-denied",
        Verdict.CONTRADICTED, "significant", spot.printed, (fact.start, fact.end),
        (spot.start, spot.end), f"gives {spot.printed}, which is not significant",
    )  # fmt: skip


def _p_of_its_figures(
    fact: Fact, claim: Reading, record: Reading, pairs: Mapping[int, int]
) -> Figure | None:
    """Return the p that the record prints right behind the figures told with a direction.

    None where there is none, or where it is significant. Another figure, a semicolon and a clause
    of its own part two results.
    """
    own = [
        record.facts[theirs] for mine, theirs in pairs.items()
        if claim.facts[mine].figure is not None and claim.facts[mine].clause == fact.clause
        and claim.facts[mine].sentence == fact.sentence
    ]  # fmt: skip
    if fact.figure is not None or not own or len({f.sentence for f in own}) > 1:
        return None
    sentence = record.sentences[own[0].sentence]
    last = max(f.end for f in own)
    for figure in sentence.figures:
        if figure.start < last or figure.kind is MentionKind.INTERVAL:
            continue
        at = sentence.layout.outer(sentence.word_at(figure.start))
        here = sentence.layout.clause[at] == own[0].clause
        parted = ";" in record.text[last : figure.start] or not here
        telling = figure.kind is MentionKind.P_VALUE and not parted
        return (
            figure if telling and denies(figure, sentence) else None
        )  # any other figure tells of something else
    return None


def _calls(fact: Fact, claim: Reading) -> bool:
    """Whether the claim's own words, not its p, call the direction significant."""
    sentence = claim.sentences[fact.sentence]
    clause = fact.clause
    return any(
        c.kind == "significant" and sentence.layout.clause[c.first] == clause
        and not _denied(c.first, sentence)
        for c in sentence.cues
    ) and not any(f.kind is MentionKind.P_VALUE for f in sentence.figures)  # fmt: skip


def borne_out(sentence: Sentence) -> bool:
    """Whether a sentence calls something significant, or prints what makes it so."""
    for cue in sentence.cues:
        if cue.kind == "significant" and not _denied(cue.first, sentence):
            return True
    return any(bears(figure, sentence) for figure in sentence.figures)


def denied(sentence: Sentence) -> bool:
    """Whether a sentence calls something not significant, or prints what makes it so."""
    if any(c.kind == "null" for c in sentence.cues):
        return True
    return any(denies(figure, sentence) for figure in sentence.figures)


def _denied(first: int, sentence: Sentence) -> bool:
    return any(c.kind in {"negation", "null"} and 0 <= first - c.last <= 3 for c in sentence.cues)


def bears(figure: Figure, sentence: Sentence) -> bool:
    """Whether a p or an interval tells a difference."""
    if figure.kind is MentionKind.P_VALUE and figure.value is not None:
        below = figure.comparator in {Comparator.LESS, Comparator.AT_MOST}
        return figure.value < _ALPHA or (below and figure.value <= _ALPHA)
    null = _null_value(figure, sentence.figures)
    if null is None or figure.value is None or figure.upper is None:
        return False
    return not figure.value <= null <= figure.upper


def denies(figure: Figure, sentence: Sentence) -> bool:
    """Whether a p or an interval leaves it open that there is no difference."""
    if figure.kind is MentionKind.P_VALUE:
        if figure.comparator is Comparator.NS:
            return True
        return figure.value is not None and not bears(figure, sentence)
    null = _null_value(figure, sentence.figures)
    if null is None or figure.value is None or figure.upper is None:
        return False
    return figure.value <= null <= figure.upper


def _null_value(interval: Figure, figures: Sequence[Figure]) -> Decimal | None:
    """Return what no difference is for an interval: 1 for a ratio's, 0 for a difference's."""
    if interval.kind is not MentionKind.INTERVAL:
        return None
    before = [f for f in figures if f.kind is MentionKind.EFFECT and f.end <= interval.start]
    if before and (none := no_difference(before[-1])) is not None:
        return none
    if interval.value is not None and interval.value < 0:
        return Decimal(0)
    return None


def no_difference(estimate: Figure) -> Decimal | None:
    """Return what no difference is for an estimate: 1 for a ratio, 0 for a difference."""
    name = (estimate.entity or "").removeprefix("a")
    return Decimal(1) if name in _RATIOS else Decimal(0) if name in _DIFFERENCES else None
