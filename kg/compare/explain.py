"""The one sentence with each verdict: what the record says, so that a clinician can check it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.compare.draft import FaultDraft, SlotDraft
from kg.extract.reading import Reading, Sentence
from kg.model import CheckOutcome, Part, Verdict

_PLACE = {
    Part.TITLE: "title", Part.BACKGROUND: "background", Part.METHODS: "methods",
    Part.RESULTS: "results", Part.CONCLUSIONS: "conclusions", Part.CAPTION: "figure captions",
    Part.OBJECTIVE: "objective", Part.ABSTRACT: "abstract", Part.BODY: "text",
}  # fmt: skip


def nothing_to_compare() -> str:
    """Tell that a claim has nothing this program can compare."""
    return "The claim has no figure, no direction and too few words of content to compare."


def silent() -> str:
    """Tell that the record in hand does not speak of a claim."""
    return "The record in hand says nothing of it."


def gap_not_stated() -> str:
    """Tell that a claim states a gap of knowledge which the record does not state."""
    return "The record in hand does not say that this is unknown or has not been studied."


def sentence(
    verdict: Verdict,
    rule: str,
    faults: Sequence[FaultDraft],
    checks: Sequence[SlotDraft],
    record: Reading,
    best: Sentence,
) -> str:
    """Say in one sentence what the verdict rests on."""
    reasons = list(dict.fromkeys(f.reason for f in faults if f.reason))
    if verdict is Verdict.SUPPORTED:
        stood = list(dict.fromkeys(
            f"{c.slot.replace('_', ' ')} {c.found}" for c in checks
            if c.outcome is CheckOutcome.MATCH and c.found
        ))  # fmt: skip
        place = _PLACE.get(best.part, "text")
        return f"The record says so in its {place}" + (
            f": {'; '.join(stood[:4])}." if stood else "."
        )
    if rule == "words-alone":
        return "The record speaks of it; nothing in the claim can be held against what it says."
    if rule == "facts-stand-advice-does-not":
        return "The facts stand in the record, which does not itself give this advice."
    if verdict is Verdict.NOT_FOUND and not reasons:
        return silent()
    text = "; it ".join(reasons[:3])
    return f"The record {text}."
