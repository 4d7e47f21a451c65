"""Claims that something is missing, held against later records in hand.

``No placebo-controlled data have been published`` is outdated where a later record reports what it
misses: the record has the claim's topic, and the design that the claim names.

>>> says_missing("No randomised trials of it have been published yet.")
True
>>> says_missing("No deaths occurred.")
False
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.compare.draft import Comparison, FaultDraft, Span
from kg.compare.similarity import soft_keys
from kg.extract.design import design_terms
from kg.extract.reading import Reading
from kg.model import FaultCode, Part, Verdict
from kg.text.lexicon import concepts
from kg.text.tokens import words

_MISSING = re.compile(
    r"\b(?:no|not|never|lack(?:s|ing)?(?: of)?|absence of|without)\b[^.;]{0,120}?"
    r"\b(?:published|available|reported|exists?|yet|studied|tested|evaluated|compared|conducted|"
    r"data|evidence|trials?|studies)\b",
    re.IGNORECASE,
)
_OF_WORKS = re.compile(
    r"\b(?:data|evidence|trials?|studies|study|published|studied|research)\b", re.I
)
_STATUS_WORDS = (
    "no not never yet data evidence trial trials study studies published available reported exist "
    "exists been has have so far although such under way ongoing still are is directly lack"
)
_COVERED = 0.6
_FEWEST = 1


@dataclass(frozen=True, slots=True)
class Later:
    """Another record in hand: its document, its text as read, the date of its work."""

    document: str
    reading: Reading
    date: str


def says_missing(text: str) -> bool:
    """Whether a text says that data, trials or publications of something are missing."""
    match = _MISSING.search(text)
    return match is not None and _OF_WORKS.search(text) is not None


def overtaken(
    claim: Reading, span: Span, others: Sequence[Later], cited: str, found: Comparison
) -> Comparison:
    """Return the comparison, outdated if a later record reports what the claim says is missing.

    :param span: where the claim stands in its text
    :param cited: date of the cited work, as far as known
    """
    text = claim.text[slice(*span)]
    if not says_missing(text):
        return found
    for other in others:
        if cited and other.date and other.date > cited and _reports(span, claim, other.reading):
            title = _title(other.reading)
            reason = f"is older than another one in hand, which reports it: “{title}”"
            fault = FaultDraft(
                FaultCode.SUPERSEDED, "work", "later-record-reports-it", Verdict.OUTDATED,
                " ".join(text.split()), title, span, None, reason,
            )  # fmt: skip
            return Comparison(
                Verdict.OUTDATED, fault.rule, f"The record {reason}.", found.checks, (fault,),
                found.evidence, found.pairs,
            )  # fmt: skip
    return found


def _reports(span: Span, claim: Reading, record: Reading) -> bool:
    """Whether a record has the topic and the design of what is said to be missing."""
    wanted = design_terms(claim, wished=True)
    told_in = [at for a, values in wanted.items() if a != "population" for at in values.values()]
    keys = {
        c.key
        for c in concepts(words(claim.text, *span), record.abbreviations)
        if not any(start <= c.start < end for start, end in told_in)
    } - _status_keys()
    if len(keys) < _FEWEST:
        return False
    soft = soft_keys(claim, record)
    if sum(soft.get(key, key) in record.rarity for key in keys) < _COVERED * len(keys):
        return False
    told = design_terms(record)
    allocation = set(wanted.get("allocation", {}))
    return not allocation or bool(allocation & set(told.get("allocation", {})))


@cache
def _status_keys() -> frozenset[str]:
    """Content that says that something is missing, and not what."""
    said = words(_STATUS_WORDS)
    return frozenset({w.stem for w in said} | {c.key for c in concepts(said)})


def _title(record: Reading) -> str:
    first = next((s for s in record.sentences if s.part is Part.TITLE), record.sentences[0])
    return " ".join(record.text[first.start : first.end].split())
