"""A value of one outcome, told of another that the record gives a value of its own.

*Euphoria in 35 %*, where the record has 35 % for dizziness and, in another sentence, 14 % for
euphoria: the claim puts the value beside the label of a figure that stands elsewhere.

>>> from kg.compare.similarity import soft_keys
>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Dizziness was seen in 35% on drugol. Nausea was seen in 14% on drugol.")
>>> text = "Nausea was seen in 35% on drugol."
>>> claim = read_claim(text, 0, len(text), record)
>>> (mine,) = [f for f in claim.facts if f.figure is not None]
>>> own = next(f for f in record.facts if f.phrase == "35%")
>>> found = labelled_elsewhere(mine, own, claim, record, soft_keys(claim, record))
>>> found[0].phrase, sorted(found[1])
('14%', ['=nausea'])
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.reading import Fact, Reading
from kg.model import MentionKind, Part
from kg.text.lexicon import broader, categories, everyday, general_english

_KINDS = {MentionKind.PERCENT, MentionKind.EFFECT, MentionKind.COUNT}
_NAMELESS = {
    "=patient", "=woman", "=man", "=child", "=adult", "=arm", "=trial", "=treatment", "=compared",
    "=mean", "=median", "=frequency", "=score", "=days", "=placebo", "=overall", "=dose",
    "=concentration", "=baseline", "=measure",
}  # fmt: skip
_SHORT = 3
_BY, _NEAR = 0.15, 0.28
_FINDINGS = {Part.RESULTS, Part.ABSTRACT, Part.BODY, Part.CONCLUSIONS, Part.CAPTION}


def labelled_elsewhere(
    fact: Fact, own: Fact, claim: Reading, record: Reading, soft: Mapping[str, str]
) -> tuple[Fact, frozenset[str]] | None:
    """Return the figure whose named outcome the claim gives another's value, and that outcome.

    :param own: the record's figure that has the claimed value
    """
    if fact.figure is None or fact.figure.kind not in _KINDS:
        return None
    told = {soft.get(k, k): w for k, w in fact.context.items()}
    said, mine = _nearest(told), _nearest(own.context)
    if not said or not mine or _meet(said, _named(own.context)) or _meet(mine, _named(told)):
        return None
    if said in record.sentences[own.sentence].keys or _is_printed(mine, own, claim, record):
        return None
    for other in record.facts:
        if other.sentence == own.sentence or other.figure is None:
            continue
        if other.figure.kind is not fact.figure.kind or other.figure.value == fact.figure.value:
            continue
        there = record.sentences[other.sentence]
        if there.part in _FINDINGS and _nearest(other.context) == said:
            return other, frozenset({said})
    return None


def _named(context: Mapping[str, float]) -> dict[str, float]:
    """Return what stands by a figure and can name what it is of."""
    return {k: w for k, w in context.items() if w >= _BY and _names(k)}


def _names(key: str) -> bool:
    """Whether a word can name what is measured: no person, no turn of phrase, nothing given."""
    plain = key in _NAMELESS or key in everyday() or key in general_english()
    word = key.removeprefix("=")
    named = len(word) > _SHORT and word[0].isalpha()
    return named and not plain and categories().get(key) != "intervention"


def _nearest(context: Mapping[str, float]) -> str:
    """Return the outcome that stands nearest to a figure, if one stands near."""
    named = _named(context)
    nearest = max(named, key=lambda key: (named[key], key), default="")
    return nearest if named.get(nearest, 0.0) >= _NEAR else ""


def _meet(key: str, others: Mapping[str, float]) -> bool:
    """Whether an outcome is among others, or one broader or narrower than it."""
    wide = broader(key)
    return key in others or bool(wide & others.keys()) or any(key in broader(o) for o in others)


def _is_printed(key: str, own: Fact, claim: Reading, record: Reading) -> bool:
    """Whether the claim prints the words by which the record names an outcome."""
    sentence = record.sentences[own.sentence]
    stems = {w.stem for s in claim.sentences for w in s.tokens}
    return any(
        all(w.stem in stems for w in sentence.tokens[c.first : c.last + 1])
        for c in sentence.concepts
        if c.key == key
    )
