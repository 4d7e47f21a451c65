"""How long something was given, against how long the record says that it was.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Adults received drugol or placebo for 6 months. At 12 months pain fell.")
>>> text = "Drugol was given for 12 months."
>>> claim = read_claim(text, 0, len(text), record)
>>> [(f.claimed, f.found) for f in other_courses(claim, record)]
[('12 months', '6 months')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.compare.draft import FaultDraft
from kg.compare.values import same_time
from kg.extract.mentions import Figure
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, MentionKind, Part, Verdict

_GIVEN = re.compile(
    r"\b(?:given|received?|receiving|took|taken|taking|treated|administered|used|infused|wore"
    r"|underwent|kept up|continued|practi[sc]ed|performed|attended|exercised"
    r"|assigned|randomi[sz]ed|supplemented)\b(?! (?:within|after|before))"
    r"[^.;]{0,110}?\bfor(?: (?:a total of|up to|about|the first|a period of|a total))? $",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"[- ](?:long )?(?:course|treatment|therapy|supplementation|programme|program|regimen"
    r"|intervention|training)\b",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    r"\b(?:follow|observ|monitor|then|and (?:then|again)|washout)", re.IGNORECASE
)
_BACK = 150
_NEAR = 30
_ASIDE = {Part.BACKGROUND, Part.KEYWORDS, Part.TITLE}


def other_courses(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield lengths of treatment that the record does not give, where it gives others."""
    known = _of_record(record)
    if not known:
        return
    for sentence in claim.sentences:
        for figure in _courses(claim.text, sentence):
            days = figure.days
            if days is None or any(f.days and same_time(days, f.days) for f in known):
                continue
            said, other = claim.text[figure.start : figure.end], known[0]
            yield FaultDraft(
                FaultCode.WRONG_TIME, "time", "given-for-another-time", Verdict.CONTRADICTED,
                said, other.printed, (figure.start, figure.end), (other.start, other.end),
                f"says that it was given for {other.printed}, not for {said}",
            )  # fmt: skip


@lru_cache(maxsize=8)
def _of_record(record: Reading) -> tuple[Figure, ...]:
    told = (s for s in record.sentences if s.part not in _ASIDE)
    return tuple(f for sentence in told for f in _courses(record.text, sentence))


def _courses(text: str, sentence: Sentence) -> Iterator[Figure]:
    """Yield the times that tell how long something was given."""
    for figure in sentence.figures:
        if figure.kind is not MentionKind.TIME or figure.days is None or figure.upper is not None:
            continue
        if not sentence.start <= figure.start < sentence.end:
            continue
        before = text[max(sentence.start, figure.start - _BACK) : figure.start]
        match = _GIVEN.search(before)
        given = match is not None and not _FOLLOWED.search(match.group()[-_NEAR:])
        if given or _COURSE.match(text, figure.end):
            yield figure
