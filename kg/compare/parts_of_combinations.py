"""One part of a combination told to have done alone what only the combination was tried for.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Drugol with calcium reduced fractures. Drugol alone did not.")
>>> text = "Calcium alone reduced fractures."
>>> [f.claimed for f in told_alone(read_claim(text, 0, len(text), record), record)]
['Calcium alone']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.compare.draft import FaultDraft
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Verdict
from kg.text.lexicon import Concept

_ALONE = re.compile(
    r"\s*(?:alone|by itself|on its own|(?:as )?monotherapy|as a single agent)\b", re.IGNORECASE
)
_JOINS = re.compile(
    r"\b(?:with(?:out)?|plus|and|combined with|added to|in addition to|\+)\s*$", re.I
)
_GOES_ON = re.compile(r"\s*(?:plus|combined with|with|\+|and|added to)\s", re.IGNORECASE)
_BACK = 20
_OPENING = 2


def told_alone(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield what a claim tells of one thing alone, which the record only tried with another."""
    for sentence in claim.sentences:
        for concept in sentence.concepts:
            match = _ALONE.match(claim.text, concept.end)
            inside = sentence.start <= concept.start < sentence.end
            opens = concept.first - sentence.word_at(sentence.start) <= _OPENING
            if match is None or not inside or not opens:
                continue
            uses = [(s, c) for s in record.sentences for c in s.concepts if c.key == concept.key]
            if uses and all(_is_part(record.text, s, c) for s, c in uses):
                span = concept.start, match.end()
                place = uses[0][1].start, uses[0][1].end
                yield FaultDraft(
                    FaultCode.WRONG_GROUP, "group", "part-told-alone", Verdict.MISATTRIBUTED,
                    claim.text[slice(*span)], record.text[slice(*place)], span, place,
                    f"tries “{record.text[slice(*place)]}” only together with something else",
                )  # fmt: skip


def _is_part(text: str, sentence: Sentence, concept: Concept) -> bool:
    """Whether a place in a record names a thing together with what it was combined with."""
    before = text[max(sentence.start, concept.start - _BACK) : concept.start]
    return bool(_JOINS.search(before) or _GOES_ON.match(text, concept.end))
