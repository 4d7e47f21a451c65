"""Figures of all who were studied, where two groups stand near: ``A or B for 35 cycles``."""

from __future__ import annotations

import re

from kg.extract.mentions import Figure
from kg.extract.reading import Sentence
from kg.model import MentionKind

_SHARED_TAIL = re.compile(
    r"\b(?:or|and|versus|vs\.?) [^.;()]{2,50} for (?:up to |at least |a total of |no more than )?$"
)
_COMPARED = re.compile(r"\b(?:compared|relative|versus|against|than)\b")
_ALLOTTED = re.compile(r"\b(?:allocated|assigned|allotted|randomi[sz]ed)\b")
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


def is_unsure(text: str, sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure may be of all, or of what is compared with, whatever group stands near.

    ``Compared with Y, X cut it from 15% to 7%``: the first may be what Y had. ``106 were allocated
    to X and 104 to Z``: of a Z that the record has under no such name.
    """
    if of_everyone(text, sentence, figure):
        return True
    whole = text[sentence.start : sentence.end].lower()
    before = text[max(sentence.start, figure.start - 6) : figure.start].lower()
    if before.endswith("from ") and _COMPARED.search(whole):
        return True
    counted = figure.kind in {MentionKind.COUNT, MentionKind.NUMBER}
    return counted and text.startswith(" to ", figure.end) and bool(_ALLOTTED.search(whole))
