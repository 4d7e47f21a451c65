"""What a record names only to leave it out: *not receiving dialysis*, *without diabetes*.

A claim that tells its result of exactly that is about other people.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Drugol lowered calcium in adults not receiving dialysis (p = .01).")
>>> text = "Drugol lowered calcium in adults on dialysis."
>>> [f.claimed for f in told_without(read_claim(text, 0, len(text), record), record)]
['dialysis']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Part, Verdict
from kg.text.lexicon import categories

_LEFT_OUT = re.compile(
    r"(?:(?<!\bor )\bwithout|\bfree (?:of|from)|\bnever (?:had|received|taken|used)|\bexcluding"
    r"|\bnot (?:yet )?(?:receiving|on|taking|undergoing|requiring|having|using|treated with)"
    r"|\b(?:no|without) (?:history|prior use|previous use) of"
    r"|\bnot (?:have|had|been on))(?: [a-z-]+){0,2}[ -]$",
    re.IGNORECASE,
)
_BEFORE = 48
_SILENT = {Part.BACKGROUND, Part.KEYWORDS}


def told_without(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield named things of a claim that the record names only as left out."""
    left_out = _left_out(record)
    for sentence in claim.sentences:
        for concept in sentence.concepts:
            at = left_out.get(concept.key)
            if at is None or _excludes(claim, sentence, concept.start):
                continue
            name = claim.text[concept.start : concept.end]
            found = " ".join(record.text[slice(*at)].split())
            yield FaultDraft(
                FaultCode.POPULATION_MISMATCH, "population", "record-leaves-it-out",
                Verdict.MISATTRIBUTED, name, found, (concept.start, concept.end), at,
                f"speaks of “{found}”, not of “{name}”",
            )  # fmt: skip


@lru_cache(maxsize=8)
def _left_out(record: Reading) -> dict[str, Span]:
    """Return each named thing that the record never names but to leave it out."""
    found: dict[str, Span] = {}
    kept: set[str] = set()
    for sentence in record.sentences:
        for concept in sentence.concepts:
            if concept.key not in categories():
                continue
            match = _excludes(record, sentence, concept.start)
            if match:
                found.setdefault(concept.key, (match[0], concept.end))
            elif sentence.part not in _SILENT:
                kept.add(concept.key)
    return {key: span for key, span in found.items() if key not in kept}


def _excludes(reading: Reading, sentence: Sentence, start: int) -> Span | None:
    """Return the words that leave out what they stand before."""
    first = max(sentence.tokens[0].start if sentence.tokens else start, start - _BEFORE)
    match = _LEFT_OUT.search(reading.text[first:start])
    return (first + match.start(), first + match.end()) if match else None
