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

from kg.compare.absent import is_population
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
_AT_FIRST = re.compile(r" (?:at|on|before) (?:the )?(?:entry|baseline|start|outset|enrol)")
_BEFORE = 48
_PEOPLE = ("patients", "people", "adults", "women", "men", "children", "participants", "those",
           "individuals", "subjects", "infants", "adolescents")  # fmt: skip
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


def excluded_but_studied(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield conditions that a claim says its people did not have, and the record's people had.

    >>> from kg.extract.reading import read_claim, read_record
    >>> record = read_record("Adults with diabetes were followed. Depression raised mortality.")
    >>> text = "In adults without diabetes, depression raised mortality."
    >>> claim = read_claim(text, 0, len(text), record)
    >>> [(f.claimed, f.found) for f in excluded_but_studied(claim, record)]
    [('without diabetes', 'diabetes')]
    """
    left_out = _never_had(record)
    for sentence in claim.sentences:
        for key, span in _not_had(claim, sentence).items():
            if key in left_out:
                continue
            had = [
                (c.start, c.end) for s in record.sentences for c in s.concepts
                if c.key == key and s.part not in _SILENT and is_population(c, s)
            ]  # fmt: skip
            if had:
                said, found = claim.text[slice(*span)], record.text[slice(*had[0])]
                yield FaultDraft(
                    FaultCode.POPULATION_MISMATCH, "population", "excluded-but-studied",
                    Verdict.MISATTRIBUTED, said, found, span, had[0],
                    f"studied people with {found}, not “{said}”",
                )  # fmt: skip


@lru_cache(maxsize=8)
def _never_had(record: Reading) -> frozenset[str]:
    """Return the conditions that a record says some people did not have."""
    return frozenset(key for s in record.sentences for key in _not_had(record, s))


def _not_had(reading: Reading, sentence: Sentence) -> dict[str, Span]:
    """Return the conditions of people that a sentence says they did not have."""
    found: dict[str, Span] = {}
    for concept in sentence.concepts:
        if categories().get(concept.key) != "condition":
            continue
        span = _excludes(reading, sentence, concept.start)
        before = reading.text[: span[0]] if span else ""
        if _AT_FIRST.match(reading.text, concept.end):
            continue
        if span and before.rstrip().lower().endswith(_PEOPLE):
            found[concept.key] = span[0], concept.end
    return found


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
