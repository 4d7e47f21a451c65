"""Events that a trial puts down to treatment, or to something else: *none was related*.

A record that denies that any event was related to treatment opposes a claim that some were, and the
other way round. What a record says both of is left open.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Four deaths occurred; none was considered related to the vaccine.")
>>> text = "Four deaths were attributed to the vaccine."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.claimed, f.found) for f in put_down_otherwise(claim, record)]
[('attributed to the vaccine', 'related to the vaccine')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Part, Verdict

_TREATMENT = (
    r"(?:the )?(?:study |trial |investigational )?(?:treatments?|drugs?|medications?|vaccines?"
    r"|vaccination|interventions?|therapy|device|procedure|product)"
)
_PUT_DOWN = re.compile(
    rf"\b(?:(?:(?:un)?related|attributed|attributable|due|linked|ascribed) to|caused by"
    rf"|(?:died|deaths?) (?:of|from|because of|due to)|killed by) {_TREATMENT}\b"
    r"|\b(?:treatment|drug|vaccine|device|procedure)[- ]related\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:no|none|not|neither|nor|without|nobody|un|never)\b", re.IGNORECASE)
_WHICH = {"which", "whom", "these", "them"}
_ASIDE = {Part.TITLE, Part.OBJECTIVE, Part.METHODS, Part.BACKGROUND, Part.KEYWORDS}


@dataclass(frozen=True, slots=True)
class _Told:
    """Where a text speaks of events put down to treatment, and whether it denies them."""

    span: Span
    denied: bool


def put_down_otherwise(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield events that a claim puts down to treatment and the record does not, or the reverse."""
    known = _of_record(record)
    if len({told.denied for told in known}) != 1:
        return
    for sentence in claim.sentences:
        for told in _told(claim.text, sentence):
            if told.denied != known[0].denied:
                said = claim.text[slice(*told.span)]
                found = record.text[slice(*known[0].span)]
                way = "denies" if known[0].denied else "does not deny"
                yield FaultDraft(
                    FaultCode.WRONG_DIRECTION, "polarity", "put-down-otherwise",
                    Verdict.CONTRADICTED, said, found, told.span, known[0].span,
                    f"{way} that events were “{found}”",
                )  # fmt: skip


@lru_cache(maxsize=8)
def _of_record(record: Reading) -> tuple[_Told, ...]:
    told = (s for s in record.sentences if s.part not in _ASIDE)
    return tuple(found for sentence in told for found in _told(record.text, sentence))


def _told(text: str, sentence: Sentence) -> Iterator[_Told]:
    for match in _PUT_DOWN.finditer(text, sentence.start, sentence.end):
        at = sentence.word_at(match.start())
        clause = sentence.layout.clause[at]
        first = next(i for i, number in enumerate(sentence.layout.clause) if number == clause)
        if first > 1 and sentence.tokens[first].lower in _WHICH:  # ``neither of which was``
            first -= 2
        before = text[sentence.tokens[first].start : match.start()]
        denied = match.group().lower().startswith("un") or _DENIED.search(before) is not None
        yield _Told(match.span(), denied)
