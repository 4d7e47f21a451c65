"""Which outcome a claim calls primary or secondary, against which the record calls so.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("The primary outcome was pain; secondary outcomes were sleep and mood.")
>>> text = "Sleep was the primary outcome."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.claimed, f.found) for f in other_ranks(claim, record, {})]
[('primary outcome', 'secondary outcomes')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.compare.draft import FaultDraft, Span
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Verdict
from kg.text.lexicon import everyday

_RANK = re.compile(
    r"\b(?:co-)?(?P<rank>primary|main|principal|secondary) (?:efficacy |safety |study |clinical )?"
    r"(?:outcome|end ?point|end-point)(?: measure| variable)?s?\b",
    re.IGNORECASE,
)
_LIGHT = {"=patient", "=trial", "=arm", "=treatment", "=endpoint", "=mean", "=measure", "=primary",
          "=secondary", "=change", "=score", "=frequency", "=baseline"}  # fmt: skip
_IS = re.compile(
    r"\s*(?:\([^)]{0,40}\)\s*)?(?:was|were|is|are|included|comprised|:)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """What a text says is primary, or secondary: the content, and where it says so."""

    primary: bool
    keys: frozenset[str]
    span: Span


def other_ranks(claim: Reading, record: Reading, soft: Mapping[str, str]) -> Iterator[FaultDraft]:
    """Yield outcomes that a claim ranks as the record does not."""
    known = _of_record(record)
    for sentence in claim.sentences:
        for told in _ranked(claim.text, sentence):
            own = {soft.get(k, k) for k in told.keys}
            same = [r for r in known if r.primary is told.primary and own & r.keys]
            others = [r for r in known if r.primary is not told.primary and own & r.keys]
            ranked = any(r.primary is told.primary for r in known)
            if own and others and not same and ranked:
                said, found = claim.text[slice(*told.span)], record.text[slice(*others[0].span)]
                yield FaultDraft(
                    FaultCode.OUTCOME_MISMATCH, "outcome", "ranked-otherwise",
                    Verdict.CONTRADICTED, said, found, told.span, others[0].span,
                    f"names it among its “{found}”, not as the {said}",
                )  # fmt: skip


@lru_cache(maxsize=8)
def _of_record(record: Reading) -> tuple[_Ranked, ...]:
    return tuple(r for s in record.sentences for r in _ranked(record.text, s))


def _ranked(text: str, sentence: Sentence) -> Iterator[_Ranked]:
    found = list(_RANK.finditer(text, sentence.start, sentence.end))
    for number, match in enumerate(found):
        start, end = match.end(), sentence.end
        if number + 1 < len(found):
            end = found[number + 1].start()
        if not _IS.match(text, match.end()):  # "pain was the primary outcome"
            start, end = sentence.start, match.start()
            start = found[number - 1].end() if number else start
        keys = frozenset(
            c.key for c in sentence.concepts
            if start <= c.start < end and c.key not in everyday() and not c.key[0].isdigit()
        )  # fmt: skip
        yield _Ranked(match["rank"].lower() != "secondary", keys - _LIGHT, match.span())
