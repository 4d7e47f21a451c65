"""An answer examined on its own, and what was found: kept in the graph and used again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Examination:
    """One answer with its records, held to the checks that need no other answer.

    :param sha256: digest of what was examined; of the same content the findings are the same
    :param checks: digest of the queries and shapes that it was held to
    :param document: id of the answer; None for what belongs to no answer, such as the run
    """

    id: str
    sha256: str
    checks: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class RecordedFinding:
    """A finding of an examination.

    :param statement: id of the statement that it is about, if it is about one
    :param query: name of the audit query; None for a constraint
    :param rows: the query's rows and parameters, as JSON; None for a constraint
    """

    id: str
    examination: str
    rule: str
    severity: Severity
    message: str
    statement: str | None = None
    query: str | None = None
    rows: str | None = None
