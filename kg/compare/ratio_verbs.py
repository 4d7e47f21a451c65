"""Verbs that tell a ratio: *tripled the odds* stands or falls with the ratio that is printed.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Short sleep was associated with raised pressure (OR 1.9).")
>>> def found(text):
...     claim = read_claim(text, 0, len(text), record)
...     return [(f.claimed, f.found) for f in misjudged(claim, record, {0: 1.0})]
>>> found("Short sleep tripled the odds of raised pressure.")
[('tripled', 'OR 1.9')]
>>> found("Short sleep nearly doubled the odds of raised pressure.")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations, pairwise

from kg.compare.draft import FaultDraft
from kg.compare.worked_out import RATIOS
from kg.extract.mentions import Figure
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, MentionKind, Verdict
from kg.text.lexicon import categories

_RATIOS = {
    "doubled": Decimal(2), "doubles": Decimal(2), "tripled": Decimal(3), "triples": Decimal(3),
    "trebled": Decimal(3), "quadrupled": Decimal(4), "halved": Decimal("0.5"),
    "halves": Decimal("0.5"),
}  # fmt: skip
_OF = {"odds", "risk", "risks", "rate", "rates", "chance", "chances", "likelihood", "hazard",
       "incidence", "probability", "share", "prevalence", "number", "score", "scores", "symptoms",
       "pain", "level", "levels", "mortality", "deaths", "frequency", "duration", "use",
       "concentration", "concentrations", "disability"}  # fmt: skip
_REACH = 5
_BEHIND = 2
_FROM = "from "
_SLACK = Decimal("0.25")
_NEAR = 0.9
_MOST = 10


def misjudged(claim: Reading, record: Reading, fits: Mapping[int, float]) -> Iterator[FaultDraft]:
    """Yield the verbs of ratio that the best sentence's own ratio denies.

    :param fits: sentence of the record → how well it fits the claim as a whole
    """
    top = max(fits.values(), default=0.0)
    best = [record.sentences[i] for i, fit in fits.items() if fit >= _NEAR * top > 0]
    for sentence in claim.sentences:
        for position, word in enumerate(sentence.tokens):
            told = _RATIOS.get(word.lower)
            inside = sentence.start <= word.start < sentence.end
            after = {w.lower for w in sentence.tokens[position + 1 : position + _REACH]}
            inside = inside and (bool(after & _OF) or _names_outcome(position, sentence))
            if told is None or not inside or any(_bears(told, s) for s in best):
                continue
            effect = next((f for s in best for f in s.figures if _is_ratio(f.kind, f.entity)), None)
            effect = effect or next((f for s in best for f in _ends(s, record.text)), None)
            if effect is not None:
                said = claim.text[word.start : word.end]
                yield FaultDraft(
                    FaultCode.WRONG_VALUE, "value", "ratio-is-another", Verdict.CONTRADICTED, said,
                    effect.printed, (word.start, word.end), (effect.start, effect.end),
                    f"gives {effect.printed} where the claim says “{said}”",
                )  # fmt: skip


def _names_outcome(position: int, sentence: Sentence) -> bool:
    """Whether what was halved is an outcome: ``halved hip fractures``."""
    near = (c for c in sentence.concepts if 0 < c.first - position <= _BEHIND)
    return any(categories().get(c.key) in {"outcome", "condition"} for c in near)


def _ends(sentence: Sentence, text: str) -> Iterator[Figure]:
    """Yield what a measure fell or rose to, where it says from what: ``from 34 to 25``."""
    for one, two in pairwise(sentence.figures):
        between = text[one.end : two.start].strip()
        before = text[max(0, one.start - len(_FROM)) : one.start]
        if between == "to" and before == _FROM and one.kind is two.kind:
            yield two


def _is_ratio(kind: MentionKind, entity: str | None) -> bool:
    return kind is MentionKind.EFFECT and entity in RATIOS


def _bears(told: Decimal, sentence: Sentence) -> bool:
    """Whether a sentence prints the ratio, its inverse, or two figures that make it."""
    ratios = [
        f.value for f in sentence.figures if _is_ratio(f.kind, f.entity) and f.value is not None
    ]  # fmt: skip
    alike = [f for f in sentence.figures if f.value is not None and f.value > 0][:_MOST]
    ratios += [
        one.value / two.value for one, two in combinations(alike, 2)
        if one.value and two.value and one.kind is two.kind and one.unit == two.unit
    ]  # fmt: skip
    return any(abs(r - t) <= _SLACK * t for r in ratios for t in (told, 1 / told))
