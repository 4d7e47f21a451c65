"""Whether a record is about something else altogether than a claim.

Words like *pain*, *significant* or *12 weeks* stand in most records, so that a claim put to the
wrong one may meet a figure or a direction there. Nothing is then contradicted.

>>> from kg.extract.reading import read_claim, read_record
>>> record = read_record("Airway pressure in sleep apnoea. Snoring fell at night (p = .02).")
>>> text = "Tamoxifen prevented breast cancer recurrence for 12 weeks."
>>> off_topic(read_claim(text, 0, len(text), record), record, {})
True
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.compare.draft import FaultDraft
from kg.extract.reading import Reading, Sentence
from kg.model import FaultCode, Part, Verdict
from kg.text.lexicon import broader, categories, concepts, everyday
from kg.text.tokens import words

OFF_TOPIC = "record-is-about-something-else"
_COVERED = 0.45
_BEST = 0.3
_FEWEST = 4
_SHORT = 90
_TOLD = 0.6


def off_topic(claim: Reading, record: Reading, soft: Mapping[str, str]) -> bool:
    """Whether a record has nothing that a claim names, and next to none of its other words.

    Each word counts once. The floors lie under what 95 of 100 claims reach whose record is the
    right one.
    """
    said = {k for s in claim.sentences for k in s.keys}
    keys = {soft.get(k, k) for k in said}
    keys -= {k for k in keys if k in everyday() and k not in record.rarity}
    known = keys & set(record.rarity)
    if len(keys) < _FEWEST or len(known) >= _COVERED * len(keys) or known & _title(record).keys:
        return False
    fitting = max(len(keys & s.keys) for s in record.sentences)
    return fitting < _BEST * len(keys) and _names_none(claim, record, soft)


def about_something_else(claim: Reading, record: Reading) -> FaultDraft:
    """Say what the record is about instead."""
    span = claim.sentences[0].start, claim.sentences[-1].end
    said = " ".join(claim.text[slice(*span)].split())[:_SHORT]
    first = _title(record)
    title = " ".join(record.text[first.start : first.end].split())[:_SHORT]
    return FaultDraft(
        FaultCode.SOURCE_OFF_TOPIC, "claim", OFF_TOPIC, Verdict.NOT_FOUND, said, title, span,
        (first.start, first.end), f"is about something else: “{title}”",
    )  # fmt: skip


def _title(record: Reading) -> Sentence:
    return next((s for s in record.sentences if s.part is Part.TITLE), record.sentences[0])


def _names_none(claim: Reading, record: Reading, soft: Mapping[str, str]) -> bool:
    """Whether a claim names conditions or treatments, and a record has none of them."""
    names = {
        k for s in claim.sentences for k in s.keys
        if categories().get(k) in {"condition", "intervention"}
    }  # fmt: skip
    known = set(record.rarity)
    return bool(names) and not any(({soft.get(k, k)} | broader(k)) & known for k in names)


def words_of(text: str, start: int, end: int) -> frozenset[str]:
    """Return what a statement says that an everyday text would not."""
    return frozenset(c.key for c in concepts(words(text, start, end))) - everyday()


def is_told_of(keys: frozenset[str], record: Reading) -> bool:
    """Whether a record has most of the words of a statement, so that it may bear it out."""
    return bool(keys) and len(keys & set(record.rarity)) >= _TOLD * len(keys)
