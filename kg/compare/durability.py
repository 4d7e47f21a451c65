"""An effect told to have lasted, where the record says nothing of what came after.

*The benefit persisted once the tablets were stopped* needs a record that followed people on; one
that tells of nothing lasting, stopping or later does not bear it.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Drugol lowered LDL cholesterol by 17% after six weeks.")
>>> text = "Drugol lowered LDL cholesterol, and the benefit persisted once it was stopped."
>>> claim = read_claim(text, 0, len(text), record)
>>> [f.claimed for f in told_to_last(claim, record)]
['the benefit persisted once it was stopped']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.compare.draft import FaultDraft
from kg.extract.reading import Reading
from kg.model import FaultCode, Part, Verdict

_LASTS = re.compile(
    r"\b(?:the |these |this |its |their )?(?:benefits?|gains?|effects?|improvements?|differences?"
    r"|advantages?|reductions?|results?|changes?|relief|response)"
    r" (?:was |were |had |still |also )*(?:persist(?:s|ed)|last(?:s|ed)|endured?|maintained"
    r"|sustained|continued|carried on)\b (?:\w+ ){0,2}?(?:after|once|beyond|when|through|even|long"
    r"|for (?:years|months|another|a further))\b[^.;]{0,60}"
    r"|\b(?:held|kept|maintained|sustained) (?:these|those|the|their|its) "
    r"(?:benefits?|gains?|effects?|improvements?)\b[^.;]{0,60}",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:persist|wan(?:e|ed|ing)\b|wore|fad(?:e|ed|ing)\b|maint[ae]in|sustain"
    r"|last(?:ed|ing)|durab|long[- ]term|remained|still"
    r"|follow(?:ed)?[- ]?up|(?:after|following|upon) (?:treatment|stopping|discontinu|cessation"
    r"|withdraw|the end|therapy|the intervention)|post-?(?:treatment|intervention))",
    re.IGNORECASE,
)
_OTHER = {Part.BACKGROUND, Part.OBJECTIVE, Part.TITLE, Part.KEYWORDS}


def told_to_last(claim: Reading, record: Reading) -> Iterator[FaultDraft]:
    """Yield effects that a claim says lasted, where the record tells of nothing later."""
    if _speaks_of_later(record):
        return
    for sentence in claim.sentences:
        for match in _LASTS.finditer(claim.text, sentence.start, sentence.end):
            words = match.group().rstrip()
            span = match.start(), match.start() + len(words)
            yield FaultDraft(
                FaultCode.UNSUPPORTED_ADDITION, "time", "lasting-not-told",
                Verdict.PARTIALLY_SUPPORTED, words, None, span, None,
                f"does not say that “{words}”",
            )  # fmt: skip


@lru_cache(maxsize=8)
def _speaks_of_later(record: Reading) -> bool:
    return any(
        _LATER.search(record.text, s.start, s.end)
        for s in record.sentences if s.part not in _OTHER
    )  # fmt: skip
