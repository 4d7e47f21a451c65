"""One broken constraint, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg import terms


class Severity(StrEnum):
    """How grave a broken constraint is, after SHACL: error, warning and info of a report."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


_RANK = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a constraint.

    :param focus: IRI of the node; ``_:label`` for a blank node
    :param path: IRI of the property, or a path as SPARQL writes it; None where the node itself is
        at fault
    :param value: IRI, or lexical form of the literal, that is at fault; None where one is missing
    :param shape: IRI of the shape; ``_:shape`` for one without a name
    :param message: the constraint as a sentence that a person understands
    :param component: local name of SHACL's constraint component, such as
        ``MinCountConstraintComponent``
    """

    focus: str
    path: str | None
    value: str | None
    shape: str
    severity: Severity
    message: str
    component: str

    @property
    def order(self) -> tuple[int, str, str, str, str, str]:
        """The key that violations are sorted by: severity, then shape, node, path and value."""
        return (
            _RANK[self.severity], self.shape, self.focus, self.path or "", self.value or "",
            self.component,
        )  # fmt: skip

    def reason(self) -> str:
        """Tell in one sentence what is broken, and where.

        >>> Violation(
        ...     "https://w3id.org/claimgraph/id/dose/1", "https://w3id.org/claimgraph/ns#value",
        ...     "-5", "https://w3id.org/claimgraph/shapes#DoseValue", Severity.VIOLATION,
        ...     "A dose is 0 or more.", "MinInclusiveConstraintComponent",
        ... ).reason()
        'A dose is 0 or more: id:dose/1 has ev:value -5.'
        """
        message = self.message.rstrip(".")
        focus = _short(self.focus)
        if self.path is None:
            return f"{message}: see {focus}."
        path = terms.curie(self.path) if "://" in self.path[:10] else self.path
        if self.value is None:
            return f"{message}: see {path} of {focus}."
        return f"{message}: {focus} has {path} {_short(self.value)}."


_LONGEST = 120


def _short(text: str) -> str:
    if "://" in text[:10] and not any(sign.isspace() for sign in text):
        return terms.curie(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
