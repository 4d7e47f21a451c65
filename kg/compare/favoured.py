"""Whom a difference favoured: *in favour of drugol* against *in favour of placebo*.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Sleep scores differed significantly in favor of drugol over zolamine.")
>>> text = "Sleep scores differed in favour of zolamine."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.claimed, f.found) for f in favours_another(claim, record, {0: 1.0})]
[('zolamine', 'drugol over zolamine')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Verdict

_FAVOURS = re.compile(
    r"\b(?:in favou?r of|favou?red|favou?rs|favou?ring) (?:the )?(?P<who>[^,.;:()]{2,50})", re.I
)
_ENDS = re.compile(r" (?:over|versus|vs|than|compared|in|at|for|with|when|but|and|was|were)\b.*")
_FIT = 0.6


@dataclass(frozen=True, slots=True)
class _Favoured:
    span: Span
    keys: frozenset[str]


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
            known = said.keys and all(key in record.rarity for key in said.keys)
            if not told or not known or any(said.keys & other.keys for other in told):
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
        yield _Favoured((span[0], match.end("who")), keys)
