"""Whom a difference favoured: *in favour of drugol* against *in favour of placebo*.

>>> from kg.extract.reading import read_claim, read_record
>>> told = "They took zelagliptin or morvastatin. Sleep differed in favor of zelagliptin."
>>> record = read_record(told)
>>> text = "Sleep differed in favour of morvastatin."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.claimed, f.found) for f in favours_another(claim, record, {1: 1.0})]
[('morvastatin', 'zelagliptin')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Verdict
from kg.text.lexicon import categories, names_drug

_FAVOURS = re.compile(
    r"\b(?:in favou?r of|favou?red|favou?rs|favou?ring) (?:the )?(?P<who>[^,.;:()]{2,50})", re.I
)
_ENDS = re.compile(r" (?:over|versus|vs|than|compared|in|at|for|with|when|but|and|was|were)\b.*")
_FIT = 0.6


@dataclass(frozen=True, slots=True)
class _Favoured:
    """Who is favoured: where, by which content, and whether it is something given."""

    span: Span
    keys: frozenset[str]
    given: bool


def favours_another(
    claim: Reading, record: Reading, fits: Mapping[int, float]
) -> Iterator[FaultDraft]:
    """Yield whom a claim says that a difference favoured, where the record says another.

    :param fits: sentence of the record → how well it fits the claim as a whole
    """
    floor = _FIT * max(fits.values(), default=0.0)
    told = [
        found for s in record.sentences if fits.get(s.index, 0.0) >= floor > 0
        for found in _favoured(record, s)
    ]  # fmt: skip
    for sentence in claim.sentences:
        for said in _favoured(claim, sentence):
            known = said.given and all(key in record.rarity for key in said.keys)
            if (
                not told
                or not known
                or not told[0].given
                or any(said.keys & other.keys for other in told)
            ):
                continue
            other = told[0]
            mine, theirs = claim.text[slice(*said.span)], record.text[slice(*other.span)]
            yield FaultDraft(
                FaultCode.WRONG_DIRECTION, "direction", "favours-another", Verdict.CONTRADICTED,
                mine, theirs, said.span, other.span,
                f"says “in favour of {theirs}”, not of “{mine}”",
            )  # fmt: skip


def _favoured(reading: Reading, sentence: Sentence) -> Iterator[_Favoured]:
    """Yield who is favoured, with the content by which they are named first."""
    for match in _FAVOURS.finditer(reading.text, sentence.start, sentence.end):
        named = _ENDS.sub("", match["who"])
        span = match.start("who"), match.start("who") + len(named)
        keys = frozenset(c.key for c in sentence.concepts if span[0] <= c.start < span[1])
        named_group = any(span[0] <= m.start < span[1] for m in sentence.groups)
        drug = any(names_drug(w.lower) for w in sentence.tokens if span[0] <= w.start < span[1])
        kinds = {categories().get(key) for key in keys}
        yield _Favoured(span, keys, named_group or drug or "intervention" in kinds)
