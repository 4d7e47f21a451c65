"""Figures of all who were studied, where two groups stand near: ``A or B for 35 cycles``."""

from __future__ import annotations

import re

from kg.extract.mentions import Figure
from kg.extract.reading import Sentence
from kg.model import MentionKind

_SHARED_TAIL = re.compile(
    r"\b(?:or|and|versus|vs\.?) [^.;()]{2,50} for (?:up to |at least |a total of |no more than )?$"
)
_IN_TRIAL = re.compile(r"(?:^|[,;)] |\w )(?:in|among) (?:a total of )?$")
_WHO = re.compile(
    r"[^.;,()]{0,40}?(?:patients|people|adults|women|men|children|participants|subjects|persons"
    r"|volunteers|infants) (?:undergoing|having|with|who|scheduled|aged|awaiting|admitted"
    r"|suffering)\b"
)


def of_everyone(text: str, sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure is of all who were studied: ``A or B for 35 cycles``, ``in 160 adults``.

    >>> from kg.extract.reading import read_record
    >>> said = "We set drugol (n = 80) against tabrol (n = 80) in 160 adults having surgery."
    >>> [f.firmly for f in read_record(said).facts if f.phrase == "160"]
    [False]
    """
    before = text[sentence.start : figure.start].lower()
    if figure.kind is MentionKind.COUNT and _IN_TRIAL.search(before):
        alone = sum(f.kind is MentionKind.COUNT for f in sentence.figures) == 1
        return alone and bool(_WHO.match(text, figure.start))
    tail = figure.kind in {MentionKind.COUNT, MentionKind.TIME} and len(sentence.groups) > 1
    return tail and bool(_SHARED_TAIL.search(before[-80:]))
