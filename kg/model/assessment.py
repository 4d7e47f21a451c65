"""What was compared, what came out, by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The conclusion per claim and citation, per claim, and per statement."""

    SUPPORTED = "supported"
    PARTIALLY_SUPPORTED = "partially_supported"
    MISATTRIBUTED = "misattributed"
    OVERGENERALISED = "overgeneralised"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"
    OUTDATED = "outdated"
    UNRESOLVABLE_REFERENCE = "unresolvable_reference"
    SOURCE_UNAVAILABLE = "source_unavailable"
    UNCITED = "uncited"
    NOT_CHECKABLE = "not_checkable"


class FaultCode(StrEnum):
    """What is wrong."""

    WRONG_VALUE = "wrong_value"
    WRONG_GROUP = "wrong_group"
    WRONG_TIME = "wrong_time"
    WRONG_DIRECTION = "wrong_direction"
    DOSE_MISMATCH = "dose_mismatch"
    POPULATION_MISMATCH = "population_mismatch"
    OUTCOME_MISMATCH = "outcome_mismatch"
    DESIGN_MISSTATED = "design_misstated"
    COMPARISON_MISMATCH = "comparison_mismatch"
    OVERGENERALISED = "overgeneralised"
    CAUSAL_OVERSTATEMENT = "causal_overstatement"
    UNSUPPORTED_ADDITION = "unsupported_addition"
    ARITHMETIC_IMPOSSIBLE = "arithmetic_impossible"
    AMBIGUOUS_VALUE = "ambiguous_value"
    CITATION_MISSING = "citation_missing"
    REFERENCE_UNRESOLVABLE = "reference_unresolvable"
    DUPLICATE_REFERENCE = "duplicate_reference"
    REFERENCE_NEVER_CITED = "reference_never_cited"
    AMBIGUOUS_CITATION = "ambiguous_citation"
    WRONG_REFERENCE = "wrong_reference"
    METADATA_WRONG = "metadata_wrong"
    INDIRECT_SOURCE = "indirect_source"
    SOURCE_OFF_TOPIC = "source_off_topic"
    RETRACTED = "retracted"
    EXPRESSION_OF_CONCERN = "expression_of_concern"
    CORRECTED = "corrected"
    REPLACED = "replaced"
    SUPERSEDED = "superseded"
    SELF_CONTRADICTION = "self_contradiction"
    SOURCE_INTERNAL_CONFLICT = "source_internal_conflict"


class CheckOutcome(StrEnum):
    """How one slot of the claim stands to the same slot of the record."""

    MATCH = "match"
    MISMATCH = "mismatch"
    ABSENT_IN_SOURCE = "absent_in_source"
    ABSENT_IN_CLAIM = "absent_in_claim"
    BROADER = "broader"
    NARROWER = "narrower"


class ConflictKind(StrEnum):
    """Where two statements or results disagree."""

    WITHIN_ANSWER = "within_answer"
    WITHIN_RECORD = "within_record"
    BETWEEN_RECORDS = "between_records"


@dataclass(frozen=True, slots=True)
class SlotCheck:
    """One slot compared, with both spans. Values are as printed."""

    id: str
    slot: str
    outcome: CheckOutcome
    claim_value: str | None = None
    source_value: str | None = None
    claim_passage: str | None = None
    source_passage: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one slot: what was claimed, what was found, where, by which rule."""

    id: str
    code: FaultCode
    slot: str
    rule: str
    claimed: str | None = None
    found: str | None = None
    claim_passage: str | None = None
    record_passage: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A passage that an assessment rests on; rank 1 is the best.

    :param trial: what makes lines independent: two passages of one trial are one piece of evidence
    """

    id: str
    passage: str
    rank: int
    trial: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """One claim put to one cited record.

    :param target: id of the claim
    :param marker: id of the citation marker
    :param against: ids of the reported results that it was compared with
    :param sentence: one sentence that a clinician can check
    """

    id: str
    target: str
    marker: str
    record: str
    verdict: Verdict
    rule: str
    sentence: str
    scope: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict drawn from assessments by the derivation table.

    :param target: id of a claim or of a statement
    :param marker: id of the citation that it is restricted to, or None for all of them
    :param faults: ids of faults of the citation or the work, which no claim comparison found
    """

    id: str
    target: str
    verdict: Verdict
    rule: str
    marker: str | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements, or two passages, that cannot both hold; symmetric.

    :param between: ids of two statements or of two passages, sorted
    """

    id: str
    kind: ConflictKind
    between: tuple[str, ...]
    slot: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """A node of the answer (group, outcome, time) and the record's node that it means."""

    id: str
    claimed: str
    reported: str
