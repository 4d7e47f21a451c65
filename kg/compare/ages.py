"""Stages of life against the ages that a record prints: *toddlers* in a trial of people aged 6-18.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Sixty children aged 6-18 years took drugol. Pain fell.")
>>> text = "In toddlers, drugol relieved pain."
>>> [(f.claimed, f.found) for f in of_another_age(read_claim(text, 0, len(text), record), record)]
[('toddlers', '6-18 years')]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType

from kg.compare.draft import FaultDraft, Span
from kg.extract.mentions import Figure
from kg.extract.reading import Reading
from kg.model import Comparator, FaultCode, MentionKind, Verdict
from kg.text.lexicon import Phrases, match_phrases, phrase_table, rows
from kg.text.units import lookup

_YEAR = Decimal("365.25")
_LIFE = Decimal(130)
_SPREADS = 3
_LESSER = Decimal("0.5")
_AT_LEAST = {Comparator.AT_LEAST, Comparator.MORE}
_AT_MOST = {Comparator.AT_MOST, Comparator.LESS}


@dataclass(frozen=True, slots=True)
class _Ages:
    """The years of age that a record's people had at least and at most, and where it says so.

    :param ranged: whether it prints both, so that a stage is known to be a part of them
    """

    low: Decimal
    high: Decimal
    span: Span
    ranged: bool = False


@cache
def _stages() -> tuple[Mapping[str, tuple[Decimal, Decimal]], Phrases]:
    spans: dict[str, tuple[Decimal, Decimal]] = {}
    pairs: list[tuple[str, str]] = []
    for name, phrases, low, high, *_ in rows("life_stages.tsv"):
        spans[name] = Decimal(low), Decimal(high)
        pairs += [(name, phrase.strip()) for phrase in phrases.split("|")]
    return MappingProxyType(spans), phrase_table(pairs, by_stem=False)


def of_another_age(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield the stages of life of a claim that nobody of the record was in, by the ages printed.

    A record that uses the word itself, of whatever age, is not held to its figures.
    """
    ages = _ages(record)
    if ages is None:
        return
    spans, _ = _stages()
    for name, span in _named(claim):
        low, high = spans[name]
        apart = high < ages.low or low > ages.high
        shared = min(high, ages.high) - max(low, ages.low)
        apart = apart or (ages.ranged and shared < _LESSER * (ages.high - ages.low))
        if apart and name not in {own for own, _ in _named(record)}:
            said, found = claim.text[slice(*span)], record.text[slice(*ages.span)]
            yield FaultDraft(
                FaultCode.POPULATION_MISMATCH, "population", "stage-of-life-of-other-ages",
                Verdict.MISATTRIBUTED, said, found, span, ages.span,
                f"studied people of other ages ({found})",
            )  # fmt: skip


def _named(reading: Reading) -> Iterator[tuple[str, Span]]:
    """Yield the stages of life that a text names; *adult-type* is none."""
    _, table = _stages()
    for sentence in reading.sentences:
        tokens = sentence.tokens
        for first, stop, names in match_phrases([w.lower for w in tokens], table):
            span = tokens[first].start, tokens[stop - 1].end
            inside = sentence.start <= span[0] < sentence.end
            if inside and reading.text[span[1] : span[1] + 1] != "-":
                yield names[0], span


@lru_cache(maxsize=8)
def _ages(record: Reading) -> _Ages | None:
    """Return the ages that a record's ranges span, else its bounds, else its means' spread."""
    found = [f for s in record.sentences for f in s.figures if f.kind is MentionKind.AGE]
    for chosen in (
        [f for f in found if f.upper is not None],
        [f for f in found if f.comparator in _AT_LEAST | _AT_MOST],
        [f for f in found if f.spread is not None],
    ):
        limits = [_limits(figure) for figure in chosen]
        if limits:
            bounded = chosen[0].upper is None and chosen[0].spread is None
            low, high = (max, min) if bounded else (min, max)
            return _Ages(
                low(one for one, _ in limits), high(two for _, two in limits),
                (chosen[0].start, chosen[0].end), chosen[0].upper is not None,
            )  # fmt: skip
    return None


def _limits(figure: Figure) -> tuple[Decimal, Decimal]:
    value = figure.value or Decimal(0)
    unit = lookup(figure.unit or "a")
    years = unit.factor / _YEAR if unit and unit.dimension == "time" else Decimal(1)
    if figure.upper is not None:
        return value * years, figure.upper * years
    if figure.spread is not None:
        around = figure.spread * _SPREADS
        return max(Decimal(0), (value - around) * years), (value + around) * years
    return (value * years, _LIFE) if figure.comparator in _AT_LEAST else (Decimal(0), value * years)
