"""What a trace is: a statement, every path from it towards a passage, and each path's weak link."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class StepKind(StrEnum):
    """The stations of a path, in their order."""

    RECOMMENDATION = "recommendation"
    STATEMENT = "statement"
    CLAIM = "claim"
    MARKER = "marker"
    ENTRY = "entry"
    WORK = "work"
    RECORD = "record"
    PASSAGE = "passage"
    RESULT = "result"
    ARM = "arm"
    TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a step's words stand: half-open offsets in the document of a digest.

    :param sha256: digest of the words themselves
    """

    document_sha256: str
    start: int
    end: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Step:
    """One node on a path.

    :param label: what a person reads
    :param span: where its words stand, for a statement, a claim or a passage
    """

    kind: StepKind
    iri: str
    label: str
    span: Span | None = None

    def to_dict(self) -> dict[str, str]:
        """Return the step as the JSON contract has it."""
        return {"kind": self.kind.value, "iri": self.iri, "label": self.label}


@dataclass(frozen=True, slots=True)
class Weakest:
    """The weakest link of a path: the index of its step, from 0, and the reason in words."""

    step: int
    why: str


@dataclass(frozen=True, slots=True)
class Path:
    """One way from the statement, or from its advice, towards a passage.

    :param complete: whether it reaches a passage of a record in hand
    :param breaks_at: index of the last step where it does not; None where it is complete
    """

    steps: tuple[Step, ...]
    complete: bool
    breaks_at: int | None
    weakest: Weakest

    def to_dict(self) -> dict[str, Any]:
        """Return the path as the JSON contract has it."""
        return {
            "steps": [step.to_dict() for step in self.steps],
            "complete": self.complete,
            "breaks_at": self.breaks_at,
            "weakest": asdict(self.weakest),
        }


@dataclass(frozen=True, slots=True)
class TracedStatement:
    """The statement that is followed.

    :param id: its short id
    :param answer: digest of the answer
    :param verdict: the verdict's code, None in a graph that was not audited
    """

    id: str
    iri: str
    answer: str
    kind: str
    start: int
    end: int
    sha256: str
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Trace:
    """A statement, all its paths, and the whole in a sentence."""

    statement: TracedStatement
    paths: tuple[Path, ...]
    summary: str

    def to_dict(self) -> dict[str, Any]:
        """Return the trace as ``kg trace --json`` writes it."""
        return {
            "statement": asdict(self.statement),
            "paths": [path.to_dict() for path in self.paths],
            "summary": self.summary,
        }
